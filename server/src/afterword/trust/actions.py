"""What of it is written down: who took a report along."""

from datetime import datetime

from django.db import transaction

from afterword.accounts.permissions import Actor, require
from afterword.audit.actions import record_act
from afterword.components.models import Page
from afterword.trust.booklet import Audience
from afterword.trust.periods import Period


def take_along(
    *, actor: Actor, now: datetime, page: Page, period: Period, audience: str, form: str
) -> None:
    """Write into the log that somebody takes a report of the page along, and in which form.

    Raises NotAllowed for an auditor's report and an actor who may not read it.
    """
    if audience == Audience.AUDITOR:
        require(actor, "read_evidence", page=page.pk)
    with transaction.atomic():
        record_act(
            actor=actor, verb="trust.take_report", subject=f"page:{page.public_id}", now=now,
            detail={"period": period.name, "for": str(audience), "form": form},
        )  # fmt: skip
