"""Writing down that somebody wanted no more mail, in the transaction of what they did."""

from collections.abc import Collection, Sequence
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
    note_complaints(letters=[letter], now=now)


def note_complaints(*, letters: Sequence[Letter], now: datetime) -> None:
    """Write down the same of several letters."""
    emails = {each.recipient for each in letters}
    known = Subscriber.objects.filter(page__in=Page.objects.values("pk"), email__in=emails)
    pages: dict[str, list[int | None]] = {}
    for email, page in known.order_by("page").values_list("email", "page"):
        pages.setdefault(email, []).append(page)
    OptOut.objects.bulk_create(
        OptOut(page_id=page, how=OptOut.How.COMPLAINED, at=now, letter=each)
        for each in letters
        for page in pages.get(each.recipient, [None])
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
