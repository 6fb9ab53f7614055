"""A mail server that takes its time holds up nothing but the mail it is given."""

import time

import pytest

from postbox.piped import USUAL, Piped, running_piped
from worker.houses import READERS, House

pytestmark = pytest.mark.slow


def test_what_is_published_becomes_letters_while_a_slow_server_takes_a_run(house: House) -> None:
    server = Piped(answer=lambda verb, recipient, count: 0.5 if verb == "body" else USUAL[verb])
    with running_piped(server):
        house.environment["AFTERWORD_SMTP_URL"] = f"{server.url}?connections=2"
        house.act("publish", "1")
        house.start("worker")
        house.until(lambda seen: seen["states"].get("sent", 0) > 0, seconds=30)
        published = time.monotonic()
        house.act("publish", "1")
        house.until(lambda seen: sum(seen["states"].values()) == 2 * READERS, seconds=30)
        assert time.monotonic() - published < 15
        assert house.tally()["states"]["sent"] < READERS
