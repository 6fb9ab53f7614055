"""Two years of an invented company whose way of telling gets better, or worse, month by month."""

import itertools
from datetime import datetime, timedelta
from random import Random
from typing import Any

from django.db import transaction

from afterword.accounts.models import Person
from afterword.accounts.permissions import MACHINE
from afterword.audience.actions.subscribers import unsubscribe
from afterword.audience.models import (
    ReaderAnswer,
    RecipientList,
    RecipientListMember,
    Subscriber,
)
from afterword.components.models import Page
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
from afterword.postbox.models import Letter, Message
from afterword.publishing.actions import keep_panel_quarter, switch_panel
from afterword.publishing.models import PromiseWord, Publication
from afterword.statements.models import Statement, TextCheck
from afterword.trust.outward import outward
from afterword.trust.panel import figures_of
from afterword.trust.periods import quarter
from afterword.trust.report import report

BEGAN = datetime.fromisoformat("2024-01-01T09:00:00+00:00")
MONTHS = 24
A_MONTH = 4
_keys = itertools.count(1)


class Company:
    """Lives ``MONTHS`` months, or only ``months``, of ``a_month`` incidents, all from one seed.

    ``good`` runs from 0 (hides, is late, breaks its word) to 1: upwards when it recovers, downwards
    when it erodes. The incidents themselves are as grave in either.
    """

    def __init__(
        self, *, recovers: bool, seed: int, months: range = range(MONTHS), a_month: int = A_MONTH
    ) -> None:
        self.chance, self.recovers = Random(seed), recovers
        self.found_out = Random(f"found out {seed}")
        self.page = Page.objects.create(name="Quillpost", url="https://q.example", created_at=BEGAN)
        self.person = Person.objects.create(
            email=f"q{next(_keys)}@q.example", name="Q", joined_at=BEGAN
        )
        self.number, self.last = 0, None
        for month in months:
            for place in range(a_month):
                self.incident(month, BEGAN + timedelta(days=30.4 * month + 28 / a_month * place))

    def likely(self, share: float) -> bool:
        return self.chance.random() < share

    def incident(self, month: int, at: datetime) -> None:
        along = month / (MONTHS - 1)
        good = along if self.recovers else 1 - along
        incident = Incident.objects.create(
            page=self.page, public_id=f"q{next(_keys)}", title="Mail was late", severity=2,
            status="resolved", started_at=at - timedelta(hours=2), created_at=at, updated_at=at,
        )  # fmt: skip
        self.goes_on(incident, at, good)
        self.record(incident, at, good)
        self.mails(incident, at, good)
        nobody = self.likely(0.2 + 0.7 * good)
        if self.likely(0.6 + 0.4 * good):
            HeardOutside.objects.create(
                incident=incident, nobody_before=nobody, noted_at=at + timedelta(days=20),
                first_at=None if nobody else at - timedelta(hours=3),
                repeat_questions=round(2 + 30 * (1 - good)),
            )  # fmt: skip
        for question, times in (("", round(4 + 14 * good)), ("data", round(4 + 14 * (1 - good)))):
            ReaderAnswer.objects.create(
                page=self.page, incident_ref=incident.public_id, question=question, times=times
            )
        self.texts(incident, at, good)
        self.learns_more(incident, at, good)
        self.promise(incident, at, good)
        # All of them look alike. Who erodes answers less often, and has not mended the cause.
        if self.last is not None and not self.likely(0.5 * (1 - good)):
            Recurrence.objects.create(
                incident=incident, earlier=self.last, is_same=self.likely(0.6 * (1 - good)),
                reason="Compared in the review.", decided_at=at,
            )  # fmt: skip
        self.last = incident
        self.acts(incident, at, good)

    def goes_on(self, incident: Incident, at: datetime, good: float) -> None:
        """Words with the next one promised, and the end, which who erodes calls too early."""
        began = at - timedelta(hours=1)
        came = began + timedelta(minutes=20 if self.likely(0.2 + 0.75 * good) else 50)
        promised = {"next_update_at": (began + timedelta(minutes=30)).isoformat()}
        for said_at, extra in ((began, promised), (came, {})):
            Update.objects.create(
                incident=incident, status="identified", body="B", created_at=said_at,
                display_at=said_at, extra=extra,
            )  # fmt: skip
        turns = [(at, False)]
        if self.likely(0.3 * (1 - good)):
            turns += [(at + timedelta(hours=40), True), (at + timedelta(hours=44), False)]
        for turned, back in turns:
            Recovery.objects.create(
                page=self.page, incident=incident, severity=2, at=turned, came_back=back
            )

    def record(self, incident: Incident, at: datetime, good: float) -> None:
        # Who erodes tells later and later that what ended is over.
        ended = at - timedelta(minutes=10 * (1 + 14 * (1 - good)))
        data = {
            "incident": {"severity": 2}, "cause": {"fingerprint": "queue"},
            "times": {"impact_ended": ended.isoformat()},
        }  # fmt: skip
        RecordVersion.objects.create(incident=incident, version=1, hash="h", saved_at=at, data=data)
        if self.likely(0.4 * (1 - good)):
            RecordVersion.objects.create(
                incident=incident, version=2, hash="h", saved_at=at + timedelta(days=1),
                data=data | {"incident": {"severity": 4}},
            )  # fmt: skip

    def learns_more(self, incident: Incident, at: datetime, good: float) -> None:
        """More customers are found when all texts are out; who erodes corrects none of them."""
        if self.found_out.random() < 0.8 * (1 - good):
            RecordVersion.objects.create(
                incident=incident, version=3, hash="h", saved_at=at + timedelta(days=21),
                data={"incident": {"severity": 2}, "cause": {"fingerprint": "queue"},
                      "customers": {"affected": 400}},
            )  # fmt: skip

    def mails(self, incident: Incident, at: datetime, good: float) -> None:
        """Letters: to those on the list, or, by who erodes, to everybody instead."""
        frozen = RecipientList.objects.create(
            page=self.page, incident_ref=incident.public_id, segment="sla", frozen_at=at,
            public_id=f"l{next(_keys)}",
        )  # fmt: skip
        for _ in range(5):
            member = RecipientListMember(recipient_list=frozen)
            member.of(f"m{next(_keys)}@q.example", "").save()
        self.letters(incident, at, round(1 + 4 * good), audience="list",
                     recipient_list=frozen.public_id)  # fmt: skip
        got = self.letters(incident, at, round(1 + 8 * (1 - good)), audience="subscribers")
        for email in got[: round(4 * (1 - good))]:
            reader = Subscriber.objects.create(
                page=self.page, email=email, created_at=BEGAN, state="active"
            )
            unsubscribe(now=at + timedelta(days=1), token=reader.token)

    def letters(self, incident: Incident, at: datetime, many: int, **more: Any) -> list[str]:
        left = self.publication(incident, "follow_up", at, f"t{next(_keys)}", **more)
        got = [f"r{next(_keys)}@q.example" for _ in range(many)]
        for email in got:
            key = next(_keys)
            Letter.objects.create(
                message=Message.objects.create(
                    key=f"qk{key}", stream="status", sender="a@q.example", subject="S", text="T",
                    created_at=at,
                ),
                about=f"publication:{left.pk}:{left.hash[:12]}", recipient=email,
                rfc_message_id=f"<{key}@q.example>", next_at=at, created_at=at, state="sent",
                sent_at=at,
            )  # fmt: skip
        return got

    def acts(self, incident: Incident, at: datetime, good: float) -> None:
        """What tells less and leaves a trace: more of it by who erodes."""
        if self.likely(0.3 * (1 - good)):
            Hold.objects.create(
                incident=incident, reason="Not now.", placed_by=self.person, placed_at=at,
                look_again_on=(at + timedelta(days=9)).date(), released_by=self.person,
                released_at=at + timedelta(days=8),
            )  # fmt: skip
        if self.likely(0.3 * (1 - good)):
            Incident.objects.create(
                page=self.page, public_id=f"q{next(_keys)}", title="Mail was late once more",
                severity=2, status="resolved", started_at=at, created_at=at + timedelta(days=2),
                updated_at=at, extra={"backfilled": True},
            )  # fmt: skip

    def texts(self, incident: Incident, at: datetime, good: float) -> None:
        if not self.likely(0.3 * (1 - good)):
            waited = timedelta(minutes=self.chance.uniform(10, 50) * (1 + 14 * (1 - good)))
            closure = self.text(incident, "closure", at + waited, good)
            if self.likely(0.3 * (1 - good)):
                self.publication(
                    incident, "correction", at + waited + timedelta(hours=1), f"c{next(_keys)}",
                    corrects=closure, facts={"correction": {"weight": "retraction"}},
                )  # fmt: skip
        skips = self.likely(0.5 * (1 - good))
        Decision.objects.create(
            incident=incident, outcome="none" if skips else "summary", proposed="summary", row=3,
            reason="Few would read it." if skips else "", decided_by=self.person,
            decided_at=at + timedelta(hours=5),
        )  # fmt: skip
        if skips:
            return
        summary = self.text(incident, "summary", at + timedelta(days=3 + 9 * (1 - good)), good)
        if self.likely(0.6 * (1 - good)):
            self.publication(
                incident, "correction", summary.published_at + timedelta(days=1), "c",
                corrects=summary, facts={"correction": {"weight": "fact"}, **figures(250)},
            )  # fmt: skip

    def text(self, incident: Incident, kind: str, at: datetime, good: float) -> Publication:
        left = self.publication(incident, kind, at, f"t{next(_keys)}", facts=figures(100))
        statement = Statement.objects.create(
            incident=incident, public_id=left.source_id, kind=kind, state="published",
            created_at=at, published_at=at,
        )  # fmt: skip
        asked = ["what_happened", "who_affected", "duration", "data_impact", "prevention"]
        errors = [{"rule": "REC-01", "words": "w"}] if self.likely(0.9 - 0.8 * good) else []
        errors.append({"rule": "VAG-02", "words": "v"})
        let = [{**e, "override": 1, "roles": ["publisher"]} for e in errors
               if self.likely(0.6 * (1 - good))]  # fmt: skip
        for moment, found in (("first", errors), ("left", let)):
            TextCheck.objects.create(
                page=self.page, statement=statement, moment=moment, revision=1, asked=asked,
                errors=[{"rule": e["rule"], "words": e["words"]} for e in found],
                let_through=let if moment == "left" else [], linter_version="p", at=at,
                answered=asked[: round(2 + 3 * good)],
            )  # fmt: skip
        return left

    def promise(self, incident: Incident, at: datetime, good: float) -> None:
        due, key = (at + timedelta(days=20)).date(), f"p{next(_keys)}"
        words = [("planned", due, None, at + timedelta(days=1))]
        if self.likely(0.2 + 0.75 * good):
            words.append(("done", due, due, at + timedelta(days=20)))
        elif self.likely(good):
            words.append(("planned", due + timedelta(days=14), None, at + timedelta(days=15)))
            words.append(("done", due + timedelta(days=14), None, at + timedelta(days=30)))
        elif self.likely(0.3):
            words.append(("dropped", due, None, at + timedelta(days=10)))
        elif self.likely(0.4):
            words.append(("done", due, None, at + timedelta(days=60)))
        for place, (state, day, done, told) in enumerate(words):
            PromiseWord.objects.create(
                page=self.page, incident_id=incident.public_id, commitment_id=key, what="Limits",
                state=state, due=day, done_on=done, told_at=told, is_first=place == 0,
                publication=self.publication(
                    incident, "commitment_update", told, f"w{next(_keys)}"
                ),
            )  # fmt: skip

    def publication(
        self, incident: Incident, kind: str, at: datetime, source: str, **more: Any
    ) -> Publication:
        self.number += 1
        return Publication.objects.create(
            page=self.page, number=self.number, kind=kind, incident_id=incident.public_id,
            source_id=source, title="T", body="B", html="B", display_at=at, published_at=at,
            previous_hash="", hash=f"2{next(_keys):063}", **more,
        )  # fmt: skip


def figures(affected: int) -> dict[str, Any]:
    return {"record": {"customers": {"affected": affected}, "duration_seconds": 7200}}


def shown_to_readers(page: Page) -> None:
    """Switch the page's panel on, with the quarters of a company that recovered from 2024 on."""
    now = BEGAN + timedelta(days=31 * MONTHS)
    with transaction.atomic():
        other = Company(recovers=True, seed=7).page
        quarters = [quarter(year, number) for year in (2024, 2025) for number in (1, 2, 3, 4)]
        figures = {
            each: figures_of(outward(other, report(other, each, now=now))) for each in quarters
        }
        transaction.set_rollback(True)
    switch_panel(actor=MACHINE, now=now, page=page, on=True)
    for each, measures in figures.items():
        keep_panel_quarter(
            actor=MACHINE, now=now, page=page, quarter=each.name, first=each.first, last=each.last,
            figures=measures,
        )  # fmt: skip
