"""What a crash test does to a house from outside: `python hands.py <act>` in its environment."""

import json
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import django
from django.core.management import call_command

OLDER = {"postbox": "0004", "fanout": "0002", "audience": "0007"}


def found(readers: int) -> None:
    """Make the database, a page and its confirmed subscribers."""
    from afterword.audience.models import Subscriber, SubscriberState
    from fanout.published import a_page

    call_command("migrate", verbosity=0)
    past = datetime.now(UTC) - timedelta(days=1)
    page = a_page(past)
    Subscriber.objects.bulk_create(
        Subscriber(
            page=page,
            email=f"reader{n}@mail.example",
            state=SubscriberState.ACTIVE,
            created_at=past,
            confirmed_at=past,
        )
        for n in range(readers)
    )


def publish(times: int) -> None:
    from afterword.components.queries import the_page
    from afterword.kit.ids import new_public_id
    from fanout.published import publish as publish_one

    for _ in range(times):
        # Of an incident each: of two about one, older words would not leave after newer ones.
        publish_one(the_page(), datetime.now(UTC), incident_id=new_public_id())


def tell(status: str) -> None:
    """Publish the next update of one incident."""
    from afterword.components.queries import the_page
    from fanout.published import publish as publish_one

    publish_one(the_page(), datetime.now(UTC), status=status, title=f"This is {status}")


def expand() -> None:
    from afterword.fanout.actions import expand_due

    expand_due(now=datetime.now(UTC))


def steer(what: str) -> None:
    """Pause, resume or cancel the newest run of letters, as a person would."""
    from afterword.accounts.permissions import MACHINE
    from afterword.fanout import actions
    from afterword.fanout.models import Mailing

    mailing = Mailing.objects.select_related("publication__page").latest("pk")
    verbs = {"pause": actions.pause, "resume": actions.resume, "cancel": actions.cancel}
    verbs[what](actor=MACHINE, now=datetime.now(UTC), mailing=mailing, reason="a test")


def older() -> None:
    """Take the tables back to what they were before runs could be paused and digests were kept."""
    for room, migration in OLDER.items():
        call_command("migrate", room, migration, verbosity=0)


def older_models() -> Any:
    """Return the models as a version knew them that was written before those tables."""
    from django.db.migrations.loader import MigrationLoader

    loader = MigrationLoader(None)
    names = [name for room, start in OLDER.items() for name in loader.graph.nodes
             if name[0] == room and name[1].startswith(start)]  # fmt: skip
    return loader.project_state(names).apps


def older_half_sent() -> None:
    """What an older worker leaves that dies in the middle: half sent, a quarter claimed."""
    letters = older_models().get_model("postbox", "Letter").objects
    ids = list(letters.order_by("pk").values_list("pk", flat=True))
    now = datetime.now(UTC)
    half, quarter = ids[: len(ids) // 2], ids[len(ids) // 2 : len(ids) * 3 // 4]
    letters.filter(pk__in=half).update(state="sent", sent_at=now, attempts=1)
    soon = now + timedelta(seconds=3)
    letters.filter(pk__in=quarter).update(
        state="claimed", claimed_by="gone", lease_until=soon, next_at=soon
    )


def older_writes() -> None:
    """What an older server and an older worker write to the new tables: a reader, a hook, a run."""
    now = datetime.now(UTC)
    models = older_models()
    page = models.get_model("components", "Page").objects.get()
    reader = models.get_model("audience", "Subscriber").objects.create(
        page=page, email="late@mail.example", state="active", created_at=now, confirmed_at=now
    )
    models.get_model("audience", "Hook").objects.create(
        page=page, channel="webhook", address_mark="0" * 64, sealed_url="", sealed_secret="",
        email="owner@mail.example", created_at=now,
    )  # fmt: skip
    publication = models.get_model("publishing", "Publication").objects.latest("pk")
    models.get_model("fanout", "Mailing").objects.create(
        publication=publication, cutoff_id=reader.pk, started_at=now
    )


def upload(rows: int) -> None:
    """Keep a file of so many customers, with a contact each, for the worker to read."""
    from afterword.accounts.permissions import MACHINE
    from afterword.audience.actions.intake import bring_customers
    from afterword.audience.models import Intake
    from afterword.components.queries import the_page

    lines = [f"a{n},Oakline {n},99.9,it{n}@oakline.example" for n in range(rows)]
    raw = "\n".join(["account_id,name,sla_target,contact_email", *lines]).encode()
    bring_customers(
        actor=MACHINE, now=datetime.now(UTC), page=the_page(), raw=raw, kind=Intake.Kind.CSV,
        dry_run=False, later=True,
    )  # fmt: skip


def uploaded() -> None:
    """Print how far uploads are, what there is of customers, and how often that was logged."""
    from afterword.audience.models import Contact, Customer, Intake, IntakePiece
    from afterword.audit.models import Entry

    columns = ("state", "step", "rows_done", "tries", "added", "claimed_by")
    told = {
        "uploads": list(Intake.objects.order_by("pk").values(*columns)),
        "customers": Customer.objects.count(),
        "contacts": Contact.objects.count(),
        "logged": Entry.objects.filter(verb="audience.import_customers").count(),
        "pieces": IntakePiece.objects.count(),
    }
    sys.stdout.write(json.dumps(told))


def tally() -> None:
    """Print the letters by state and the recorded attempts by outcome."""
    from collections import Counter

    from afterword.postbox.models import Attempt, Letter

    states = Counter(Letter.objects.values_list("state", flat=True))
    outcomes = Counter(Attempt.objects.values_list("outcome", flat=True))
    sys.stdout.write(json.dumps({"states": states, "outcomes": outcomes}))


def main() -> None:
    act, *arguments = sys.argv[1:]
    django.setup()
    acts = {
        "found": lambda: found(int(arguments[0])),
        "publish": lambda: publish(int(arguments[0])),
        "tell": lambda: tell(arguments[0]),
        "expand": expand,
        "tally": tally,
        "upload": lambda: upload(int(arguments[0])),
        "uploaded": uploaded,
        "steer": lambda: steer(arguments[0]),
        "older": older,
        "older_half_sent": older_half_sent,
        "older_writes": older_writes,
        "migrate": lambda: call_command("migrate", verbosity=0),
    }
    acts[act]()


if __name__ == "__main__":
    main()
