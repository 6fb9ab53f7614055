"""Readers leave while letters to them are being written; run by test_expand in a process."""

import json
import threading
import time
from datetime import UTC, datetime, timedelta

import django

django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connection, transaction  # noqa: E402

from afterword.audience.actions.subscribers import unsubscribe  # noqa: E402
from afterword.audience.models import Subscriber  # noqa: E402
from afterword.fanout.actions import expanding  # noqa: E402
from afterword.fanout.models import Mailing  # noqa: E402
from afterword.postbox.models import Letter  # noqa: E402
from fanout.published import a_page, publish, subscribed  # noqa: E402

now = datetime.now(UTC)


def in_a_thread(work: threading.Thread) -> float:
    """Run it, and return how long it took in seconds."""
    began = time.monotonic()
    work.start()
    work.join(60)
    return time.monotonic() - began


def leaves(token: str) -> None:
    unsubscribe(now=now, token=token)
    connection.close()


def expands() -> None:
    expanding.expand_due(now=now)
    connection.close()


def begun() -> Mailing:
    publish(page, now)
    expanding._begin_all(now)
    return Mailing.objects.latest("pk")


def found(email: str) -> list[str]:
    letters = Letter.objects.filter(recipient=email, about__startswith="publication:")
    return list(letters.order_by("pk").values_list("state", flat=True))


call_command("migrate", verbosity=0)
page = a_page(now - timedelta(days=2))
ada, bob, eve = subscribed(
    page, now - timedelta(days=1), "ada@mail.example", "bob@mail.example", "eve@mail.example"
)

# Ada leaves while the letters are written and not yet committed.
mailing = begun()
going = threading.Thread(target=leaves, args=(ada.token,))
with transaction.atomic():
    expanding._expand_some(mailing.pk, now)
    going.start()
    time.sleep(1)
    waited = going.is_alive()
going.join(60)
expands_after = threading.Thread(target=expands)
in_a_thread(expands_after)
first = {each: found(f"{each}@mail.example") for each in ("ada", "bob", "eve")}

# Bob has left and that is not yet committed when the letters are to be written.
begun()
writing = threading.Thread(target=expands)
with transaction.atomic():
    unsubscribe(now=now, token=bob.token)
    writing.start()
    time.sleep(1)
    stood = writing.is_alive()
writing.join(60)
second = {each: found(f"{each}@mail.example") for each in ("ada", "bob", "eve")}

print(
    json.dumps(
        {
            "waited": waited,
            "stood": stood,
            "first": first,
            "second": second,
            "active": Subscriber.objects.filter(state="active").count(),
        }
    )
)
