"""One step of the measurement in a process of its own; prints what it found as one line of JSON.

python -m trust_speed.step grow 1000     invents incidents until there are so many
python -m trust_speed.step ask 5         makes each report so many times
"""

import itertools
import json
import random
import sys
import time
from datetime import UTC, datetime, timedelta
from typing import Any

import django

django.setup()

from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402

from afterword.accounts.actions import create_person  # noqa: E402
from afterword.accounts.models import Person  # noqa: E402
from afterword.accounts.permissions import MACHINE  # noqa: E402
from afterword.audience.models import OptOut, ReaderAnswer, Subscriber  # noqa: E402
from afterword.components.actions import create_component, create_page  # noqa: E402
from afterword.components.models import Component, Page  # noqa: E402
from afterword.fanout.models import DigestContent  # noqa: E402
from afterword.incidents.models import (  # noqa: E402
    Decision,
    HeardOutside,
    Incident,
    NamedPart,
    RecordVersion,
    Recovery,
    Update,
)
from afterword.kit import clock  # noqa: E402
from afterword.kit.timespans import iso_utc  # noqa: E402
from afterword.postbox.models import Letter, Message  # noqa: E402
from afterword.publishing.models import CatalogueEntry, PromiseWord, Publication  # noqa: E402
from afterword.statements.models import Statement, TextCheck  # noqa: E402
from afterword.trust.evidence import evidence  # noqa: E402
from afterword.trust.periods import Period, quarter  # noqa: E402
from afterword.trust.report import report  # noqa: E402
from afterword.trust.rows import gather  # noqa: E402

NEWEST = datetime(2026, 6, 30, 23, 0, tzinfo=UTC)
A_QUARTER = 1_250
APART = timedelta(days=91) / A_QUARTER
LETTERS = 10
IN_A_DIGEST = 5
LEAVES = 20
_AT_ONCE = 1_000


def grow(until: int) -> dict[str, Any]:
    """Invent incidents back from the newest, all alike dense. Seeding is not what is measured."""
    page = Page.objects.first() or create_page(
        actor=MACHINE, now=NEWEST, name="Larkbridge", url="http://127.0.0.1"
    )
    person = Person.objects.first() or create_person(
        actor=MACHINE,
        now=NEWEST,
        email="p@larkbridge.example",
        name="P",
        password="x" * 20,
        roles=["admin"],
    )
    message, _ = Message.objects.get_or_create(
        key="bench",
        defaults={
            "stream": "status", "sender": "a@l.example", "subject": "S", "text": "T",
            "created_at": NEWEST,
        },
    )  # fmt: skip
    if not Component.objects.exists():
        for n in range(20):
            create_component(actor=MACHINE, now=NEWEST, page=page, name=f"Part {n}")
    numbers = iter(range(Incident.objects.count(), until))
    while chunk := list(itertools.islice(numbers, _AT_ONCE)):
        _add(page, person, message, chunk)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return {
        "incidents": Incident.objects.count(),
        "letters": Letter.objects.count(),
        "vendor": connection.vendor,
    }


def ask(rounds: int) -> dict[str, Any]:
    """Make each report once unmeasured and then so many times."""
    page = Page.objects.get()
    periods = {
        "a month": Period(NEWEST.date().replace(day=1), NEWEST.date()),
        "a quarter": quarter(2026, 2),
        "a year": Period(NEWEST.date().replace(year=2025, month=7, day=1), NEWEST.date()),
    }
    found: dict[str, Any] = {}
    for name, period in periods.items():
        with CaptureQueriesContext(connection) as asked:
            rows = gather(page, period, now=NEWEST)
        found[name] = {"ms": [], "incidents": len(rows.incidents), "queries": len(asked)}
        for turn in range(rounds + 1):
            began = time.perf_counter()
            report(page, period, now=NEWEST)
            if turn:
                found[name]["ms"].append((time.perf_counter() - began) * 1000)
    quarter_page = found["a quarter"] | {"ms": _as_a_page(rounds)}
    return found | {"its page": quarter_page, "for auditors": _for_auditors(page, rounds)}


def _for_auditors(page: Page, rounds: int) -> dict[str, Any]:
    """Make an auditor's list of the quarter, which looks at clocks of the weeks before, too."""
    period, taken = quarter(2026, 2), []
    with CaptureQueriesContext(connection) as asked:
        found = evidence(page, period, now=NEWEST)
    for _ in range(rounds):
        began = time.perf_counter()
        evidence(page, period, now=NEWEST)
        taken.append((time.perf_counter() - began) * 1000)
    return {"ms": taken, "incidents": len({each.incident for each in found}), "queries": len(asked)}


def _as_a_page(rounds: int) -> list[float]:
    """Ask the desk for the page of the quarter, in milliseconds each, one before unmeasured."""
    clock.now = lambda: NEWEST
    client, taken = Client(headers={"host": "127.0.0.1"}), []
    client.force_login(Person.objects.get())
    for _ in range(rounds + 1):
        began = time.perf_counter()
        answer = client.get("/desk/trust/?period=2026-q2")
        taken.append((time.perf_counter() - began) * 1000)
        if answer.status_code != 200:
            raise RuntimeError(f"the desk answers {answer.status_code}")
    return taken[1:]


def _add(page: Page, person: Person, message: Message, numbers: list[int]) -> None:
    chance = random.Random(numbers[0])
    incidents = [
        Incident(
            page=page, public_id=f"inv-{n}", title=f"Trouble {n}", status="resolved",
            severity=chance.randint(1, 4), started_at=NEWEST - APART * n - timedelta(hours=2),
            resolved_at=NEWEST - APART * n, created_at=NEWEST, updated_at=NEWEST,
        )
        for n in numbers
    ]  # fmt: skip
    Incident.objects.bulk_create(incidents)
    over = {each.public_id: NEWEST - APART * n for each, n in zip(incidents, numbers, strict=True)}
    Recovery.objects.bulk_create(
        Recovery(page=page, incident=each, severity=each.severity, at=over[each.public_id])
        for each in incidents
    )
    parts = list(Component.objects.filter(page=page))
    announced = Incident.components.through
    announced.objects.bulk_create(
        announced(incident=each, component=chance.choice(parts)) for each in incidents
    )
    # One part of the page, and one that it does not have.
    NamedPart.objects.bulk_create(
        NamedPart(incident=each, name=part.name.casefold(), component=part)
        for each in incidents
        for part in [chance.choice(parts)]
    )
    NamedPart.objects.bulk_create(
        NamedPart(incident=each, name=f"room {chance.randint(1, 200)}") for each in incidents
    )
    for version in (1, 2):
        RecordVersion.objects.bulk_create(
            RecordVersion(
                incident=each, version=version, hash="h", saved_at=over[each.public_id],
                data=_record(each, chance),
            )
            for each in incidents
        )  # fmt: skip
    Decision.objects.bulk_create(
        Decision(
            incident=each, outcome="summary", proposed="summary", row=3, decided_by=person,
            decided_at=over[each.public_id],
        )
        for each in incidents
    )  # fmt: skip
    HeardOutside.objects.bulk_create(
        HeardOutside(
            incident=each, nobody_before=True, repeat_questions=1, noted_at=over[each.public_id]
        )
        for each in incidents
    )
    CatalogueEntry.objects.bulk_create(
        CatalogueEntry(
            page=page, incident_id=each.public_id, kind="incident", title=each.title,
            impact="major", data_effect="none", cause="change", started_at=each.started_at,
            told_at=NEWEST,
        )
        for each in incidents
    )  # fmt: skip
    ReaderAnswer.objects.bulk_create(
        ReaderAnswer(page=page, incident_ref=each.public_id, question=question, times=3)
        for each in incidents
        for question in ("", "data")
    )
    Update.objects.bulk_create(
        Update(
            incident=each, status="monitoring", body="We look into it.", created_at=at,
            display_at=at,
            extra={"next_update_at": iso_utc(at + timedelta(minutes=chance.randint(50, 90)))},
        )
        for each in incidents
        for at in (over[each.public_id] - timedelta(hours=hours) for hours in (2, 1, 0))
    )  # fmt: skip
    Subscriber.objects.bulk_create(
        Subscriber(
            page=page, email=f"{each.public_id}@l.example", state="unsubscribed",
            created_at=NEWEST, unsubscribed_at=over[each.public_id],
        )
        for each in incidents[::LEAVES]
    )  # fmt: skip
    _tell(page, message, incidents, over, chance)


def _tell(
    page: Page, message: Message, incidents: list[Incident], over: dict[str, datetime],
    chance: random.Random,
) -> None:  # fmt: skip
    last = Publication.objects.order_by("-number").values_list("number", flat=True).first() or 0
    numbers = itertools.count(last + 1)
    told = [
        _publication(page, each, kind, over[each.public_id] + wait, next(numbers), chance)
        for each in incidents
        for kind, wait in (
            ("update", -timedelta(hours=2)), ("update", -timedelta(hours=1)),
            ("update", timedelta(0)), ("closure", timedelta(minutes=chance.randint(5, 90))),
            ("summary", timedelta(hours=chance.randint(10, 300))),
        )
    ]  # fmt: skip
    Publication.objects.bulk_create(told)
    of = {each.public_id: each for each in incidents}
    texts = [each for each in told if each.kind != "update"]
    statements = [
        Statement(
            incident=of[each.incident_id], public_id=each.source_id, kind=each.kind,
            state="published", created_at=NEWEST, published_at=each.published_at,
        )
        for each in texts
    ]  # fmt: skip
    Statement.objects.bulk_create(statements)
    TextCheck.objects.bulk_create(
        TextCheck(
            page=page, statement=each, moment=moment, revision=2, linter_version="p",
            errors=[{"rule": "REC-01", "words": "w"}] if chance.random() < 0.2 else [],
            asked=["what_happened", "duration", "thanks"], answered=["what_happened"],
            at=each.published_at,
        )
        for each in statements
        for moment in ("first", "left")
    )  # fmt: skip
    summaries = [each for each in texts if each.kind == "summary"]
    PromiseWord.objects.bulk_create(
        PromiseWord(
            page=page, publication=each, incident_id=each.incident_id, what="W", state="planned",
            commitment_id=f"c-{each.incident_id}", due=each.published_at.date(), is_first=True,
            told_at=each.published_at,
        )
        for each in summaries
    )  # fmt: skip
    letters = Letter.objects.bulk_create(
        _letter(message, f"publication:{each.pk}:{each.hash[:12]}", n)
        for each in summaries
        for n in range(LETTERS)
    )
    OptOut.objects.bulk_create(
        OptOut(
            page=page, how="unsubscribed", at=over[each.incident_id], letter=letters[n * LETTERS]
        )
        for n, each in enumerate(summaries)
        if n % LEAVES == 0
    )
    # What some of its readers get together with others'.
    for n in range(0, len(summaries), IN_A_DIGEST):
        about = f"digest:{page.pk}:{summaries[n].pk}"
        DigestContent.objects.bulk_create(
            DigestContent(about=about, publication=each) for each in summaries[n : n + IN_A_DIGEST]
        )
        Letter.objects.bulk_create(_letter(message, about, each) for each in range(LETTERS))


def _letter(message: Message, about: str, n: int) -> Letter:
    return Letter(
        message=message, about=about, recipient=f"r{n}@l.example",
        rfc_message_id=f"<{about}.{n}@l.example>", next_at=NEWEST, created_at=NEWEST,
        state="sent", sent_at=NEWEST,
    )  # fmt: skip


def _publication(
    page: Page, incident: Incident, kind: str, at: datetime, number: int, chance: random.Random
) -> Publication:
    facts: dict[str, Any] = {"incident": {"status": "resolved"}}
    if kind != "update":
        facts["record"] = {
            "customers": {"affected": chance.randint(1, 900)}, "duration_seconds": 7200,
            "symptoms": ["invoices were late"] * 5,
        }  # fmt: skip
    return Publication(
        page=page, number=number, kind=kind, incident_id=incident.public_id,
        source_id=f"{kind}-{number}", title="T", body="Words. " * 200, html="Words. " * 220,
        facts=facts, audience="subscribers" if kind == "summary" else "page", display_at=at,
        published_at=at, previous_hash="", hash=f"{number:064}",
    )  # fmt: skip


def _record(incident: Incident, chance: random.Random) -> dict[str, Any]:
    return {
        "incident": {"severity": incident.severity},
        "customers": {"affected": chance.randint(1, 900)},
        "data": {"confidentiality": "none", "loss": "none", "integrity": "none"},
        "symptoms": ["invoices were late"] * 20,
    }


if __name__ == "__main__":
    verb, number = sys.argv[1], int(sys.argv[2])
    print(json.dumps({"grow": grow, "ask": ask}[verb](number)))
