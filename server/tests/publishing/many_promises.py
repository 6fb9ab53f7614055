"""Forty promises in every state there is, with titles of every length, to look at."""

from datetime import datetime, timedelta
from typing import Any

from afterword.components.models import Page
from afterword.publishing.actions import turn_promises_late
from publishing.messy import EVIL
from publishing.press import PROMISES, word

DAY = timedelta(days=1)
LONG = (
    "Every queue that carries invoices, reminders or receipts stops accepting work at 80% of what "
    "it can hold, says so to whoever put the work in, and calls an engineer before anybody's "
    "customers are billed late, at night and at weekends too"
)
UNBROKEN = "invoice_sending_queue_capacity_guard_rollout_in_every_region_" * 4


def promise_in_every_way(page: Page, now: datetime) -> None:
    """Publish them on four incidents of the last 90 days, and let days be over."""
    for n in range(4):
        made = [_made(n, k, now) for k in range(10)]
        _tell(page, n, now - 90 * DAY, made, kind="summary")
        _tell(page, n, now - 80 * DAY, [_put_off(each, k, now) for k, each in enumerate(made)])
        after = [_put_off(each, k, now, again=True) for k, each in enumerate(made)]
        _tell(page, n, now - 75 * DAY, after)
        _tell(page, n, now - 65 * DAY, [_settled(each, k, now) for k, each in enumerate(after)])
        _tell(page, n, now - 20 * DAY, [_late(each, k, now) for k, each in enumerate(after)])
    gone = _tell(page, 0, now - 9 * DAY, [_made(0, 10, now) | {"id": "gone"}])
    word(
        page, "kept-0", now - 8 * DAY, kind="correction", status="resolved", corrects=gone,
        correction={"weight": "retraction"}, body="It promised what was another team's to give.",
    )  # fmt: skip
    turn_promises_late(now=now)


def _tell(page: Page, n: int, at: datetime, promises: list[Any], **more: Any) -> Any:
    titles = ["Invoices were not sent", LONG, EVIL[1][:200], UNBROKEN[:200]]
    more = {"kind": "commitment_update", "status": "resolved", **more}
    return word(page, f"kept-{n}", at, title=titles[n], commitments=promises, **more)


def _made(n: int, k: int, now: datetime) -> dict[str, Any]:
    texts = [PROMISES[1]["what"], LONG, UNBROKEN, EVIL[k % len(EVIL)]]
    said = texts[(n + k) % 4][:500]
    due = now + timedelta(days={4: 20, 5: 9}.get(k, -60))
    begun = {"state": "done", "done_on": _day(now - 91 * DAY)} if k == 9 else {"state": "planned"}
    return {
        **PROMISES[1], "id": f"p{n}-{k}", "what": said, "why": said, "due": _day(due),
        "done_on": None, "mechanism": ["prevent", "detect", "limit", "recover"][k % 4], **begun,
    }  # fmt: skip


def _put_off(each: dict[str, Any], k: int, now: datetime, *, again: bool = False) -> dict[str, Any]:
    """The third and the seventh once, the eighth twice."""
    days = {2: 30, 6: 61, 7: 40 if not again else 75}.get(k)
    return {**each, "due": _day(now + (days - 60) * DAY)} if days else each


def _settled(each: dict[str, Any], k: int, now: datetime) -> dict[str, Any]:
    if k in {0, 1}:
        return {**each, "state": "done", "done_on": _day(now - (66 - k) * DAY)}
    if k == 8:
        why = "We replaced the queue by one that grows, so nothing is left to stop."
        return {**each, "state": "dropped", "dropped_because": why}
    return {**each, "state": "in_progress"} if k in {4, 6} else each


def _late(each: dict[str, Any], k: int, now: datetime) -> dict[str, Any]:
    """The third in time after a move, the fourth told after its day."""
    each = _settled(each, k, now)
    if k == 3:
        return {**each, "state": "done", "done_on": _day(now - 61 * DAY)}
    if k == 2:
        return {**each, "state": "done", "done_on": _day(now - 31 * DAY)}
    return each


def _day(at: datetime) -> str:
    return at.date().isoformat()
