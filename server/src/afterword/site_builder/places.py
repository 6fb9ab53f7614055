"""Places of the site and the files that hold them. Addresses end in a slash; files are flat."""

import re
from collections.abc import Iterable

from afterword.kit.ids import is_public_id
from afterword.site_builder import listed

INDEX = "index"
HISTORY = "history"
FEEDS = "feeds"
API = "api"
LOG = "log"
FRAME = "frame"
EMBEDS = "embeds"
API_FILES = tuple(
    f"api/v2/{name}.json"
    for name in (
        "summary",
        "status",
        "components",
        "incidents",
        "incidents/unresolved",
        "incidents/resolved",
        "scheduled-maintenances",
        "scheduled-maintenances/upcoming",
        "scheduled-maintenances/active",
    )
)
# No address of the first language begins with two letters by themselves.
_LANGUAGE = re.compile(r"\A[a-z]{2}(?:-[a-z]+)?/")
_INCIDENT = "incident:"
_COMPONENT = "component:"
_MONTH = "month:"
_QUARTER = "quarter:"
_LOG = "log:"
LOG_HEAD = "log.json"
FEED_FILES = ("history.atom", "history.rss", "feed.json", "calendar.ics")
EMBED_FILES = (
    "badge.svg",
    "badge/light.svg",
    "badge/dark.svg",
    "embed/frame/index.html",
    "embed/widget/index.html",
    "embed/script.js",
    "embed/se-v2.js",
)
_PLACE_OF_FILE = {
    "index.html": INDEX,
    "history/index.html": HISTORY,
    LOG_HEAD: LOG,
} | dict.fromkeys(FEED_FILES, FEEDS)

_SPEAKING = frozenset({*FEED_FILES, *(each for each in EMBED_FILES if each.endswith(".svg"))})
_NEWS = frozenset({FRAME, INDEX, API, EMBEDS, FEEDS, LOG, listed.MAINTENANCE})


def incident_place(incident_id: str) -> str:
    return f"{_INCIDENT}{incident_id}"


def component_place(component_id: str) -> str:
    return f"{_COMPONENT}{component_id}"


def month_place(month: str) -> str:
    return f"{_MONTH}{month}"


def quarter_place(quarter: str) -> str:
    return f"{_QUARTER}{quarter}"


def log_place(shard: int) -> str:
    return f"{_LOG}{shard}"


def log_shard_of(place: str) -> int | None:
    """Return the shard of the publication log a place is about (1 is the oldest), or None."""
    number = place.removeprefix(_LOG)
    return int(number) if place.startswith(_LOG) and number.isdecimal() else None


def log_file(shard: int) -> str:
    return f"log/{shard:06}.jsonl"


def quarter_of(place: str) -> str | None:
    """Return the quarter (``2026-q1``) a place is about, or None."""
    return place.removeprefix(_QUARTER) if place.startswith(_QUARTER) else None


def incident_of(place: str) -> str | None:
    """Return the incident id a place is about, or None."""
    return place.removeprefix(_INCIDENT) if place.startswith(_INCIDENT) else None


def component_of(place: str) -> str | None:
    """Return the component or group id a place is about, or None."""
    component_id = place.removeprefix(_COMPONENT)
    return component_id if place.startswith(_COMPONENT) and is_public_id(component_id) else None


def month_of(place: str) -> str | None:
    """Return the month (``2026-03``) a place is about, or None."""
    return place.removeprefix(_MONTH) if place.startswith(_MONTH) else None


def incident_address(incident_id: str) -> str:
    return f"/incidents/{incident_id}/"


def component_address(component_id: str) -> str:
    return f"/components/{component_id}/"


def month_address(month: str) -> str:
    return f"/history/{month[:4]}/{month[5:]}/"


def file_of(address: str) -> str:
    """Return the file of an address: ``/history/`` is ``history/index.html``."""
    path = address.lstrip("/")
    return f"{path}index.html" if not path or path.endswith("/") else path


def address_of(path: str) -> str:
    """Return the address of a file: ``history/index.html`` is ``/history/``."""
    return f"/{path.removesuffix('index.html')}"


def in_language(code: str, path: str) -> str:
    """Return where a file lies in one of the page's other languages: ``de/index.html``."""
    return f"{code}/{path}"


def speaks(path: str) -> bool:
    """Whether a file speaks to people, so that there is one in each language of the page.

    Answers for programs and the log are the same for everybody.
    """
    return path.endswith((".html", ".md")) or path in _SPEAKING


def without_language(path: str) -> str:
    """Return the name a file has in the page's first language."""
    return _LANGUAGE.sub("", path)


def place_of(path: str) -> str:
    """Return the place that makes a file; what belongs to no other place is the frame's."""
    path = without_language(path)
    if path in _PLACE_OF_FILE:
        return _PLACE_OF_FILE[path]
    return listed.place_of(path) or _place_of(path)


def _place_of(path: str) -> str:
    match path.split("/"):
        case ["log", name] if name.removesuffix(".jsonl").isdecimal():
            return log_place(int(name.removesuffix(".jsonl")))
        case ["history", name] if name.endswith(".json"):
            return quarter_place(name.removesuffix(".json"))
        case ["api", "v2", *_]:
            return API
        case ["embed" | "badge", *_] | ["badge.svg"]:
            return EMBEDS
        case ["incidents", name] if name.endswith((".json", ".md")):
            return incident_place(name.removesuffix(".json").removesuffix(".md"))
        case ["incidents", incident_id, "index.html"]:
            return incident_place(incident_id)
        case ["components", component_id, "index.html"]:
            return component_place(component_id)
        case ["history", year, month, "index.html"]:
            return month_place(f"{year}-{month}")
        case _:
            return FRAME


def files_of(place: str) -> tuple[str, ...] | None:
    """Return the files a place may have, or None for the frame, which has any number."""
    if place in _FILES_OF:
        return _FILES_OF[place]
    if address := listed.address_of(place):
        return (file_of(address),)
    if (shard := log_shard_of(place)) is not None:
        return (log_file(shard),)
    if incident_id := incident_of(place):
        name = f"incidents/{incident_id}"
        return (file_of(incident_address(incident_id)), f"{name}.json", f"{name}.md")
    if component_id := component_of(place):
        return (file_of(component_address(component_id)),)
    if quarter := quarter_of(place):
        return (f"history/{quarter}.json",)
    if month := month_of(place):
        return (file_of(month_address(month)),)
    return None


_FILES_OF = {
    INDEX: ("index.html",),
    HISTORY: (file_of("/history/"),),
    API: API_FILES,
    FEEDS: FEED_FILES,
    EMBEDS: EMBED_FILES,
    LOG: (LOG_HEAD,),
}


def is_news(place: str) -> bool:
    """Whether a place tells what is going on now, and costs the same however long the history is.

    The others (months, quarters, years, components …) hold more the more happened.
    """
    return place in _NEWS or place.startswith((_INCIDENT, _LOG))


def in_building_order(places: Iterable[str]) -> list[str]:
    """Return places so that what is linked to exists first: frame, incidents, months, index."""
    return sorted(set(places), key=lambda place: (_rank(place), place))


def _rank(place: str) -> int:
    if place == FRAME:
        return 0
    if place.startswith(_INCIDENT):
        return 1
    if place.startswith(_MONTH):
        return 2
    if place.startswith(_COMPONENT):
        return 3
    return 4
