"""Random histories, row by row: whatever the tables allow, not only what the verbs would do."""

import itertools
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from random import Random
from typing import Any

from afterword.accounts.models import Person
from afterword.audience.models import (
    OptOut,
    ReaderAnswer,
    RecipientList,
    RecipientListMember,
)
from afterword.components.models import Component, Page
from afterword.fanout.models import DigestContent
from afterword.incidents.actions.named_parts import keep_named_parts
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
from afterword.postbox.addresses import forgotten
from afterword.postbox.models import Letter, Message
from afterword.publishing.models import PromiseWord, Publication
from afterword.statements.models import Statement, TextCheck

START = datetime.fromisoformat("2026-01-01T00:00:00+00:00")
DAYS = 70
OUTCOMES = ("summary", "short", "none")
LATER = (timedelta(0), *[timedelta(days=40)] * 3)
AROUND = (*[timedelta(minutes=minutes) for minutes in (-1, 0, 1)], timedelta(microseconds=-1))
CAUSES = (*[None] * 12, "", *"abcdefgh")
PEOPLE = (None, 0, 9, 900)
EFFECTS = ("none", "possible", "confirmed", "unknown")
_keys = itertools.count(1)


def a_page() -> Page:
    return Page.objects.create(name="Larkbridge", url="https://l.example", created_at=START)


class History:
    """Adds random incidents with all that may hang on them to a page. ``dense``: on most of them
    hangs so much that twenty are enough for figures. ``edges`` are instants that much happens at,
    just before and just after.
    """

    def __init__(
        self, chance: Random, page: Page, *, dense: bool = False, edges: Sequence[datetime] = ()
    ) -> None:
        self.chance, self.page, self.dense, self.edges = chance, page, dense, edges
        # Where there is much: how grave most incidents are, so that there is enough of one kind;
        # and how many readers say the same of one text, for of some companies few do.
        self.usual = [chance.randint(1, 4)] * 12 if dense else []
        self.readers = chance.choice([1, 9]) if dense else 9
        self.number = 0
        self.made: list[Incident] = []
        self.every: list[Publication] = []
        # What letters are about.
        self.abouts: list[str] = []
        self.people = [
            Person.objects.create(email=f"p{next(_keys)}@l.example", name=f"P{n}", joined_at=START)
            for n in "ab"
        ]

        self.parts = [
            Component.objects.create(
                page=page, name=f"C{n}", public_id=f"c{next(_keys)}", created_at=START,
                updated_at=START,
            )
            for n in "abcde"
        ]  # fmt: skip

    def grow(self, incidents: int) -> None:
        for _ in range(incidents):
            self.incident()
        for _ in range(self.some(incidents if self.dense else 3)):
            self.planned()
        for _ in range(self.chance.randint(0, 1 + incidents // 5)):
            self.together()
        for _ in range(self.chance.randint(0, 3 + incidents // 5)):
            self.digest()
        for _ in range(self.chance.randint(0, 5 + incidents // 3)):
            self.reader()

    def digest(self) -> None:
        """Letters that tell of several publications, of one incident or more."""
        about = f"digest:{self.page.pk}:{next(_keys)}"
        to_all = [each for each in self.every if each.audience == "subscribers"]
        for some in (to_all, self.every):
            for each in self.chance.sample(some, min(len(some), self.chance.randint(0, 4))):
                DigestContent.objects.get_or_create(about=about, publication=each)
        self.abouts.append(about)
        for _ in range(self.chance.randint(0, 4)):
            self.letter(about, f"g{next(_keys)}@l.example", START)

    def together(self) -> None:
        """Notes on delivered promises that leave as one, of several incidents or of one twice; a
        letter tells what it is about and some of those that come after.
        """
        if not self.made:
            return
        of = self.chance.randint(1, 4)
        notes = [
            self.publication(
                self.chance.choice(self.made[-6:]), "commitment_update", self.when(),
                f"s{next(_keys)}", audience="subscribers",
                facts={"delivered": {"place": place, "of": of}},
            )
            for place in range(1, of + 1)
        ]  # fmt: skip
        for place, note in enumerate(notes, start=1):
            about = f"publication:{note.pk}:{note.hash[:12]}"
            self.abouts.append(about)
            for n in range(self.chance.randint(0, 3)):
                later = [str(each) for each in range(place + 1, of + 1) if self.maybe()]
                voice = "de@Europe/Berlin" + ("&" if later else "") + ".".join(later)
                titled = self.chance.choice(["", ":31"])
                self.letter(
                    about, f"t{next(_keys)}-{n}@l.example", START, f"{about}:{voice}{titled}"
                )

    def reader(self) -> None:
        """Somebody who may get letters, complain about one, leave and come back, in any order."""
        email = f"s{next(_keys)}@l.example"
        left = self.when()
        got = [
            self.letter(about, email, left - timedelta(days=self.chance.choice([-1, 0, 3, 30, 31])))
            for about in self.chance.sample(self.abouts, min(len(self.abouts), 2))
        ]
        for _ in range(self.chance.randint(0, 4)):
            how = self.chance.choice(["unsubscribed", "asked", "complained"])
            letter = self.chance.choice(got) if got and self.chance.random() < 0.9 else None
            OptOut.objects.create(
                how=how, at=self.chance.choice([left, left, self.when()]), letter=letter,
                page=None if how == "complained" and self.maybe() else self.page,
            )  # fmt: skip
        if got and self.maybe():
            # The address was deleted from one of the letters since.
            Letter.objects.filter(pk=got[0].pk).update(recipient=forgotten(email))

    def planned(self) -> None:
        """Planned work that is moved, begins and ends, or is called off, by chance."""
        begins = self.when()
        ends = begins + timedelta(hours=2)
        at = begins - timedelta(hours=self.chance.choice([1, 40]))
        statuses = self.chance.choice([
            ["scheduled"], ["scheduled", "completed"], ["scheduled", "scheduled"],
            ["scheduled", "scheduled", "completed"], ["scheduled", "scheduled", "scheduled"],
            ["scheduled", "in_progress"], ["scheduled", "in_progress", "completed"],
            ["scheduled", "scheduled", "in_progress", "verifying", "completed"],
        ])  # fmt: skip
        broke_at = self.chance.choice([None, None, None, 0, 1, 2])
        work = Incident.objects.create(
            page=self.page, public_id=f"w{next(_keys)}", kind="maintenance", title="W",
            status=statuses[-1], severity=4, started_at=begins, created_at=at, updated_at=at,
            source=self.chance.choice(["", "", "elsewhere"]),
        )  # fmt: skip
        impact = "maintenance"
        for place, status in enumerate(statuses):
            if place and status == "scheduled" and self.maybe():
                # Moved: to a time that is still to come, as the verb demands.
                hours = self.chance.choice([0, 1, 30, 900])
                begins = max(begins, at + timedelta(hours=1)) + timedelta(hours=hours)
                ends = begins + timedelta(hours=2)
            elif place and status != "scheduled" and self.maybe():
                ends += timedelta(hours=place)
            if place == broke_at:
                impact = "minor"
            self.publication(
                work, "update", at, f"s{next(_keys)}",
                facts={"incident": {
                    "status": status, "scheduled_for": begins.isoformat(), "impact": impact,
                    "scheduled_until": ends.isoformat(),
                }},
            )  # fmt: skip
            at += timedelta(minutes=self.chance.choice([30, 90, 2400]))
        work.started_at, work.impact = begins, impact
        work.save()

    def when(self) -> datetime:
        at_an_edge = self.at_an_edge(START)
        return at_an_edge or START + timedelta(minutes=self.chance.randint(0, DAYS * 1440))

    def soon(self, after: datetime) -> datetime:
        at_an_edge = self.at_an_edge(after)
        minutes = self.chance.choice([0, 20, 31, 300, 3000, 20000])
        return at_an_edge or after + timedelta(minutes=minutes)

    def at_an_edge(self, after: datetime) -> datetime | None:
        """Now and then an instant at an edge that lies not before ``after``, if there is one."""
        if not self.edges or self.chance.random() < 0.75:
            return None
        at = self.chance.choice(self.edges) + self.chance.choice(AROUND)
        return at if at >= after else None

    def maybe(self) -> bool:
        return self.chance.random() < 0.5

    def likely(self) -> bool:
        return self.chance.random() < (0.9 if self.dense else 0.5)

    def seldom(self) -> bool:
        return self.chance.random() < (0.2 if self.dense else 0.5)

    def some(self, most: int) -> int:
        """How many: none to so many; where much hangs on everything, half of that or more."""
        fewest, most = (most // 2, most + 1) if self.dense else (0, most)
        return self.chance.randint(fewest, most)

    def often(self, *these: Any) -> list[Any]:
        """What chance picks from besides, where much hangs on everything."""
        return list(these) if self.dense else []

    def incident(self) -> None:
        began = self.when()
        # Some began long before anything here, and some at the very same instant.
        began -= self.chance.choice([
            *[timedelta(0)] * 4, timedelta(days=170), timedelta(days=181),
            *self.often(*[timedelta(0)] * 12),
        ])  # fmt: skip
        if self.made and self.chance.random() < 0.3:
            # Of the same hours as the one before, at the same instant, or when that is over.
            last = self.made[-1]
            hours = self.chance.choice([0, 0, 1, 2, 5])
            began = self.chance.choice(
                [last.started_at, last.resolved_at or last.started_at]
            ) + timedelta(hours=hours, minutes=self.chance.choice([0, 0, 59, 60]))
        number = next(_keys)
        kind = self.chance.choice(
            [*["incident"] * 3, "maintenance", *self.often(*["incident"] * 6)]
        )
        incident = Incident.objects.create(
            page=self.page, public_id=f"i{number}", title=f"T{number}", started_at=began,
            # Work brought from elsewhere, of which nobody knows what was said before it began.
            kind=kind,
            source=self.chance.choice(["", "", "elsewhere"]) if kind == "incident" else "elsewhere",
            status=self.chance.choice(["resolved", "investigating"]),
            severity=self.chance.choice([1, 2, 3, 4, *self.usual]),
            created_at=began, updated_at=began,
            resolved_at=self.chance.choice([
                None, self.soon(began), self.soon(began), began + timedelta(hours=2)
            ]),
            extra=self.chance.choice([
                {}, {"backfilled": True}, {"worst_severity": 1}, *self.often(*[{}] * 9)
            ]),
        )  # fmt: skip
        if "backfilled" in incident.extra:
            self.written_down(incident)
        incident.components.set(self.chance.sample(self.parts, self.chance.randint(0, 2)))
        self.words(incident)
        self.turns(incident)
        self.record(incident)
        self.texts(incident)
        self.around(incident)
        self.letters(incident)
        self.promises(incident)
        self.made.append(incident)

    def written_down(self, incident: Incident) -> None:
        """It is told in one word, at the instant it is written down."""
        at = self.soon(incident.started_at) + timedelta(minutes=7)
        incident.created_at = at
        incident.save()
        Update.objects.create(
            incident=incident, status="resolved", body="B", created_at=at, display_at=at,
            author_label=self.chance.choice(["A <a@l.example>", "Afterword"]),
        )  # fmt: skip

    def words(self, incident: Incident) -> None:
        for _ in range(self.some(4)):
            at = self.soon(incident.started_at)
            promised = self.chance.choice([None, timedelta(hours=1), timedelta(days=4)])
            extra = {} if promised is None else {"next_update_at": (at + promised).isoformat()}
            Update.objects.create(
                incident=incident, status="identified", body="B", created_at=at,
                display_at=at - timedelta(days=1), extra=extra,
                author_label=self.chance.choice(["", "A"]),
            )  # fmt: skip

    def severities(self, incident: Incident) -> list[int | None]:
        """What it may have been said to be; where there is much of it, seldom more than it is now:
        of the minimum of many nearly everything would be of severity 1.
        """
        is_mild = self.dense and self.chance.random() < 0.95
        return [None, *range(incident.severity if is_mild else 1, 5)]

    def turns(self, incident: Incident) -> None:
        at, back = incident.started_at, False
        for _ in range(self.some(4)):
            at = self.soon(at) + timedelta(minutes=1)
            Recovery.objects.create(
                page=self.page, incident=incident, came_back=back, at=at,
                severity=self.chance.choice(self.severities(incident)),
            )  # fmt: skip
            back = not back

    def record(self, incident: Incident) -> None:
        quiet = self.maybe()
        for version in range(1, self.chance.randint(1, 4)):
            made = RecordVersion.objects.create(
                incident=incident, version=version, hash="h", saved_at=self.when(),
                saved_by=self.chance.choice([None, *self.people]),
                reason=self.chance.choice(["", "R"]),
                data={
                    "cause": {"fingerprint": self.chance.choice(CAUSES)},
                    "incident": {"severity": self.chance.choice(self.severities(incident))},
                    "customers": {
                        "affected": self.chance.choice([None, 0, 10, 50]),
                        "percent": self.chance.choice([None, 0, 0.5, 2, 10, 40]),
                    },
                    "data": {
                        name: "none" if quiet and self.chance.random() < 0.9
                        else self.chance.choice(EFFECTS)
                        for name in ("confidentiality", "loss", "integrity")
                    } | {"people": self.chance.choice(PEOPLE)},
                    **self.more(incident.started_at),
                },
            )  # fmt: skip
            keep_named_parts(incident=incident, record=made.data)

    def more(self, began: datetime) -> dict[str, Any]:
        """What the decision table reads of a record beyond people and data; all may be missing."""
        ended = self.chance.choice([None, 10, 20, 40, 90, 300])
        found = {
            "times": {
                "impact_began": began.isoformat(),
                "impact_ended": ended and (began + timedelta(minutes=ended)).isoformat(),
            },
            "wrong_results": self.chance.choice(["yes", "no", "no", "no"]),
            "sla": self.chance.choice([[], [], [{"breached": False}], [{"breached": True}]]),
            "components": [
                {"name": name, "impact": self.chance.choice(["none", "degraded", "major_outage"])}
                for name in self.chance.sample(("A", "B", " cA", "CB "), self.chance.randint(0, 2))
            ],
        }
        return {key: value for key, value in found.items() if self.chance.random() < 0.85}

    def texts(self, incident: Incident) -> None:
        told: list[Publication] = []
        at = incident.started_at
        for _ in range(self.some(5)):
            at = self.soon(at)
            kind = self.chance.choice([
                "update", "closure", "summary", "correction", "note",
                *self.often("closure", *["summary"] * 4),
            ])  # fmt: skip
            if kind == "correction" and not told:
                continue
            told.append(self.text(incident, kind, at, told))

    def text(
        self, incident: Incident, kind: str, at: datetime, told: list[Publication]
    ) -> Publication:
        source = f"s{next(_keys)}"
        facts: dict[str, Any] = {}
        if self.likely():
            facts["record"] = {
                "customers": {
                    "affected": self.chance.choice([None, 0, 5, 20, *self.often(7, 12, 30, 40)])
                },
                "duration_seconds": self.chance.choice([None, 60, 600]),
            }
            if self.maybe():
                facts["record"] |= {
                    "components": [{"name": n} for n in self.chance.sample("ABC", 2)],
                    "data": {
                        name: self.chance.choice(EFFECTS)
                        for name in ("confidentiality", "loss", "integrity")
                    }
                    | {"people": self.chance.choice(PEOPLE)},
                }
        if kind == "correction":
            facts["correction"] = {"weight": self.chance.choice(["fact", "typo", "retraction"])}
        if kind in {"closure", "summary", "note"} and self.likely():
            statement = Statement.objects.create(
                incident=incident, public_id=source, kind=kind, state="published", created_at=at,
                published_at=at, interim=kind == "summary" and self.seldom(),
            )  # fmt: skip
            for moment in ("first", "left"):
                if self.likely():
                    self.check(statement, moment, at)
        return self.publication(
            incident, kind, at, source,
            audience=self.chance.choice(["page", "subscribers", "page" if told else "list"]),
            facts=facts, corrects=self.chance.choice(told) if kind == "correction" else None,
            imported=self.chance.random() < 0.2,
        )  # fmt: skip

    def publication(
        self, incident: Incident, kind: str, at: datetime, source: str, **more: Any
    ) -> Publication:
        self.number += 1
        written = Publication.objects.create(
            page=self.page, number=self.number, kind=kind, incident_id=incident.public_id,
            source_id=source, title="T", body="B", html="B", display_at=at, published_at=at,
            previous_hash="", hash=f"{next(_keys):064}", **more,
        )  # fmt: skip
        self.every.append(written)
        return written

    def check(self, statement: Statement, moment: str, at: datetime) -> None:
        words = [
            {"rule": rule, "words": word}
            for rule in ("REC-01", "VAG-02")
            for word in ("x", "y")
            if self.maybe()
        ]
        roles = self.chance.choice([[], ["reviewer"], ["publisher", "reviewer"]])
        let = [{**each, "override": 1, "roles": roles} for each in words if self.maybe()]
        asked = ["a", "b", "c"][: self.chance.randint(0, 3)]
        TextCheck.objects.create(
            page=self.page, statement=statement, moment=moment, revision=1, errors=words,
            let_through=let if moment == "left" else [], asked=asked,
            answered=[each for each in asked if self.maybe()], linter_version="p", at=at,
        )  # fmt: skip

    def around(self, incident: Incident) -> None:
        for _ in range(self.some(2)):
            second = self.chance.choice([None, self.people[1]])
            Decision.objects.create(
                incident=incident, outcome=self.chance.choice(OUTCOMES),
                proposed=self.chance.choice(OUTCOMES), row=3, reason="R",
                decided_by=self.people[0], second_person=second, decided_at=self.when(),
                confirmed_at=self.when() if second and self.maybe() else None,
            )  # fmt: skip
            HeardOutside.objects.create(
                incident=incident, first_at=self.chance.choice([None, self.when()]),
                nobody_before=self.maybe(),
                noted_at=self.soon(incident.started_at + self.chance.choice(LATER))
                if self.dense else self.when(),
                repeat_questions=self.chance.choice([None, 0, 3, *self.often(1, 2, 4, 5, 9)]),
            )  # fmt: skip
        for question in ("", "data", "again"):
            if self.likely():
                ReaderAnswer.objects.create(
                    page=self.page, incident_ref=incident.public_id, question=question,
                    times=self.chance.randint(0, self.readers),
                )  # fmt: skip
        for earlier in self.made[-2:]:
            for _ in range(self.chance.choice([0, 0, 1, 2])):
                Recurrence.objects.create(
                    incident=incident, earlier=earlier, is_same=self.maybe(), reason="R",
                    decided_by=self.chance.choice([None, *self.people]),
                    decided_at=self.when(),
                )  # fmt: skip
        if self.chance.random() < 0.2:
            Hold.objects.create(
                incident=incident, reason="R", look_again_on=date(2026, 5, 1),
                placed_by=self.people[0], placed_at=self.when(),
            )  # fmt: skip

    def letters(self, incident: Incident) -> None:
        at = incident.started_at
        lists = [self.frozen(incident) for _ in range(self.chance.choice([0, 1, 1, 2]))]
        for frozen in (*lists, None):
            if self.likely():
                written = self.publication(
                    incident, "follow_up", at, f"s{next(_keys)}",
                    audience="list" if frozen else "subscribers",
                    recipient_list=frozen.public_id if frozen else "",
                )  # fmt: skip
                about = f"publication:{written.pk}:{written.hash[:12]}"
                self.abouts.append(about)
                for n in self.chance.sample(range(4), self.some(3)):
                    self.letter(about, f"r{incident.pk}-{n}@l.example", START)

    def frozen(self, incident: Incident) -> RecipientList:
        """A list of people who may be on another one of the incident, and may be forgotten."""
        before = RecipientListMember.objects.filter(
            recipient_list__incident_ref=incident.public_id
        ).values_list("address_mark", flat=True)
        on_it = self.chance.sample(range(4), self.some(3))
        frozen = RecipientList(
            page=self.page, incident_ref=incident.public_id, segment="sla",
            frozen_at=incident.started_at, public_id=f"l{next(_keys)}",
        )  # fmt: skip
        people = [
            RecipientListMember(recipient_list=frozen).of(f"r{incident.pk}-{n}@l.example", "")
            for n in on_it
        ]
        frozen.size = len(people)
        frozen.first_listed = len({each.address_mark for each in people} - set(before))
        is_gone = self.chance.random() < 0.2
        if is_gone:
            frozen.forgotten_at = self.when()
            if self.maybe():
                frozen.size = frozen.first_listed = None
        frozen.save()
        for each in [] if is_gone else people:
            each.recipient_list = frozen
            each.save()
        return frozen

    def letter(self, about: str, to: str, at: datetime, key: str = "") -> Letter:
        message, _ = Message.objects.get_or_create(
            key=key or f"k{next(_keys)}",
            defaults={
                "sender": "a@l.example", "subject": "S", "text": "T", "created_at": START,
                "stream": self.chance.choice(["status", "notice", "courtesy"]),
            },
        )  # fmt: skip
        left = self.maybe()
        return Letter.objects.create(
            message=message, about=about, recipient=to, next_at=at, created_at=at,
            rfc_message_id=f"<{next(_keys)}@l.example>", state="sent" if left else "failed",
            sent_at=at if left else None,
            channel=self.chance.choice(["email", "email", "webhook"]),
        )  # fmt: skip

    def promises(self, incident: Incident) -> None:
        for _ in range(self.some(2)):
            promise, at, first = f"c{next(_keys)}", incident.started_at, False
            due: date | None = None
            for state in self.chance.choice(
                [["planned"], ["planned", "done"], ["done"], ["planned", "planned", "done"],
                 ["planned", "dropped"], ["in_progress", "planned", "planned"],
                 ["planned", "done", "in_progress", "done"], ["done", "planned", "done", "done"],
                 *self.often(*[["planned", "in_progress"]] * 5)]
            ):  # fmt: skip
                at = self.soon(at)
                if due is None or self.maybe():
                    days = self.chance.choice([None, -9, 0, 2, 9])
                    base = due or at.date()
                    due = due if days is None else base + timedelta(days=days)
                is_first = not first and state != "done" and due is not None
                first = first or is_first
                done = state == "done" and self.maybe()
                said = self.publication(incident, "commitment_update", at, f"s{next(_keys)}")
                PromiseWord.objects.create(
                    page=self.page, incident_id=incident.public_id, commitment_id=promise,
                    publication=said, what="W", state=state, due=due, told_at=at,
                    is_first=is_first,
                    done_on=at.date() - timedelta(days=self.chance.randint(0, 9)) if done else None,
                )  # fmt: skip
                if self.chance.random() < 0.15:
                    self.publication(
                        incident, "correction", at, f"s{next(_keys)}", corrects=said,
                        facts={"correction": {"weight": "retraction"}},
                    )  # fmt: skip
