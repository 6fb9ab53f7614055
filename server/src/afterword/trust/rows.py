"""The rows a report is made of: what belongs to a period, found by index and nothing beyond."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from typing import Any, Final

from django.db.models import Count, Min, QuerySet, TextField
from django.db.models.fields.json import KT, KeyTextTransform
from django.db.models.functions import Cast

from afterword.audience.models import ReaderAnswer
from afterword.components.models import Page
from afterword.fanout.models import DigestContent
from afterword.incidents.models import (
    Decision,
    HeardOutside,
    Hold,
    Incident,
    Kind,
    RecordVersion,
    Recovery,
    Recurrence,
)
from afterword.kit.among import among
from afterword.postbox.models import Letter, LetterState
from afterword.publishing.corrections import RETRACTION
from afterword.publishing.models import PromiseWord, Publication, PublicationKind
from afterword.publishing.promised import OPEN_STATES
from afterword.statements.models import Statement, StatementKind, TextCheck
from afterword.trust import lookups
from afterword.trust.close_together import Near, close_together
from afterword.trust.leaving import MAIL, leaving
from afterword.trust.letters_together import letters_told_together
from afterword.trust.looking_alike import naming_nothing, titles_of, to_judge, window_of
from afterword.trust.lookups import AT_ONCE, by_key, letters_about, of_keys, within
from afterword.trust.on_lists import OnLists, on_lists
from afterword.trust.periods import Period
from afterword.trust.planned_work import Planned, planned_work
from afterword.trust.words_written import next_words, updates_since, written_later

Row = lookups.Row
Sent = Mapping[str, int]
_Pair = tuple[int, int]
TEXTS: Final = ("closure", "summary", "follow_up", "data_notice", "note")
_TOLD: Final = (PublicationKind.CLOSURE, PublicationKind.SUMMARY, PublicationKind.CORRECTION)


@dataclass(frozen=True)
class Rows:
    """Everything of one page and period. Incidents are those said to be over within it; rows by
    incident are keyed by its primary key.
    """

    period: Period
    now: datetime
    incidents: Mapping[int, Row] = field(default_factory=dict)
    turns: Mapping[int, Sequence[Row]] = field(default_factory=dict)
    told: Mapping[int, Sequence[Row]] = field(default_factory=dict)
    # With that of what is in ``saved``.
    told_of_every: Mapping[int, Sequence[Row]] = field(default_factory=dict)
    first_word: Mapping[int, datetime] = field(default_factory=dict)
    words: Sequence[Row] = ()
    interim: frozenset[str] = frozenset()
    decisions: Mapping[int, Sequence[Row]] = field(default_factory=dict)
    versions: Mapping[int, Sequence[Row]] = field(default_factory=dict)
    heard: Mapping[int, Sequence[Row]] = field(default_factory=dict)
    recurrences: Mapping[int, Sequence[Row]] = field(default_factory=dict)
    # Of what looks like earlier ones: when the last of those that had to be judged was, or one was
    # said to be the same; and where neither is so, the title of the first that nobody judged.
    answered_at: Mapping[int, datetime] = field(default_factory=dict)
    look_alike: Mapping[int, str] = field(default_factory=dict)
    # Which name neither a part nor a cause, by key.
    nameless: frozenset[int] = frozenset()
    # Which earlier one each is close to in time, with its title.
    near: Mapping[int, tuple[Near, str]] = field(default_factory=dict)
    answers: Mapping[int, Sequence[Row]] = field(default_factory=dict)
    on_lists: Mapping[int, OnLists] = field(default_factory=dict)
    letters: Mapping[int, Row] = field(default_factory=dict)
    texts: Sequence[Row] = ()
    checks: Mapping[str, Mapping[str, Row]] = field(default_factory=dict)
    corrections: Sequence[Row] = ()
    promises: Mapping[str, Sequence[Row]] = field(default_factory=dict)
    left_mail: Sequence[Row] = ()
    began: Sequence[Row] = ()
    written: Sequence[Row] = ()
    # What was written down in the period and said to have begun earlier than that, with who did.
    dated_back: Sequence[Row] = ()
    # What is not over, whenever it began, and of that what is run here: turns and versions of the
    # latter are with those of the others.
    not_over: Mapping[int, Row] = field(default_factory=dict)
    going_on: Mapping[int, Row] = field(default_factory=dict)
    # Of which a version of the record was saved in the period, and that were not over in it.
    saved: Mapping[int, Row] = field(default_factory=dict)
    planned: Sequence[Planned] = ()
    came_back: Sequence[Row] = ()
    held: Sequence[Row] = ()
    # What was derived from these rows once and is asked for again.
    derived: dict[str, Any] = field(default_factory=dict, compare=False)

    @property
    def until(self) -> datetime:
        """The instant the report looks from: the end of the period, or now while it lasts."""
        return min(self.period.ended, self.now)


def gather(page: Page, period: Period, *, now: datetime) -> Rows:
    """Return the rows of a page and a period, as they stand ``now``."""
    recovered = within(Recovery.objects.filter(page=page), "at", period)
    keys = sorted(set(recovered.filter(came_back=False).values_list("incident_id", flat=True)))
    saved_keys, updates = _saved(period), updates_since(period)
    known = incidents_of(sorted({*keys, *saved_keys, *(each["incident_id"] for each in updates)}))
    of_page = {pk: each for pk, each in known.items() if each["page_id"] == page.pk}
    incidents, not_over = {pk: known[pk] for pk in keys}, _not_over(page)
    going_on = {pk: each for pk, each in not_over.items() if not each["source"]}
    saved = {pk: of_page[pk] for pk in sorted(saved_keys - set(keys)) if pk in of_page}
    with_those = sorted({*keys, *going_on, *saved})
    by_name = {each["public_id"]: pk for pk, each in incidents.items()}
    every_name = by_name | {each["public_id"]: pk for pk, each in saved.items()}
    names = list(by_name)
    left_of_every = list(_left(page, list(every_name)))
    left = [each for each in left_of_every if each["incident_id"] in by_name]
    told = by_key((each for each in left if _is_told(each)), "incident_id", by_name)
    told_of_every = by_key((e for e in left_of_every if _is_told(e)), "incident_id", every_name)
    digests = _digests([each["pk"] for each in left if each["audience"] == "subscribers"])
    in_digests = sorted({about for abouts in digests.values() for about in abouts})
    mailed = [letters_about(each) for each in left if each["audience"] != "page"]
    sent = _sent([*mailed, *in_digests])
    bundled = letters_told_together(page, left)
    listed = [
        (each["recipient_list"], letters_about(each))
        for each in sorted(left, key=lambda each: int(each["pk"]))
        if each["audience"] == "list"
    ]
    recurrences, first_judged = _recurrences(keys)
    window = window_of(page, incidents)
    answered_at, waits = _answers(to_judge(window, incidents), recurrences, first_judged)
    near = close_together(window, incidents)
    titles_of_earlier = titles_of([*waits.values(), *(each.earlier for each in near.values())])
    texts = _texts(page, period)
    written, dated_back = written_later(period, updates, of_page)
    return Rows(
        period=period,
        now=now,
        incidents=incidents,
        turns=turns_of(with_those),
        told=told,
        told_of_every=told_of_every,
        first_word=first_words(page, every_name),
        words=next_words(period, updates, of_page),
        interim=interim_texts(sorted({*keys, *saved})),
        decisions=decisions_of(keys),
        versions=versions_of(with_those),
        heard=by_key(
            of_keys(HeardOutside.objects.all(), "incident_id", keys, *_HEARD), "incident_id"
        ),
        recurrences=recurrences,
        answered_at=answered_at,
        look_alike={pk: titles_of_earlier[one] for pk, one in waits.items()},
        nameless=naming_nothing(window, incidents),
        near={pk: (each, titles_of_earlier[each.earlier]) for pk, each in near.items()},
        answers=by_key(
            of_keys(ReaderAnswer.objects.filter(page=page), "incident_ref", names, *_ANSWER),
            "incident_ref", by_name,
        ),
        on_lists={
            by_name[name]: people
            for name, people in on_lists(page, names, listed, sent).items()
        },
        letters=_letters(left, sent, digests, bundled, by_name),
        texts=texts,
        checks=_checks([each["source_id"] for each in texts]),
        corrections=_corrections(page, period),
        promises=_promises(page, period),
        left_mail=leaving(page, period),
        began=_began(page, period),
        written=written,
        dated_back=dated_back,
        not_over=not_over,
        going_on=going_on,
        saved=saved,
        planned=planned_work(page, period, now=now),
        came_back=list(
            recovered.filter(came_back=True).values(
                "at", "incident__public_id", "incident__title", "incident__extra__reopened"
            )
        ),
        held=list(
            within(Hold.objects.filter(incident__page=page), "placed_at", period).values(
                "placed_at", "released_at", "reason", "incident__public_id", "incident__title",
                "placed_by__name",
            )
        ),
    )  # fmt: skip


_INCIDENT = (
    "pk", "page_id", "public_id", "title", "severity", "started_at", "created_at", "source",
    "status", "kind", "resolved_at", "extra__backfilled",
)  # fmt: skip
_TURN = ("incident_id", "came_back", "severity", "at")
_DECISION = (
    "incident_id", "outcome", "proposed", "row", "reason", "review_on", "decided_at",
    "confirmed_at", "decided_by__name", "second_person__name", "second_person_id",
)  # fmt: skip
_HEARD = ("incident_id", "first_at", "nobody_before", "repeat_questions", "noted_at")
_ANSWER = ("incident_ref", "question", "times")


def incidents_of(keys: Sequence[int]) -> dict[int, Row]:
    known = Incident.objects.annotate(worst=KT("extra__worst_severity"))
    return {each["pk"]: each for each in of_keys(known, "pk", keys, *_INCIDENT, "worst")}


def _not_over(page: Page) -> dict[int, Row]:
    """Return the incidents that are not over: a handful, found by their own index."""
    known = Incident.objects.filter(page=page, kind=Kind.INCIDENT).order_by()
    # The words of the index (``incidents_going_on``), so that it is the one that is read.
    known = known.exclude(status__in=("resolved", "completed", "scheduled"))
    known = known.annotate(worst=KT("extra__worst_severity"))
    return {each["pk"]: each for each in known.values(*_INCIDENT, "worst")}


def _saved(period: Period) -> set[int]:
    """Return the incidents, of every page, of which a version of the record was saved in the
    period, by key.
    """
    versions = RecordVersion.objects.order_by()
    return set(within(versions, "saved_at", period).values_list("incident_id", flat=True))


def turns_of(keys: Sequence[int]) -> dict[int, list[Row]]:
    rows = Recovery.objects.order_by()
    return by_key(of_keys(rows, "incident_id", keys, *_TURN), "incident_id")


def decisions_of(keys: Sequence[int]) -> dict[int, list[Row]]:
    rows = Decision.objects.order_by("decided_at", "pk")
    return by_key(of_keys(rows, "incident_id", keys, *_DECISION), "incident_id")


def _left(page: Page, names: Sequence[str]) -> Iterator[Row]:
    """Yield what left about the incidents, updates that stayed on the page left out."""
    rows = Publication.objects.filter(page=page).order_by()
    rows = rows.exclude(kind=PublicationKind.UPDATE, audience="page")
    with_facts = rows.annotate(
        weight=KT("facts__correction__weight"),
        affected=KT("facts__record__customers__affected"),
        place=KT("facts__delivered__place"),
        of=KT("facts__delivered__of"),
        # Read out of its JSON only where something was known later.
        record=KT("facts__record"),
    )
    yield from of_keys(
        with_facts, "incident_id", names, "pk", "hash", "incident_id", "kind", "number",
        "source_id", "published_at", "corrects_id", "weight", "affected", "audience",
        "recipient_list", "imported", "place", "of", "record",
    )  # fmt: skip


def _is_told(row: Row) -> bool:
    return row["kind"] in _TOLD and row["audience"] != "list"


def first_words(page: Page, by_name: Mapping[str, int]) -> dict[int, datetime]:
    """Return when readers had the first word of each incident, by its key; ``by_name`` has the keys
    by public id.
    """
    shown = Publication.objects.filter(page=page).exclude(audience="list").order_by()
    names, found = list(by_name), {}
    for at in range(0, len(names), AT_ONCE):
        rows = shown.filter(among("incident_id", names[at : at + AT_ONCE]), imported=False)
        for name, first in rows.values_list("incident_id").annotate(first=Min("published_at")):
            found[by_name[name]] = first
    return found


def interim_texts(keys: Sequence[int]) -> frozenset[str]:
    interim = Statement.objects.filter(kind=StatementKind.SUMMARY, interim=True).order_by()
    return frozenset(
        each["public_id"] for each in of_keys(interim, "incident_id", keys, "public_id")
    )


def versions_of(keys: Sequence[int]) -> dict[int, list[Row]]:
    rows = RecordVersion.objects.order_by("version").annotate(
        severity=KT("data__incident__severity"),
        affected=KT("data__customers__affected"),
        people=KT("data__data__people"),
        confidentiality=KT("data__data__confidentiality"),
        loss=KT("data__data__loss"),
        integrity=KT("data__data__integrity"),
        confidence=KT("data__cause__confidence"),
        impact_ended=KT("data__times__impact_ended"),
        # Read out of its JSON only where it matters.
        as_text=Cast("data", TextField()),
    )
    columns = (
        "incident_id", "version", "saved_at", "saved_by__name", "reason", "severity",
        "affected", "people", "confidentiality", "loss", "integrity", "confidence", "impact_ended",
        "as_text",
    )  # fmt: skip
    return by_key(of_keys(rows, "incident_id", keys, *columns), "incident_id")


def _recurrences(keys: Sequence[int]) -> tuple[dict[int, list[Row]], dict[_Pair, datetime]]:
    """Return by incident the newest word on each earlier one; and by pair when the first came."""
    rows = Recurrence.objects.order_by("decided_at", "pk")
    newest: dict[_Pair, Row] = {}
    first: dict[_Pair, datetime] = {}
    for each in of_keys(
        rows, "incident_id", keys, "incident_id", "earlier_id", "is_same", "reason", "decided_at",
        "earlier__title", "earlier__public_id", "decided_by__name",
    ):  # fmt: skip
        newest[each["incident_id"], each["earlier_id"]] = each
        first.setdefault((each["incident_id"], each["earlier_id"]), each["decided_at"])
    return by_key(newest.values(), "incident_id"), first


def _answers(
    asked: Mapping[int, Sequence[int]],
    words: Mapping[int, Sequence[Row]],
    first: Mapping[_Pair, datetime],
) -> tuple[dict[int, datetime], dict[int, int]]:
    """Return of what looks like earlier ones when it was answered, or the key of the first that
    waits. A yes answers it; a no answers for the one it is about and for no other.
    """
    answered: dict[int, datetime] = {}
    waits: dict[int, int] = {}
    for pk, earlier in asked.items():
        same = [first[pk, each["earlier_id"]] for each in words.get(pk, ()) if each["is_same"]]
        unsaid = [one for one in earlier if (pk, one) not in first]
        if same:
            answered[pk] = min(same)
        elif unsaid:
            waits[pk] = unsaid[0]
        else:
            answered[pk] = max(first[pk, one] for one in earlier)
    return answered, waits


def _letters(
    left: Sequence[Row],
    sent: Sent,
    digests: Mapping[int, Sequence[str]],
    bundled: Mapping[str, int],
    by_name: Mapping[str, int],
) -> dict[int, Row]:
    """Return by incident how many letters left to everybody subscribed, and how many to lists.

    A digest was written about every incident it speaks of, once, however much it says of one.
    ``bundled`` are those on delivered promises that are about another incident and tell this too.
    """
    found: dict[int, dict[str, int]] = {}
    told: dict[int, set[str]] = {}
    for each in left:
        if each["audience"] != "page" and not each["imported"]:
            key = by_name[each["incident_id"]]
            of = found.setdefault(key, {"everybody": 0, "lists": 0})
            name = "lists" if each["audience"] == "list" else "everybody"
            of[name] += sent.get(letters_about(each), 0)
            told.setdefault(key, set()).update(digests.get(each["pk"], ()))
    for key, abouts in told.items():
        found[key]["everybody"] += sum(sent.get(about, 0) for about in abouts)
    for name, letters in bundled.items():
        found[by_name[name]]["everybody"] += letters
    return dict(found)


def _digests(publications: Sequence[int]) -> dict[int, list[str]]:
    """Return by publication what the digests that tell of it are about."""
    found: dict[int, list[str]] = {}
    rows = DigestContent.objects.order_by()
    for each in of_keys(rows, "publication", publications, "publication_id", "about"):
        found.setdefault(each["publication_id"], []).append(each["about"])
    return found


def _sent(abouts: Sequence[str]) -> dict[str, int]:
    """Return how many mails left about each; what went to machines and chat rooms is no letter."""
    found: dict[str, int] = {}
    for at in range(0, len(abouts), AT_ONCE):
        left = Letter.objects.filter(
            among("about", abouts[at : at + AT_ONCE]), state=LetterState.SENT, channel=MAIL
        )
        found |= dict(left.values_list("about").annotate(n=Count("pk")))
    return found


def _texts(page: Page, period: Period) -> list[Row]:
    rows = Publication.objects.filter(page=page, imported=False, kind__in=TEXTS).order_by()
    return list(
        within(rows, "published_at", period).values(
            "pk", "number", "kind", "incident_id", "source_id", "title", "published_at", "audience"
        )
    )


def _checks(sources: Sequence[str]) -> dict[str, dict[str, Row]]:
    """Return by text and moment what the check found.

    The same few lists come again with every text, so they are read out of their JSON once.
    """
    read = cache(_read_lists)
    found: dict[str, dict[str, Row]] = {}
    rows = TextCheck.objects.order_by().annotate(
        **{f"{name}_as_text": Cast(name, TextField()) for name in _LISTS}
    )
    for each in of_keys(
        rows, "statement__public_id", sources, "statement__public_id", "moment",
        *(f"{name}_as_text" for name in _LISTS),
    ):  # fmt: skip
        lists = read(*[each[f"{name}_as_text"] for name in _LISTS])
        found.setdefault(each["statement__public_id"], {})[each["moment"]] = lists
    return found


def _read_lists(*texts: str) -> Row:
    return {name: json.loads(text) for name, text in zip(_LISTS, texts, strict=True)}


_LISTS: Final = ("errors", "let_through", "asked", "answered")


def _corrections(page: Page, period: Period) -> list[Row]:
    rows = Publication.objects.filter(page=page, kind=PublicationKind.CORRECTION).order_by()
    with_facts = rows.annotate(
        weight=KT("facts__correction__weight"),
        record=KT("facts__record"),
        was_record=KeyTextTransform("record", "corrects__facts"),
    )
    made = list(
        within(with_facts, "published_at", period).values(
            "pk", "number", "incident_id", "title", "published_at", "weight", "record",
            "was_record", "corrects_id", "corrects__number", "corrects__kind", "audience",
            "source_id",
        )
    )  # fmt: skip
    return _held_against_the_newest(with_facts, made)


def _held_against_the_newest(corrections: QuerySet[Any], made: Sequence[Row]) -> list[Row]:
    """Return the corrections with what readers had before each as ``was_record``: what an earlier
    correction of the same text told them, where one did and was not taken back before.
    """
    keys = sorted({each["corrects_id"] for each in made if each["record"]} - {None})
    columns = ("pk", "number", "corrects_id", "weight", "record")
    every = by_key(of_keys(corrections, "corrects", keys, *columns), "corrects_id")
    of_those = sorted({each["pk"] for some in every.values() for each in some if len(some) > 1})
    gone = {
        each["corrects_id"]: each["number"]
        for each in of_keys(corrections, "corrects", of_those, "corrects_id", "number", "weight")
        if each["weight"] == RETRACTION
    }
    found = []
    for each in made:
        before = [
            one
            for one in every.get(each["corrects_id"], ())
            if one["number"] < each["number"]
            and one["record"]
            and one["weight"] != RETRACTION
            and gone.get(one["pk"], each["number"]) >= each["number"]
        ]
        newest = max(before, key=lambda one: int(one["number"]), default=None)
        found.append({**each, "was_record": newest["record"]} if newest else each)
    return found


def _promises(page: Page, period: Period) -> dict[str, list[Row]]:
    """Return by promise every word readers had, where a day they were given is in the period, or
    was over already when they read it in the period, or it was given up in the period; in the order
    they had them in, and whether the text of the word stands (was not retracted since).
    """
    words = PromiseWord.objects.filter(page=page)
    given = words.filter(state__in=OPEN_STATES).order_by()
    inside = given.filter(due__gte=period.first, due__lte=period.last)
    read_too_late = within(given.filter(due__lt=period.first), "told_at", period)
    given_up = within(words.filter(state="dropped").order_by(), "told_at", period)
    found_by = (
        each.values_list("commitment_id", flat=True) for each in (inside, read_too_late, given_up)
    )
    keys = sorted({key for each in found_by for key in each})
    columns = (
        "commitment_id", "incident_id", "what", "state", "due", "done_on", "is_first", "told_at",
        "publication_id",
    )  # fmt: skip
    said = list(of_keys(words.order_by(), "commitment_id", keys, *columns))
    gone = _taken_back({each["publication_id"] for each in said})
    found: dict[str, list[Row]] = {}
    for each in sorted(said, key=lambda each: each["publication_id"]):
        stands = each["publication_id"] not in gone
        found.setdefault(each["commitment_id"], []).append({**each, "stands": stands})
    return found


def _taken_back(publications: Iterable[int]) -> frozenset[int]:
    """Return which of the publications were retracted since."""
    corrections = Publication.objects.filter(kind=PublicationKind.CORRECTION).order_by()
    weighed = corrections.annotate(weight=KT("facts__correction__weight"))
    found = of_keys(weighed, "corrects", sorted(publications), "corrects_id", "weight")
    return frozenset(each["corrects_id"] for each in found if each["weight"] == RETRACTION)


def _began(page: Page, period: Period) -> list[Row]:
    """Return what began in the period, planned work left out."""
    rows = Incident.objects.filter(page=page, kind=Kind.INCIDENT).order_by()
    return list(
        within(rows, "started_at", period).values(
            "public_id",
            "title",
            "started_at",
            "created_at",
            "status",
            "source",
            "extra__backfilled",
        )
    )
