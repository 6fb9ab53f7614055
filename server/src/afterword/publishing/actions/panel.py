"""The trust panel readers get: switched as a whole, its quarters kept for good as they stood."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, Final

from django.db import transaction

from afterword.accounts.models import Person
from afterword.accounts.permissions import Actor, require
from afterword.audit.actions import record_act
from afterword.components.models import Page
from afterword.kit.errors import WrongState
from afterword.kit.hashing import sha256_of_json
from afterword.kit.texts import required_text
from afterword.publishing.actions.press import ask, hold_page
from afterword.publishing.models import PanelQuarter, PanelSwitch
from afterword.publishing.queries import has_panel

PLACES: Final = frozenset({"trust", "promises", "patterns"})


def switch_panel(
    *, actor: Actor, now: datetime, page: Page, on: bool, reason: str = ""
) -> PanelSwitch:
    """Show the trust panel to readers, or take it away. Taking it away needs a reason.

    What it shows cannot be chosen. Raises NotAllowed, WrongState when it is so already, BadInput.
    """
    require(actor, "administer", page=page.pk)
    why = "" if on else required_text(reason, field="reason", limit=500)
    with transaction.atomic():
        page = hold_page(page)
        if has_panel(page) == on:
            raise WrongState(f"The trust panel is {'on' if on else 'off'} already.")
        switch = PanelSwitch.objects.create(
            page=page, is_on=on, at=now, by=actor if isinstance(actor, Person) else None, reason=why
        )
        ask(page=page, places=PLACES, now=now)
        record_act(
            actor=actor, verb="publishing.switch_panel", subject=f"page:{page.public_id}", now=now,
            detail={"on": on} | ({"reason": why} if why else {}),
        )  # fmt: skip
    return switch


def keep_panel_quarter(
    *,
    actor: Actor,
    now: datetime,
    page: Page,
    quarter: str,
    first: date,
    last: date,
    figures: Sequence[dict[str, Any]],
) -> PanelQuarter | None:
    """Keep a quarter's figures for the panel; None where they are kept already: they never change.

    Raises NotAllowed, and WrongState for a quarter that is not over.
    """
    require(actor, "administer", page=page.pk)
    if now.date() <= last:
        raise WrongState("A quarter is kept when it is over.")
    with transaction.atomic():
        page = hold_page(page)
        if PanelQuarter.objects.filter(page=page, quarter=quarter).exists():
            return None
        kept = PanelQuarter.objects.create(
            page=page, quarter=quarter, first=first, last=last, as_of=now, figures=list(figures)
        )
        ask(page=page, places={"trust"}, now=now)
        record_act(
            actor=actor, verb="publishing.keep_panel_quarter", subject=f"page:{page.public_id}",
            now=now, detail={"quarter": quarter, "hash": sha256_of_json(kept.figures)},
        )  # fmt: skip
    return kept
