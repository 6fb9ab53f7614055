"""What somebody sent after their session had ended: sealed into the sign-in page, given back after.

Nothing is stored for people who are not signed in. The sealed form travels with the sign-in, is
bound to whoever was signed in with this browser last, and is never acted upon by itself: an
editor's text comes back into the editor, any other form to be sent once more by hand.
"""

import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from django.core.signing import BadSignature, Signer
from django.http import HttpRequest, QueryDict
from django.urls import Resolver404, ResolverMatch, resolve, reverse

from afterword.accounts.models import Person
from afterword.components.queries import the_page
from afterword.desk.actions import keep_typed
from afterword.desk.known_browser import last_known
from afterword.desk.opened import Opened, opens
from afterword.desk.queries import new_pad
from afterword.kit import clock
from afterword.kit.errors import Refusal
from afterword.kit.sealing import seal, unseal
from afterword.statements import queries as statements

FIELD = "held"
"""The hidden field in which a sealed form travels through the sign-in."""
GIVEN_BACK = "given_back"
"""The hidden field by which a form that was given back, and is sent again, names itself."""
OWNER = "typed_by"
"""The hidden field that says, signed, whose editor it was."""
LONGEST = 150_000
"""Characters of all fields together; a longer form is not held, and its page says so."""
GOOD_FOR = timedelta(days=3)
MOST_FORMS = 5
_PURPOSE = "held form"
_IN_SESSION = "held forms"
_NOT_TYPED = frozenset({"csrfmiddlewaretoken", FIELD, GIVEN_BACK, OWNER})


@dataclass(frozen=True)
class Held:
    """A form that was not taken: where it was going, and its fields in order."""

    path: str
    fields: tuple[tuple[str, str], ...]
    person: int | None
    at: datetime

    @property
    def match(self) -> ResolverMatch | None:
        """The view it was going to, if that takes held forms; in a case, what was open there."""
        path, _, query = self.path.partition("?")
        try:
            found = resolve(path)
        except Resolver404:
            return None
        within = opens(reverse("desk:now") + QueryDict(query).get("open", ""))
        for view in (within, found) if found.url_name == "case" else (found,):
            if view is not None and getattr(view.func, "holds_text", False):
                return view
        return None

    def value(self, name: str) -> str:
        return next((value for key, value in self.fields if key == name), "")


def owner_mark(person: Person) -> str:
    """Return what an editor's form says of whose it is."""
    return Signer(salt=_PURPOSE).sign(str(person.pk))


def has_words(request: HttpRequest) -> bool:
    """Whether anything was typed into the form at all."""
    return any(value.strip() for _, value in _fields_of(request.POST))


def sealed_form(request: HttpRequest) -> str:
    """Return the form of a request, sealed; "" for one that is too long or carries files.

    Only for views that hold text.
    """
    if request.FILES:
        return ""
    fields = _fields_of(request.POST)
    if sum(len(value) for _, value in fields) > LONGEST:
        return ""
    held = {
        "path": request.get_full_path(),
        "fields": fields,
        "person": _owner(request),
        "at": clock.now().isoformat(),
    }
    return seal(json.dumps(held), purpose=_PURPOSE)


def opened(sealed: str) -> Held | None:
    """Return a sealed form; None when we did not seal it, or longer ago than ``GOOD_FOR``."""
    text = unseal(sealed, purpose=_PURPOSE) if sealed else None
    if text is None:
        return None
    kept: dict[str, Any] = json.loads(text)
    at = datetime.fromisoformat(kept["at"])
    if clock.now() - at > GOOD_FOR:
        return None
    fields = tuple((str(name), str(value)) for name, value in kept["fields"])
    return Held(kept["path"], fields, kept["person"], at)


def is_of(held: Held, person: Person) -> bool:
    """Whether the person may have it back: it was typed by them, as far as the browser knows."""
    return held.person in {None, person.pk}


def give_back(request: HttpRequest, person: Person, held: Held) -> str:
    """Keep it where only this person finds it, and return the address where they do."""
    found = held.match
    if found is None:
        return reverse("desk:now")
    if found.url_name == "statement" and (back := _into_the_editor(request, person, held, found)):
        return back
    kept = [*request.session.get(_IN_SESSION, [])][-(MOST_FORMS - 1) :]
    key = new_pad()
    kept.append({"key": key, "path": held.path, "fields": held.fields, "at": held.at.isoformat()})
    request.session[_IN_SESSION] = kept
    return reverse("desk:held", args=[key])


def held_here(request: HttpRequest, key: str) -> Held | None:
    """Return a form that was given back in this session."""
    kept = next((e for e in request.session.get(_IN_SESSION, []) if e["key"] == key), None)
    if kept is None:
        return None
    fields = tuple((name, value) for name, value in kept["fields"])
    return Held(kept["path"], fields, None, datetime.fromisoformat(kept["at"]))


def let_go(request: HttpRequest, key: str) -> None:
    """Forget a form that was given back: it was sent, or is not wanted."""
    kept = request.session.get(_IN_SESSION, [])
    left = [each for each in kept if each["key"] != key]
    if len(left) != len(kept):
        request.session[_IN_SESSION] = left


def _into_the_editor(
    request: HttpRequest, person: Person, held: Held, found: ResolverMatch
) -> str | None:
    """Put the text into the person's own pad; None when it has to be shown as a form instead."""
    based_on = held.value("based_on")
    try:
        statement = statements.statement_by_public_id(the_page(), found.kwargs["statement_id"])
        kept = keep_typed(
            person=person,
            now=clock.now(),
            statement=statement,
            pad=new_pad(),
            title=held.value("title"),
            body=held.value("body"),
            based_on=int(based_on) if based_on.isascii() and based_on.isdigit() else 0,
            device=request.headers.get("User-Agent", ""),
        )
    except Refusal:
        return None
    where = reverse("desk:statement", args=[statement.public_id])
    where = f"{where}?{urlencode({'pad': kept.pad})}"
    case = Opened(statement.incident.public_id)
    is_in_case = held.path.startswith(case.case)
    return case.within(where) if is_in_case else where


def _owner(request: HttpRequest) -> int | None:
    try:
        return int(Signer(salt=_PURPOSE).unsign(request.POST.get(OWNER, "")))
    except BadSignature:
        return last_known(request)


def _fields_of(post: QueryDict) -> list[tuple[str, str]]:
    return [
        (name, value) for name, values in post.lists() if name not in _NOT_TYPED for value in values
    ]
