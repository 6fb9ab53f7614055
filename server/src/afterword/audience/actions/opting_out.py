"""Writing down that somebody wanted no more mail, in the transaction of what they did."""

from collections.abc import Collection
from datetime import datetime

from django.db.models import OuterRef, Subquery

from afterword.audience.models import OptOut, Subscriber
from afterword.components.models import Page
from afterword.postbox.models import Letter
from afterword.postbox.queries import last_mail_to


def note_opt_out(*, page: Page, email: str, how: OptOut.How, now: datetime) -> None:
    """Write down that the address wants no more mail about the page."""
    last = last_mail_to(email, by=now).first()
    OptOut.objects.create(page=page, how=how, at=now, letter_id=last)


def note_complaint(*, letter: Letter, now: datetime) -> None:
    """Write down that the letter was reported as spam, for every page its reader subscribed to."""
    known = Subscriber.objects.filter(page__in=Page.objects.values("pk"), email=letter.recipient)
    pages: list[int | None] = [*known.order_by("page").values_list("page", flat=True)]
    OptOut.objects.bulk_create(
        OptOut(page_id=each, how=OptOut.How.COMPLAINED, at=now, letter=letter)
        for each in pages or [None]
    )


def note_left_elsewhere(*, page: Page, emails: Collection[str]) -> None:
    """Write down when those of the subscribers who were brought here as gone had left, if they had
    mail of ours by then. Who had none left somebody else.
    """
    gone = Subscriber.objects.filter(page=page, email__in=emails, unsubscribed_at__isnull=False)
    last = Subquery(last_mail_to(OuterRef("email"), by=OuterRef("unsubscribed_at")))
    rows = gone.annotate(last=last).exclude(last=None).order_by("pk")
    OptOut.objects.bulk_create(
        OptOut(page=page, how=OptOut.How.UNSUBSCRIBED, at=at, letter_id=letter)
        for at, letter in rows.values_list("unsubscribed_at", "last")
        if at is not None
    )
