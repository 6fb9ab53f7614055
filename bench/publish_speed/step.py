"""One step of the measurement in a process of its own; prints what it found as one line of JSON.

python -m publish_speed.step grow 100     copies until there are so many incidents
python -m publish_speed.step build 200    the site, with the pages of the newest 200 incidents
python -m publish_speed.step publish 15   publishes so many times, each until it can be read
"""

import contextlib
import http.client
import json
import os
import resource
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import django

django.setup()

from afterword.accounts.permissions import MACHINE  # noqa: E402
from afterword.components.actions import create_component, create_page  # noqa: E402
from afterword.components.models import Component, Page  # noqa: E402
from afterword.incidents.models import Incident  # noqa: E402
from afterword.kit import clock  # noqa: E402
from afterword.publishing import queries  # noqa: E402
from afterword.publishing.actions import announce_incident, announce_update  # noqa: E402
from afterword.publishing.models import PublicIncident  # noqa: E402
from afterword.site_builder import actions, folder, places  # noqa: E402
from publish_speed.copying import copy_to, told_once  # noqa: E402

YEARS = timedelta(days=20 * 365)
MOST = int(os.environ.get("BENCH_MOST", "100000"))
_TEMPLATE = Path(os.environ["AFTERWORD_DATA_DIR"], "template.pickle")


def grow(until: int) -> dict[str, Any]:
    """Make the page and its first incident, then copies. Seeding is not what is measured."""
    began = time.monotonic()
    page = Page.objects.first() or _founded()
    have = PublicIncident.objects.filter(page=page).count()
    if have == 0:
        _keep(told_once(lambda: _one_incident(page)))
        have = 1
    template = _kept()
    copy_to(template, have, until - 1, YEARS - timedelta(days=2), until)
    return {"incidents": PublicIncident.objects.count(), "seconds": time.monotonic() - began}


def build(newest: int) -> dict[str, Any]:
    """Build what every site has and the newest incidents, as a whole build would."""
    page = Page.objects.get()
    site = folder.Folder(actions.site_dir())
    shown = PublicIncident.objects.filter(page=page).order_by("-newest_at", "-id")
    ids = list(shown.values_list("incident_id", flat=True)[:newest])
    newest_month = queries.months(page)[0].month
    others = [each for each in actions._all_places(page) if not _grows(each, newest_month)]
    began = time.monotonic()
    built = actions._build(page, site, [places.incident_place(each) for each in ids])
    seconds = time.monotonic() - began
    actions._build(page, site, others)
    site.put({}, inputs=actions._inputs(page))
    _tell_of_the_rest(page, site)
    pages = sum(path.endswith(".html") for path in built.made)
    return {"pages": pages, "files": len(built.made), "seconds": seconds}


def publish(times: int) -> dict[str, Any]:
    """Publish an incident and updates to it; measure until the front answers with the new words."""
    page = Page.objects.get()
    part = Component.objects.filter(page=page).first()
    assert part is not None
    now = clock.now()
    first = announce_incident(
        actor=MACHINE, now=now, page=page, title="Invoices are late", notify=False,
        body="Invoices you send arrive late. We look for the cause.",
        components={part: "partial_outage"},
    )  # fmt: skip
    actions.build_pending(now=now)
    incident = Incident.objects.get(public_id=first.incident_id)
    seen, followed = [], []
    with _front() as read:
        for number in range(times):
            words = f"Invoices still arrive late. This is what we know at look number {number + 1}."
            began = time.perf_counter()
            announce_update(
                actor=MACHINE, now=clock.now(), incident=incident, status="investigating",
                body=words, notify=False,
            )  # fmt: skip
            actions.build_at_once(now=clock.now())
            while not all(
                words.encode() in read(address)
                for address in (f"/incidents/{incident.public_id}/", "/", "/api/v2/summary.json")
            ):
                time.sleep(0.001)
            seen.append(time.perf_counter() - began)
            actions.build_pending(now=clock.now())
            followed.append(time.perf_counter() - began)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {"seen": seen, "followed": followed, "megabytes": peak}


def _founded() -> Page:
    then = _long_ago()
    page = create_page(actor=MACHINE, now=then, name="Larkbridge", url="http://127.0.0.1")
    for name in ("Invoice sending", "Sign-in", "Reports"):
        create_component(actor=MACHINE, now=then, page=page, name=name)
    return page


def _one_incident(page: Page) -> None:
    then = _long_ago() + timedelta(hours=1)
    part = Component.objects.filter(page=page).first()
    assert part is not None
    first = announce_incident(
        actor=MACHINE, now=then, page=page, title="Reports are late", notify=False,
        body="Reports arrive late. We look for the cause.", components={part: "partial_outage"},
    )  # fmt: skip
    announce_update(
        actor=MACHINE, now=then + timedelta(minutes=48), notify=False, status="resolved",
        incident=Incident.objects.get(public_id=first.incident_id),
        body="Reports arrive on time again since 09:48 UTC.", components={part: "operational"},
    )  # fmt: skip


def _long_ago() -> datetime:
    return (clock.now() - YEARS).replace(hour=8, minute=0, second=0, microsecond=0)


def _grows(place: str, newest_month: str) -> bool:
    """Whether there are the more places of a kind, the longer the history is."""
    kind, _, key = place.partition(":")
    return kind in {"incident", "log", "quarter"} or (kind == "month" and key != newest_month)


def _tell_of_the_rest(page: Page, site: folder.Folder) -> None:
    """Fill the manifest as it would be with every page built; the pages themselves are not read."""
    by_shard: dict[str, dict[str, Any]] = {}
    any_entry = next(entry for path, entry in site.entries().items() if "incidents/" in path)
    for incident_id in queries.incident_ids(page):
        for path in places.files_of(places.incident_place(incident_id)) or ():
            by_shard.setdefault(folder.shard_of(path), {})[path] = any_entry
    for name, files in by_shard.items():
        known = site._read(name).get("files", {})
        document = {"version": folder._VERSION, "files": {**files, **known}}
        (site.root / name).write_text(folder._as_text(document), encoding="utf-8")


@contextlib.contextmanager
def _front() -> Iterator[Callable[[str], bytes]]:
    """Run the front over the site; gives a function that reads an address."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port, handle = listener.getsockname()[1], listener.fileno()
        command = [
            sys.executable, "-m", "afterword.public_site.serving", str(handle),
            str(actions.site_dir()), "no-application",
        ]  # fmt: skip
        with subprocess.Popen(command, pass_fds=[handle]) as front:
            line = http.client.HTTPConnection("127.0.0.1", port, timeout=30)

            def read(address: str) -> bytes:
                line.request("GET", address)
                return line.getresponse().read()

            try:
                read("/")
                yield read
            finally:
                line.close()
                front.terminate()


def _keep(template: Any) -> None:
    import pickle

    _TEMPLATE.write_bytes(pickle.dumps(template))


def _kept() -> Any:
    import pickle

    return pickle.loads(_TEMPLATE.read_bytes())


if __name__ == "__main__":
    verb, number = sys.argv[1], int(sys.argv[2])
    print(json.dumps({"grow": grow, "build": build, "publish": publish}[verb](number)))
