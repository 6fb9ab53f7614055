"""One step of the measurement in a process of its own; prints what it found as one line of JSON.

python -m send_speed.step readers 20000   a page with so many confirmed subscribers
python -m send_speed.step publish 1       publications that go to all of them
python -m send_speed.step expand 0        letters of what was published
python -m send_speed.step send 10         hand over what waits, in so many connections
python -m send_speed.step write 5         what web requests write, for so many seconds
python -m send_speed.step mass 500        so many letters through Django's send_mass_mail
"""

import json
import os
import resource
import statistics
import sys
import time
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import django

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "server" / "tests"))
django.setup()

from django.conf import settings  # noqa: E402
from django.core.mail import EmailMultiAlternatives, get_connection  # noqa: E402
from django.db import connection  # noqa: E402
from django.db.models import Count  # noqa: E402

from afterword.audience.links import unsubscribe_url  # noqa: E402
from afterword.audience.models import SignUpRequest, Subscriber, SubscriberState  # noqa: E402
from afterword.components.models import Page  # noqa: E402
from afterword.fanout.actions import expand_due, keep_counts  # noqa: E402
from afterword.kit import clock  # noqa: E402
from afterword.postbox.envelope import envelope_of  # noqa: E402
from afterword.postbox.models import Letter, Message  # noqa: E402
from afterword.worker.loop import Worker  # noqa: E402
from fanout.published import a_page  # noqa: E402
from fanout.published import publish as publish_one  # noqa: E402

BODY = "\n\n".join(
    f"{n}. Card payments work again since 11:40 UTC. Between 10:02 and 11:40 UTC, payments by card "
    "were declined for about one customer in five; nobody was charged twice. We have turned off "
    "the connection pool's new limit, which was the cause, and watch it for the next two days."
    for n in range(1, 8)
)


def readers(count: int) -> dict[str, Any]:
    past = clock.now() - timedelta(days=1)
    page = Page.objects.first() or a_page(past)
    have = Subscriber.objects.count()
    if connection.vendor == "postgresql" and count > 100_000:
        _many_readers(page, past, count)
        have = count
    for start in range(have, count, 10_000):
        Subscriber.objects.bulk_create(
            Subscriber(
                page=page, email=f"reader{n}@mail.example", state=SubscriberState.ACTIVE,
                created_at=past, confirmed_at=past,
            )
            for n in range(start, min(start + 10_000, count))
        )  # fmt: skip
    return {"readers": count}


def _many_readers(page: Page, past: datetime, count: int) -> None:
    """The same by the database alone: a million by way of Python takes minutes."""
    Subscriber.objects.create(
        page=page, email="first@mail.example", state=SubscriberState.ACTIVE,
        created_at=past, confirmed_at=past,
    )  # fmt: skip
    names = [each.column for each in Subscriber._meta.concrete_fields if each.column != "id"]
    own = {
        "email": "'reader' || n || '@mail.example'",
        "token": "encode(sha256(n::text::bytea), 'hex')",
    }
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO audience_subscriber ({', '.join(names)}) "
            f"SELECT {', '.join(own.get(each, each) for each in names)} "
            f"FROM audience_subscriber, generate_series(2, {count}) AS n"
        )
        cursor.execute("ANALYZE audience_subscriber")


def publishing(times: int) -> dict[str, Any]:
    """What publishing takes, a few times with half a second between."""
    took = []
    for _ in range(times):
        time.sleep(0.5)
        began = time.perf_counter()
        publish_one(Page.objects.get(), clock.now(), body=BODY)
        took.append(time.perf_counter() - began)
    return {"median": statistics.median(took), "most": max(took)}


def forget(_: int) -> dict[str, Any]:
    """Take what was published so far as told, so that it makes no letters."""
    expand_due(now=clock.now() + timedelta(days=4))
    return {}


def publish(times: int) -> dict[str, Any]:
    keep_counts()  # The worker has, by the time there is more to tell of an incident.
    for _ in range(times):
        publish_one(Page.objects.get(), clock.now(), body=BODY)
    return {}


def expand(_: int) -> dict[str, Any]:
    idle, before = _megabytes("VmRSS"), Letter.objects.count()
    began = time.perf_counter()
    expand_due(now=clock.now())
    return {
        "seconds": time.perf_counter() - began, "letters": Letter.objects.count() - before,
        "idle": idle, "megabytes": _megabytes("VmHWM"),
    }  # fmt: skip


def send(connections: int) -> dict[str, Any]:
    idle = _megabytes("VmRSS")
    waiting = Letter.objects.filter(state="waiting").count()
    first = Letter.objects.filter(state="waiting").select_related("message").first()
    assert first is not None
    size = len(envelope_of(first.message).fill(first))
    own = _spent(resource.RUSAGE_SELF)
    began = time.perf_counter()
    with closing(Worker(smtp={**settings.SMTP, "connections": connections})) as worker:
        while worker._send(clock.now()).get("accepted"):
            pass
    seconds = time.perf_counter() - began
    # The process that talks has ended with the worker.
    talking = resource.getrusage(resource.RUSAGE_CHILDREN)
    return {
        "letters": waiting, "seconds": seconds, "bytes": size, "states": _states(),
        "idle": idle, "most": _megabytes("VmHWM") + talking.ru_maxrss / 1024,
        "microseconds": {
            "database": round(_spent(resource.RUSAGE_SELF, own) / max(1, waiting) * 1e6, 1),
            "talking": round((talking.ru_utime + talking.ru_stime) / max(1, waiting) * 1e6, 1),
        },
    }  # fmt: skip


def _spent(whose: int, before: float = 0.0) -> float:
    """Return the processor time in seconds since then."""
    used = resource.getrusage(whose)
    return used.ru_utime + used.ru_stime - before


def states(_: int) -> dict[str, Any]:
    return {"states": _states()}


def _states() -> dict[str, int]:
    return dict(Letter.objects.order_by().values_list("state").annotate(n=Count("pk")))


def mass(count: int) -> dict[str, Any]:
    """What `send_mass_mail` does for letters with two forms and headers of their own."""
    message = Message.objects.order_by("-pk")[0]
    backend = get_connection(
        "django.core.mail.backends.smtp.EmailBackend",
        host=settings.SMTP["host"],
        port=settings.SMTP["port"],
    )
    began = time.perf_counter()
    mails = []
    for number in range(count):
        link = unsubscribe_url(f"token{number}")
        mail = EmailMultiAlternatives(
            message.subject, f"{message.text}\n{link}", message.sender,
            [f"reader{number}@mail.example"], headers={"List-Unsubscribe": f"<{link}>"},
        )  # fmt: skip
        mail.attach_alternative(f"{message.html}{link}", "text/html")
        mails.append(mail)
    backend.send_messages(mails)
    return {"seconds": time.perf_counter() - began}


def write(seconds: int) -> dict[str, Any]:
    """What a web request writes, fifty times a second; return how long each took."""
    took = []
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        began = time.perf_counter()
        SignUpRequest.objects.create(network="bench", at=clock.now())
        took.append(time.perf_counter() - began)
        time.sleep(0.02)
    return {"p99": sorted(took)[int(len(took) * 0.99)], "times": len(took)}


def _megabytes(which: str) -> float:
    status = Path("/proc/self/status").read_text(encoding="ascii")
    line = next(line for line in status.splitlines() if line.startswith(f"{which}:"))
    return int(line.split()[1]) / 1024


VERBS = {
    "write": write,
    "states": states,
    "readers": readers,
    "publish": publish,
    "publishing": publishing,
    "forget": forget,
    "expand": expand,
    "send": send,
    "mass": mass,
}

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "afterword.config.settings")
    print(json.dumps(VERBS[sys.argv[1]](int(sys.argv[2]))))
