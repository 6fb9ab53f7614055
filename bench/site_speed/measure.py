"""Rounds of load on every server, and the ratios between them."""

import contextlib
import os
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from site_speed.load import CONNECTIONS, Answered, hit
from site_speed.servers import (
    AFTERWORD,
    Server,
    afterword_serve,
    nginx,
    rendering_view,
    running,
)

PORTS = {"afterword": 8120, "nginx": 8121, "rendering": 8122}
ROUNDS = int(os.environ.get("BENCH_ROUNDS", "7"))
SECONDS = float(os.environ.get("BENCH_SECONDS", "2"))
# Asked for, at 64 connections: rate against nginx per kind of answer, p99 against nginx's, and the
# rate against a view that renders the page.
AT_LEAST = {"plain": 0.5, "br": 0.5, "gzip": 0.5, "304": 0.8}
P99_AT_MOST = 2.0
RENDERING_AT_LEAST = 100.0
NEEDED = {"wrk": "wrk", "nginx": "nginx libnginx-mod-http-brotli-static", "taskset": "util-linux"}


@dataclass(frozen=True)
class Kind:
    """One kind of request to the front page, the same for every server."""

    name: str
    headers: dict[str, str]
    status: int = 200
    coding: str | None = None


@dataclass(frozen=True)
class Run:
    answered: Answered
    processor_us: float


def main() -> int:
    if missing := [apt for tool, apt in NEEDED.items() if shutil.which(tool, path=_PATH) is None]:
        print(f"  not run; install first (Debian): apt-get install {' '.join(missing)}")
        return 1
    with tempfile.TemporaryDirectory() as folder, _servers(Path(folder)) as servers:
        ours, theirs, rendering = servers
        print(f"  {_machine()}; {ROUNDS} rounds of {SECONDS:g} s, {CONNECTIONS} connections")
        good = [_against_nginx(kind, ours, theirs) for kind in _kinds(ours, theirs)]
        good.append(_against_rendering(ours, rendering))
    return 0 if all(good) else 1


_PATH = os.pathsep.join((os.environ.get("PATH", ""), "/usr/sbin", "/usr/local/sbin"))


def _cores() -> tuple[int | None, int | None]:
    """Return a core for the load and one for the servers, when there are two."""
    usable = sorted(os.sched_getaffinity(0))
    return (usable[0], usable[1]) if len(usable) > 1 else (None, None)


@contextlib.contextmanager
def _servers(folder: Path) -> Iterator[tuple[Server, Server, Server]]:
    """Seed the demo company, build its site, and serve it in three ways."""
    data = folder / "data"
    print("  seeding the demo company and building its site …", flush=True)
    subprocess.run(
        [AFTERWORD, "demo", "--no-serve", "--data-dir", str(data)],
        stdout=subprocess.DEVNULL,
        check=True,
    )
    place = {
        "AFTERWORD_DATA_DIR": str(data),
        "AFTERWORD_PUBLIC_URL": "http://127.0.0.1",
        "PYTHONPATH": str(Path(__file__).resolve().parent.parent),
    }
    _, core = _cores()
    with contextlib.ExitStack() as open_ones:
        made = [
            open_ones.enter_context(running(name, PORTS[name], command, place, core))
            for name, command in (
                ("afterword", afterword_serve(PORTS["afterword"])),
                ("nginx", nginx(PORTS["nginx"], data / "site", folder)),
                ("rendering", rendering_view(PORTS["rendering"])),
            )
        ]
        yield made[0], made[1], made[2]


def _kinds(ours: Server, theirs: Server) -> list[Kind]:
    """Return the kinds of request that both answer alike; says which are left out, and why."""
    wanted = [Kind("plain", {"Accept-Encoding": "identity"})]
    wanted += [Kind(name, {"Accept-Encoding": name}, coding=name) for name in ("gzip", "br")]
    wanted.append(Kind("304", {"Accept-Encoding": "gzip"}, status=304, coding=None))
    kinds = []
    for kind in wanted:
        problems = [said for each in (ours, theirs) if (said := _problem(each, kind))]
        for said in problems:
            print(f"  {kind.name} is left out: {said}")
        if not problems:
            kinds.append(kind)
    return kinds


def _problem(server: Server, kind: Kind) -> str:
    status, headers, _ = server.ask("/", _headers(server, kind))
    found = headers.get("content-encoding")
    if (status, found) == (kind.status, kind.coding):
        return ""
    return f"{server.name} answers {status} with {found or 'no coding'}"


def _headers(server: Server, kind: Kind) -> dict[str, str]:
    """Return what to send; for a 304 the ETag that this very server gives."""
    if kind.status != 304:
        return kind.headers
    _, headers, _ = server.ask("/", kind.headers)
    return {**kind.headers, "If-None-Match": headers["etag"]}


def _run(server: Server, headers: dict[str, str], seconds: float = SECONDS) -> Run:
    core, _ = _cores()
    before = server.processor_seconds()
    url = f"http://127.0.0.1:{server.port}/"
    answered = hit(url, headers, seconds=seconds, core=core)
    if answered.count == 0:
        # Not one answer in time: counted as one, which only favours that server.
        answered = replace(answered, count=1, rate=1 / seconds)
    took = server.processor_seconds() - before
    return Run(answered, took / answered.count * 1e6)


def _against_nginx(kind: Kind, ours: Server, theirs: Server) -> bool:
    rounds = []
    for number in range(ROUNDS):
        # Whoever comes second finds the machine as the first left it; take turns.
        order = (ours, theirs) if number % 2 else (theirs, ours)
        runs = {each.name: _run(each, _headers(each, kind)) for each in order}
        rounds.append((runs[ours.name], runs[theirs.name]))
    rate = _median(a.answered.rate / b.answered.rate for a, b in rounds)
    late = _median(a.answered.p99 / b.answered.p99 for a, b in rounds)
    work = _median(b.processor_us / a.processor_us for a, b in rounds)
    good = rate >= AT_LEAST[kind.name] and late <= P99_AT_MOST
    asked = f"at least {AT_LEAST[kind.name]} x, at most {P99_AT_MOST:g} x"
    print(
        f"  {kind.name:<6} {_shown([a for a, _ in rounds])}\n"
        f"   nginx {_shown([b for _, b in rounds])}\n"
        f"         rate {rate:.2f} x (by processor time {work:.2f} x), p99 {late:.2f} x: "
        f"{'ok' if good else 'MISSED'} ({asked})",
        flush=True,
    )
    return good


def _against_rendering(ours: Server, rendering: Server) -> bool:
    headers = {"Accept-Encoding": "identity"}
    # A view that is a hundred times slower needs time for enough answers to count.
    patient = max(SECONDS, 8.0)
    pairs = [(_run(ours, headers), _run(rendering, headers, patient)) for _ in range(3)]
    rate = _median(a.answered.rate / b.answered.rate for a, b in pairs)
    work = _median(b.processor_us / a.processor_us for a, b in pairs)
    good = rate >= RENDERING_AT_LEAST
    print(
        f"  rendering in a Django view: {_shown([b for _, b in pairs])} | rate {rate:.0f} x "
        f"(by processor time {work:.0f} x): {'ok' if good else 'MISSED'} "
        f"(at least {RENDERING_AT_LEAST:g} x)"
    )
    return good


def _shown(runs: list[Run]) -> str:
    rate = _median(each.answered.rate for each in runs)
    late = _median(each.answered.p99 for each in runs)
    work = _median(each.processor_us for each in runs)
    return f"{rate:8,.0f}/s p99 {late:6.1f} ms {work:5.1f} us"


def _median(values: Iterator[float]) -> float:
    return statistics.median(values)


def _machine() -> str:
    model = platform.processor() or platform.machine()
    with contextlib.suppress(OSError, IndexError):
        lines = Path("/proc/cpuinfo").read_text().splitlines()
        model = next(line for line in lines if line.startswith("model name")).partition(": ")[2]
    cores, busy = len(os.sched_getaffinity(0)), os.getloadavg()[0]
    return f"{cores} cores ({model}), Python {sys.version.split()[0]}, load {busy:.1f} before"
