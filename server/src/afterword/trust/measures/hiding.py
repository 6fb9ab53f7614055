"""What shows when something is hidden: what was owed and did not come, and acts that tell less."""

from collections.abc import Iterator
from datetime import datetime
from typing import Final

from afterword.incidents.models import Outcome
from afterword.publishing.models import Audience
from afterword.trust.acts_told import name_of
from afterword.trust.close_together import Near
from afterword.trust.incidents_seen import (
    RANK,
    Seen,
    asked,
    in_force,
    seen,
)
from afterword.trust.known_not_told import Untold, untold
from afterword.trust.made_smaller import Smaller, made_smaller
from afterword.trust.measure import NOT_DUE, NOT_OWED, SECONDS, Item, Measure, in_words
from afterword.trust.rows import Row, Rows

NAMES_NOTHING: Final = "names neither a part nor a cause; nobody can look for an earlier one"


def coverage(rows: Rows) -> Measure:
    items = []
    for each in seen(rows):
        good = each.closure_stands and each.summary_stands
        missing = [
            name
            for name, stands in (
                ("closure", each.closure_stands),
                ("summary", each.summary_stands),
            )
            if not stands
        ]
        said = "both stand" if good else f"no {' and no '.join(missing)}"
        if each.owed is None:
            said += "; nobody has decided"
        owed = each.owed is not False
        # By when one was owed first: opening it again takes nothing back.
        waits = not good and rows.now <= each.due["closure"]
        void = (NOT_DUE if waits else "") if owed else NOT_OWED
        counts = owed and not waits
        items.append(
            _seen_item(each, said, part=int(good and counts), whole=int(counts), void=void)
        )
    return Measure(
        code="coverage",
        name="Coverage",
        definition="Incidents with a closure and a full summary on the page when this was "
        "counted, of those for which the decision table ever asked for one. Undecided ones count "
        "as owed.",
        reads_as="Falling: incidents are hidden.",
        kind="share",
        items=tuple(items),
        pair=("no_summary", "no_summary_waits", "lowered", "retractions", "told_apart"),
    )


def recurrence(rows: Rows) -> Measure:
    items = []
    for each in seen(rows):
        words = rows.recurrences.get(each.pk, ())
        same = [word["earlier__title"] for word in words if word["is_same"]]
        open_question = each.pk in rows.look_alike
        said = f"again: {', '.join(same)}" if same else "no earlier one known"
        if open_question:
            said = "looks like an earlier one; nobody has said"
        nameless = _is_nameless(rows, each)
        if nameless:
            said = NAMES_NOTHING
        known = not (open_question or nameless)
        items.append(_seen_item(each, said, part=int(bool(same)), whole=int(known)))
    return Measure(
        code="recurrence",
        name="Recurrence",
        definition="Incidents that a person confirmed to have the cause of an earlier one, of all. "
        "What looks alike and nobody judged is not known, nor is what names neither a part nor a "
        "cause.",
        reads_as="Rising: what was promised did not prevent it.",
        kind="share",
        items=tuple(items),
        pair=("coverage", "recurrence_denied", "recurrence_open"),
    )


def _is_nameless(rows: Rows, each: Seen) -> bool:
    """Whether nobody can look for an earlier one, and nobody said that there is one."""
    words = rows.recurrences.get(each.pk, ())
    return each.pk in rows.nameless and not any(word["is_same"] for word in words)


def recurrence_denied(rows: Rows) -> Measure:
    items = [
        _seen_item(
            each,
            f"not “{word['earlier__title']}” again",
            inside=f"by {word['decided_by__name'] or 'Afterword'}: {word['reason']}",
        )
        for each in seen(rows)
        for word in rows.recurrences.get(each.pk, ())
        if not word["is_same"]
    ]
    return _trace(
        "recurrence_denied",
        "Judged not the same",
        "Incidents that look like an earlier one and that a person said are not.",
        items,
    )


def recurrence_open(rows: Rows) -> Measure:
    items = []
    for each in seen(rows):
        answered, due = rows.answered_at.get(each.pk), each.due["summary"]
        if each.pk in rows.look_alike:
            said = f"looks like “{rows.look_alike[each.pk]}”; nobody has said"
            items.append(_seen_item(each, said))
        elif _is_nameless(rows, each):
            items.append(_seen_item(each, NAMES_NOTHING))
        elif answered is not None and answered > due:
            late = in_words((answered - due).total_seconds(), SECONDS)
            items.append(_seen_item(each, f"said {late} after a summary would have been due"))
    return _trace(
        "recurrence_open",
        "Looked alike, and nobody said in time",
        "Incidents that look like an earlier one, on the page or not, of which nobody has said "
        "whether it is the same again, or only after a summary would have been due; and those that "
        "name neither a part nor a cause, so that none can look alike.",
        items,
    )


def told_apart(rows: Rows) -> Measure:
    items = [
        _seen_item(each, _near_in_words(*rows.near[each.pk]))
        for each in seen(rows)
        if each.pk in rows.near
    ]
    return _trace(
        "told_apart",
        "Several in the same hours",
        "Incidents that name the cause or a part of an earlier one and began while it went on or "
        "within six hours after it, and those that began within an hour of one that went on, "
        "whatever they name. One outage told as several looks smaller.",
        items,
    )


def _near_in_words(near: Near, title: str) -> str:
    apart = in_words(near.apart.total_seconds(), SECONDS) if near.apart else ""
    when = f"began {apart} after “{title}”" if apart else f"began with “{title}”"
    then = "which went on"
    if near.over_for is not None:
        over_for = in_words(near.over_for.total_seconds(), SECONDS)
        then = f"which had been over for {over_for}" if near.over_for else "which was just over"
    both = [name for name, is_so in (("cause", near.same_cause), ("part", near.same_part)) if is_so]
    said = f"{when}, {then}; same {' and '.join(both)}" if both else f"{when}, {then}"
    return said + (f"; and {near.others:,} more before it" if near.others else "")


def no_summary(rows: Rows) -> Measure:
    return _trace(
        "no_summary",
        "Less than a summary",
        "Every decision for no public summary, or for less than the table proposed, that everybody "
        "it needs agreed to, also where it was replaced since.",
        _less_decided(rows, waits=False),
    )


def no_summary_waits(rows: Rows) -> Measure:
    return _trace(
        "no_summary_waits",
        "Less than a summary, and not agreed to",
        "Every decision for no public summary, or for less than the table proposed, that the "
        "second person it needs has not agreed to.",
        _less_decided(rows, waits=True),
    )


def retractions(rows: Rows) -> Measure:
    items = [
        _row_item(
            each["published_at"], each["incident_id"], each["title"],
            f"took back number {each['corrects__number']} ({each['corrects__kind']})",
        )._replace(is_for_few=each["audience"] == Audience.LIST)
        for each in rows.corrections
        if each["weight"] == "retraction"
    ]  # fmt: skip
    return _trace("retractions", "Texts taken back", "Every retraction in the period.", items)


def came_back(rows: Rows) -> Measure:
    items = [
        _row_item(each["at"], each["incident__public_id"], each["incident__title"], "open again")
        for each in rows.came_back
    ]
    return _trace(
        "came_back",
        "Said to be over too early",
        "Every time in the period an incident that was over was open again.",
        items,
    )


def lowered(rows: Rows) -> Measure:
    items = [
        _row_item(
            each.at, incident["public_id"], incident["title"], each.said,
            inside=f"by {each.by}" + (f": {each.reason}" if each.reason else ""),
        )
        for incident, each in records_made_smaller(rows)
    ]  # fmt: skip
    return _trace(
        "lowered",
        "Records made smaller",
        "Every version of a record of these incidents, and every one saved in the period, that "
        "lowered severity, affected customers, what happened to data, or what the decision table "
        "asks for. An honest correction is listed like any other.",
        items,
    )


def known_not_told(rows: Rows) -> Measure:
    items = [
        _row_item(
            each.since, incident["public_id"], incident["title"], each.in_full(rows.now),
            inside=f"by {each.by}" + (f": {each.reason}" if each.reason else ""),
        )
        for incident, each in more_known_than_told(rows)
    ]  # fmt: skip
    return _trace(
        "known_not_told",
        "Known, and not told",
        "What the record of these incidents knew, or that of another came to know in the period, "
        "beyond the texts on the page for more than three days, or two weeks while the summary was "
        "to come: more customers, a longer time, more parts, worse for data. What was told later "
        "is listed, too.",
        items,
    )


def still_open(rows: Rows) -> Measure:
    ended = rows.period.ended
    items = [
        _not_over(rows, each)
        for each in rows.not_over.values()
        if min(each["started_at"], each["created_at"]) < ended
    ]
    return _trace(
        "still_open",
        "Not over",
        "What had begun or was written down by the end of the period and was not said to be over "
        "when this was counted: it is listed in every period until it is.",
        items,
    )


def _not_over(rows: Rows, incident: Row) -> Item:
    """Return its line: by when it was written down if that alone is in the period."""
    began, written = incident["started_at"], incident["created_at"]
    since, ended = rows.period.began, rows.period.ended
    said = "not over yet"
    if not since <= began < ended:
        said += f"; it began on {began:%Y-%m-%d}"
    if written >= ended:
        said += f"; it was written down on {written:%Y-%m-%d}"
    at = written if began < since <= written < ended else began
    return _row_item(at, incident["public_id"], incident["title"], said)


def told_afterwards(rows: Rows) -> Measure:
    written = {each["incident__public_id"]: each for each in rows.written}
    items = [
        _row_item(each["started_at"], each["public_id"], each["title"], "written down afterwards")
        for each in rows.began
        if each["extra__backfilled"] and each["public_id"] not in written
    ]
    items += [
        _row_item(
            each["created_at"], name, each["incident__title"],
            f"written down afterwards; it began on {each['incident__started_at']:%Y-%m-%d}",
            inside=f"by {name_of(each['author_label']) or 'Afterword'}",
        )
        for name, each in written.items()
    ]  # fmt: skip
    return _trace(
        "told_afterwards",
        "Written down afterwards",
        "What was made public only when it was over, and began in the period or was written down "
        "in it. It counts in no other measure.",
        items,
    )


def held_back(rows: Rows) -> Measure:
    items = [
        _row_item(
            each["placed_at"], each["incident__public_id"], each["incident__title"],
            "held", inside=f"by {each['placed_by__name']}: {each['reason']}",
        )
        for each in rows.held
    ]  # fmt: skip
    return _trace("held_back", "Held back", "Every hold placed in the period.", items)


def records_made_smaller(rows: Rows) -> Iterator[tuple[Row, Smaller]]:
    """Yield the versions that told less, with their incident: all of what was over in the period,
    and those saved in it of what was not. Figures of a quarter may be kept when a version is saved.
    """
    for each in seen(rows):
        incident = rows.incidents[each.pk]
        yield from ((incident, smaller) for smaller in _smaller(rows, each.pk, incident))
    for pk, incident in rows.saved.items():
        for smaller in _smaller(rows, pk, incident):
            if rows.period.began <= smaller.at < rows.period.ended:
                yield incident, smaller


def more_known_than_told(rows: Rows) -> Iterator[tuple[Row, Untold]]:
    """Yield when a record knew more than readers were told, with the incident: of what was over in
    the period, and of what else was saved in it what became known in it.
    """
    for pk, incident in [*((e.pk, rows.incidents[e.pk]) for e in seen(rows)), *rows.saved.items()]:
        texts, versions = rows.told_of_every.get(pk, ()), rows.versions.get(pk, ())
        for each in untold(versions, texts, rows.interim, rows.now):
            if pk in rows.incidents or rows.period.began <= each.since < rows.period.ended:
                yield incident, each


def _smaller(rows: Rows, pk: int, incident: Row) -> Iterator[Smaller]:
    versions = rows.versions.get(pk, ())
    # What the table asked for is read out of the whole record, and of one alone nothing is less.
    return made_smaller(incident, versions, asked(rows, pk) if versions[1:] else ())


def _less_decided(rows: Rows, *, waits: bool) -> list[Item]:
    """Return decisions to tell less: those that wait for a second person, or those that do not."""
    items = []
    for each in seen(rows):
        for decision in rows.decisions.get(each.pk, ()):
            below = RANK.get(decision["outcome"], 0) < RANK.get(decision["proposed"], 0)
            is_less = decision["outcome"] == Outcome.NONE or below
            if is_less and _waits(decision) == waits:
                items.append(_decision_item(rows, each, decision, below=below))
    return items


def _waits(decision: Row) -> bool:
    return decision["second_person_id"] is not None and not decision["confirmed_at"]


def _decision_item(rows: Rows, each: Seen, decision: Row, *, below: bool) -> Item:
    waits = _waits(decision)
    force = in_force(rows.decisions.get(each.pk, ()))
    state = "waits for the second person" if waits else "no longer in force"
    if decision == force:
        state = "in force"
    people = " and ".join(
        name for name in (decision["decided_by__name"], decision["second_person__name"]) if name
    )
    asked = f"row {decision['row']} asked for {decision['proposed']}"
    return _row_item(
        decision["decided_at"],
        each.about,
        each.title,
        f"{decision['outcome']} ({state}), {asked}",
        "below the table" if below else "",
        inside=f"by {people}: {decision['reason']}",
    )


def _trace(code: str, name: str, definition: str, items: list[Item]) -> Measure:
    return Measure(
        code=code,
        name=name,
        definition=definition,
        reads_as="A trace: what makes other figures look better is listed here.",
        kind="list",
        items=tuple(items),
    )


def _row_item(
    at: datetime, about: str, title: str, said: str, group: str = "", *, inside: str = ""
) -> Item:
    return Item(at=at, about=about, title=title, said=said, group=group, inside=inside)


def _seen_item(
    each: Seen, said: str, *, part: int = 0, whole: int = 0, inside: str = "", void: str = ""
) -> Item:
    return Item(
        at=each.over_at, about=each.about, title=each.title, said=said, part=part, whole=whole,
        inside=inside, void=void,
    )  # fmt: skip
