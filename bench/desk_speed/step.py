"""One step of the measurement in a process of its own; prints what it found as one line of JSON.

python -m desk_speed.step grow 1000   invents so many closed cases, and a few that are open
python -m desk_speed.step ask 6       asks for every page so many times
"""

import itertools
import json
import logging
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import django

django.setup()

from django.conf import settings  # noqa: E402
from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402

from afterword.accounts.actions import create_person  # noqa: E402
from afterword.accounts.models import Person, Role  # noqa: E402
from afterword.accounts.permissions import MACHINE  # noqa: E402
from afterword.audit.chain import content_of  # noqa: E402
from afterword.audit.models import Entry  # noqa: E402
from afterword.commitments.actions import promise  # noqa: E402
from afterword.commitments.models import Commitment  # noqa: E402
from afterword.components.actions import create_component, create_page  # noqa: E402
from afterword.components.models import Component, Page  # noqa: E402
from afterword.followups.models import PlanLine  # noqa: E402
from afterword.incidents import actions as incidents  # noqa: E402
from afterword.incidents.models import Case, Decision, Hold, Incident, RecordVersion, Update  # noqa: E402
from afterword.incidents.queries import current_record, incident_by_public_id  # noqa: E402
from afterword.kit.hashing import chained  # noqa: E402
from afterword.publishing import actions as publishing  # noqa: E402
from afterword.publishing.models import Publication  # noqa: E402
from afterword.statements import actions as statements  # noqa: E402
from afterword.statements.models import Bypass, Review, Revision, Statement  # noqa: E402

NOW = datetime.now(UTC).replace(microsecond=0)
# The closed ones lie as close as they would in a house where something happens six times a day.
APART = timedelta(hours=4)
OPEN, GOING_ON, PARTS = 10, 3, 12
CAUSE = "queue-full"
_AT_ONCE = 500
_WORDS = "From 08:12 to 09:00 UTC some customers could not send invoices. " * 12


def grow(closed: int) -> dict[str, Any]:
    """Invent a house with so many closed cases. Seeding is not what is measured."""
    logging.disable(logging.INFO)
    page = create_page(actor=MACHINE, now=NOW, name="Larkbridge", url="http://127.0.0.1")
    parts = [
        create_component(actor=MACHINE, now=NOW, page=page, name=f"Part {n}") for n in range(PARTS)
    ]
    wanda = _person("Wanda", [Role.ADMIN])
    rolf = _person("Rolf", [Role.REVIEWER, Role.WRITER])
    numbers = iter(range(closed))
    while chunk := list(itertools.islice(numbers, _AT_ONCE)):
        _add_closed(page, parts, wanda, rolf, chunk)
    for number in range(OPEN):
        _open_case(page, parts[number % PARTS], wanda, rolf, number)
    for number in range(GOING_ON):
        publishing.announce_incident(
            actor=wanda, now=NOW - timedelta(minutes=50), page=page, title=f"Going on {number}",
            body="We look into it.", components={parts[number]: "partial_outage"}, severity=2,
        )  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return {
        "closed": Case.objects.filter(closed_at__isnull=False).count(),
        "open": Case.objects.filter(closed_at=None).count(),
        "vendor": connection.vendor,
    }


def ask(times: int) -> dict[str, Any]:
    """Ask for every page once unmeasured and then so many times; least milliseconds, queries."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    client = Client(headers={"host": "127.0.0.1"})
    client.force_login(Person.objects.get(name="Wanda"))
    found: dict[str, Any] = {}
    for name, address in _pages():
        with CaptureQueriesContext(connection) as asked:
            _get(client, address)
        queries = len(asked)
        least = min(_get(client, address) for _ in range(times))
        found[name] = {"ms": least, "queries": queries}
    return found


def _pages() -> Iterator[tuple[str, str]]:
    case = Case.objects.filter(closed_at=None).order_by("pk")[0].incident.public_id
    text = Statement.objects.filter(state="in_review").order_by("pk")[0].public_id
    live = Incident.objects.filter(resolved_at=None).order_by("pk")[0].public_id
    yield "what needs saying now", "/desk/"
    yield "incidents and their cases", "/desk/incidents/"
    yield "one going on", f"/desk/incidents/{live}/"
    yield "a case", f"/desk/cases/{case}/"
    yield "its record", f"/desk/cases/{case}/record/"
    yield "its decision", f"/desk/cases/{case}/decision/"
    yield "its promises", f"/desk/cases/{case}/commitments/"
    yield "a text", f"/desk/statements/{text}/"
    yield "its review", f"/desk/statements/{text}/review/"
    yield "the log", "/desk/log/"


def _get(client: Client, address: str) -> float:
    # SQLite works in our process, whose own time no other program on the machine adds to.
    clock = time.process_time if connection.vendor == "sqlite" else time.perf_counter
    began = clock()
    answer = client.get(address)
    taken = (clock() - began) * 1000
    if answer.status_code != 200:
        raise RuntimeError(f"{address}: {answer.status_code}")
    return taken


def _person(name: str, roles: list[Role]) -> Person:
    return create_person(
        actor=MACHINE, now=NOW, email=f"{name.lower()}@larkbridge.example", name=name,
        password="a long enough password", roles=roles,
    )  # fmt: skip


def _open_case(page: Page, part: Component, wanda: Person, rolf: Person, number: int) -> None:
    """Tell an incident of yesterday with the verbs of the product, up to a text in review."""
    began = NOW - timedelta(days=1, hours=number)
    said = publishing.announce_incident(
        actor=wanda, now=began, page=page, title=f"Invoices were not sent ({number})",
        body="Invoices are not sent.", components={part: "major_outage"}, severity=1,
    )  # fmt: skip
    incident = incident_by_public_id(page, said.incident_id)
    publishing.announce_update(
        actor=wanda, now=began + timedelta(hours=1), incident=incident, status="resolved",
        body="Invoices are sent again.",
    )  # fmt: skip
    incident.refresh_from_db()
    record = current_record(incident)
    data = record.data if record else {}
    data = {**data, "cause": {**data["cause"], "fingerprint": CAUSE}}
    incidents.save_record(
        actor=wanda, now=NOW, incident=incident, data=data, expected_version=record.version
    )
    text = statements.start(actor=wanda, now=NOW, incident=incident, kind="closure")
    Statement.objects.filter(pk=text.pk).update(state="in_review")
    promise(
        actor=wanda, now=NOW, incident=incident, what="The list is kept short.",
        why="A full list stopped sending.", effect="Sending goes on.", mechanism="prevent",
        due=(NOW + timedelta(days=3)).date(),
    )  # fmt: skip


def _add_closed(
    page: Page, parts: list[Component], wanda: Person, rolf: Person, numbers: list[int]
) -> None:
    """Write closed cases as the verbs leave them, without going through them one by one."""
    told = [
        Incident(
            page=page, public_id=f"old-{n}", title=f"Trouble number {n}", status="resolved",
            impact="major", severity=1 + n % 4, started_at=_began(n),
            resolved_at=_began(n) + timedelta(hours=1), created_at=_began(n), updated_at=_began(n),
        )
        for n in numbers
    ]  # fmt: skip
    made = list(zip(numbers, Incident.objects.bulk_create(told), strict=True))
    hit = Incident.components.through
    hit.objects.bulk_create(hit(incident=i, component=parts[n % PARTS]) for n, i in made)
    Update.objects.bulk_create(
        Update(incident=i, status=status, body="Invoices.", display_at=_began(n) + later,
               created_at=_began(n))
        for n, i in made
        for status, later in (("investigating", timedelta()), ("resolved", timedelta(hours=1)))
    )  # fmt: skip
    RecordVersion.objects.bulk_create(
        RecordVersion(incident=i, version=1, hash="0" * 64, saved_by=wanda, saved_at=_began(n),
                      data={"cause": {"fingerprint": f"cause-{n % 50}", "text": _WORDS},
                            "incident": {"severity": i.severity}})
        for n, i in made
    )  # fmt: skip
    Case.objects.bulk_create(
        Case(incident=i, owner=wanda, opened_at=_began(n) + timedelta(hours=1),
             closed_at=_began(n) + timedelta(days=3))
        for n, i in made
    )  # fmt: skip
    Decision.objects.bulk_create(
        Decision(incident=i, outcome="summary", proposed="summary", row=1, decided_by=wanda,
                 decided_at=_began(n))
        for n, i in made
    )  # fmt: skip
    PlanLine.objects.bulk_create(
        PlanLine(incident=i, segment="everyone", level="page", proposed="page", reason="It will do",
                 decided_by=wanda, decided_at=_began(n))
        for n, i in made
    )  # fmt: skip
    Commitment.objects.bulk_create(
        Commitment(incident=i, what="W", why="Y", effect="E", mechanism="prevent", state="done",
                   due=_began(n).date(), done_on=_began(n).date(), created_at=_began(n))
        for n, i in made
    )  # fmt: skip
    Hold.objects.bulk_create(
        Hold(incident=i, reason="R", look_again_on=_began(n).date(), placed_by=wanda,
             placed_at=_began(n), released_by=rolf, released_at=_began(n))
        for n, i in made if n % 5 == 0
    )  # fmt: skip
    _add_texts(page, wanda, rolf, made)


def _add_texts(page: Page, wanda: Person, rolf: Person, made: list[tuple[int, Incident]]) -> None:
    texts = Statement.objects.bulk_create(
        Statement(incident=i, kind="closure", state="published", created_at=_began(n),
                  published_at=_began(n) + timedelta(hours=2))
        for n, i in made
    )  # fmt: skip
    revisions = Revision.objects.bulk_create(
        Revision(statement=t, number=1, title="T", body=_WORDS, text_hash=f"{t.pk:064}",
                 record_version=1, author=wanda, created_at=t.created_at)
        for t in texts
    )  # fmt: skip
    Review.objects.bulk_create(
        Review(revision=r, reviewer=rolf, verdict="approve", text_hash=r.text_hash,
               record_version=1, reviewed_at=r.created_at)
        for r in revisions
    )  # fmt: skip
    Bypass.objects.bulk_create(
        Bypass(statement=t, reason="R", used_by=wanda, used_at=t.created_at, read_by=rolf,
               read_at=t.created_at, stands=True)
        for t in texts[::5]
    )  # fmt: skip
    first = Publication.objects.count() + 1
    Publication.objects.bulk_create(
        Publication(page=page, number=first + place, kind="closure", incident_id=i.public_id,
                    source_id=t.public_id, title="T", body=_WORDS, html=_WORDS,
                    display_at=t.created_at, published_at=t.created_at, previous_hash="0" * 64,
                    hash=f"{first + place:064}")
        for place, ((_, i), t) in enumerate(zip(made, texts, strict=True))
    )  # fmt: skip
    _add_acts(wanda, rolf, texts)


def _add_acts(wanda: Person, rolf: Person, texts: list[Statement]) -> None:
    newest = Entry.objects.order_by("-sequence").first()
    number, head = (newest.sequence, newest.hash) if newest else (0, "0" * 64)
    acts = []
    for text, actor in itertools.product(texts, (wanda, rolf)):
        number += 1
        entry = Entry(
            sequence=number, at=text.created_at, actor_id=actor.pk, actor_label=str(actor),
            verb="statements.save", subject=f"statement:{text.public_id}", previous_hash=head,
        )  # fmt: skip
        entry.hash = head = chained(entry.previous_hash, content_of(entry))
        acts.append(entry)
    Entry.objects.bulk_create(acts)


def _began(number: int) -> datetime:
    return NOW - timedelta(days=4) - number * APART


if __name__ == "__main__":
    verb, number = sys.argv[1], int(sys.argv[2])
    print(json.dumps({"grow": grow, "ask": ask}[verb](number)))
