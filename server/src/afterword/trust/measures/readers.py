"""What reached people, and what they said of it."""

from collections import Counter
from collections.abc import Mapping
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import Final

from afterword.kit.numbers import number
from afterword.trust.incidents_seen import Seen, seen
from afterword.trust.measure import ANSWERS, NO_ANSWER, NOT_DUE, NOT_OWED, Item, Measure
from afterword.trust.on_lists import OnLists
from afterword.trust.rows import Rows


def reader_answered(rows: Rows) -> Measure:
    items = []
    for each in seen(rows):
        # A row for each text they had read.
        times: Counter[str] = Counter()
        for said_of_it in rows.answers.get(each.pk, ()):
            times[said_of_it["question"]] += said_of_it["times"]
        yes, all_of_them = times[""], sum(times.values())
        left = sorted((q for q in times if q and times[q]), key=lambda q: (-times[q], q))
        said = f"{yes} of {all_of_them} say yes" if all_of_them else "nobody answered"
        if left:
            said += f"; still asking most: {left[0]} ({times[left[0]]})"
        void = "" if all_of_them else NO_ANSWER
        items.append(_item(each, said, part=yes, whole=all_of_them, void=void))
    return Measure(
        code="reader_answered",
        name="Readers answered",
        definition="Readers who say that an incident's page answered their question, of all who "
        "said either. Whoever is upset or engaged answers more often.",
        reads_as="Falling: texts do not answer what people ask.",
        kind="share",
        items=tuple(items),
        pair=("completeness",),
        of=ANSWERS,
    )


def repeat_questions(rows: Rows) -> Measure:
    items = []
    for each in seen(rows):
        asked = _asked_again(rows, each)
        told = sorted(rows.told.get(each.pk, ()), key=lambda text: int(text["number"]))
        numbers = [n for text in told if (n := number(text["affected"])) is not None]
        known = asked is not None and bool(numbers) and numbers[-1] > 0
        said = f"{asked} questions, {numbers[-1]:,} customers" if known else "not known"
        if known:
            items.append(_item(each, said, part=asked or 0, whole=numbers[-1]))
            continue
        over_at = _questions_over(each)
        void = NOT_OWED if over_at is None else NOT_DUE if over_at > rows.now else ""
        items.append(_item(each, "nothing to note yet" if void else said, void=void))
    return Measure(
        code="repeat_questions",
        name="Questions asked again",
        definition="Questions that came within 72 hours of the summary though it answers them, of "
        "the customers affected. How many is what somebody of the team noted: the highest number "
        "ever noted counts, and nothing before the 72 hours were over.",
        reads_as="High: need that the texts did not meet.",
        kind="share",
        items=tuple(items),
        pair=("reader_answered", "completeness", "outside_noted"),
    )


def told_first(rows: Rows) -> Measure:
    items = []
    for each in seen(rows):
        first = _told_first(rows, each)
        said = "told by us first" if first else "heard from outside first"
        items.append(
            _item(each, "not known" if first is None else said, part=int(first is True),
                  whole=int(first is not None))
        )  # fmt: skip
    return Measure(
        code="told_first",
        name="Told first",
        definition="Incidents that we made public before the first report from outside, of those "
        "where it was noted. The earliest report ever noted counts; that there was none counts "
        "if it was noted after our own first word.",
        reads_as="Falling: others tell our story.",
        kind="share",
        items=tuple(items),
        pair=("coverage", "outside_noted"),
    )


def outside_noted(rows: Rows) -> Measure:
    items = []
    for each in seen(rows):
        notes = {"who spoke first": _told_first(rows, each) is not None}
        over_at = _questions_over(each)
        if over_at is not None and over_at <= rows.now:
            notes["how many asked again"] = _asked_again(rows, each) is not None
        missing = [name for name, noted in notes.items() if not noted]
        said = f"not noted: {' and '.join(missing)}" if missing else "noted"
        items.append(_item(each, said, part=sum(notes.values()), whole=len(notes)))
    return Measure(
        code="outside_noted",
        name="Noted what was heard",
        definition="Of each incident it is to be noted who spoke of it first and, 72 hours after "
        "its summary, how many asked again: how many of these notes there are, of all.",
        reads_as="Low: what was heard outside is known of few, and perhaps of the good ones.",
        kind="share",
        items=tuple(items),
        pair=("told_first", "repeat_questions"),
    )


ASKED_WITHIN: Final = timedelta(hours=72)


def _told_first(rows: Rows, each: Seen) -> bool | None:
    """Return whether our word came before the first from outside; None where nobody noted it.

    Of several notes the one that looks worst counts: what was heard once is not unheard.
    """
    notes, word = rows.heard.get(each.pk, ()), rows.first_word.get(each.pk)
    heard = [note["first_at"] for note in notes if note["first_at"] is not None]
    if heard:
        return word is not None and word <= min(heard)
    nobody = [note["noted_at"] for note in notes if note["nobody_before"]]
    return True if word is not None and any(at >= word for at in nobody) else None


def _asked_again(rows: Rows, each: Seen) -> int | None:
    """Return how many asked again, None where nobody noted it once their time was over."""
    over_at = _questions_over(each)
    notes = [n for n in rows.heard.get(each.pk, ()) if n["repeat_questions"] is not None]
    if over_at is None or all(note["noted_at"] < over_at for note in notes):
        return None
    most: int = max(note["repeat_questions"] for note in notes)
    return most


def _questions_over(each: Seen) -> datetime | None:
    return None if each.summary_at is None else each.summary_at + ASKED_WITHIN


def affected_reached(rows: Rows) -> Measure:
    items = []
    for each in seen(rows):
        people = rows.on_lists.get(each.pk)
        if people is not None and people.ever:
            said = f"{people.reached:,} of {people.ever:,} reached"
            items.append(_item(each, said, part=people.reached, whole=people.ever))
        elif _hit_nobody(rows, each):
            items.append(_item(each, "its record names nobody affected", void=NOT_OWED))
        else:
            items.append(_item(each, _why_not_known(people)))
    return Measure(
        code="affected_reached",
        name="Affected people reached",
        definition="People on the frozen lists of those affected whose letter left, of all on "
        "them. Where nobody made a list it is not known.",
        reads_as="Low: those concerned were not told.",
        kind="share",
        items=tuple(items),
        pair=("mailed_beyond", "opt_outs"),
    )


def _hit_nobody(rows: Rows, each: Seen) -> bool:
    """Whether every version of its record says that no customer was affected."""
    said = [number(version["affected"]) for version in rows.versions.get(each.pk, ())]
    return bool(said) and not any(count is None or count > 0 for count in said)


def _why_not_known(people: OnLists | None) -> str:
    if people is None:
        return "not known: nobody made a list of those affected"
    if people.ever is None:
        return "not known: nobody kept how many were on its lists"
    return "not known: nobody was on its lists"


def mailed_beyond(rows: Rows) -> Measure:
    items = []
    for each in seen(rows):
        sent = rows.letters.get(each.pk, {"everybody": 0, "lists": 0})
        whole = sent["everybody"] + sent["lists"]
        said = f"{sent['everybody']:,} of {whole:,} letters went to everybody subscribed"
        items.append(_item(each, said, part=sent["everybody"], whole=whole))
    return Measure(
        code="mailed_beyond",
        name="Letters to everybody",
        definition="Letters that went to everybody subscribed, affected or not, of all letters "
        "about these incidents. A digest counts as a letter about each incident it speaks of.",
        reads_as="High: noise for people who were not affected.",
        kind="share",
        items=tuple(i for i in items if i.whole),
        pair=("affected_reached", "opt_outs"),
    )


def opt_outs(rows: Rows) -> Measure:
    letters = [
        _item(each, f"{sum(sent.values()):,} letters", whole=sum(sent.values()))
        for each in seen(rows)
        if (sent := rows.letters.get(each.pk)) and sum(sent.values())
    ]
    left = [
        Item(at=each["at"], about="", title=_LEFT[each["how"]], said="", part=1)
        for each in rows.left_mail
    ]
    return Measure(
        code="opt_outs",
        name="Wanted no more mail",
        definition="People who, within 30 days of a letter, unsubscribed or asked us to write no "
        "more, or who reported one as spam, in the period, of all letters sent by mail about its "
        "incidents. A digest counts as a letter about each incident it speaks of.",
        reads_as="Rising: letters are not wanted.",
        kind="share",
        items=(*letters, *left),
        pair=("mailed_beyond",),
        per=1_000,
    )


_LEFT: Final[Mapping[str, str]] = MappingProxyType({
    "unsubscribed": "Somebody unsubscribed",
    "asked": "Somebody asked us to write no more",
    "complained": "Somebody reported a letter as spam",
})  # fmt: skip


def _item(each: Seen, said: str, *, part: int = 0, whole: int = 0, void: str = "") -> Item:
    return Item(
        at=each.over_at, about=each.about, title=each.title, said=said, part=part, whole=whole,
        void=void,
    )  # fmt: skip
