"""Pages of the desk opened within the page of their case: which may be, and where they stand then.

``/desk/cases/<case>/?open=statements/<text>/`` is the page of the case with the page of the text in
it. What is opened is the page's own view and template; forms and ways within it are led through the
page of the case, so that nobody is sent away from it. Addresses come from the table of the desk
alone: nothing outside of it can be opened or led to.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

from django.http import HttpRequest
from django.urls import Resolver404, ResolverMatch, resolve, reverse

from afterword.incidents.models import Incident
from afterword.kit.errors import NotFound
from afterword.statements import queries as statements

PLACE = "opened"
"""The id of what is opened, within the page of the case."""
_TEXTS = {"statement", "review", "publish"}
_BESIDE = {"record", "decision", "commitments", "follow-up"}
_ACTS = {
    "start-statement", "forget-typed", "ask-review", "approve", "ask-changes", "comment",
    "settle-comment", "read-afterwards", "override", "confirm-override", "cancel-departure",
    "confirm-decision", "commitment", "tell-promises",
}  # fmt: skip
OPENS = frozenset({*_TEXTS, *_BESIDE, *_ACTS})
"""The names of the addresses that open within a case."""


@dataclass(frozen=True)
class Opened:
    """What stands open in the page of a case.

    ``at`` is its address below the desk's, "" while nothing is open. ``then`` is the text that was
    open before and opens again afterwards. ``around`` asks for what the page shows around it.
    """

    incident_id: str
    at: str = ""
    then: str = ""
    around: Callable[[], Mapping[str, Any]] = dict

    @property
    def case(self) -> str:
        return reverse("desk:case", args=[self.incident_id])

    def within(self, address: str) -> str:
        """Return where the address stands within the case; the same for what opens nowhere."""
        parts = urlsplit(address)
        match = opens(parts.path)
        if match is None or match.kwargs.get("incident_id", self.incident_id) != self.incident_id:
            return address
        at = parts.path.removeprefix(reverse("desk:now"))
        asked = {"open": at}
        before = self.at if self._is_text and match.url_name in _BESIDE else self.then
        if before and before != at:
            asked["then"] = before
        query = urlencode([*asked.items(), *parse_qsl(parts.query)], safe="/")
        return f"{self.case}?{query}#{parts.fragment or PLACE}"

    def led(self, address: str) -> str:
        """Return where a redirect leads: within the case, and back to the text open before."""
        if self.then and address == self.case:
            return Opened(self.incident_id).within(reverse("desk:now") + self.then)
        return self.within(address)

    @property
    def back(self) -> str:
        """Where closing this leads: to the text that was open before, else to the whole case."""
        return self.led(self.case)

    @property
    def _is_text(self) -> bool:
        match = opens(reverse("desk:now") + self.at)
        return match is not None and match.url_name in _TEXTS


def opened_in(request: HttpRequest) -> Opened | None:
    """Return what the page of a case has open in this request; None on any other page."""
    found = getattr(request, "opened", None)
    return found if isinstance(found, Opened) else None


def to_open(incident: Incident, at: str) -> ResolverMatch:
    """Return the view that an address below the desk's names. Raises NotFound for another case's,
    and for what does not open within a case.
    """
    match = opens(reverse("desk:now") + at)
    if match is None:
        raise NotFound("This does not open within a case.")
    if match.kwargs.get("incident_id", incident.public_id) != incident.public_id:
        raise NotFound("This belongs to another case.")
    if text := match.kwargs.get("statement_id"):
        statement = statements.statement_by_public_id(incident.page, text)
        if statement.incident_id != incident.pk:
            raise NotFound("This text belongs to another case.")
    return match


def opens(path: str) -> ResolverMatch | None:
    """Return the view at an address of the desk that opens within a case; None for any other."""
    try:
        match = resolve(path)
    except Resolver404:
        return None
    return match if match.namespace == "desk" and match.url_name in OPENS else None
