"""`kill -9` of a worker that reads an upload: it is taken up again, and counts once."""

import json
import random
import signal
import subprocess
import time
from typing import Any

import pytest

from worker.houses import House

pytestmark = pytest.mark.slow
ROWS = 6000
KILLS = 8


def seen(house: House) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(house.act("uploaded"))
    return found


def whole_or_nothing(told: dict[str, Any], rows: int) -> None:
    assert told["customers"] in {0, rows}
    assert told["contacts"] == told["customers"]
    assert told["logged"] == (1 if told["customers"] else 0)
    assert (told["uploads"][0]["state"] == "written") == bool(told["customers"])


def until(house: House, state: str, seconds: float = 60) -> dict[str, Any]:
    end = time.monotonic() + seconds
    while True:
        told = seen(house)
        if all(each["state"] == state for each in told["uploads"]):
            return told
        assert time.monotonic() < end, told
        time.sleep(0.2)


def until_claimed(house: House, worker: subprocess.Popen[bytes], tries: int) -> dict[str, Any]:
    end = time.monotonic() + 30
    while (told := seen(house))["uploads"][0]["tries"] < tries:
        assert worker.poll() is None
        assert time.monotonic() < end, told
    return told


def test_killed_again_and_again_while_it_reads_it_is_brought_in_once(house: House) -> None:
    """Kills at times nobody chose, from before it is claimed to after it is written."""
    chance = random.Random(20261130)
    house.act("upload", str(10 * ROWS))
    in_the_middle = 0
    for kill in range(KILLS):
        worker = house.start("worker")
        if kill:
            time.sleep(chance.uniform(0.8, 4.0))
        else:
            until_claimed(house, worker, 1)
        house.kill(worker)
        told = seen(house)
        whole_or_nothing(told, 10 * ROWS)
        in_the_middle += told["uploads"][0]["state"] == "reading"
        if told["customers"]:
            break
    house.start("worker")
    told = until(house, "written", 120)
    whole_or_nothing(told, 10 * ROWS)
    assert told["uploads"][0]["added"] == 10 * ROWS
    assert told["pieces"] == 0, "the file is not kept once it counts"
    assert in_the_middle, "no kill met it while it was read"


def test_a_worker_that_dies_over_it_leaves_it_to_the_next_at_once(house: House) -> None:
    house.act("upload", str(10 * ROWS))
    worker = house.start("worker")
    told = until_claimed(house, worker, 1)
    house.kill(worker)
    told = seen(house)
    assert told["uploads"][0]["state"] == "reading", told
    whole_or_nothing(told, 10 * ROWS)
    began = time.monotonic()
    worker = house.start("worker")
    until_claimed(house, worker, 2)
    assert time.monotonic() - began < 30, "claims of the dead must not wait for their lease"
    told = until(house, "written", 120)
    whole_or_nothing(told, 10 * ROWS)


def test_a_worker_that_is_told_to_stop_gives_it_back(house: House) -> None:
    house.act("upload", str(10 * ROWS))
    worker = house.start("worker")
    until_claimed(house, worker, 1)
    worker.send_signal(signal.SIGTERM)
    assert worker.wait(timeout=20) == 0
    told = seen(house)
    whole_or_nothing(told, 10 * ROWS)
    assert told["uploads"][0]["state"] in {"waiting", "written"}
    assert told["uploads"][0]["claimed_by"] == ""


def test_two_workers_bring_in_each_upload_once_and_in_their_order(house: House) -> None:
    for rows in (2000, 2001, 2002):
        house.act("upload", str(rows))
    house.start("worker")
    house.start("worker")
    told = until(house, "written")
    assert [each["added"] for each in told["uploads"]] == [2000, 1, 1]
    assert (told["customers"], told["contacts"], told["logged"]) == (2002, 2002, 3)
