from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from afterword.accounts.models import Person
from afterword.accounts.permissions import require
from afterword.desk.models import KEY_LENGTH, SentForm, TypedText
from afterword.desk.queries import is_pad, stored
from afterword.kit.errors import BadInput
from afterword.statements.models import Statement

KEPT = timedelta(days=7)
TYPED_KEPT = timedelta(days=30)
LONGEST_TYPED = 100_000
"""Characters. More than a revision takes: who pastes too much must not lose it."""
MOST_PADS = 10
"""Of one person in one text; the oldest makes room."""


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


def keep_typed(
    *,
    person: Person,
    now: datetime,
    statement: Statement,
    pad: str,
    title: str,
    body: str,
    based_on: int,
    device: str = "",
) -> TypedText:
    """Keep what the person has typed so far, for them alone; it replaces what this pad held.

    No revision, and nothing that anybody else sees. Raises NotAllowed, and BadInput for more than
    ``LONGEST_TYPED`` characters or a pad that no editor of ours has.
    """
    require(person, "write", page=statement.incident.page_id)
    if not is_pad(pad):
        raise BadInput("This editor is not whole. Copy your text and load the page again.")
    if len(title) + len(body) > LONGEST_TYPED:
        raise BadInput(
            f"The text is too long to be kept while you type: the limit is {LONGEST_TYPED:,} "
            "characters."
        )
    text = stored(title, body)
    mine = TypedText.objects.filter(person=person, statement=statement)
    with transaction.atomic():
        kept, is_new = TypedText.objects.update_or_create(
            person=person,
            statement=statement,
            pad=pad,
            defaults={
                "title": text.title,
                "body": text.body,
                "text_hash": text.hash,
                "based_on": max(0, min(based_on, 2**31 - 1)),
                "typed_at": now,
                "device": device[:200],
            },
        )
        if is_new:
            newest = mine.order_by("-typed_at", "-pk").values_list("pk", flat=True)[:MOST_PADS]
            mine.exclude(pk__in=list(newest)).delete()
            TypedText.objects.filter(typed_at__lt=now - TYPED_KEPT).delete()
    return kept


def forget_typed(*, person: Person, statement: Statement, pad: str) -> None:
    """Forget what a pad of the person holds: it is saved now, or not wanted."""
    TypedText.objects.filter(person=person, statement=statement, pad=pad).delete()
