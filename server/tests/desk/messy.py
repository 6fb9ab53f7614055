"""An office whose words were typed in a hurry: long, right to left, full of emoji, and many."""

from datetime import UTC, datetime, timedelta
from typing import Any

from afterword.accounts.actions import create_person, invite
from afterword.accounts.models import Role
from afterword.accounts.permissions import MACHINE
from afterword.components.actions import create_component
from afterword.components.models import ComponentStatus
from afterword.incidents.actions import hold_case
from afterword.incidents.queries import incident_by_public_id
from afterword.publishing.actions import announce_incident
from afterword.statements.actions import comment, start
from desk import office as tidy
from desk.test_who_may_what import furnished

UNBROKEN = "invoice-delivery-worker-eu-central-1a-primary-" * 2
RIGHT_TO_LEFT = "تأخّر إرسال الفواتير إلى العملاء منذ صباح اليوم"
CROWDED = f"{RIGHT_TO_LEFT} 🧾🔥 {UNBROKEN} “quoted” <b>& not bold</b>"
PARTS = 40
NOON = datetime(2026, 3, 18, 12, 0, tzinfo=UTC)


def build(now: datetime) -> dict[str, Any]:
    """Fill the page with what no template was drawn for; return what addresses name, by part.

    What is over happened around `NOON`; what goes on began three hours before ``now``.
    """
    office = tidy.build(NOON)
    named = furnished(office, NOON)
    statuses = list(ComponentStatus.values)
    parts = {}
    for number in range(PARTS):
        part = create_component(
            actor=MACHINE, now=now - timedelta(days=2), page=office.page,
            name=f"{number} {(CROWDED, UNBROKEN, RIGHT_TO_LEFT)[number % 3]}"[:200],
        )  # fmt: skip
        parts[part] = statuses[number % len(statuses)]
    said = announce_incident(
        actor=office.wanda, now=now - timedelta(hours=3), page=office.page, title=CROWDED[:255],
        body=f"{RIGHT_TO_LEFT}\n\n`{UNBROKEN}`\n\n> {CROWDED}", components=parts, severity=1,
    )  # fmt: skip
    running = incident_by_public_id(office.page, said.incident_id)
    note = start(actor=office.wanda, now=now, incident=office.incident, kind="note")
    comment(actor=office.rolf, now=now, statement=note, body=CROWDED)
    create_person(
        actor=MACHINE, now=now, email=f"{'w' * 60}@office.example", password=tidy.PASSWORD,
        name="Zoë " + "van den Allerlängsten-Nachnamen-" * 3, roles=[Role.WRITER],
    )  # fmt: skip
    _, link = invite(
        actor=office.ada, now=now, email=f"{'very.long.' * 6}name@office.example",
        name=RIGHT_TO_LEFT, roles=[Role.WRITER],
    )  # fmt: skip
    hold_case(
        actor=office.rolf, now=now, incident=office.incident, reason=CROWDED,
        look_again_on=(now + timedelta(days=2)).date(),
    )  # fmt: skip
    return {**named, "token": link.token, "running_id": running.public_id}
