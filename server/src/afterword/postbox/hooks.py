"""Letters to machines: a JSON body to somebody's address, signed by Standard Webhooks.

A letter's ``fill`` holds where it goes and what signs it (``postbox.destinations``). The text of
its message is the body, with marks that are replaced by JSON strings' insides.
"""

import base64
import binascii
import hashlib
import hmac
import json
from collections.abc import Callable
from datetime import datetime

from afterword.kit.outgoing import Answered, Network, NotReached, Place, Refused, post
from afterword.postbox.destinations import destination_of
from afterword.postbox.lines import one_line
from afterword.postbox.marks import MARK
from afterword.postbox.outcomes import Claimed, Outcome
from afterword.postbox.relay import Answer, Mail, Take, Told

CHANNELS = ("webhook", "slack", "teams", "discord")
_SECRET = "whsec_"  # noqa: S105  the standard's prefix, no secret
# Answers that mean "not now" although they begin with a 4 (RFC 9110, RFC 6585).
_LATER = {408, 425, 429}


class Hooks:
    """Hands letters over by HTTP, one after the other. Takes the place of a relay."""

    def __init__(
        self,
        *,
        now: Callable[[], datetime],
        allowed: tuple[Network, ...] = (),
        named: tuple[Place, ...] = (),
    ) -> None:
        self._now = now
        self._allowed = allowed
        self._named = named

    def twin(self) -> "Hooks":
        return Hooks(now=self._now, allowed=self._allowed, named=self._named)

    def deliver(self, take: Take, told: Told) -> None:
        while (mail := take(True)) is not None:
            told(mail, self._handed_over(mail))

    def close_if_idle(self, seconds: float) -> None:
        """Nothing is kept open: each letter goes to somebody else's machine."""

    def quit(self) -> None:
        """As above."""

    def _handed_over(self, mail: Mail) -> Answer:
        headers = {"Content-Type": "application/json", "User-Agent": "Afterword"}
        if secret := destination_of(mail.letter.fill).secret:
            headers |= signed(mail.letter.rfc_message_id, self._now(), mail.raw, secret)
        try:
            answered = post(
                mail.sender, mail.raw, headers, allowed=self._allowed, named=self._named
            )
            return _answer(answered)
        except Refused as wrong:
            return Answer(Outcome.REFUSED, None, one_line(str(wrong), 500))
        except NotReached as wrong:
            return Answer(Outcome.LOST, None, one_line(str(wrong), 500))


def hook_of(letter: Claimed) -> Mail:
    """Return the letter as it goes out; ``sender`` holds the address it is posted to.

    Raises ValueError when its body is no JSON, or its address cannot be unsealed.
    """
    body = MARK.sub(
        lambda found: json.dumps(str(letter.fill.get(found[1], "")))[1:-1], letter.message.text
    )
    json.loads(body)
    return Mail(letter, destination_of(letter.fill).url, body.encode())


def signed(message_id: str, now: datetime, body: bytes, secret: str) -> dict[str, str]:
    """Return the headers of the Standard Webhooks specification; the id is the letter's own, so
    that a repeated one can be told. Raises ValueError for a secret that is none.
    """
    try:
        key = base64.b64decode(secret.removeprefix(_SECRET), validate=True)
    except binascii.Error as wrong:
        raise ValueError("the secret of a webhook is whsec_ and base64") from wrong
    name = "msg_" + message_id.strip("<>").partition("@")[0]
    at = str(int(now.timestamp()))
    digest = hmac.new(key, f"{name}.{at}.".encode() + body, hashlib.sha256).digest()
    return {
        "webhook-id": name,
        "webhook-timestamp": at,
        "webhook-signature": "v1," + base64.b64encode(digest).decode(),
    }


def _answer(answered: Answered) -> Answer:
    code = answered.status
    said = one_line(" ".join(filter(None, (answered.text[:300], answered.cut))), 500)
    if 200 <= code < 300:
        return Answer(Outcome.ACCEPTED, code, said)
    if 300 <= code < 400:
        to = one_line(answered.headers.get("location", "elsewhere"), 200)
        return Answer(
            Outcome.REFUSED, code, f"It points to {to}, which is not followed. Enter that address."
        )
    later = code >= 500 or code in _LATER
    return Answer(Outcome.DEFERRED if later else Outcome.REFUSED, code, said)
