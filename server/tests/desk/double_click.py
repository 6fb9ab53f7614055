"""One form sent by many threads at the same instant; run by test_double_click in a process."""

import json
import threading

import django

django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connections  # noqa: E402
from django.test import Client  # noqa: E402

from afterword.audience.actions.subscribers import confirm, subscribe  # noqa: E402
from afterword.audience.links import confirmation_of  # noqa: E402
from afterword.fanout.actions import expand_due  # noqa: E402
from afterword.incidents.models import Incident  # noqa: E402
from afterword.kit import clock  # noqa: E402
from afterword.postbox.models import Letter  # noqa: E402
from afterword.publishing.models import Publication  # noqa: E402
from desk.office import build, signed_in  # noqa: E402

CLICKS = 6
READERS = 5
broken: list[str] = []


def clicked(client: Client, address: str, post: dict[str, str]) -> list[str]:
    """Send the form by many threads together; return where each was led."""
    led: list[str] = []
    start = threading.Barrier(CLICKS)

    def click() -> None:
        own = Client(HTTP_HOST="localhost")
        own.cookies = client.cookies.copy()
        try:
            start.wait()
            answer = own.post(address, post)
            led.append(f"{answer.status_code} {answer.get('Location', '')}")
        except Exception as fault:  # noqa: BLE001
            broken.append(repr(fault))
        finally:
            connections.close_all()

    threads = [threading.Thread(target=click) for _ in range(CLICKS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return led


def expand() -> None:
    while expand_due(now=clock.now()).begun:
        pass


def main() -> None:
    call_command("migrate", verbosity=0)
    office = build(clock.now())
    expand()  # what was said before anybody subscribed
    for number in range(READERS):
        one = subscribe(now=clock.now(), page=office.page, email=f"r{number}@fernway.example")
        confirm(now=clock.now(), token=confirmation_of(one.token, clock.now()))
    before = Publication.objects.count()
    client = signed_in(office.wanda)
    opened = clicked(
        client,
        "/desk/incidents/new/",
        {
            "title": "Reports are slow",
            "body": "Reports take minutes to load. We look for the cause.",
            "severity": "3",
            "notify": "on",
            "form_key": "the first form",
        },
    )
    incident = Incident.objects.filter(title="Reports are slow").order_by("pk")[0]
    resolved = clicked(
        client,
        f"/desk/incidents/{incident.public_id}/update/",
        {
            "status": "resolved",
            "body": "Reports load in seconds again.",
            "notify": "on",
            "form_key": "the second form",
        },
    )
    expand()
    about = Letter.objects.filter(message__stream="status").values_list("about", "recipient")
    print(
        json.dumps(
            {
                "broken": broken,
                "opened": sorted(set(opened)),
                "resolved": sorted(set(resolved)),
                "answers": len(opened) + len(resolved),
                "incidents": Incident.objects.filter(title="Reports are slow").count(),
                "publications": Publication.objects.count() - before,
                "letters": sorted(recipient for _, recipient in about),
            }
        )
    )


if __name__ == "__main__":
    main()
