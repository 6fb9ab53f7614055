"""What another page took back of an incident that came from there: how an import tells less.

Nothing of what is told elsewhere is in a measure of when it was told, but it stands in the history,
and later incidents are held against it.
"""

from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Any, Final

from afterword.audit.models import Entry
from afterword.components.models import Page
from afterword.incidents.models import Impact, Incident
from afterword.incidents.states import OVER
from afterword.trust.lookups import Row, of_keys, within
from afterword.trust.periods import Period

_ABOUT: Final = "incident:"
_GRAVER: Final[Mapping[str, int]] = MappingProxyType(
    {each: place for place, each in enumerate(Impact.values)}
)
_INSTANTS: Final[Mapping[str, str]] = MappingProxyType({
    "started_at": "its beginning",
    "resolved_at": "its end",
    "scheduled_for": "the planned beginning",
    "scheduled_until": "the planned end",
})  # fmt: skip


def imports(page: Page, period: Period) -> Iterator[tuple[Entry, Row, list[str]]]:
    """Yield the imports of the period that took something back, with the incident (``public_id``,
    ``title``) and what each took back, in words.
    """
    made = within(Entry.objects.filter(verb="incidents.import"), "at", period)
    said = [
        (entry, found)
        for entry in made.filter(detail__has_key="changed").order_by("sequence")
        if (found := told_otherwise(entry.detail))
    ]
    names = sorted({_name(entry) for entry, _ in said})
    ours = Incident.objects.filter(page=page).order_by()
    known = {
        each["public_id"]: each for each in of_keys(ours, "public_id", names, "public_id", "title")
    }
    for entry, found in said:
        if _name(entry) in known:
            yield entry, known[_name(entry)], found


def told_otherwise(detail: Mapping[str, Any]) -> list[str]:
    """Return in words what an import took back, from what the log keeps of it; nothing where it
    only told how things went on. Pure.
    """
    changed: Mapping[str, Sequence[Any]] = detail["changed"]
    said = []
    was, now = changed.get("status", ("", ""))
    if was in OVER and now not in OVER:
        said.append(f"open again ({now}), which was over")
    was, now = changed.get("impact", ("", ""))
    if _GRAVER.get(now, 0) < _GRAVER.get(was, 0):
        said.append(f"impact {was} became {now}")
    was, now = changed.get("severity", (0, 0))
    if now > was:
        said.append(f"severity {was} became {now}")
    for name, words in _INSTANTS.items():
        was, now = changed.get(name, (None, None))
        if was and now:
            said.append(f"{words} {was} became {now}")
    if edited := detail.get("edited"):
        said.append("1 update edited" if edited == 1 else f"{edited:,} updates edited")
    return said


def _name(entry: Entry) -> str:
    return entry.subject.removeprefix(_ABOUT)
