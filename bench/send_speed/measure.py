"""The rounds, interleaved so that a busy machine is busy for all of them, and their medians."""

import os
import statistics
import tempfile
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from stepping import run, step

from send_speed.databases import database_of, kinds
from send_speed.sinks import MISSING, program, running_sink, source_rate

SESSIONS = int(os.environ.get("BENCH_SESSIONS", "10"))
LETTERS = int(os.environ.get("BENCH_LETTERS", "20000"))
ROUNDS = int(os.environ.get("BENCH_ROUNDS", "3"))
# How many worker processes share one run on PostgreSQL, one measurement each; empty for none.
WORKERS = [int(each) for each in os.environ.get("BENCH_WORKERS", "1,2,4").split(",") if each]
MASS = 400
WRITING_SECONDS = 5
# Asked for.
OF_SOURCE, OF_MASS, MEGABYTES, WAITED = 0.8, 10.0, 150, 0.1


def main() -> int:
    if not (program("smtp-sink") and program("smtp-source")):
        print(f"  not measured: {MISSING}")
        return 1
    return max([_on(kind) for kind in kinds()])


def _on(kind: str) -> int:
    with tempfile.TemporaryDirectory() as data, database_of(kind), running_sink() as port:
        os.environ["BENCH_SMTP_URL"] = f"smtp://127.0.0.1:{port}"
        run(data, "-m", "afterword.cli.main", "migrate")
        _step(data, "readers", LETTERS)
        rounds = [_round(data, port) for _ in range(ROUNDS)]
        waited = _writer(data)
        if kind == "PostgreSQL":
            _scaling(data)
    ours = statistics.median(each["ours"] for each in rounds)
    source = statistics.median(each["ours"] / each["source"] for each in rounds)
    mass = statistics.median(each["ours"] / each["mass"] for each in rounds)
    memory = max(each["memory"] for each in rounds)
    good = source >= OF_SOURCE and mass >= OF_MASS and memory <= MEGABYTES and waited <= WAITED
    print(
        f"  {kind}: {'ok' if good else 'MISSED'}: {ours:,.0f} letters/s with the ledger, "
        f"{source:.2f} x smtp-source (at least {OF_SOURCE}), {mass:.1f} x send_mass_mail (at least "
        f"{OF_MASS:.0f}); {memory:.0f} MB above idle (at most {MEGABYTES}); a web request's "
        f"write takes {waited * 1000:.0f} ms at the 99th percentile meanwhile (at most "
        f"{WAITED * 1000:.0f})",
        flush=True,
    )
    return 0 if good else 1


def _round(data: str, port: int) -> dict[str, float]:
    _step(data, "publish", 1)
    expanded = _step(data, "expand", 0)
    source = source_rate(port, SESSIONS, LETTERS)
    sent = _step(data, "send", SESSIONS)
    mass = MASS / _step(data, "mass", MASS)["seconds"]
    ours = sent["letters"] / sent["seconds"]
    if sent["states"].get("sent", 0) % LETTERS or len(sent["states"]) != 1:
        raise RuntimeError(f"not every letter was sent: {sent['states']}")
    print(
        f"    expanded in {expanded['seconds']:.1f} s; {sent['letters']:,} letters of "
        f"{sent['bytes']:,} bytes: {ours:,.0f}/s, smtp-source {source:,.0f}/s, "
        f"send_mass_mail {mass:,.0f}/s",
        flush=True,
    )
    return {"ours": ours, "source": source, "mass": mass, "memory": sent["most"] - sent["idle"]}


def _writer(data: str) -> float:
    """Return what a web request's write takes while letters leave, 99th percentile, seconds."""
    _step(data, "publish", 1)
    _step(data, "expand", 0)
    with ThreadPoolExecutor() as both:
        sending = both.submit(_step, data, "send", SESSIONS)
        waited: float = both.submit(_step, data, "write", WRITING_SECONDS).result()["p99"]
        sending.result()
    return waited


def _scaling(data: str) -> None:
    """Print how fast one run leaves when several worker processes share it."""
    for workers in WORKERS:
        _step(data, "publish", 1)
        _step(data, "expand", 0)
        with ThreadPoolExecutor(workers) as pool:
            sent = list(pool.map(lambda _: _step(data, "send", SESSIONS), range(workers)))
        states = _step(data, "states", 0)["states"]
        took = max(each["seconds"] for each in sent)
        print(f"    {workers} worker processes: {LETTERS / took:,.0f} letters/s together; {states}")


def _step(data: str, verb: str, number: int) -> dict[str, Any]:
    return step("send_speed.step", data, verb, number)
