"""The shapes the demo's history is written in. Times are minutes from the start, UTC."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from afterword.kit.timespans import format_span


@dataclass(frozen=True)
class Said:
    """One update: minutes after the start, status, words, and what became of components."""

    minutes: int
    status: str
    words: str
    components: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Past:
    """An incident or maintenance from before Afterword, as the old page told it."""

    days_ago: int
    clock: str
    title: str
    impact: str
    components: tuple[str, ...]
    said: tuple[Said, ...]
    kind: str = "incident"
    planned_minutes: int = 0


@dataclass(frozen=True)
class Promise:
    """A public promise; days count from the incident. ``slipped_to`` is a later, announced date."""

    what: str
    why: str
    effect: str
    mechanism: str
    owner: str
    due: int
    done: int | None = None
    slipped_to: int | None = None
    dropped: int | None = None
    dropped_because: str = ""
    state: str = "planned"


@dataclass(frozen=True)
class Written:
    """A statement: title and body with places for dates and figures of the story."""

    title: str
    body: str


@dataclass(frozen=True)
class Story:
    """An incident since Afterword, with everything said and promised after it."""

    key: str
    days_ago: int
    clock: str
    minutes: int
    title: str
    severity: int
    impacts: dict[str, str]
    said: tuple[Said, ...]
    affected: int
    total: int
    symptom: str
    cause: str
    fingerprint: str
    checked_how: str
    data_nouns: tuple[str, ...]
    cause_class: str = "unknown"
    noticed_after: int = 6
    watched: int = 20
    confidence: str = "confirmed"
    data: dict[str, Any] = field(default_factory=dict)
    previous: str = ""
    closure: Written | None = None
    outcome: str = "summary"
    reason: str = ""
    summary: Written | None = None
    summary_after_days: int = 2
    promises: tuple[Promise, ...] = ()
    everyone: str = "The page says it all, and everybody subscribed gets it by mail."
    sla: tuple[str, str] | None = None
    sla_letter: Written | None = None
    # Accounts (id, agreed percent) whose level this alone took them under.
    missed: tuple[tuple[str, float], ...] = ()
    data_letter: Written | None = None


class Figures(dict[str, str]):
    """What the places in a text stand for; an unknown place is an error of the writer."""

    def __missing__(self, key: str) -> str:
        raise KeyError(f"the demo's texts know no {{{key}}}")


def began_at(days_ago: int, clock: str, now: datetime) -> datetime:
    """Return the instant so many days before ``now`` at that UTC time of day."""
    hours, minutes = clock.split(":")
    day = now.astimezone(UTC).date() - timedelta(days=days_ago)
    return datetime.combine(day, time(int(hours), int(minutes)), tzinfo=UTC)


def long_date(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def figures_of(story: Story, began: datetime, earlier: datetime | None) -> Figures:
    """Return the dates and figures that the texts of a story may name."""
    ended = began + timedelta(minutes=story.minutes)
    watched = ended + timedelta(minutes=story.watched)
    found = Figures(
        day=long_date(began.date()),
        began=f"{began:%H:%M}",
        ended=f"{ended:%H:%M}",
        began_full=f"{long_date(began.date())}, {began:%H:%M} UTC",
        ended_full=f"{long_date(ended.date())}, {ended:%H:%M} UTC",
        end_day=long_date(ended.date()),
        duration=format_span(story.minutes * 60),
        watch=f"{watched:%H:%M}",
        affected=f"{story.affected:,}",
        total=f"{story.total:,}",
        percent=f"{percent_of(story):g}",
        by=f"{long_date((ended + timedelta(days=story.summary_after_days)).date())}, 17:00 UTC",
    )
    if earlier is not None:
        found["earlier"] = long_date(earlier.date())
    for number, promise in enumerate(story.promises, start=1):
        found[f"due{number}"] = long_date((began + timedelta(days=promise.due)).date())
        if promise.done is not None:
            found[f"done{number}"] = long_date((began + timedelta(days=promise.done)).date())
    return found


def percent_of(story: Story) -> float:
    """Return the share of venues affected, in percent, to one decimal."""
    return round(story.affected * 100 / story.total, 1)
