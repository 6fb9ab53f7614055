"""Each measure once more, slow and plain: all rows of every table, one incident after the other.

Nothing here knows the rooms' own folding. A measure is a list of lines, of which those that are not
known are left out. Only how a span of time is put into words is the product's own.
"""

import math
from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime, time, timedelta
from functools import wraps
from itertools import pairwise
from typing import Any, Concatenate, ParamSpec, TypeVar

from afterword.audience.models import OptOut, ReaderAnswer, RecipientList, RecipientListMember
from afterword.fanout.models import DigestContent
from afterword.incidents.models import (
    Decision,
    HeardOutside,
    Hold,
    Incident,
    RecordVersion,
    Recovery,
    Recurrence,
    Update,
)
from afterword.kit.timespans import format_span
from afterword.postbox.addresses import forgotten
from afterword.postbox.models import Letter
from afterword.publishing.models import PromiseWord, Publication
from afterword.statements.models import Statement, TextCheck
from afterword.trust.measure import in_words

# about, value, whether it goes on, part, whole; at, group, said
Line = tuple[str, float | None, bool, int, int, datetime, str, str]
BROKEN = {"minor", "major", "critical"}
_P, _R = ParamSpec("_P"), TypeVar("_R")
TEXTS = {"closure", "summary", "follow_up", "data_notice", "note"}


def once(look: Callable[Concatenate["Slow", _P], _R]) -> Callable[Concatenate["Slow", _P], _R]:
    """Of the same thing the rows are read once: nothing changes while a ``Slow`` is asked. Without
    it a history of forty incidents takes ten thousand queries.
    """

    @wraps(look)
    def looked(self: "Slow", *args: _P.args, **more: _P.kwargs) -> _R:
        key = (look.__name__, *args, *more.items())
        if key not in self.seen:
            self.seen[key] = look(self, *args, **more)
        found: _R = self.seen[key]
        return found

    return looked


class Slow:
    """A page, a period [began, ended) and a now; every measure by its code."""

    def __init__(self, page: Any, began: datetime, ended: datetime, now: datetime) -> None:
        self.page, self.began, self.ended, self.now = page, began, ended, now
        # What ``once`` has read.
        self.seen: dict[tuple[Any, ...], Any] = {}

    def inside(self, at: datetime) -> bool:
        return self.began <= at < self.ended

    # What hangs on an incident

    @once
    def incidents(self) -> list[tuple[Incident, datetime]]:
        found = []
        for each in Incident.objects.filter(page=self.page):
            ends = [
                t.at for t in Recovery.objects.all()
                if t.incident_id == each.pk and not t.came_back and self.inside(t.at)
            ]  # fmt: skip
            if ends:
                found.append((each, min(ends)))
        return found

    @once
    def first_over(self, incident: Incident) -> datetime:
        """When it was said to be over for the first time, in this period or long before."""
        return min(t.at for t in Recovery.objects.filter(incident=incident) if not t.came_back)

    def over_for_the_first_time(self) -> list[tuple[Incident, datetime]]:
        return [(i, at) for i, at in self.incidents() if at == self.first_over(i)]

    @once
    def public(self, incident: Incident) -> list[Publication]:
        every = Publication.objects.filter(page=self.page, incident_id=incident.public_id)
        return [p for p in sorted(every, key=lambda p: p.number) if p.audience != "list"]

    @once
    def full(self, incident: Incident, kind: str, after: datetime) -> list[Publication]:
        return [
            p for p in self.public(incident)
            if p.kind == kind and p.published_at >= after and p.source_id not in self.interim()
        ]  # fmt: skip

    @once
    def interim(self) -> set[str]:
        return {s.public_id for s in Statement.objects.all() if s.interim}

    @once
    def stands(self, incident: Incident, kind: str) -> bool:
        gone = {
            p.corrects_id for p in self.public(incident)
            if p.kind == "correction" and p.facts["correction"]["weight"] == "retraction"
        }  # fmt: skip
        turns = Recovery.objects.filter(incident=incident)
        backs = [t.at for t in turns if t.came_back and kind == "closure"]
        since = max([self.first_over(incident), *backs])
        return any(p.pk not in gone for p in self.full(incident, kind, since))

    @once
    def severity(self, incident: Incident) -> int:
        said = [v.data["incident"]["severity"] for v in self.versions(incident)]
        said += [t.severity for t in Recovery.objects.filter(incident=incident)]
        said.append(incident.extra.get("worst_severity"))
        return min(each for each in [*said, incident.severity] if each)

    @once
    def versions(self, incident: Incident) -> list[RecordVersion]:
        return list(RecordVersion.objects.filter(incident=incident).order_by("version"))

    def proposed(self, incident: Incident) -> set[str]:
        """What the table ever asked for, also of the record alone; empty where nobody decided."""
        said = {d.proposed for d in Decision.objects.filter(incident=incident)}
        return said | {outcome for outcome, _ in self.tables(incident)} if said else set()

    @once
    def tables(self, incident: Incident) -> list[tuple[str, dict[str, Any]]]:
        """What the table asked for on each version, and what it saw. What a version does not know
        is as an earlier one knew it, the nearest first, or else as the next one does.
        """
        words = [p.published_at for p in self.public(incident) if not p.imported]
        versions = self.versions(incident)
        facts = [facts_of(v.data) for v in versions]
        found = []
        for place, version in enumerate(versions):
            nearest = [*facts[: place + 1][::-1], *facts[place + 1 :]]
            saw = {
                name: next((f[name] for f in nearest if f[name] is not None), None)
                for name in facts[0]
            }
            posted = any(word <= version.saved_at for word in words)
            found.append((table(saw, posted), saw))
        return found

    def asks_less(self, incident: Incident, place: int) -> list[str]:
        tables = self.tables(incident)
        (before, was), (after, now) = tables[place - 1], tables[place]
        if not place or RANK.index(after) >= RANK.index(before):
            return []
        changed = [
            f"{name} {spoken(name, was[name])} became {spoken(name, now[name])}"
            for name in was if was[name] != now[name]
        ]  # fmt: skip
        return [f"the table asked for {before}, now for {after}: {', '.join(changed)}"]

    def decided(self, incident: Incident) -> str | None:
        agreed = [
            d for d in Decision.objects.filter(incident=incident)
            if not d.second_person_id or d.confirmed_at
        ]  # fmt: skip
        return sorted(agreed, key=lambda d: d.decided_at)[-1].outcome if agreed else None

    def asked_for(self, incident: Incident, over_at: datetime) -> bool:
        asked = bool(self.proposed(incident) - {"none"})
        chosen = self.decided(incident) in {"summary", "short"}
        return asked or chosen or bool(self.full(incident, "summary", over_at))

    def summary_due(self, incident: Incident, over_at: datetime) -> datetime:
        return business_days_later(over_at, {1: 3, 2: 5, 3: 10, 4: 10}[self.severity(incident)])

    def owes_summary(self, incident: Incident, over_at: datetime) -> bool:
        due = self.summary_due(incident, over_at)
        agreed = [
            d for d in Decision.objects.filter(incident=incident)
            if (d.confirmed_at if d.second_person_id else d.decided_at)
            and (d.confirmed_at if d.second_person_id else d.decided_at) <= due
        ]  # fmt: skip
        last = sorted(agreed, key=lambda d: d.decided_at)[-1].outcome if agreed else "summary"
        return self.asked_for(incident, over_at) or last != "none"

    def affected(self, incident: Incident) -> list[int]:
        kinds = {"closure", "summary", "correction"}
        said = [
            p.facts.get("record", {}).get("customers", {}).get("affected")
            for p in self.public(incident) if p.kind in kinds
        ]  # fmt: skip
        return [each for each in said if each is not None]

    @once
    def notes(self, incident: Incident) -> list[HeardOutside]:
        return [h for h in HeardOutside.objects.all() if h.incident_id == incident.pk]

    def was_first(self, incident: Incident) -> bool | None:
        """Whether we spoke first; None where nobody wrote it down."""
        words = [p.published_at for p in self.public(incident) if not p.imported]
        reports = sorted(h.first_at for h in self.notes(incident) if h.first_at)
        if reports:
            return bool(words) and min(words) <= reports[0]
        for note in self.notes(incident):
            if note.nobody_before and words and note.noted_at >= min(words):
                return True
        return None

    def asked_again(self, incident: Incident) -> int | None:
        told = self.full(incident, "summary", self.first_over(incident))
        counted = [h for h in self.notes(incident) if h.repeat_questions is not None]
        if not told:
            return None
        late_enough = told[0].published_at + timedelta(hours=72)
        if not [h for h in counted if h.noted_at >= late_enough]:
            return None
        return sorted(h.repeat_questions for h in counted)[-1]

    # Closing

    def time_to_closure(self) -> Iterable[Line]:
        for each, _ in self.incidents():
            turns = sorted(Recovery.objects.filter(incident=each), key=lambda t: t.at)
            for turn in turns:
                if turn.came_back or not self.inside(turn.at):
                    continue
                backs = [t.at for t in turns if t.came_back and t.at > turn.at]
                limit = min(backs) if backs else None
                told = [
                    p.published_at for p in self.full(each, "closure", turn.at)
                    if limit is None or p.published_at < limit
                ]  # fmt: skip
                until = told[0] if told else min([self.now, *backs])
                value = (until - turn.at).total_seconds()
                words = in_words(value, "seconds")
                if not told:
                    words = f"none yet, {words}" if limit is None else (
                        f"no closure before it came back, {words} later"
                    )  # fmt: skip
                yield each.public_id, value, not told, 0, 0, turn.at, self.group(each), words

    def time_to_over(self) -> Iterable[Line]:
        """An incident is trouble, then over, then perhaps trouble again: each end a version named
        belongs to the trouble it lies in, or to the calm after it.
        """
        for each in Incident.objects.filter(page=self.page):
            turns = sorted(Recovery.objects.filter(incident=each), key=lambda t: t.at)
            ends = [
                datetime.fromisoformat(times["impact_ended"])
                for times in (v.data.get("times") or {} for v in self.versions(each))
                if times.get("impact_ended")
            ]
            backs = [t.at for t in turns if t.came_back]
            for began, back in zip([None, *backs], [*backs, None], strict=True):
                named = [
                    e for e in ends
                    if (began is None or began <= e) and (back is None or e < back)
                ]  # fmt: skip
                for turn in turns:
                    before = [b for b in backs if b < turn.at]
                    if turn.came_back or (before[-1:] or [None]) != [began]:
                        continue
                    if named and self.inside(turn.at):
                        value = max((turn.at - min(named)).total_seconds(), 0.0)
                        words = in_words(value, "seconds")
                        yield each.public_id, value, False, 0, 0, turn.at, self.group(each), words
            goes_on = each.status == "investigating" and not each.source and each.kind == "incident"
            if goes_on and named and (not turns or turns[-1].came_back):
                ended = min(named)
                if self.inside(ended) and ended < self.now:
                    value = (self.now - ended).total_seconds()
                    words = f"not said to be over, {in_words(value, 'seconds')}"
                    yield each.public_id, value, True, 0, 0, ended, self.group(each), words

    def closure_in_time(self) -> Iterable[Line]:
        for each, _ in self.incidents():
            for over, back in self.times_over(each):
                due = self.closure_due(each, over)
                told = [
                    p for p in self.full(each, "closure", over)
                    if back is None or p.published_at < back
                ]  # fmt: skip
                if told or back is None or back > self.now:
                    yield from self.in_time(each, over, told, due, "closure")
                elif back > due:
                    late = in_words((back - due).total_seconds(), "seconds")
                    said = f"no closure, {late} overdue when it was open again"
                    yield each.public_id, None, False, 0, 1, over, self.group(each), said

    def closure_due(self, incident: Incident, over: datetime) -> datetime:
        worst = self.severity(incident)
        if worst in {1, 2}:
            return over + timedelta(minutes=30 * worst)
        return last_second(business_days_later(over, 1))

    def times_over(self, incident: Incident) -> list[tuple[datetime, datetime | None]]:
        turns = sorted(Recovery.objects.filter(incident=incident), key=lambda t: t.at)
        found = []
        for place, turn in enumerate(turns):
            if not turn.came_back and self.inside(turn.at):
                backs = [t.at for t in turns[place + 1 :] if t.came_back]
                found.append((turn.at, backs[0] if backs else None))
        return found

    def time_to_summary(self) -> Iterable[Line]:
        for each, over in self.over_for_the_first_time():
            too_early = self.now <= self.summary_due(each, over)
            if not self.asked_for(each, over) and too_early:
                continue
            if self.owes_summary(each, over):
                told = self.full(each, "summary", over)
                value = ((told[0].published_at if told else self.now) - over).total_seconds()
                words = in_words(value, "seconds")
                words = words if told else f"none yet, {words}"
                yield each.public_id, value, not told, 0, 0, over, self.group(each), words

    def summary_in_time(self) -> Iterable[Line]:
        for each, over in self.over_for_the_first_time():
            if self.owes_summary(each, over):
                told = self.full(each, "summary", over)
                due = self.summary_due(each, over)
                yield from self.in_time(each, over, told, due, "summary")

    def in_time(
        self, each: Incident, over: datetime, told: list[Publication], due: datetime, name: str
    ) -> Iterable[Line]:
        group = self.group(each)
        if told:
            by = told[0].published_at - due
            good = by <= timedelta(0)
            said = "in time" if good else f"{in_words(by.total_seconds(), 'seconds')} late"
            yield each.public_id, None, False, int(good), 1, over, group, said
        elif self.now > due:
            late = in_words((self.now - due).total_seconds(), "seconds")
            yield each.public_id, None, False, 0, 1, over, group, f"no {name}, {late} overdue"

    def group(self, incident: Incident) -> str:
        return f"severity {self.severity(incident)}"

    # Texts

    @once
    def texts(self) -> list[tuple[Publication, dict[str, TextCheck]]]:
        found = []
        for each in Publication.objects.filter(page=self.page):
            if each.kind in TEXTS and not each.imported and self.inside(each.published_at):
                checks = TextCheck.objects.filter(statement__public_id=each.source_id)
                found.append((each, {c.moment: c for c in checks}))
        return found

    def completeness(self) -> Iterable[Line]:
        for each, checks in self.texts():
            if "left" in checks and checks["left"].asked:
                did, asked = len(checks["left"].answered), len(checks["left"].asked)
                said = f"{did} of {asked} questions answered"
                value = 100 * did / asked
                yield each.incident_id, value, False, 0, 0, each.published_at, "", said

    def untrue_at_first(self) -> Iterable[Line]:
        for each, checks in self.texts():
            if "first" in checks:
                wrong = {e["rule"] for e in checks["first"].errors if e["rule"][:4] == "REC-"}
                said = ", ".join(sorted(wrong)) or "none"
                yield each.incident_id, None, False, bool(wrong), 1, each.published_at, "", said

    def override_rate(self) -> Iterable[Line]:
        for each, checks in self.texts():
            if "left" in checks:
                let = {(e["rule"], e["words"]) for e in checks["left"].let_through}
                met = let.union(
                    *({(e["rule"], e["words"]) for e in c.errors} for c in checks.values())
                )
                whose = {(e["rule"], e["words"]): e["roles"] for e in checks["left"].let_through}
                words = [f"{key[0]} ({' and '.join(whose[key]) or 'role not known'})"
                         for key in sorted(let)]  # fmt: skip
                said = f"let through: {', '.join(words)}" if let else (
                    f"{len(met)} met, none let through"
                )  # fmt: skip
                if met:
                    at = each.published_at
                    yield each.incident_id, None, False, len(let), len(met), at, "", said

    def enlarging_corrections(self) -> Iterable[Line]:
        for each, _ in self.texts():
            yield each.incident_id, None, False, 0, 1, each.published_at, "", "stands"
        for each in self.corrections():
            before = self.had_before(each)
            after = each.facts.get("record", {})
            if said := enlarged(before, after):
                yield each.incident_id, None, False, 1, 0, each.published_at, "", said

    def had_before(self, correction: Publication) -> dict[str, Any]:
        """What readers had of a text when it was corrected: its own facts, or the newest ones that
        a correction of it told since, and that were not taken back by then.
        """
        before = Publication.objects.filter(page=self.page, number__lt=correction.number)
        gone = {p.corrects_id for p in before if is_retraction(p)}
        told = [
            p for p in before.filter(kind="correction").order_by("number")
            if correction.corrects_id and p.corrects_id == correction.corrects_id
            and p.facts.get("record") and not is_retraction(p) and p.pk not in gone
        ]  # fmt: skip
        text = told[-1] if told else correction.corrects
        return dict(text.facts.get("record", {})) if text else {}

    @once
    def corrections(self) -> list[Publication]:
        return [
            p for p in Publication.objects.filter(page=self.page, kind="correction")
            if self.inside(p.published_at)
        ]  # fmt: skip

    def impact_growth(self) -> Iterable[Line]:
        for each, over in self.incidents():
            told = self.affected(each)
            said = f"first {told[0]:,}, last {told[-1]:,} customers" if told else ""
            if told and told[0]:
                yield each.public_id, told[-1] / told[0], False, 0, 0, over, "", said
            elif told and not told[-1]:
                yield each.public_id, 1.0, False, 0, 0, over, "", said

    # Readers

    def reader_answered(self) -> Iterable[Line]:
        for each, over in self.incidents():
            rows = ReaderAnswer.objects.filter(page=self.page, incident_ref=each.public_id)
            asked = {
                question: sum(a.times for a in rows if a.question == question)
                for question in sorted({a.question for a in rows})
            }
            yes, total = asked.pop("", 0), sum(a.times for a in rows)
            said = f"{yes} of {total} say yes"
            if most := max(asked.values(), default=0):
                first = next(question for question, times in asked.items() if times == most)
                said += f"; still asking most: {first} ({most})"
            if total:
                yield each.public_id, None, False, yes, total, over, "", said

    def repeat_questions(self) -> Iterable[Line]:
        for each, over in self.incidents():
            asked, told = self.asked_again(each), self.affected(each)
            if asked is not None and told and told[-1]:
                said = f"{asked} questions, {told[-1]:,} customers"
                yield each.public_id, None, False, asked, told[-1], over, "", said

    def told_first(self) -> Iterable[Line]:
        for each, over in self.incidents():
            first = self.was_first(each)
            if first is not None:
                said = "told by us first" if first else "heard from outside first"
                yield each.public_id, None, False, int(first), 1, over, "", said

    def outside_noted(self) -> Iterable[Line]:
        for each, _ in self.incidents():
            noted, owed = int(self.was_first(each) is not None), 1
            told = self.full(each, "summary", self.first_over(each))
            if told and told[0].published_at + timedelta(hours=72) <= self.now:
                noted, owed = noted + (self.asked_again(each) is not None), 2
            yield each.public_id, None, False, noted, owed

    def words_in_time(self) -> Iterable[Line]:
        every = [
            u for u in Update.objects.all()
            if u.incident.page_id == self.page.pk and (u.author_label or not u.incident.source)
        ]  # fmt: skip
        for one in every:
            until = one.extra.get("next_update_at")
            if until is None or not self.inside(datetime.fromisoformat(until)):
                continue
            by = datetime.fromisoformat(until)
            later = [
                u.created_at for u in every
                if u.incident_id == one.incident_id
                and (u.created_at, u.pk) > (one.created_at, one.pk)
            ]  # fmt: skip
            if later and min(later) <= by:
                yield one.incident.public_id, None, False, 1, 1, by, "in time", "in time"
            elif by < self.now:
                came = min(later) if later else self.now
                late = max(int((came - by).total_seconds()), 1)
                said = f"{format_span(late)} late"
                yield one.incident.public_id, None, False, 0, 1, by, "late", said

    def affected_reached(self) -> Iterable[Line]:
        for each, over in self.incidents():
            every = RecipientList.objects.filter(page=self.page, incident_ref=each.public_id)
            if any(one.size is None for one in every):
                continue
            ever = sum(one.first_listed for one in every)
            if not any(one.forgotten_at for one in every):
                on_them = RecipientListMember.objects.filter(recipient_list__in=list(every))
                ever = len({member.email for member in on_them})
            reached, whom = 0, set()
            for one in every:
                found = [
                    p for p in Publication.objects.filter(incident_id=each.public_id).order_by("pk")
                    if p.audience == "list" and p.recipient_list == one.public_id
                ]  # fmt: skip
                if found:
                    best = max(found, key=self.sent)
                    # Whoever else had a letter of the list was not on it.
                    reached += min(one.size, self.sent(best))
                    whom |= {forgotten(letter.recipient) for letter in self.letters_about(best)}
            if sum(one.size for one in every) > ever:
                reached = min(ever, reached, len(whom))
            if ever:
                said = f"{reached:,} of {ever:,} reached"
                yield each.public_id, None, False, reached, ever, over, "", said

    @once
    def letters_sent(self) -> list[Letter]:
        every = Letter.objects.select_related("message")
        return [one for one in every if one.state == "sent" and one.channel == "email"]

    @once
    def letters_about(self, publication: Publication) -> list[Letter]:
        about = f"publication:{publication.pk}:{publication.hash[:12]}"
        return [one for one in self.letters_sent() if one.about == about]

    def sent(self, publication: Publication) -> int:
        return len(self.letters_about(publication))

    @once
    def mailed(self, incident: Incident) -> tuple[int, int]:
        found = [
            p for p in Publication.objects.filter(page=self.page, incident_id=incident.public_id)
            if not p.imported
        ]  # fmt: skip
        to_all = [p for p in found if p.audience == "subscribers"]
        everybody = sum(self.sent(p) for p in to_all) + self.in_digests(to_all)
        everybody += self.told_beside(to_all)
        return everybody, everybody + sum(self.sent(p) for p in found if p.audience == "list")

    def in_digests(self, said: list[Publication]) -> int:
        """Digests that somebody got and that tell any of it."""
        return sum(
            any(c.about == letter.about and c.publication in said for c in self.contents())
            for letter in self.letters_sent()
        )

    def told_beside(self, said: list[Publication]) -> int:
        """Letters that are about none of it and tell some of it beside, by the name of their words:
        ``publication:7:abc:de@Europe/Berlin&2.3`` is about one note and tells the second and third
        of those that left with it.
        """
        count = 0
        for note in Publication.objects.filter(page=self.page):
            if "delivered" not in note.facts or note in said:
                continue
            for letter in self.letters_about(note):
                voice = letter.message.key.removeprefix(letter.about)
                places = voice.partition("&")[2].partition(":")[0]
                beside = [int(place) for place in places.split(".") if place]
                first = note.number - note.facts["delivered"]["place"]
                numbers = [first + place for place in beside]
                count += any(p.number in numbers for p in said)
        return count

    @once
    def contents(self) -> list[DigestContent]:
        return list(DigestContent.objects.select_related("publication"))

    def mailed_beyond(self) -> Iterable[Line]:
        for each, over in self.incidents():
            everybody, letters = self.mailed(each)
            said = f"{everybody:,} of {letters:,} letters went to everybody subscribed"
            if letters:
                yield each.public_id, None, False, everybody, letters, over, "", said

    def opt_outs(self) -> Iterable[Line]:
        for each, over in self.incidents():
            if letters := self.mailed(each)[1]:
                yield each.public_id, None, False, 0, letters, over, "", f"{letters:,} letters"
        yield from (("", None, False, 1, 0) for _ in self.left_us())

    def left_us(self) -> set[str]:
        ours = [f"publication:{p.pk}:" for p in Publication.objects.filter(page=self.page)]
        ours.append(f"digest:{self.page.pk}:")
        found = set()
        for each in OptOut.objects.all():
            if each.letter is None or not self.inside(each.at):
                continue
            here, sent_at = each.page == self.page, each.letter.sent_at
            if each.how == "complained":
                counts = here or any(each.letter.about.startswith(one) for one in ours)
            else:
                soon = sent_at and timedelta(0) <= each.at - sent_at <= timedelta(days=30)
                counts = here and soon
            if counts:
                found.add(forgotten(each.letter.recipient))
        return found

    # Promises

    def words(self) -> list[list[PromiseWord]]:
        return [
            words for words in self.every_word()
            if self.given(words) and self.inside(midnight(self.runs_out(words)))
        ]  # fmt: skip

    @once
    def every_word(self) -> list[list[PromiseWord]]:
        found: dict[str, list[PromiseWord]] = {}
        for word in PromiseWord.objects.filter(page=self.page).order_by("pk"):
            found.setdefault(word.commitment_id, []).append(word)
        return list(found.values())

    def given(self, words: list[PromiseWord]) -> list[PromiseWord]:
        """The words that promised a day to come."""
        return [w for w in words if w.state in {"planned", "in_progress"} and w.due]

    def runs_out(self, words: list[PromiseWord]) -> date:
        """The earliest day that readers had, none before they read of it."""
        return sorted(sorted([w.due, w.told_at.date()])[1] for w in self.given(words))[0]

    def earliest(self, words: list[PromiseWord]) -> date:
        return sorted(w.due for w in self.given(words))[0]

    def gone(self, word: PromiseWord) -> bool:
        return word.publication_id in self.taken_back()

    @once
    def taken_back(self) -> set[int | None]:
        every = Publication.objects.filter(kind="correction")
        return {p.corrects_id for p in every if p.facts["correction"]["weight"] == "retraction"}

    def told_done(self, words: list[PromiseWord]) -> date:
        """Since when readers who looked were always told it is done."""
        said = [w for w in words if not self.gone(w)]
        undone = max((i for i, w in enumerate(said) if w.state != "done"), default=-1)
        return said[undone + 1].told_at.date()

    def how(self, words: list[PromiseWord]) -> str:
        due = self.earliest(words)
        said = [w for w in words if not self.gone(w)]
        if not said:
            return "taken back with its text"
        last, day, notice = said[-1], self.given(words)[0].due, True
        if last.state == "dropped":
            return "dropped"
        for word in words:
            if word.state in {"planned", "in_progress"} and word.due:
                if word.due > day and (self.gone(word) or word.told_at.date() > day):
                    notice = False
                day = word.due
        if last.state == "done":
            told = self.told_done(words)
            if told <= due:
                return "kept"
            if last.done_on and last.done_on <= due:
                return "done in time, told after"
            return "late, told before" if notice and told <= day else "late, without a word"
        if self.now.date() <= due:
            return "not due yet"
        in_time = notice and self.now.date() <= day
        return "late, told before" if in_time else "late, without a word"

    def put_off(self, words: list[PromiseWord]) -> list[int]:
        days = [w.due for w in words if w.state in {"planned", "in_progress"} and w.due]
        return [(b - a).days for a, b in pairwise(days) if b > a]

    def moved(self, words: list[PromiseWord]) -> str:
        steps = self.put_off(words)
        times = "once" if len(steps) == 1 else f"{len(steps)} times"
        days = in_words(sum(steps), "days")
        return f"put off {times}, by {days} in all" if steps else "never put off"

    def first_day(self, words: list[PromiseWord]) -> tuple[datetime, str]:
        """When a promise ran out, and how it went: what its line is filed under."""
        return midnight(self.runs_out(words)), self.how(words)

    def promises_moved(self) -> Iterable[Line]:
        for words in self.words():
            at, how = self.first_day(words)
            value = float(sum(self.put_off(words)))
            yield words[0].incident_id, value, False, 0, 0, at, how, self.moved(words)

    def promises_kept(self) -> Iterable[Line]:
        for words in self.words():
            at, how = self.first_day(words)
            said = how
            if how == "done in time, told after":
                done = [w for w in words if not self.gone(w)][-1].done_on
                said += f" (done {done}, told {self.told_done(words)})"
            if self.put_off(words):
                said += f"; {self.moved(words)}"
            if how != "not due yet":
                kept = int(how == "kept")
                yield words[0].incident_id, None, False, kept, 1, at, how, said

    def promise_age(self) -> Iterable[Line]:
        for words in self.words():
            days = (self.now.date() - self.earliest(words)).days
            said = [w for w in words if not self.gone(w)]
            if said and said[-1].state in {"planned", "in_progress"} and days > 0:
                at, how = self.first_day(words)
                late = f"{in_words(days, 'days')} overdue"
                yield words[0].incident_id, float(days), False, 0, 0, at, how, late

    def dropped(self) -> Iterable[Line]:
        for words in self.words():
            at, how = self.first_day(words)
            if how in {"dropped", "taken back with its text"}:
                yield words[0].incident_id, None, False, 0, 0, at, how, how
        yield from self.dropped_later()

    def dropped_later(self) -> Iterable[Line]:
        """A promise of May that readers were told in June is given up is a line of June as well."""
        for words in self.every_word():
            if words in self.words() or not self.given(words) or self.how(words) != "dropped":
                continue
            said = [w for w in words if not self.gone(w)]
            kept_up = max((i for i, w in enumerate(said) if w.state != "dropped"), default=-1)
            told = midnight(said[kept_up + 1].told_at.date())
            if self.inside(told):
                line = f"dropped; its day was {self.runs_out(words)}"
                yield words[0].incident_id, None, False, 0, 0, told, "dropped", line

    # What shows when something is hidden

    def coverage(self) -> Iterable[Line]:
        for each, over in self.incidents():
            asked = self.proposed(each)
            if not asked or asked - {"none"}:
                lacks = [name for name in ("closure", "summary")
                         if not self.stands(each, name)]  # fmt: skip
                said = f"no {' and no '.join(lacks)}" if lacks else "both stand"
                said += "" if asked else "; nobody has decided"
                turns = Recovery.objects.filter(incident=each, came_back=False)
                first = min(turn.at for turn in turns)
                if not lacks or self.now > self.closure_due(each, first):
                    yield each.public_id, None, False, int(not lacks), 1, over, "", said

    def judged(self, incident: Incident) -> list[Recurrence]:
        newest: dict[int, Recurrence] = {}
        for word in Recurrence.objects.filter(incident=incident).order_by("decided_at", "pk"):
            newest[word.earlier_id] = word
        return list(newest.values())

    @once
    def alike(self, incident: Incident) -> list[Incident]:
        """What looks like the incident, the one before it last: a part or ever a cause in common
        within 180 days. Planned work hits no part, and is not asked about itself.
        """
        found = []
        for one in Incident.objects.filter(page=self.page).order_by("started_at", "pk"):
            before = incident.started_at - one.started_at
            parts = self.parts_of(one) & self.parts_of(incident)
            causes = self.causes(one) & self.causes(incident)
            shared = causes or (parts and one.kind == "incident")
            if shared and timedelta(0) < before <= timedelta(days=180):
                found.append(one)
        return found if incident.kind == "incident" else []

    @once
    def causes(self, incident: Incident) -> set[str]:
        return {v.data["cause"]["fingerprint"] for v in self.versions(incident)} - {None, ""}

    @once
    def parts_of(self, incident: Incident) -> set[str]:
        """The parts announced, and those that any version of the record says were hit."""
        listed = [part for v in self.versions(incident) for part in v.data.get("components") or []]
        named = {part["name"].strip().casefold() for part in listed if part["impact"] != "none"}
        return named | {part.name.strip().casefold() for part in incident.components.all()}

    def names_nothing(self, incident: Incident) -> bool:
        return not (self.parts_of(incident) or self.causes(incident) or self.same(incident))

    def to_judge(self, incident: Incident) -> list[Incident]:
        """The newest of the same cause, and then the newest that hit a same part."""
        alike = self.alike(incident)
        parts = self.parts_of(incident)
        of_cause = [one for one in alike if self.causes(one) & self.causes(incident)]
        of_part = [one for one in alike if self.parts_of(one) & parts and one.kind == "incident"]
        return list(dict.fromkeys([*of_cause[-1:], *of_part[-1:]]))

    def first_word(self, incident: Incident, earlier: Incident) -> datetime | None:
        said = Recurrence.objects.filter(incident=incident, earlier=earlier)
        return min((word.decided_at for word in said), default=None)

    def same(self, incident: Incident) -> list[Incident]:
        return [word.earlier for word in self.judged(incident) if word.is_same]

    def waits_for(self, incident: Incident) -> list[Incident]:
        if self.same(incident):
            return []
        asked = self.to_judge(incident)
        return [one for one in asked if self.first_word(incident, one) is None]

    def recurrence(self) -> Iterable[Line]:
        for each, over in self.incidents():
            if not self.waits_for(each) and not self.names_nothing(each):
                same = [one.title for one in self.same(each)]
                said = f"again: {', '.join(same)}" if same else "no earlier one known"
                yield each.public_id, None, False, int(bool(same)), 1, over, "", said

    def recurrence_denied(self) -> Iterable[Line]:
        for each, over in self.incidents():
            for word in self.judged(each):
                if not word.is_same:
                    who = word.decided_by.name if word.decided_by else "Afterword"
                    said = f"not “{word.earlier.title}” again, by {who}: {word.reason}"
                    yield each.public_id, None, False, 0, 0, over, "", said

    def recurrence_open(self) -> Iterable[Line]:
        for each, over in self.incidents():
            if waits := self.waits_for(each):
                words = f"looks like “{waits[0].title}”; nobody has said"
                yield each.public_id, None, False, 0, 0, over, "", words
                continue
            if self.names_nothing(each):
                words = "names neither a part nor a cause; nobody can look for an earlier one"
                yield each.public_id, None, False, 0, 0, over, "", words
            if not (asked := self.to_judge(each)):
                continue
            same = [self.first_word(each, one) for one in self.same(each)]
            at = min(same) if same else max(self.first_word(each, one) for one in asked)
            late = at - self.summary_due(each, self.first_over(each))
            if late > timedelta(0):
                span = in_words(late.total_seconds(), "seconds")
                words = f"said {span} after a summary would have been due"
                yield each.public_id, None, False, 0, 0, over, "", words

    def told_apart(self) -> Iterable[Line]:
        """Each held against every incident that began before it, one after the other."""
        ours = Incident.objects.filter(page=self.page, kind="incident", source="")
        order = list(ours.order_by("started_at", "pk"))
        for each, over in self.incidents():
            if each not in order:
                continue
            near = [
                words for one in order[: order.index(each)]
                if (words := self.near(each, one, each.started_at - one.started_at))
            ]  # fmt: skip
            if near:
                said = near[-1] + (f"; and {len(near) - 1} more before it" if near[1:] else "")
                yield each.public_id, None, False, 0, 0, over, "", said

    def near(self, each: Incident, one: Incident, apart: timedelta) -> str:
        same = ["cause"] if self.causes(one) & self.causes(each) else []
        same += ["part"] if self.parts_of(one) & self.parts_of(each) else []
        since = each.started_at - one.resolved_at if one.resolved_at else timedelta(-1)
        if apart > timedelta(days=180) or since > timedelta(hours=6):
            return ""
        if not same and (since >= timedelta(0) or apart > timedelta(hours=1)):
            return ""
        said = f"began with “{one.title}”"
        if apart:
            said = f"began {in_words(apart.total_seconds(), 'seconds')} after “{one.title}”"
        if since < timedelta(0):
            said += ", which went on"
        elif since:
            said += f", which had been over for {in_words(since.total_seconds(), 'seconds')}"
        else:
            said += ", which was just over"
        return said + (f"; same {' and '.join(same)}" if same else "")

    def known_not_told(self) -> Iterable[Line]:
        over = [incident for incident, _ in self.incidents()]
        for each in Incident.objects.filter(page=self.page):
            saved = any(self.inside(v.saved_at) for v in self.versions(each))
            for since, until, said, version, became in self.known_beyond(each):
                if each not in over and not (saved and self.inside(since)):
                    continue
                explained = any(p.kind == "summary" for p in self.standing(each, since, full=True))
                waited = (until or self.now) - since
                if waited > timedelta(days=3 if explained else 14):
                    span = in_words(waited.total_seconds(), "seconds")
                    end = f"{became} {span} later" if until else f"not told for {span}"
                    by = version.saved_by.name if version.saved_by else "Afterword"
                    why = f": {version.reason}" if version.reason else ""
                    line = f"{said}; {end}, by {by}{why}"
                    yield each.public_id, None, False, 0, 0, since, "", line

    def standing(
        self,
        incident: Incident,
        at: datetime,
        *,
        full: bool = False,
        last: int | None = None,
        all_of: bool = False,
    ) -> list[Publication]:
        """What stood on the page at an instant, up to a number of publication if one is given; with
        ``all_of`` what was taken back, too.
        """
        told: list[Publication] = []
        for p in self.public(incident):
            if p.imported or p.kind not in {"closure", "summary", "correction"}:
                continue
            if p.published_at > at or (
                p.published_at == at and last is not None and p.number > last
            ):
                continue
            told.append(p)
        gone = set() if all_of else {p.corrects_id for p in told if is_retraction(p)}
        told = [
            p for p in told
            if not is_retraction(p) and not {p.pk, p.corrects_id} & gone
        ]  # fmt: skip
        return [p for p in told if not (full and p.source_id in self.interim())]

    @once
    def known_beyond(self, incident: Incident) -> list[tuple[Any, ...]]:
        """Every time the record held more than the texts: since, until, what, the version, how it
        ended. Looked at anew after each version and each text; a text says what the record knew as
        it left, so that nothing is looked for where no version came after the first.
        """
        with_facts = [
            p.published_at
            for p in self.standing(incident, datetime.max.replace(tzinfo=UTC), all_of=True)
            if p.facts.get("record")
        ]
        if not any(v.saved_at >= min(with_facts) for v in self.versions(incident) if with_facts):
            return []
        found: list[tuple[Any, ...]] = []
        began: tuple[Any, ...] | None = None
        moments: list[tuple[datetime, int, int]] = [
            *((v.saved_at, 0, v.version) for v in self.versions(incident)),
            *((p.published_at, 1, p.number) for p in self.public(incident)),
        ]
        for at, is_text, place in sorted(moments):
            versions = [
                v for v in self.versions(incident)
                if v.saved_at < at or (v.saved_at == at and (is_text or v.version <= place))
            ]  # fmt: skip
            texts = self.standing(incident, at, last=place if is_text else 0)
            facts = [p.facts["record"] for p in texts if p.facts.get("record")]
            # As versions may be saved out of order here: the last one to be saved.
            version = max(versions, key=lambda v: (v.saved_at, v.version)) if versions else None
            said = beyond(version.data, facts[-1]) if version and facts else ""
            if said and began is None:
                began = (at, said, version)
            elif said and began and said != began[1]:
                began = (began[0], said, version)
            elif not said and began:
                became = "told" if is_text else "no longer in the record"
                found.append((began[0], at, began[1], began[2], became))
                began = None
        return [*found, (began[0], None, began[1], began[2], "")] if began else found

    def no_summary(self) -> Iterable[Line]:
        return (line for line in self.decided_less() if "(waits for" not in line[7])

    def no_summary_waits(self) -> Iterable[Line]:
        return (line for line in self.decided_less() if "(waits for" in line[7])

    def decided_less(self) -> Iterable[Line]:
        rank = {"none": 0, "short": 1, "summary": 2}
        for each, _ in self.incidents():
            made = Decision.objects.filter(incident=each).order_by("decided_at", "pk")
            agreed = [d for d in made if not d.second_person or d.confirmed_at]
            force = agreed[-1] if agreed else None
            for d in made:
                below = rank[d.outcome] < rank[d.proposed]
                people = [d.decided_by.name, *([d.second_person.name] if d.second_person else [])]
                state = "no longer in force"
                if d.second_person and not d.confirmed_at:
                    state = "waits for the second person"
                if d == force:
                    state = "in force"
                said = (
                    f"{d.outcome} ({state}), row 3 asked for {d.proposed}, "
                    f"by {' and '.join(people)}: {d.reason}"
                )
                if d.outcome == "none" or below:
                    group = "below the table" if below else ""
                    yield each.public_id, None, False, 0, 0, d.decided_at, group, said

    def lowered(self) -> Iterable[Line]:
        over = {each.pk for each, _ in self.incidents()}
        for each in Incident.objects.filter(page=self.page):
            versions = self.versions(each)
            for place, version in enumerate(versions):
                earlier, now = [v.data for v in versions[:place]], version.data
                said = self.lighter(each, earlier, now)
                for count, words in COUNTS:
                    said += self.fewer([count(r) for r in earlier], count(now), words)
                said += self.milder(earlier, now)
                said = [", ".join(said)] if said else []
                said += self.asks_less(each, place)
                if said and (each.pk in over or self.inside(version.saved_at)):
                    who = version.saved_by.name if version.saved_by else "Afterword"
                    why = f": {version.reason}" if version.reason else ""
                    words = f"{'; '.join(said)}, by {who}{why}"
                    yield each.public_id, None, False, 0, 0, version.saved_at, "", words

    def lighter(self, incident: Incident, earlier: list[Any], now: Any) -> list[str]:
        known = [incident.extra.get("worst_severity")]
        known += [r["incident"]["severity"] for r in earlier]
        heavier, severity = newest([n for n in known if n]), now["incident"]["severity"]
        return [f"severity {heavier} became {severity}"] if less(heavier, severity) else []

    def fewer(self, earlier: list[int | None], count: int | None, words: str) -> list[str]:
        before = newest([n for n in earlier if n is not None])
        if before is None or count == earlier[-1] or (count is not None and count >= before):
            return []
        return [words.format(f"{before:,}", "unknown" if count is None else f"{count:,}")]

    def milder(self, earlier: list[Any], now: Any) -> list[str]:
        grave, said = {"none": 0, "possible": 1, "confirmed": 2}, []
        for name in ("confidentiality", "loss", "integrity"):
            effect = now["data"][name]
            last = newest([r["data"][name] for r in earlier if r["data"][name] in grave])
            fresh = bool(earlier) and effect != earlier[-1]["data"][name]
            if fresh and grave.get(effect, 0) < grave.get(last, 0):
                said.append(f"{name}: {last} became {effect}")
        return said

    def retractions(self) -> Iterable[Line]:
        for p in self.corrections():
            if p.facts["correction"]["weight"] == "retraction" and p.corrects:
                said = f"took back number {p.corrects.number} ({p.corrects.kind})"
                yield p.incident_id, None, False, 0, 0, p.published_at, "", said

    def came_back(self) -> Iterable[Line]:
        for turn in Recovery.objects.filter(page=self.page):
            if turn.came_back and self.inside(turn.at):
                yield turn.incident.public_id, None, False, 0, 0, turn.at, "", "open again"

    def still_open(self) -> Iterable[Line]:
        for each in Incident.objects.filter(page=self.page, kind="incident"):
            began, written = each.started_at, each.created_at
            if each.status != "investigating" or (began >= self.ended and written >= self.ended):
                continue
            said = "not over yet"
            said += "" if self.inside(began) else f"; it began on {began.date()}"
            said += f"; it was written down on {written.date()}" if written >= self.ended else ""
            at = written if self.inside(written) and began < self.began else began
            yield each.public_id, None, False, 0, 0, at, "", said

    def told_afterwards(self) -> Iterable[Line]:
        for each in Incident.objects.filter(page=self.page, kind="incident"):
            if "backfilled" not in each.extra:
                continue
            if self.inside(each.created_at):
                (word,) = [u for u in each.updates.all() if u.status == "resolved"]
                said = (
                    f"written down afterwards; it began on {each.started_at.date()}, "
                    f"by {word.author_label.split(' <')[0]}"
                )
                yield each.public_id, None, False, 0, 0, each.created_at, "", said
            elif self.inside(each.started_at):
                said = "written down afterwards"
                yield each.public_id, None, False, 0, 0, each.started_at, "", said

    # Planned work

    def planned(self) -> Iterable[tuple[Incident, list[dict[str, Any]], datetime, bool]]:
        """Work, what readers were told up to its beginning, when that was, whether it came.

        Planned for ten; nobody says a word until eleven: it came at ten. Moved at nine: ten is
        forgotten. Begun at nine: nine. A part is down at eight, "scheduled": eight.
        """
        for each in Incident.objects.filter(page=self.page, kind="maintenance", source=""):
            words = [{**p.facts["incident"], "at": p.published_at} for p in self.public(each)]
            told: list[dict[str, Any]] = []
            came: datetime | None = None
            for word in words:
                if told and self.begins(told) <= word["at"]:
                    came = self.begins(told)
                elif word["status"] != "scheduled":
                    came = None if word["status"] == "completed" else word["at"]
                else:
                    told.append(word)
                    if word["impact"] in BROKEN:
                        came = word["at"]
                if came or word["status"] != "scheduled":
                    break
            else:
                if told and self.begins(told) <= self.now:
                    came = self.begins(told)
            if told:
                at = min(self.begins(told), came or self.begins(told))
                if self.inside(at):
                    yield each, told, at, came is not None

    def begins(self, told: list[dict[str, Any]]) -> datetime:
        return datetime.fromisoformat(told[-1]["scheduled_for"])

    def said_first(self, each: Incident, *statuses: str) -> datetime | None:
        said = [p for p in self.public(each) if p.facts["incident"]["status"] in statuses]
        return said[0].published_at if said else None

    def called_off(self) -> Iterable[Line]:
        for each, *_ in self.planned():
            over = self.said_first(each, "completed")
            if over and not self.said_first(each, "in_progress", "verifying"):
                yield each.public_id, None, False, 0, 0

    def planned_as_told(self) -> Iterable[Line]:
        off = {line[0] for line in self.called_off()}
        for each, told, _, came in self.planned():
            broke, is_off = each.impact in BROKEN, each.public_id in off
            if is_off and not came and not broke:
                continue
            until = datetime.fromisoformat(told[-1]["scheduled_until"]) + timedelta(minutes=5)
            over = self.said_first(each, "completed")
            late = (over or self.now) > until
            if over or late or broke:
                good = not late and not broke and not is_off
                yield each.public_id, None, False, int(good), 1

    def short_notice(self) -> Iterable[Line]:
        off = {line[0] for line in self.called_off()}
        for each, told, at, came in self.planned():
            if each.public_id in off and not came and each.impact not in BROKEN:
                continue
            begins = [word["scheduled_for"] for word in told]
            since = max([i for i, b in enumerate(begins) if b != begins[-1]], default=-1) + 1
            if at - told[since]["at"] < timedelta(days=1):
                yield each.public_id, None, False, 0, 0

    def held_back(self) -> Iterable[Line]:
        for hold in Hold.objects.filter(incident__page=self.page):
            if self.inside(hold.placed_at):
                said = f"held, by {hold.placed_by.name}: {hold.reason}"
                yield hold.incident.public_id, None, False, 0, 0, hold.placed_at, "", said


RANK = ("none", "short", "summary")
COUNTS: tuple[tuple[Callable[[Any], int | None], str], ...] = (
    (lambda data: data["customers"]["affected"], "{} customers became {}"),
    (lambda data: data["data"]["people"], "data of {} people became {}"),
)


def is_retraction(p: Publication) -> bool:
    return p.kind == "correction" and p.facts["correction"]["weight"] == "retraction"


def beyond(data: dict[str, Any], told: dict[str, Any]) -> str:
    """What a record says that a text's facts do not, in words."""
    said = []
    people, were = data["customers"]["affected"], told["customers"]["affected"]
    if people and (were is None or people > were):
        said.append(f"customers: {people} known, {'none' if were is None else were} told")
    lasted, was = facts_of(data)["how long it lasted"], told["duration_seconds"]
    if lasted and (was is None or lasted > was):
        words = ["none" if span is None else in_words(span, "seconds") for span in (lasted, was)]
        said.append(f"how long: {words[0]} known, {words[1]} told")
    named = [part["name"] for part in told.get("components", [])]
    new = [
        part["name"] for part in data.get("components", [])
        if part["impact"] != "none" and part["name"] not in named
    ]  # fmt: skip
    if new:
        said.append(f"parts that no text names: {', '.join(new)}")
    worse = ["none", "possible", "confirmed"]
    for name in ("confidentiality", "loss", "integrity"):
        now, then = data["data"][name], told.get("data", {}).get(name, "unknown")
        if now in worse[1:] and (then == "unknown" or worse.index(now) > worse.index(then)):
            said.append(f"{name} of data: {now} known, {then} told")
    people, were = data["data"]["people"], told.get("data", {}).get("people")
    if people and (were is None or people > were):
        words = "none" if were is None else were
        said.append(f"people whose data it was: {people} known, {words} told")
    return "; ".join(said)


def enlarged(before: dict[str, Any], after: dict[str, Any]) -> str:
    """What the facts of a correction say beyond those of the text it corrects, in words."""
    if not before or not after:
        return ""
    said = []
    was, now = (facts["customers"]["affected"] for facts in (before, after))
    if now and (was is None or was < now):
        said.append(f"customers: {'none told' if was is None else f'{was:,}'} became {now:,}")
    was, now = (facts["duration_seconds"] for facts in (before, after))
    if now and (was is None or was < now):
        spans = ["none told" if n is None else in_words(n, "seconds") for n in (was, now)]
        said.append(f"how long: {spans[0]} became {spans[1]}")
    had = [part["name"] for part in before.get("components", [])]
    hit = [part["name"] for part in after.get("components", [])
           if part.get("impact", "none") not in {"none", "unknown"}]  # fmt: skip
    if set(hit) - set(had):
        said.append("parts not named before: " + ", ".join(n for n in hit if n not in had))
    rank = {"possible": 1, "confirmed": 2}
    for name in ("confidentiality", "loss", "integrity"):
        was, now = (facts.get("data", {}).get(name, "unknown") for facts in (before, after))
        if rank.get(was, 0) < rank.get(now, 0):
            said.append(f"{name} of data: {was} became {now}")
    was, now = (facts.get("data", {}).get("people") for facts in (before, after))
    if now and (was is None or was < now):
        words = "none told" if was is None else f"{was:,}"
        said.append(f"people whose data it was: {words} became {now:,}")
    return "; ".join(said)


def facts_of(data: dict[str, Any]) -> dict[str, Any]:
    """What the decision table reads, by the words for it; None is unknown."""
    affected, percent = data["customers"]["affected"], data["customers"]["percent"]
    if percent is None and affected == 0:
        percent = 0
    effects = {data["data"][name] for name in ("confidentiality", "loss", "integrity")}
    effect = next((e for e in ("confirmed", "possible", "unknown") if e in effects), "none")
    times = data.get("times") or {"impact_ended": None}
    lasted = None
    if times["impact_ended"]:
        began, ended = (datetime.fromisoformat(times[f"impact_{n}"]) for n in ("began", "ended"))
        lasted = (ended - began).total_seconds()
    impacts = [c["impact"] for c in data.get("components", [])]
    down: float | None = 0
    if not impacts or "major_outage" in impacts:
        down = lasted if impacts else None
    hit: str | None = "no" if set(impacts) <= {"none"} else "yes"
    if affected or percent:
        hit = "yes"
    elif affected is None and percent is None and hit == "no":
        hit = None
    wrong = data.get("wrong_results")
    if "wrong_results" not in data and data["data"]["integrity"] == "none":
        wrong = "no"
    breaches = [s["breached"] for s in data["sla"]] if "sla" in data else None
    return {
        "customers affected": hit,
        "effect on data": None if effect == "unknown" else effect,
        "the longest major outage": down,
        "how long it lasted": lasted,
        "share of customers": percent,
        "wrong results": wrong,
        "service level breached": None if breaches is None else ("yes" if any(breaches) else "no"),
    }


def table(saw: dict[str, Any], posted: bool) -> str:
    """The decision table as the page on decisions has it, row by row, unknown the worse."""

    def at_least(name: str, limit: float) -> bool:
        return saw[name] is None or saw[name] >= limit

    share, lasted = "share of customers", "how long it lasted"
    if saw["customers affected"] == "no" and saw["effect on data"] == "none":
        return "none"
    asks = (
        saw["effect on data"] != "none",
        at_least("the longest major outage", 1800),
        at_least(share, 25) and at_least(lasted, 900),
        at_least(share, 5) and at_least(lasted, 3600),
        at_least(share, 1) and at_least(lasted, 14400),
        saw["wrong results"] != "no",
        saw["service level breached"] != "no",
    )
    return "summary" if any(asks) else ("short" if posted else "none")


def spoken(name: str, value: Any) -> str:
    if value is None or isinstance(value, str):
        return value or "unknown"
    return f"{value:g} %" if name == "share of customers" else format_span(int(value))


def newest(said: list[Any]) -> Any:
    return said[-1] if said else None


def less(one: int | None, other: int | None) -> bool:
    return one is not None and other is not None and one < other


def midnight(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)


def last_second(at: datetime) -> datetime:
    return midnight(at.date()) + timedelta(days=1, seconds=-1)


def business_days_later(at: datetime, days: int) -> datetime:
    """Monday to Friday; what falls on a weekend counts from Monday 00:00."""
    while at.weekday() > 4:
        at = midnight(at.date()) + timedelta(days=1)
    while days:
        at += timedelta(days=1)
        days -= at.weekday() < 5
    return at


def quantiles(values: list[tuple[float, bool]]) -> list[tuple[float, bool]] | None:
    """A tenth, a half, nine tenths: the smallest value that so many do not exceed.

    It is a lower bound where letting all that goes on grow without end makes it larger, or where it
    goes on itself.
    """
    if len(values) < 8:
        return None
    ordered = sorted(values)
    at_the_end = sorted(math.inf if is_open else value for value, is_open in values)
    found = []
    for share in (0.1, 0.5, 0.9):
        place = next(i for i in range(len(ordered)) if i + 1 >= math.ceil(share * len(ordered)))
        value = ordered[place][0]
        among = [is_open for v, is_open in ordered[: place + 1] if v <= value]
        found.append((value, at_the_end[place] > value or any(among)))
    return found
