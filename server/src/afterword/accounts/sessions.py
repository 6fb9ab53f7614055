"""Sessions kept in rows that say whose they are, so that people can see and end them."""

from collections.abc import Mapping, MutableMapping
from datetime import datetime, timedelta
from typing import Any

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore

from afterword.accounts.models import DeskSession

PRESENCE = "presence"
NOTED_EVERY = timedelta(minutes=10)
"""How long "last seen" may be behind: a write for every page would cost more than it tells."""


class SessionStore(DatabaseStore):
    """Django's store in the database, with the columns of ``DeskSession`` filled in."""

    @classmethod
    def get_model_class(cls) -> type[DeskSession]:
        return DeskSession

    def create_model_instance(self, data: dict[str, Any]) -> DeskSession:
        row = DeskSession(
            session_key=self._get_or_create_session_key(),  # type: ignore[attr-defined]
            session_data=self.encode(data),
            expire_date=self.get_expiry_date(),
        )
        if who := data.get(SESSION_KEY):
            row.person_id = int(who)
        presence: Mapping[str, str] = data.get(PRESENCE, {})
        row.began_at, row.seen_at = _moment(presence, "began"), _moment(presence, "seen")
        row.address = presence.get("address", "")
        row.device = presence.get("device", "")
        return row


def note_presence(
    session: MutableMapping[str, Any], *, now: datetime, address: str, device: str
) -> None:
    """Keep in a session from where, with what and when it was used last, at most every ten minutes.

    ``device`` is what the browser says of itself.
    """
    device = device[:200]
    before: Mapping[str, str] = session.get(PRESENCE, {})
    seen = _moment(before, "seen")
    same = (before.get("address"), before.get("device")) == (address, device)
    if same and seen is not None and timedelta(0) <= now - seen < NOTED_EVERY:
        return
    session[PRESENCE] = {
        "began": before.get("began", now.isoformat()),
        "seen": now.isoformat(),
        "address": address,
        "device": device,
    }


def _moment(presence: Mapping[str, str], name: str) -> datetime | None:
    text = presence.get(name)
    return datetime.fromisoformat(text) if text else None
