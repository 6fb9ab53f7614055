"""Mail that came back, as a mail provider's webhook tells it, brought into one documented form."""

import json
from typing import Any

from django.http import HttpRequest, JsonResponse

from afterword.accounts.permissions import Bearer
from afterword.api.door import body_of, for_tokens
from afterword.audience.actions.coming_back import take_in
from afterword.components.models import Page
from afterword.kit import clock
from afterword.kit.errors import BadInput
from afterword.kit.hashing import sha256_of_text
from afterword.postbox.lines import one_line
from afterword.postbox.reports import Kind, Report

_MOST_BYTES, _MOST_EVENTS = 1_000_000, 1000
_LONGEST = 500
REFUSED = "refused"
"""What came of an event that cannot be read."""


@for_tokens("POST", act="report_bounces")
def bounces(request: HttpRequest, bearer: Bearer, page: Page) -> JsonResponse:
    """Take in events and say what came of each; the same event again changes nothing.

    One that cannot be read keeps none of the others out.
    """
    now = clock.now()
    became: list[str] = []
    refused: list[dict[str, Any]] = []
    for number, each in enumerate(_events(request), start=1):
        try:
            digest, report = _event(number, each)
        except BadInput as wrong:
            became.append(REFUSED)
            refused.append({"event": number, "why": wrong.message})
            continue
        became.append(take_in(now=now, report=report, digest=digest, trusted=True).value)
    return JsonResponse({"events": became, "refused": refused})


def _events(request: HttpRequest) -> list[Any]:
    try:
        sent = json.loads(body_of(request, most=_MOST_BYTES))
    except (ValueError, RecursionError) as broken:
        raise BadInput("This is no JSON.", {"body": "not JSON"}) from broken
    events = sent.get("events") if isinstance(sent, dict) else None
    if not isinstance(events, list) or len(events) > _MOST_EVENTS:
        raise BadInput(
            f'Send {{"events": [{{"id", "kind", "message_id"}}]}}, at most {_MOST_EVENTS:,}.',
            {"events": "not a list"},
        )
    return events


def _event(number: int, event: Any) -> tuple[str, Report]:
    """Return an event's digest and what it reports. Raises BadInput, naming the event.

    An id is its provider's own, and two may use the same one, but never for the same letter. Tokens
    are renewed, and an event that is told again afterwards is still the same.
    """
    if not isinstance(event, dict):
        raise BadInput(f"Event {number} is no object.", {f"events[{number}]": "no object"})
    said = {name: _text(number, event, name) for name in _FIELDS}
    if said["kind"] not in set(Kind):
        kinds = ", ".join(Kind)
        raise BadInput(f"The kind of event {number} is none of {kinds}.", {"kind": "unknown"})
    if not said["id"] or not (said["message_id"] or said["return_path"]):
        raise BadInput(
            f"Event {number} needs an id of its own, and message_id or return_path.",
            {f"events[{number}]": "id, message_id or return_path missing"},
        )
    message_id = said["message_id"].strip("<>")
    report = Report(
        kind=Kind(said["kind"]),
        status=said["status"],
        said=one_line(said["said"], _LONGEST),
        sent_to=(said["return_path"],),
        message_ids=(f"<{message_id}>",) if message_id else (),
    )
    about = message_id or said["return_path"]
    return sha256_of_text(f"event:{about}:{said['id']}"), report


_FIELDS = ("id", "kind", "message_id", "return_path", "status", "said")


def _text(number: int, event: dict[str, Any], name: str) -> str:
    value = event.get(name, "")
    # A server's answer has several lines, and as many words as it likes.
    loose = name == "said"
    if not isinstance(value, str) or not (
        loose or (len(value) <= _LONGEST and value.isprintable())
    ):
        raise BadInput(f"{name} of event {number} is no short text.", {name: "no short text"})
    return value
