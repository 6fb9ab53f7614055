"""What a crash test does to a house from outside: `python hands.py <act>` in its environment."""

import json
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import django
from django.core.management import call_command


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
    from fanout.published import publish as publish_one

    for _ in range(times):
        publish_one(the_page(), datetime.now(UTC))


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
        "expand": expand,
        "tally": tally,
        "steer": lambda: steer(arguments[0]),
    }
    acts[act]()


if __name__ == "__main__":
    main()
