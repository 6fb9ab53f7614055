"""A page whose every field holds a hostile text, written past the checks of the verbs."""

from datetime import UTC, datetime, timedelta

from afterword.accounts.permissions import MACHINE
from afterword.components.actions import create_component
from afterword.components.models import Component, Page
from hostile.vectors import ALL, one_line
from publishing.press import PROMISES, a_page, public_record, word

AT = datetime(2026, 3, 4, 8, 20, tzinfo=UTC)
_STATUSES = ("investigating", *["resolved"] * 9)


def build() -> Page:
    """Publish every text in every field and return the page.

    Each text has an incident of its own; short texts share the names of parts and planned work.
    """
    page = a_page(AT - timedelta(days=600))
    whole = " ".join(one_line(each) for each in ALL)
    Page.objects.filter(pk=page.pk).update(name=whole[:120], support_contact=whole[400:600])
    for number, texts in enumerate(packed(limit=200)):
        _part(page, number, texts)
        _work(page, number, texts)
    for number, text in enumerate(ALL):
        _incident(page, number, text)
    return page


def packed(*, limit: int) -> list[list[str]]:
    """The texts in as few groups as fit into ``limit`` characters on one line."""
    groups: list[list[str]] = [[]]
    for text in ALL:
        if len(" ".join(map(one_line, [*groups[-1], text]))) > limit:
            groups.append([])
        groups[-1].append(text)
    return groups


def _part(page: Page, number: int, texts: list[str]) -> None:
    part = create_component(actor=MACHINE, now=AT, page=page, name=f"Part {number}")
    Component.objects.filter(pk=part.pk).update(
        name=" ".join(map(one_line, texts)), description="\n".join(texts)
    )


def _incident(page: Page, number: int, text: str) -> None:
    line, at, ident = one_line(text)[:250], AT + timedelta(minutes=number), f"evil-{number}"
    hit = [{"id": "c1", "name": line, "status": "major_outage"}]
    status = _STATUSES[number % len(_STATUSES)]
    first = word(page, ident, at, title=line, body=text, components=hit, status="investigating")
    word(
        page, ident, at + timedelta(seconds=20), title=line, body=text, body_format="html",
        status=status, imported=True,
    )  # fmt: skip
    promises = [
        {**each, "what": text, "why": text, "effect": text, "dropped_because": text}
        for each in PROMISES
    ]
    record = public_record(
        title=line,
        symptoms=[text],
        regions={"affected": [line], "basis": "measured"},
        components=[{"name": line, "impact": "partial_outage"}],
        cause={"text": text, "confidence": "suspected"},
        data={"confidentiality": "possible", "loss": "confirmed", "integrity": "unknown",
              "categories": [line], "checked_how": text},
        previous=[{"date": "2026-01-14", "title": line}],
    )  # fmt: skip
    word(
        page, ident, at + timedelta(seconds=40), kind="summary", status=status, title=line,
        text_title=line, body=text, record=record, commitments=promises,
    )  # fmt: skip
    word(
        page, ident, at + timedelta(seconds=50), kind="correction", status=status, title=line,
        text_title=line, body=text, corrects=first,
        correction={"weight": "correction", "reason": text, "was": text, "note": text},
    )  # fmt: skip


def _work(page: Page, number: int, texts: list[str]) -> None:
    begins = AT + timedelta(days=30 + number)
    word(
        page, f"work-{number}", AT + timedelta(hours=3, minutes=number), status="scheduled",
        title=" ".join(map(one_line, texts)), body="\n\n".join(texts),
        incident_kind="maintenance", impact="maintenance",
        scheduled=(begins, begins + timedelta(hours=1)),
    )  # fmt: skip
