"""What the texts were like: do they answer, do they tell the truth, what was let through."""

import json
from collections.abc import Mapping
from typing import Any

from afterword.kit.numbers import number
from afterword.publishing.models import Audience
from afterword.trust.incidents_seen import Seen, seen
from afterword.trust.larger import PARTS, larger
from afterword.trust.measure import FROM_NONE, NONE_MET, PER_CENT, TIMES, Item, Measure
from afterword.trust.rows import Row, Rows


def completeness(rows: Rows) -> Measure:
    items = []
    for each in rows.texts:
        check = rows.checks.get(each["source_id"], {}).get("left")
        asked, answered = (len(check["asked"]), len(check["answered"])) if check else (0, 0)
        items.append(
            _item(
                each,
                f"{answered} of {asked} questions answered" if asked else "not known",
                value=100 * answered / asked if asked else None,
            )
        )
    return Measure(
        code="completeness",
        name="Completeness",
        definition="Of the questions readers bring to that kind of text, the share it answers in "
        "full when it is published, one figure for each text.",
        reads_as="Low: texts leave readers asking.",
        kind="spread",
        unit=PER_CENT,
        items=tuple(items),
        pair=("reader_answered",),
    )


def untrue_at_first(rows: Rows) -> Measure:
    items = []
    for each in rows.texts:
        check = rows.checks.get(each["source_id"], {}).get("first")
        errors = check["errors"] if check else ()
        wrong = [e["rule"] for e in errors if e["rule"].startswith("REC-")]
        said = ", ".join(sorted(set(wrong))) or ("none" if check else "not known")
        items.append(_item(each, said, part=int(bool(wrong)), whole=int(check is not None)))
    return Measure(
        code="untrue_at_first",
        name="First texts that contradict the record",
        definition="Texts published in the period whose first state saved by a person held an "
        "error against the record (REC rules), of all texts published.",
        reads_as="High: a habit of minimising, caught inside.",
        kind="share",
        items=tuple(items),
        pair=("enlarging_corrections", "override_rate"),
    )


def enlarging_corrections(rows: Rows) -> Measure:
    items = [_item(each, "stands", whole=1) for each in rows.texts]
    items += [_item(each, grew, part=1) for each in rows.corrections if (grew := _grew(each))]
    return Measure(
        code="enlarging_corrections",
        name="Corrections that enlarged the impact",
        definition="Corrections that tell of more customers, a longer time, more parts or worse "
        "for data than stood before, or give a number where there was none, for each 100 texts "
        "published in the period.",
        reads_as="The real honesty gap: what was first told was too small.",
        kind="share",
        items=tuple(items),
        pair=("impact_growth", "retractions", "known_not_told"),
    )


def impact_growth(rows: Rows) -> Measure:
    items = [_growth(rows, each) for each in seen(rows)]
    return Measure(
        code="impact_growth",
        name="Impact growth",
        definition="Affected customers as told last, divided by those told first, for incidents "
        "that told a number. Growth from none has no factor; it is listed.",
        reads_as="Above 1 again and again: first numbers cannot be relied on.",
        kind="spread",
        unit=TIMES,
        items=tuple(items),
        pair=("enlarging_corrections", "known_not_told"),
    )


def override_rate(rows: Rows) -> Measure:
    items = []
    for each in rows.texts:
        checks = rows.checks.get(each["source_id"], {})
        met = {(e["rule"], e["words"]) for check in checks.values() for e in check["errors"]}
        let = {(e["rule"], e["words"]): e for e in checks.get("left", {}).get("let_through", ())}
        met |= set(let)
        known = "left" in checks
        said = _let_through(let) if let else f"{len(met)} met, none let through"
        items.append(
            _item(each, said if known else "not known", part=len(let), whole=len(met) * known,
                  void=NONE_MET if known and not met else "")
        )  # fmt: skip
    return Measure(
        code="override_rate",
        name="Errors let through",
        definition="Errors that left with a reason and a name, of all errors the check found in "
        "the first state of these texts and at their publishing.",
        reads_as="Rising: rules are wrong, or people are under pressure.",
        kind="share",
        items=tuple(items),
        pair=("enlarging_corrections", "untrue_at_first"),
    )


def _let_through(let: Mapping[Any, Mapping[str, Any]]) -> str:
    said = []
    for (rule, _), each in sorted(let.items()):
        roles = " and ".join(each["roles"]) or "role not known"
        said.append(f"{rule} ({roles})")
    return "let through: " + ", ".join(said)


def _grew(correction: Row) -> str:
    """Return by what a correction enlarged the impact, in words; "" where it did not."""
    if not correction["was_record"] or not correction["record"]:
        return ""
    was, now = json.loads(correction["was_record"]), json.loads(correction["record"])
    return "; ".join(
        f"parts not named before: {each.now}"
        if each.name == PARTS
        else f"{each.name}: {each.was or 'none told'} became {each.now}"
        for each in larger(was, now)
    )


def _growth(rows: Rows, each: Seen) -> Item:
    told = sorted(rows.told.get(each.pk, ()), key=lambda text: int(text["number"]))
    numbers = [n for text in told if (n := number(text["affected"])) is not None]
    value, void = None, ""
    if numbers and numbers[0]:
        value = numbers[-1] / numbers[0]
    elif numbers and numbers[-1]:
        void = FROM_NONE
    elif numbers:
        value = 1.0
    said = "no number told"
    if numbers:
        said = f"first {numbers[0]:,}, last {numbers[-1]:,} customers"
    return Item(
        at=each.over_at, about=each.about, title=each.title, said=f"{FROM_NONE}: {said}" if void
        else said, value=value, void=void,
    )  # fmt: skip


def _item(
    row: Row,
    said: str,
    *,
    value: float | None = None,
    part: int = 0,
    whole: int = 0,
    void: str = "",
) -> Item:
    return Item(
        at=row["published_at"],
        about=row["incident_id"],
        title=row["title"],
        said=said,
        value=value,
        part=part,
        whole=whole,
        void=void,
        is_for_few=row["audience"] == Audience.LIST,
    )
