"""Many people work on the same incidents at the same time; run by test_at_once in a process."""

import json
import random
import threading
from datetime import timedelta

import django

django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connection, connections  # noqa: E402

from afterword.accounts.permissions import MACHINE  # noqa: E402
from afterword.audit.queries import broken_links  # noqa: E402
from afterword.components.actions import create_component, create_page, set_status  # noqa: E402
from afterword.components.models import Component, StatusSpan  # noqa: E402
from afterword.components.rollup import WORST_LAST  # noqa: E402
from afterword.incidents.actions import (  # noqa: E402
    add_update,
    open_case,
    open_incident,
    save_record,
)
from afterword.incidents.models import Case, Incident, RecordVersion  # noqa: E402
from afterword.incidents.queries import current_record  # noqa: E402
from afterword.incidents.record import starting_record  # noqa: E402
from afterword.kit import clock  # noqa: E402
from afterword.kit.errors import Refusal  # noqa: E402

PEOPLE = 6
ROUNDS = 8
refused: list[str] = []
broken: list[str] = []


def work(seed: int, shared: Incident, parts: list[Component]) -> None:
    chance = random.Random(seed)
    page = shared.page
    acts = [
        lambda now: set_status(
            actor=MACHINE, now=now, component=chance.choice(parts),
            status=chance.choice(WORST_LAST),
        ),
        lambda now: open_incident(
            actor=MACHINE, now=now, page=page, title=f"Incident {seed}", body="Down.",
            components=dict.fromkeys(chance.sample(parts, 3), "major_outage"),
        ),
        lambda now: add_update(
            actor=MACHINE, now=now, incident=Incident.objects.get(pk=shared.pk),
            status=chance.choice(["identified", "monitoring"]), body="A word.",
            components={p: chance.choice(WORST_LAST) for p in chance.sample(parts, 2)},
        ),
        lambda now: save_record(
            actor=MACHINE, now=now, incident=shared, expected_version=None,
            data=starting_record(shared) | {"symptoms": [f"symptom {chance.random()}"]},
        ),
    ]  # fmt: skip
    try:
        for number in range(ROUNDS):
            try:
                acts[(seed + number) % len(acts)](clock.now())
            except Refusal as refusal:
                refused.append(str(refusal))
    except Exception as fault:  # noqa: BLE001
        broken.append(repr(fault))
    finally:
        connections.close_all()


def close(shared: Incident) -> None:
    try:
        open_case(actor=MACHINE, now=clock.now(), incident=Incident.objects.get(pk=shared.pk))
    except Exception as fault:  # noqa: BLE001
        broken.append(repr(fault))
    finally:
        connections.close_all()


def together(threads: list[threading.Thread]) -> None:
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def main() -> None:
    call_command("migrate", verbosity=0)
    began = clock.now() - timedelta(days=1)
    page = create_page(actor=MACHINE, now=began, name="L", url="https://l.example")
    groups = [
        create_component(actor=MACHINE, now=began, page=page, name=n, is_group=True)
        for n in ("EU", "US")
    ]
    parts = [
        create_component(actor=MACHINE, now=began, page=page, name=f"P{n}", group=groups[n % 2])
        for n in range(6)
    ]
    shared = open_incident(actor=MACHINE, now=began, page=page, title="Shared", body="Down.")
    together([threading.Thread(target=work, args=(n, shared, parts)) for n in range(PEOPLE)])
    add_update(actor=MACHINE, now=clock.now(), incident=shared, status="resolved", body="Over.")
    together([threading.Thread(target=close, args=(shared,)) for _ in range(PEOPLE)])
    versions = RecordVersion.objects.filter(incident=shared).values_list("version", flat=True)
    print(
        json.dumps(
            {
                "vendor": connection.vendor,
                "broken": broken,
                "links": list(broken_links()),
                "open_spans": [
                    StatusSpan.objects.filter(component=p, ended__isnull=True).count()
                    for p in parts
                ],
                "agree": [
                    StatusSpan.objects.get(component=p, ended__isnull=True).status == p.status
                    for p in Component.objects.filter(is_group=False)
                ],
                "gapless": list(versions) == list(range(1, len(versions) + 1)),
                "latest": current_record(shared) is not None,
                "cases": Case.objects.filter(incident=shared).count(),
                "refused": len(refused),
            }
        )
    )


if __name__ == "__main__":
    main()
