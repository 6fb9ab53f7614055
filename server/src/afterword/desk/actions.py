from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from afterword.accounts.models import Person
from afterword.desk.models import KEY_LENGTH, SentForm
from afterword.kit.errors import BadInput

KEPT = timedelta(days=7)


@dataclass(frozen=True)
class Done:
    """Where a form led; ``again`` when it had been sent before and nothing was done now."""

    went_to: str
    again: bool


def do_once(*, person: Person, key: str, now: datetime, act: Callable[[], str]) -> Done:
    """Do what the form asks and keep where that led, in one transaction, once per key and person.

    The same key again does nothing and leads to the same place, also when both come at the same
    instant: the second waits for the first. When the act is refused, whatever it raises, the key
    stays unused. Without a key (a program's post) the act is simply done. Raises BadInput for a
    key that no form of ours had.
    """
    if not key:
        return Done(act(), again=False)
    if len(key) > KEY_LENGTH or not key.isascii() or not key.isprintable():
        raise BadInput("This form is not whole. Open its page again and send it from there.")
    with transaction.atomic():
        row, is_new = SentForm.objects.get_or_create(
            person=person, key=key, defaults={"sent_at": now, "went_to": ""}
        )
        if not is_new:
            return Done(row.went_to, again=True)
        row.went_to = act()
        row.save(update_fields=["went_to"])
        SentForm.objects.filter(sent_at__lt=now - KEPT).delete()
    return Done(row.went_to, again=False)
