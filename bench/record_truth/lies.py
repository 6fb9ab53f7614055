"""One untruth per text, and the finding that has to answer it."""

# Words and their figures stay on one line.
# ruff: noqa: E501

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any, Final

from record_truth.incident import Incident
from record_truth.narrator import Slot, Story

MORE_TRIES: Final = 12


@dataclass(frozen=True)
class Lie:
    """A story with one untruth, the rules that may answer, and figures one of which they must name."""

    fact: str
    story: Story
    rules: tuple[str, ...]
    figures: tuple[str, ...]
    sentence: str


def lies(
    truth: Incident, story: Story, rng: Random
) -> Iterator[tuple[str, Callable[[], Lie | None]]]:
    """Every kind of untruth that this story could be given, by the name of the fact."""
    makers: dict[str, Callable[[Incident, Story, Random], Lie | None]] = {
        "duration": _duration,
        "start": lambda t, s, r: _moment(t, s, r, "start"),
        "end": lambda t, s, r: _moment(t, s, r, "end"),
        "count": _count,
        "share": _share,
        "component that was fine": _fine_component,
        "component left out": _omitted,
        "region": _region,
        "resolved": _resolved,
        "data effect denied": _data_denied,
        "data effect left out": _data_silent,
        "done": _done,
        "promised date": _due,
        "cause certain": _cause,
        "repeat": _repeat,
        "service level": _level,
        "brief": _brief,
        "few": _few,
        "culprit": _culprit,
        "intent": _intent,
    }
    for fact, make in makers.items():
        yield fact, lambda make=make: make(truth, story, rng)


def _stating(story: Story, fact: str, rng: Random) -> Slot | None:
    """A slot whose sentence states a fact about the whole incident."""
    found = [one.slot for one in story.sentences if fact in one.facts]
    return rng.choice(found) if found else None


def _own(story: Story, name: str, otherwise: tuple[str, ...]) -> tuple[str, ...]:
    """The false sentences of the story's book, if it has its own."""
    own: tuple[str, ...] = getattr(story.book.shapes, name, otherwise)
    return own


def _sentence(story: Story, slot: Slot) -> str:
    return next(one.words for one in story.sentences if one.slot.name == slot.name)


def _claims(story: Story, slot: Slot, fact: str) -> list[tuple[float, float]]:
    sentence = next(one for one in story.sentences if one.slot.name == slot.name)
    return [(one.low, one.high) for one in sentence.claims if one.fact == fact]


def _retold(
    fact: str, story: Story, slot: Slot, told: Incident, rules: tuple[str, ...], *figures: str
) -> Lie:
    other = story.with_slot(told, slot)
    return Lie(fact, other, rules, figures, _sentence(other, slot))


def _clearly_outside(claims: list[tuple[float, float]], *true: float, slack: float = 0.0) -> bool:
    """Whether no true value, give or take `slack`, can be meant by any of the claims."""
    return bool(claims) and all(
        value + slack < low - 0.15 * (high - low) or value - slack > high + 0.15 * (high - low)
        for low, high in claims
        for value in true
    )


def short(seconds: int) -> str:
    """A length as messages have it: "6 h 12 min"."""
    parts = []
    rest = seconds
    for size, unit in ((86400, "d"), (3600, "h"), (60, "min")):
        number, rest = divmod(rest, size)
        if number:
            parts.append(f"{number} {unit}")
    return " ".join(parts)


def _seconds_of(truth: Incident) -> list[int]:
    known = [truth.seconds]
    known += [
        int((hit.ended - hit.began).total_seconds())
        for hit in truth.hits
        if hit.began and hit.ended
    ]
    if truth.mitigated:
        known.append(int((truth.mitigated - truth.began).total_seconds()))
    return known


def _duration(truth: Incident, story: Story, rng: Random) -> Lie | None:
    slot = _stating(story, "duration", rng)
    if slot is None:
        return None
    for _ in range(MORE_TRIES):
        minutes = max(
            1, round(truth.seconds / 60 * rng.choice((0.25, 0.5, 0.7, 0.85, 1.12, 1.3, 1.6, 2.5)))
        )
        lie = _retold(
            "duration",
            story,
            slot,
            replace(truth, seconds=minutes * 60),
            ("REC-03",),
            short(truth.seconds),
        )
        if _clearly_outside(_claims(lie.story, slot, "duration"), *_seconds_of(truth)):
            return lie
    return None


def _of_day(moment: datetime) -> int:
    return moment.hour * 60 + moment.minute


def _moment(truth: Incident, story: Story, rng: Random, fact: str) -> Lie | None:
    slot = _stating(story, fact, rng)
    if slot is None:
        return None
    is_end = fact == "end"
    right = [truth.ended, truth.mitigated] if is_end else [truth.began]
    right += [hit.ended if is_end else hit.began for hit in truth.hits]
    known = [one for one in right if one is not None]
    for _ in range(MORE_TRIES):
        shift = timedelta(minutes=rng.choice((-240, -95, -60, -32, 32, 60, 95, 240)))
        told = (
            replace(truth, ended=truth.ended + shift)
            if is_end
            else replace(truth, began=truth.began + shift)
        )
        if told.ended <= told.began:
            continue
        stated = told.ended if is_end else told.began
        gaps = [abs(_of_day(stated) - _of_day(one)) for one in known]
        if all(min(gap, 1440 - gap) > 22 for gap in gaps):
            true = truth.ended if is_end else truth.began
            return _retold(
                fact, story, slot, told, ("REC-04",), f"{true.astimezone(UTC):%H:%M} UTC"
            )
    return None


def _count(truth: Incident, story: Story, rng: Random) -> Lie | None:
    slot = _stating(story, "count", rng)
    if slot is None:
        return None
    for _ in range(MORE_TRIES):
        other = max(1, round(truth.affected * rng.choice((0.3, 0.5, 0.9, 1.1, 1.4, 2.2, 5))))
        lie = _retold(
            "count", story, slot, replace(truth, affected=other), ("REC-05",), f"{truth.affected:,}"
        )
        slack = 0.12 * truth.affected if truth.basis == "estimated" else 0
        claims = _claims(lie.story, slot, "count")
        outside = _clearly_outside(claims, truth.affected, slack=slack)
        if outside and other != truth.affected and _clearly_outside(claims, truth.total):
            return lie
    return None


def _written_share(value: float) -> str:
    """A share as messages have it."""
    rounded = round(value, 1) if value < 10 else round(value)
    return f"{rounded:g}%"


def _share(truth: Incident, story: Story, rng: Random) -> Lie | None:
    slot = _stating(story, "share", rng)
    if slot is None:
        return None
    true = truth.percent if truth.percent_stated else 100 * truth.affected / truth.total
    for _ in range(MORE_TRIES):
        other = min(
            99.0,
            round(
                truth.percent * rng.choice((0.2, 0.4, 0.8, 1.25, 1.9, 3, 8)),
                1 if truth.percent < 20 else 0,
            ),
        )
        lie = _retold(
            "share", story, slot, replace(truth, percent=other), ("REC-05",), _written_share(true)
        )
        slack = 3.5 if truth.basis == "estimated" else 0
        claims = _claims(lie.story, slot, "share")
        if other > 0 and _clearly_outside(claims, true, slack=slack):
            return lie
    return None


_WAS_DOWN: Final = (
    "{part} {was} unavailable.", "{part} {was} down, too.", "{part} {was} also unavailable for {length}.",
    "{part} did not work either.", "{part} failed as well.", "{part} was affected as well.",
)  # fmt: skip


def _fine_component(truth: Incident, story: Story, rng: Random) -> Lie | None:
    if not any(one.slot.name == "fine" for one in story.sentences):
        return None
    slot = Slot("fine", rng.choice(_own(story, "WAS_DOWN", _WAS_DOWN)), len(truth.hits))
    return _retold(
        "component that was fine", story, slot, truth, ("REC-06",), truth.fine[0].part.name
    )


def _omitted(truth: Incident, story: Story, rng: Random) -> Lie | None:
    for position, hit in enumerate(truth.hits[1:], 1):
        if hit.impact != "degraded_performance" and hit not in truth.lagging:
            other = story.without(f"part{position}")
            words = [word[:4] for word in hit.part.name.lower().split() if len(word) > 3]
            low = other.text.lower()
            names = [hit.part.name, *hit.part.aliases]
            if any(name.lower() in low for name in names) or all(word in low for word in words):
                continue
            return Lie("component left out", other, ("REC-06",), (hit.part.name,), "(no sentence)")
    return None


_EVERYWHERE: Final = (
    "All regions were affected.", "Every region was affected.", "It happened in all of our regions.",
    "Customers worldwide saw errors.", "This was felt globally.", "Customers in {other_place} could not work.",
    "{other_place} was affected.",
)  # fmt: skip


def _region(truth: Incident, story: Story, rng: Random) -> Lie | None:
    if not any(one.slot.name == "where" for one in story.sentences):
        return None
    slot = Slot("where", rng.choice(_own(story, "EVERYWHERE", _EVERYWHERE)))
    return _retold("region", story, slot, truth, ("REC-13",), truth.regions[0])


def _resolved(truth: Incident, story: Story, rng: Random) -> Lie | None:
    if not truth.lagging:
        return None
    shape = rng.choice(
        [one for one in story.book.shapes.OVER if "{end" not in one and "{part}" not in one]
    )
    return _retold(
        "resolved", story, Slot("state", shape), truth, ("REC-08",), truth.lagging[0].part.name
    )


_SAFE: Final = ("Your data is safe.", "No data was affected.", "No customer data was impacted.")


def _data_denied(truth: Incident, story: Story, rng: Random) -> Lie | None:
    names = [name for name, effect in truth.effects.items() if effect != "none"]
    names = [
        name for name in names if any(one.slot.name == f"data {name}" for one in story.sentences)
    ]
    if not names:
        return None
    name = rng.choice(names)
    denials = [
        one for one in story.book.shapes.EFFECTS[name, "none"] if rng.random() < 0.8
    ] or list(_own(story, "SAFE", _SAFE))
    slot = Slot(f"data {name}", rng.choice(denials))
    return _retold(
        "data effect denied", story, slot, truth, ("REC-10",), f"{name}: {truth.effects[name]}"
    )


_HAPPENED: Final = {"confidentiality": "exposed", "loss": "lost", "integrity": "altered"}


def _data_silent(truth: Incident, story: Story, _: Random) -> Lie | None:
    hit = {
        name: effect
        for name, effect in truth.effects.items()
        if effect in ("possible", "confirmed")
    }
    if not hit:
        return None
    other = story.without(*(f"data {name}" for name in truth.effects))
    name, effect = next(iter(hit.items()))
    return Lie(
        "data effect left out",
        other,
        ("REC-09",),
        (f"{_HAPPENED[name]} ({effect})",),
        "(no sentence)",
    )


def _done(truth: Incident, story: Story, rng: Random) -> Lie | None:
    open_ = [
        at for at, one in enumerate(truth.promises) if one.status in ("planned", "in_progress")
    ]
    if not open_:
        return None
    at = rng.choice(open_)
    status = truth.promises[at].status.replace("_", " ")
    slot = Slot(f"promise{at}", rng.choice(story.book.shapes.PROMISED["done"]), None, at)
    return _retold("done", story, slot, truth, ("REC-15",), f"says {status}")


MONTHS: Final = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]


def _due(truth: Incident, story: Story, rng: Random) -> Lie | None:
    found = [one.slot for one in story.sentences if "due" in one.facts]
    if not found:
        return None
    slot = rng.choice(found)
    assert slot.promise is not None
    right = truth.promises[slot.promise].due
    assert right is not None
    wrong = right + timedelta(days=rng.choice((-40, -9, -1, 1, 6, 30)))
    changed = list(truth.promises)
    changed[slot.promise] = replace(changed[slot.promise], due=wrong)
    figure = f"due {right.day} {MONTHS[right.month - 1]} {right.year}"
    return _retold(
        "promised date", story, slot, replace(truth, promises=tuple(changed)), ("REC-16",), figure
    )


def _cause(truth: Incident, story: Story, rng: Random) -> Lie | None:
    if truth.confidence == "confirmed" or not any(
        one.slot.name == "why" for one in story.sentences
    ):
        return None
    slot = Slot("why", rng.choice(story.book.shapes.WHY_SURE))
    return _retold("cause certain", story, slot, truth, ("REC-14",), truth.confidence)


_ONLY_ONCE: Final = (
    "This was an isolated incident.", "This is the first time this has happened.", "It was a one-off.",
    "This was a rare event.", "It is unrelated to earlier incidents.", "This will never happen again.",
    "We will make sure that this does not happen again.", "Nothing like this has happened before.",
)  # fmt: skip


def _repeat(truth: Incident, story: Story, rng: Random) -> Lie | None:
    if not truth.earlier:
        return None
    day = truth.earlier[0].day
    figure = f"{day.day} {MONTHS[day.month - 1]} {day.year}"
    slot = Slot("earlier", rng.choice(_own(story, "ONLY_ONCE", _ONLY_ONCE)))
    return _retold("repeat", story, slot, truth, ("REC-11", "REC-12"), figure)


_WITHIN: Final = (
    "This is within our SLA.", "This does not constitute a breach of our service level agreement.",
    "Our SLA was met.", "We met the agreed service level.", "The SLA was not breached.",
)  # fmt: skip


def _level(truth: Incident, story: Story, rng: Random) -> Lie | None:
    level = truth.level
    if level is None:
        return None
    choice = rng.random()
    if level.breached and choice < 0.4:
        slot = Slot("level", rng.choice(_own(story, "WITHIN", _WITHIN)))
        return _retold("service level", story, slot, truth, ("REC-18",), f"{level.actual:g}%")
    if level.credit and choice < 0.7:
        slot = next(one.slot for one in story.sentences if one.slot.name == "credit")
        told = replace(truth, level=replace(level, credit=level.credit + 3))
        return _retold("service level", story, slot, told, ("REC-18",), f"{level.credit}%")
    slot = next(one.slot for one in story.sentences if one.slot.name == "level")
    other = round(
        min(99.99, level.actual + rng.choice((-0.31, 0.37 if level.actual < 99 else 0.009))), 3
    )
    told = replace(truth, level=replace(level, actual=other))
    return _retold("service level", story, slot, told, ("REC-18",), f"{level.actual:g}%")


_BRIEF: Final = (
    "The brief {outage} is over.", "{part} {was} briefly unavailable.", "{part} {was} temporarily unavailable.",
    "{part} {was} unavailable for a short time.", "It was a short-lived {outage}.",
)  # fmt: skip


def _brief(truth: Incident, story: Story, rng: Random) -> Lie | None:
    slots = {one.slot.name for one in story.sentences}
    if not truth.times_known or truth.seconds < 1800 or "what" not in slots:
        return None
    slot = Slot("what", rng.choice(_own(story, "BRIEF", _BRIEF)), 0)
    return _retold("brief", story, slot, truth, ("REC-01",), short(truth.seconds))


_FEW: Final = (
    "A small number of customers were affected.", "This affected a small subset of users.",
    "Some customers were affected.", "Only a handful of customers saw errors.", "Very few users were affected.",
)  # fmt: skip


def _few(truth: Incident, story: Story, rng: Random) -> Lie | None:
    slots = {one.slot.name for one in story.sentences}
    known = truth.basis != "unknown" and "who" in slots and "who again" not in slots
    if not known or (truth.percent < 5.5 and truth.affected < 1000):
        return None
    slot = Slot("who", rng.choice(_own(story, "FEW", _FEW)))
    return _retold("few", story, slot, truth, ("REC-02",), f"{truth.affected:,}")


_THEIRS: Final = (
    "This was due to an outage at our hosting provider.", "It was caused by a third-party provider.",
    "Our cloud provider had an outage.",
)  # fmt: skip


def _culprit(truth: Incident, story: Story, rng: Random) -> Lie | None:
    if truth.reason.theirs or not any(one.slot.name == "why" for one in story.sentences):
        return None
    slot = Slot("why", rng.choice(_own(story, "THEIRS", _THEIRS)))
    return _retold("culprit", story, slot, truth, ("REC-17",), "ours")


def _intent(truth: Incident, story: Story, rng: Random) -> Lie | None:
    if not any(one.slot.name == "intent" for one in story.sentences):
        return None
    group: Any = (
        story.book.shapes.NO_ATTACK if truth.malicious == "yes" else story.book.shapes.ATTACKED
    )
    slot = Slot("intent", rng.choice(group))
    return _retold("intent", story, slot, truth, ("REC-20",), f"malicious = {truth.malicious}")
