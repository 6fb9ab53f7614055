"""A review as a Markdown file, for those who may read it. Pure."""

from collections.abc import Iterator
from datetime import datetime

from afterword.kit.timespans import format_span, iso_utc
from afterword.postmortems.content import SECTIONS
from afterword.postmortems.models import ActionItem
from afterword.postmortems.queries import Review

MARK = "> **INTERNAL: do not pass on.** Written for those who investigate; nothing here is public."


def as_markdown(review: Review, *, now: datetime) -> str:
    """Return the whole review; times in UTC. The first line says that it is internal."""
    return "\n".join(_lines(review, now)).rstrip() + "\n"


def _lines(review: Review, now: datetime) -> Iterator[str]:
    newest = review.newest
    writer = f" by {newest.author.name}" if newest.author else ""
    yield MARK
    yield ""
    yield f"# Internal review: {review.incident.title}"
    yield ""
    yield (
        f"Revision {newest.number}{writer}, {iso_utc(newest.saved_at)} · "
        f"{review.postmortem.get_state_display().lower()} · exported {iso_utc(now)}"
    )
    yield from _section("What happened", review.content.body)
    yield from _timeline(review)
    yield from _list(
        "Contributing factors", [f"**{f.label}**: {_flat(f.text)}" for f in review.content.factors]
    )
    for name, label in SECTIONS.items():
        yield from _section(label, getattr(review.content, name))
    yield from _list("Action items", [_item(each) for each in review.items])


def _timeline(review: Review) -> Iterator[str]:
    spans = [
        f"{each.label}: {format_span(each.seconds)}"
        for each in review.durations
        if each.seconds is not None
    ]
    yield from _list("How long", spans)
    lines = []
    for entry in review.content.timeline:
        known = f" Known then: {_flat(entry.known)}" if entry.known else ""
        source = f" ({_flat(entry.source)})" if entry.source else ""
        lines.append(f"{entry.at} **{entry.label}**: {_flat(entry.what)}{known}{source}")
    yield from _list("Timeline (UTC)", lines)


def _item(item: ActionItem) -> str:
    box = "x" if item.state == "done" else " "
    about = [
        item.get_state_display(), item.get_mechanism_display(), item.owned_by or "nobody yet",
        item.due.isoformat() if item.due else "no day", item.tracker_url,
    ]  # fmt: skip
    return f"[{box}] {_flat(item.what)} ({' · '.join(each for each in about if each)})"


def _section(title: str, text: str) -> Iterator[str]:
    if text:
        yield from ("", f"## {title}", "", text)


def _list(title: str, lines: list[str]) -> Iterator[str]:
    if lines:
        yield from ("", f"## {title}", "")
        yield from (f"- {line}" for line in lines)


def _flat(text: str) -> str:
    return " ".join(text.split())
