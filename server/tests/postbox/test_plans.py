"""What senders ask of the outbox again and again looks at what is to be sent, not at all of it."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection

from afterword.postbox.actions import claim, end_rest, release_claims_of, rest, sweep
from afterword.postbox.models import Letter, LetterState
from afterword.postbox.partly import READY
from afterword.postbox.queries import asked_to_stop
from afterword.postbox.states import Event, sources
from postbox.letters import people, posted

pytestmark = pytest.mark.django_db
WHOLE, PART = "SCAN postbox_letter", "USING INDEX letters_to_stop"


def asks(now: datetime) -> dict[str, Callable[[], object]]:
    return {
        "claim": lambda: claim(now=now, limit=10, lease_seconds=60, worker="test"),
        "asked_to_stop": lambda: asked_to_stop("test"),
        "release_claims_of": lambda: release_claims_of(worker="test", now=now),
        "sweep": lambda: sweep(now=now),
        "end_rest": lambda: end_rest(channel="email", now=now),
    }


@pytest.mark.parametrize(
    "ask", ["claim", "asked_to_stop", "release_claims_of", "sweep", "end_rest"]
)
def test_no_letter_that_left_long_ago_is_looked_at(now: datetime, ask: str) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL weighs by numbers of rows, of which a test has few")
    posted(now, people(20))
    rest(channel="email", now=now, until=now + timedelta(minutes=1), because="unreachable")
    asked: list[tuple[str, Any]] = []

    def note(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        asked.append((sql, params))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        asks(now)[ask]()
    plans = []
    with connection.cursor() as cursor:
        for sql, params in asked:
            if "postbox_letter" in sql:
                # With its values beside it: with them inside, more indexes would do.
                cursor.execute(f"EXPLAIN QUERY PLAN {sql}", params)
                plans += [row[3] for row in cursor.fetchall()]
    assert plans
    assert not [each for each in plans if each.startswith(WHOLE) and PART not in each], plans


def test_what_is_ready_is_what_may_be_claimed(now: datetime) -> None:
    for letter, state in zip(posted(now, people(6)), LetterState, strict=True):
        letter.state = state
        letter.lease_until = now if state == LetterState.CLAIMED else None
        letter.sent_at = now if state == LetterState.SENT else None
        letter.save()
    may_be_claimed = set(Letter.objects.filter(state__in=sources(Event.CLAIM)))
    assert set(Letter.objects.filter(READY)) == may_be_claimed
    assert len(may_be_claimed) == 2
