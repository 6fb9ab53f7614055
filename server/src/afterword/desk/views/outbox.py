"""The outbox: every letter, its state, every try; in the demo also its exact words.

Who a letter is to, and the links that act for that person, are for those who look after the
audience; everybody else sees enough to recognise a letter, and no more, wherever it would stand.
"""

from dataclasses import dataclass
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from afterword.desk.recognising import recognisable, shown_address, shown_answer
from afterword.desk.shell import for_the_team, may_do, show, the_person
from afterword.kit.errors import NotAllowed
from afterword.postbox import queries as postbox
from afterword.postbox.addresses import FORGOTTEN
from afterword.postbox.envelope import envelope_of
from afterword.postbox.models import Letter, LetterState

LISTED = 200
CAME_BACK_LISTED = 50
HIDDEN = "hidden"
_HEADERS = (
    "From", "To", "Subject", "Date", "Message-ID", "List-Unsubscribe", "List-Unsubscribe-Post",
)  # fmt: skip


@dataclass(frozen=True)
class AsSent:
    """A letter as it goes out: its headers in order, and its plain text."""

    headers: list[tuple[str, str]]
    text: str


@for_the_team("GET", of_every_page=True)
def listing(request: HttpRequest) -> HttpResponse:
    sees_all = may_do(the_person(request), None)["manage_audience"]
    counted = postbox.counts_by_state()
    context = {
        "letters": [
            (
                one,
                shown_address(one.recipient, sees_all),
                shown_answer(one.last_answer, sees_all),
            )
            for one in postbox.newest(LISTED)
        ],
        "counts": [(LetterState(state), count) for state, count in counted.items()],
        "came_back": [
            (
                one,
                shown_address(one.recipient, sees_all),
                shown_answer(one.said, sees_all),
            )
            for one in postbox.newest_that_came_back(CAME_BACK_LISTED)
        ],
        "words_shown": settings.SHOW_OUTBOX,
        "can_send": bool(settings.SMTP),
        "listed": LISTED,
    }
    return show(request, "desk/outbox.html", context)


@for_the_team("GET", of_every_page=True)
def letter(request: HttpRequest, letter_id: int) -> HttpResponse:
    sees_all = may_do(the_person(request), None)["manage_audience"]
    found = postbox.letter_by_id(letter_id)
    if not settings.SHOW_OUTBOX and not sees_all:
        raise NotAllowed("Only a publisher may see who a letter is to.")
    gone = found.recipient.startswith(FORGOTTEN)
    shown = found if sees_all else _masked(found)
    context = {
        "letter": found,
        "address": shown_address(found.recipient, sees_all),
        "tries": [(one, shown_answer(one.answer, sees_all)) for one in postbox.tries_of(found)],
        "came_back": [
            (one, shown_answer(one.said, sees_all)) for one in postbox.came_back_of(found)
        ],
        "as_sent": None if gone or not settings.SHOW_OUTBOX else as_sent(shown),
        "gone": gone,
        "masked": not sees_all,
    }
    return show(request, "desk/letter.html", context)


def as_sent(one: Letter) -> AsSent:
    """Return a letter read back from the bytes that are handed to the mail server for it."""
    raw = envelope_of(one.message).fill(one)
    mail = message_from_bytes(raw, _class=EmailMessage, policy=default)
    plain = mail.get_body(("plain",))
    headers = [(name, str(mail[name])) for name in _HEADERS if mail[name] is not None]
    return AsSent(headers, plain.get_content() if plain is not None else "")


def _masked(one: Letter) -> Letter:
    """Return an unsaved copy in which everything that is the recipient's own is hidden."""
    return Letter(
        message=one.message,
        recipient=recognisable(one.recipient, "..."),
        fill=dict.fromkeys(one.fill, HIDDEN),
        rfc_message_id=one.rfc_message_id,
        created_at=one.created_at,
    )
