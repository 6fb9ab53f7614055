"""Through kills and a mail server that hangs up, nobody hears "investigating" after "resolved"."""

import email
import email.policy
import time
from typing import Any

import pytest

from postbox.piped import USUAL, Piped, running_piped
from worker.houses import READERS, House

pytestmark = pytest.mark.slow


def is_settled(seen: dict[str, Any]) -> bool:
    return sum(seen["states"].values()) == 2 * READERS and not (
        seen["states"].keys() & {"waiting", "claimed"}
    )


def arrivals(server: Piped) -> dict[str, list[str]]:
    """Return what each recipient got, in the order of arrival."""
    found: dict[str, list[str]] = {}
    for recipient, body in server.arrived:
        mail = email.message_from_bytes(body, policy=email.policy.default)
        status = "resolved" if "resolved" in str(mail["Subject"]) else "investigating"
        found.setdefault(recipient, []).append(status)
    return found


def test_old_words_never_arrive_after_the_end(house: House) -> None:
    server = Piped(answer=lambda verb, recipient, count: 0.1 if verb == "body" else USUAL[verb])
    with running_piped(server):
        house.environment["AFTERWORD_SMTP_URL"] = f"{server.url}?connections=4"
        house.act("tell", "investigating")
        worker = house.start("worker")
        until = time.monotonic() + 60
        while len(server.accepted) < 20:
            assert time.monotonic() < until
            time.sleep(0.01)
        house.kill(worker)
        worker = house.start("worker")
        house.act("tell", "resolved")
        for _ in range(2):
            server.hang_up()
            time.sleep(1.5)
            house.kill(worker)
            worker = house.start("worker")
        house.until(is_settled, seconds=120)
    got = arrivals(server)
    assert len(got) == READERS
    # Killed with a letter in the air, a sender repeats it; never in another order.
    assert all(words == sorted(words) and "resolved" in words for words in got.values())
    assert any(words == ["resolved"] for words in got.values())
