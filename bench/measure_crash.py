"""`kill -9` again and again while letters leave: none may be lost, few may come twice.

A mail server of ours counts by Message-ID. Each life of a worker (every fourth of a whole server)
ends at a moment nobody chose. Allowed are as many repeats as connections were open, per kill.
"""

import contextlib
import os
import random
import secrets
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "server" / "tests"))

from send_speed.databases import database_of, kinds
from send_speed.sinks import free_port

from postbox.piped import USUAL, Piped, Said, running_piped
from worker.houses import House, environment_of

LETTERS = int(os.environ.get("BENCH_LETTERS", "20000"))
KILLS = int(os.environ.get("BENCH_KILLS", "100"))
CONNECTIONS = 4
A_LIFE = LETTERS // (KILLS + 1)
SEED = int(os.environ.get("BENCH_SEED", "") or secrets.randbelow(10**6))


def main() -> int:
    return max([_on(kind) for kind in kinds()])


def _on(kind: str) -> int:
    chance = random.Random(SEED)
    pace = [0.0]

    def answer(verb: str, recipient: str, count: int) -> Said:
        return pace[0] if verb == "body" else USUAL[verb]

    server = Piped(answer=answer)
    with (
        tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as data,
        database_of(kind),
        running_piped(server),
    ):
        house = House(environment_of(Path(data), os.environ["AFTERWORD_DATABASE_URL"]))
        house.environment["AFTERWORD_SMTP_URL"] = f"{server.url}?connections={CONNECTIONS}"
        (Path(data) / "static").mkdir(exist_ok=True)
        house.act("found", str(LETTERS))
        house.act("publish", "1")
        began = time.monotonic()
        # Slow enough that a life does not see the end of it.
        pace[0] = 0.002
        kills = sum(_one_life(house, server, chance, life) for life in range(KILLS))
        pace[0] = 0.0
        house.start("worker")
        house.all_sent(LETTERS)
        took = time.monotonic() - began
        for process in house.running:
            house.kill(process)
    lost = LETTERS - len(server.accepted)
    repeats = sum(server.accepted.values()) - len(server.accepted)
    most = max(server.accepted.values())
    good = lost == 0 and repeats <= kills * CONNECTIONS
    print(
        f"  {kind}: {'ok' if good else 'MISSED'}: {LETTERS:,} letters through {kills} kills in "
        f"{took:.0f} s: {lost} lost, {repeats} came twice (at most {kills * CONNECTIONS}), none "
        f"more than {most} times (seed {SEED})",
        flush=True,
    )
    return 0 if good else 1


def _one_life(house: House, server: Piped, chance: random.Random, life: int) -> bool:
    """Start a worker or a server and kill it at some moment; return whether it was alive then."""
    verb = ("serve", "--port", str(free_port())) if life % 4 == 3 else ("worker",)
    process = house.start(*verb)
    before = sum(server.accepted.values())
    target = before + chance.randrange(2 * A_LIFE)
    until = time.monotonic() + 30
    while (
        sum(list(server.accepted.values())) < target
        and time.monotonic() < until
        and process.poll() is None
    ):
        time.sleep(0.001)
    time.sleep(chance.random() / 50)
    alive = process.poll() is None
    house.kill(process)
    with contextlib.suppress(ValueError):
        house.running.remove(process)
    return alive


if __name__ == "__main__":
    sys.exit(main())
