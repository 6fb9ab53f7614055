import re
import secrets

from afterword.accounts.models import Person
from afterword.desk.models import SentForm, TypedText
from afterword.kit.texts import legible
from afterword.statements.models import Revision, Statement
from afterword.statements.texts import Text

_PAD = re.compile(r"[0-9a-f]{32}")
_NOT_STORED = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")


def went_to(person: Person, key: str) -> str | None:
    """Return where the person's form with this key led, or None when it was not sent yet."""
    found = SentForm.objects.filter(person=person, key=key).values_list("went_to", flat=True)
    return found.first() if key else None


def new_pad() -> str:
    """Return the name of an editor that was just opened."""
    return secrets.token_hex(16)


def is_pad(text: str) -> bool:
    return _PAD.fullmatch(text) is not None


def stored(title: str, body: str) -> Text:
    """Return a text as it is kept while it is typed: nothing is refused that a person can see."""
    line = " ".join(_NOT_STORED.sub("", legible(title)).split())
    return Text(line, _NOT_STORED.sub("", legible(body)).rstrip())


def typed_text(person: Person, statement: Statement, pad: str) -> TypedText | None:
    """Return what a pad of the person holds."""
    found = TypedText.objects.filter(person=person, statement=statement, pad=pad)
    return found.first() if is_pad(pad) else None


def typed_unsaved(person: Person, statement: Statement, *, but: str = "") -> list[TypedText]:
    """Return what the person typed into the text and no revision holds, the newest first.

    ``but`` is the pad they have before them.
    """
    saved = Revision.objects.filter(statement=statement).values("text_hash")
    mine = TypedText.objects.filter(person=person, statement=statement).exclude(pad=but)
    return list(mine.exclude(text_hash__in=saved).order_by("-typed_at", "-pk"))
