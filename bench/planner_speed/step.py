"""One step of the measurement in a process of its own; prints what it found as one line of JSON.

python -m planner_speed.step grow 1000   an incident, so many customers and as many subscribers
python -m planner_speed.step plan 3      plans its follow-up so many times
"""

import json
import resource
import sys
import time
from pathlib import Path
from typing import Any

import django

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "server" / "tests"))
django.setup()

from django.db import connection  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402

from afterword.audience.models import (  # noqa: E402
    Contact,
    Customer,
    Subscriber,
    SubscriberState,
)
from afterword.followups.queries import outlook, plan_of  # noqa: E402
from afterword.incidents.models import Incident  # noqa: E402
from afterword.kit import clock  # noqa: E402
from statements.world import build  # noqa: E402

BATCH = 5000


def grow(count: int) -> dict[str, Any]:
    """Half of the customers have a contract, and every third contact is subscribed as well."""
    now = clock.now()
    page = build(now).page
    for start in range(0, count, BATCH):
        numbers = range(start, min(start + BATCH, count))
        customers = Customer.objects.bulk_create(
            Customer(
                page=page, account_id=f"a{n}", name=f"Company {n}", tier="",
                sla_target="99.9" if n % 2 else None, created_at=now, updated_at=now,
            )
            for n in numbers
        )  # fmt: skip
        Contact.objects.bulk_create(
            Contact(customer=customer, name=f"Person {n}", email=f"person{n}@mail.example")
            for customer, n in zip(customers, numbers, strict=True)
        )
        Subscriber.objects.bulk_create(
            Subscriber(
                page=page, email=f"{'person' if n % 3 == 0 else 'reader'}{n}@mail.example",
                state=SubscriberState.ACTIVE, created_at=now, confirmed_at=now,
            )
            for n in numbers
        )  # fmt: skip
    return {"customers": count}


def plan(times: int) -> dict[str, Any]:
    incident = Incident.objects.earliest("pk")
    found: dict[str, Any] = {}
    for _ in range(times):
        with CaptureQueriesContext(connection) as asked:
            began = time.perf_counter()
            segments = plan_of(incident)
            took = time.perf_counter() - began
        found["plan"] = min(took, found.get("plan", took))
        found["plan_queries"] = len(asked)
        with CaptureQueriesContext(connection) as asked:
            began = time.perf_counter()
            letters = outlook(incident, segments, clock.now()).letters
            took = time.perf_counter() - began
        found["outlook"] = min(took, found.get("outlook", took))
        found["outlook_queries"] = len(asked)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return found | {"megabytes": peak, "letters": sum(len(each) for each in letters.values())}


VERBS = {"grow": grow, "plan": plan}

if __name__ == "__main__":
    print(json.dumps(VERBS[sys.argv[1]](int(sys.argv[2]))))
