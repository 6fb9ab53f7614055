"""Where a letter's figures of one account disagree with the record, or with each other. Pure.

Each figure is held against what it is about: the account's own times against the impact on the
record, the month's downtime against the month, the level against the contract. The codes are those
of the record's rules on texts (a span, a time, a service level).
"""

from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from typing import Any, NamedTuple

from afterword.components.uptime import midnight, percent_text
from afterword.followups.accounts import level_named
from afterword.kit.timespans import format_span, long_utc, parse_iso

SPAN, TIME, LEVEL = "REC-03", "REC-04", "REC-18"
_HUNDREDTH = Decimal("0.01")


class Disagreement(NamedTuple):
    """What the letter says of whom (``quote``), by which rule it is wrong, and what is right."""

    rule: str
    quote: str
    message: str


def disagreements(
    account_id: str, figures: Mapping[str, Any], record_data: Mapping[str, Any]
) -> Iterator[Disagreement]:
    """Yield what is wrong with the figures of an account (``followups.figures``) under a record."""
    name = str(figures.get("account") or account_id)
    if "seconds" in figures:
        yield from _times(name, figures, record_data)
    if "target" in figures:
        yield from _month(name, figures)
        yield from _level(name, figures)
        yield from _recorded_level(name, account_id, figures, record_data)


def _times(
    name: str, figures: Mapping[str, Any], record_data: Mapping[str, Any]
) -> Iterator[Disagreement]:
    began, ended = parse_iso(figures["began"]), parse_iso(figures["ended"])
    times = record_data.get("times") or {}
    first, last = _instant(times.get("impact_began")), _instant(times.get("impact_ended"))
    if first and began < first:
        yield Disagreement(
            TIME, f"{name}: began {long_utc(began)}", f"The impact began {long_utc(first)}."
        )
    if last and ended > last:
        yield Disagreement(
            TIME, f"{name}: ended {long_utc(ended)}", f"The impact ended {long_utc(last)}."
        )
    lasted = int((ended - began).total_seconds())
    if lasted != figures["seconds"] or lasted < 0:
        yield Disagreement(
            SPAN,
            f"{name}: {format_span(max(0, figures['seconds']))}",
            f"From {long_utc(began)} to {long_utc(ended)} it is another span.",
        )


def _month(name: str, figures: Mapping[str, Any]) -> Iterator[Disagreement]:
    """The month in which it began cannot have had less downtime than this incident in it."""
    begin, end = _month_of(figures)
    said = f"{name}: downtime of {format_span(figures['month_seconds'])} in {begin:%B %Y}"
    if figures["month_seconds"] > (end - begin).total_seconds():
        yield Disagreement(SPAN, said, "The month is shorter.")
    if "seconds" not in figures:
        return
    began, ended = parse_iso(figures["began"]), parse_iso(figures["ended"])
    if not begin <= began < end:
        yield Disagreement(SPAN, said, f"It began {long_utc(began)}, in another month.")
        return
    here = int((min(ended, end) - began).total_seconds())
    if figures["month_seconds"] < here:
        yield Disagreement(
            SPAN, said, f"This incident alone took {format_span(here)} of that month."
        )


def _level(name: str, figures: Mapping[str, Any]) -> Iterator[Disagreement]:
    """Downtime, level reached, level agreed, verdict and credit have to follow from each other.

    Percentages are cut off after two decimals, so a hundredth decides nothing.
    """
    said = figures.get("reached", figures.get("reached_at_most"))
    if said is None:
        yield from _nothing_claimed(name, figures)
        return
    target, reached = Decimal(figures["target"]), Decimal(said)
    begin, end = _month_of(figures)
    of_month = Fraction(figures["month_seconds"], int((end - begin).total_seconds()))
    if of_month <= 1:
        counted = percent_text(1 - of_month)
        apart, near = reached - Decimal(counted), _precision(reached)
        # Where not all of the month is known, the record may know of more downtime.
        if apart > near or (apart < -near and _month_is_known(figures)):
            yield Disagreement(
                LEVEL,
                f"{name}: reached {reached}%",
                f"{format_span(figures['month_seconds'])} of downtime in {begin:%B %Y} make "
                f"{counted}%.",
            )
    if figures["missed"] and reached >= target:
        yield Disagreement(
            LEVEL, f"{name}: agreed {target}%, reached {reached}%, missed", "That level was kept."
        )
    if figures["missed"] is False and reached + _HUNDREDTH <= target:
        yield Disagreement(
            LEVEL, f"{name}: agreed {target}%, reached {reached}%, kept", "That level was missed."
        )
    if "credit" in figures and not figures["missed"]:
        yield Disagreement(
            LEVEL, f"{name}: credit of {figures['credit']}%", "The level was kept: none is owed."
        )


def _nothing_claimed(name: str, figures: Mapping[str, Any]) -> Iterator[Disagreement]:
    """Where no level is told, no credit may be; a verdict may, for the record can give it."""
    if _month_is_known(figures):
        yield Disagreement(
            LEVEL, f"{name}: no level", "All of the month is known, so the level can be told."
        )
    if "credit" in figures and not figures["missed"]:
        yield Disagreement(
            LEVEL, f"{name}: credit of {figures['credit']}%", "Nobody knows that one is owed."
        )


def _more_than_known(
    name: str, figures: Mapping[str, Any], level: Mapping[str, Any]
) -> Iterator[Disagreement]:
    """A level of a month that is not wholly known can come from the record alone."""
    told = "reached" in figures and not _month_is_known(figures)
    if told and _decimal(level.get("actual")) is None:
        yield Disagreement(
            LEVEL,
            f"{name}: reached {figures['reached']}%",
            "What other incidents of that month did to the account is not known.",
        )


def _month_is_known(figures: Mapping[str, Any]) -> bool:
    """Whether all downtime of the month is counted. Lists that an older version froze do not say
    so; there it was where it was known what the account uses.
    """
    return bool(figures.get("month_known", figures.get("parts_known")))


def _recorded_level(
    name: str, account_id: str, figures: Mapping[str, Any], record_data: Mapping[str, Any]
) -> Iterator[Disagreement]:
    if not isinstance(record_data.get("sla"), list):
        yield from _more_than_known(name, figures, {})
        return
    level = level_named((account_id, name), record_data)
    yield from _more_than_known(name, figures, level)
    if not level:
        if figures["missed"]:
            yield Disagreement(
                LEVEL,
                f"{name}: level of {figures['target']}% missed",
                "The record lists the accounts with a service level, and not this one. Add it "
                "there, or say there that nobody knows yet.",
            )
        return
    for key, figure, told in (("target", "target", "agreed"), ("actual", "reached", "reached")):
        said, mine = _decimal(level.get(key)), _decimal(figures.get(figure))
        if said is not None and mine is not None and abs(said - mine) >= _HUNDREDTH:
            yield Disagreement(LEVEL, f"{name}: {told} {mine}%", f"The record says {said}%.")
    breached = level.get("breached")
    if isinstance(breached, bool) and breached != figures["missed"]:
        verdicts = {True: "missed", False: "kept"}
        verdict = verdicts.get(figures["missed"], "not known")
        yield Disagreement(LEVEL, f"{name}: level {verdict}", "The record says the opposite.")
    credit = _decimal(level.get("credit"))
    mine = Decimal(figures.get("credit", "0"))
    if credit is not None and credit != mine and figures["missed"]:
        yield Disagreement(
            LEVEL, f"{name}: credit of {mine}%", f"The record says {credit.normalize():f}%."
        )


def _month_of(figures: Mapping[str, Any]) -> tuple[datetime, datetime]:
    """Return when the month begins and when the next one does, UTC."""
    year, month = (int(part) for part in str(figures["month"]).split("-"))
    first = date(year, month, 1)
    return midnight(first), midnight((first + timedelta(days=32)).replace(day=1))


def _precision(reached: Decimal) -> Decimal:
    """Return one in the last place in which a share was given, two places at most."""
    exponent = reached.as_tuple().exponent
    places = -exponent if isinstance(exponent, int) else 0
    return Decimal(1).scaleb(-min(max(places, 1), 2))


def _decimal(value: object) -> Decimal | None:
    """Return the number in 99.9, ``"10 %"`` or ``"10%"``; None for anything else."""
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    try:
        found = Decimal(str(value).strip().removesuffix("%").strip())
    except InvalidOperation:
        return None
    return found if found.is_finite() else None


def _instant(text: object) -> datetime | None:
    return parse_iso(text).astimezone(UTC) if isinstance(text, str) and text else None
