"""Two years of an invented company whose way of telling gets better, or worse, month by month."""

import itertools
from datetime import datetime, timedelta
from random import Random
from typing import Any

from django.db import transaction

from afterword.accounts.models import Person
from afterword.accounts.permissions import MACHINE
from afterword.audience.models import ReaderAnswer
from afterword.components.models import Page
from afterword.incidents.models import (
    Decision,
    HeardOutside,
    Incident,
    RecordVersion,
    Recovery,
    Recurrence,
)
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
    """Lives ``MONTHS`` months of ``A_MONTH`` incidents, all from one seed.

    ``good`` runs from 0 (hides, is late, breaks its word) to 1: upwards when it recovers, downwards
    when it erodes. The incidents themselves are as grave in either.
    """

    def __init__(self, *, recovers: bool, seed: int) -> None:
        self.chance, self.recovers = Random(seed), recovers
        self.page = Page.objects.create(name="Quillpost", url="https://q.example", created_at=BEGAN)
        self.person = Person.objects.create(
            email=f"q{next(_keys)}@q.example", name="Q", joined_at=BEGAN
        )
        self.number, self.last = 0, None
        for month in range(MONTHS):
            for place in range(A_MONTH):
                self.incident(month, BEGAN + timedelta(days=30.4 * month + 7 * place))

    def likely(self, share: float) -> bool:
        return self.chance.random() < share

    def incident(self, month: int, at: datetime) -> None:
        along = month / (MONTHS - 1)
        good = along if self.recovers else 1 - along
        incident = Incident.objects.create(
            page=self.page, public_id=f"q{next(_keys)}", title="Mail was late", severity=2,
            status="resolved", started_at=at - timedelta(hours=2), created_at=at, updated_at=at,
        )  # fmt: skip
        Recovery.objects.create(page=self.page, incident=incident, severity=2, at=at)
        RecordVersion.objects.create(
            incident=incident, version=1, hash="h", saved_at=at, data={"incident": {"severity": 2}}
        )
        nobody = self.likely(0.2 + 0.7 * good)
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
        self.promise(incident, at, good)
        if self.last is not None:
            Recurrence.objects.create(
                incident=incident, earlier=self.last, is_same=self.likely(0.6 * (1 - good)),
                reason="Compared in the review.", decided_at=at,
            )  # fmt: skip
        self.last = incident

    def texts(self, incident: Incident, at: datetime, good: float) -> None:
        if not self.likely(0.3 * (1 - good)):
            waited = timedelta(minutes=self.chance.uniform(10, 50) * (1 + 14 * (1 - good)))
            self.text(incident, "closure", at + waited, good)
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
        elif self.likely(0.6):
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
