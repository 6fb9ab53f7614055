"""A page on its worst day: every kind of text, every kind of nonsense in it."""

from datetime import UTC, datetime, timedelta

from afterword.accounts.permissions import MACHINE
from afterword.components.actions import create_component, set_status
from afterword.components.models import Page
from publishing.press import PROMISES, a_page, public_record, word

MARCH_4 = datetime(2026, 3, 4, 8, 20, tzinfo=UTC)
SCRIPT = "<script>alert('1')</script>"
LONG = "Aktualisierungsbenachrichtigungszustellungsverzögerung" * 3
EVIL = [
    f"{SCRIPT} & \"quotes\" 'single' <b>bold</b>",
    "הזמנות לא נשלחו \u202eevil\u202c",
    "🧾🔥 emoji 👩‍👩‍👧‍👦 e\u0301",
    LONG,
    "]]> --> %%name%% {{ page.name }} {% load x %} \\ `x`",
    "javascript:alert(1) //evil.example",
]
MARKDOWN = f"""
{SCRIPT}

<img src=x onerror=alert(1)> [click](javascript:alert(1)) [fine](https://example.org/?a=1&b="2")

| Hour | Failed |
|---|---|
| 08 | 1,204 |
| 09 | <b>x</b> |

- one **bold** _word_
- `code <b>`

> quoted

```
pre   formatted


with {LONG}
```
"""
SUMMARY = """
**What happened.** An update we released that morning used up the space we keep for waiting
invoices, so new ones were held back.

**Who was affected.** 1,798 of 4,860 customers (37%), on all plans.

**How long.** 08:12 to 14:24 UTC, 6 hours 12 minutes. Every delayed invoice went out by 15:05 UTC.

**What we are doing.** See the promises below. We cannot promise that invoices will never be late
again. We will report on both changes here on 18 April 2026.
"""
CLOSURE = """
Invoice sending is working again. On 4 March 2026, from 08:12 to 14:24 UTC, invoices you sent from
Larkbridge were not delivered. No invoice data was lost: we compared every queued invoice with the
sent log. Sending has been stable since 14:24 UTC. We are sorry: a late invoice can mean a late
payment. Thank you for your patience.
"""


def build() -> Page:
    """Publish everything and return the page."""
    page = a_page(MARCH_4 - timedelta(days=600), support_contact="support@larkbridge.example")
    _parts(page)
    _history(page)
    _told_well(page)
    _evil(page)
    return page


def _parts(page: Page) -> None:
    made = MARCH_4 - timedelta(days=600)
    for group, members in (
        ("Invoices", ("Invoice sending", "Invoice PDF", "Reminders")),
        ("Access", ("Sign-in", "API")),
    ):
        parent = create_component(actor=MACHINE, now=made, page=page, name=group, is_group=True)
        for name in members:
            create_component(
                actor=MACHINE, now=made, page=page, name=name, group=parent,
                description="What you send to your customers." if name == "Invoice sending" else "",
            )  # fmt: skip
    for index, name in enumerate(EVIL[:4]):
        part = create_component(
            actor=MACHINE, now=made, page=page, name=name[:200], description=EVIL[index]
        )
        status = ("degraded_performance", "partial_outage", "under_maintenance", "major_outage")
        set_status(actor=MACHINE, now=MARCH_4, component=part, status=status[index])


def _history(page: Page) -> None:
    for back in range(1, 15):
        began = MARCH_4 - timedelta(days=31 * back + back % 3)
        old = f"old-{back}"
        hit = [{"id": "c1", "name": "Reminders", "status": "degraded_performance"}]
        word(page, old, began, title=f"Reminders were late ({back})", components=hit, imported=True)
        word(
            page, old, began + timedelta(minutes=37 * back), status="resolved", imported=True,
            title=f"Reminders were late ({back})", body="<p>Fixed.<br>Thanks</p>",
            body_format="html",
        )  # fmt: skip


def _told_well(page: Page) -> None:
    hit = [{"id": "c2", "name": "Invoice sending", "status": "major_outage"}]
    inv, title = "inv-2026-03-04", "Invoices were not sent"
    word(page, inv, MARCH_4, components=hit, began=MARCH_4 - timedelta(minutes=8))
    identified = MARCH_4 + timedelta(hours=2)
    word(page, inv, identified, status="identified", body="The list of waiting invoices is full.")
    word(page, inv, identified + timedelta(hours=1), status="identified", body="It is draining.")
    over = MARCH_4 + timedelta(hours=6, minutes=4)
    word(page, inv, over, status="resolved", body="Invoices are being sent again.")
    closure = word(
        page, inv, over + timedelta(minutes=30), kind="closure", status="resolved", body=CLOSURE,
        record=public_record(), text_title="Invoices are being sent again",
    )  # fmt: skip
    word(
        page, inv, over + timedelta(days=4), kind="summary", status="resolved", body=SUMMARY,
        record=public_record(cause__confidence="confirmed"), commitments=PROMISES,
        text_title="Why invoices were not sent on 4 March",
    )  # fmt: skip
    word(
        page, inv, over + timedelta(days=5), kind="correction", status="resolved", title=title,
        body="We wrote that every delayed invoice went out by 15:05 UTC; it was 15:35 UTC.",
        record=public_record(), corrects=closure,
    )  # fmt: skip


def _evil(page: Page) -> None:
    later = MARCH_4 + timedelta(days=6)
    record = public_record(
        customers={"affected": None, "total": None, "percent": None, "basis": "unknown"},
        symptoms=EVIL,
        data={"confidentiality": "possible", "loss": "confirmed", "integrity": "unknown",
              "categories": EVIL[:2], "checked_how": EVIL[0]},
        components=[{"name": name, "impact": "partial_outage"} for name in EVIL],
        previous=[{"date": "2026-01-14", "title": EVIL[0]}],
    )  # fmt: skip
    promises = [{**PROMISES[1], "what": text, "why": text, "effect": text} for text in EVIL]
    for index, text in enumerate(EVIL):
        word(
            page, f"evil-{index}", later + timedelta(minutes=index), title=text[:250],
            body=MARKDOWN if index % 2 else text, status=("investigating", "monitoring")[index % 2],
            components=[{"id": "c3", "name": text, "status": "major_outage"}],
        )  # fmt: skip
    word(
        page, "evil-0", later + timedelta(hours=1), kind="summary", title=EVIL[0], body=MARKDOWN,
        text_title=EVIL[4], record=record, commitments=promises,
    )  # fmt: skip
    word(
        page, "planned-1", later, title="Moving to larger disks", status="scheduled",
        body="Sending pauses for up to 20 minutes.", incident_kind="maintenance",
        impact="maintenance", scheduled=(later + timedelta(days=3), later + timedelta(days=3.1)),
    )  # fmt: skip
