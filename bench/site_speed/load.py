"""Load: wrk, and what it says."""

import re
import subprocess
from dataclasses import dataclass

CONNECTIONS = 64
_UNITS = {"us": 1e-3, "ms": 1.0, "s": 1e3}


@dataclass(frozen=True)
class Answered:
    """``rate`` in requests a second, ``p99`` in milliseconds, ``count`` of all requests."""

    count: int
    rate: float
    p99: float


def hit(url: str, headers: dict[str, str], *, seconds: float, core: int | None) -> Answered:
    """Keep 64 connections busy for ``seconds``. Raises RuntimeError unless all answers are good."""
    pinned = [] if core is None else ["taskset", "-c", str(core)]
    asked = [part for name, value in headers.items() for part in ("-H", f"{name}: {value}")]
    command = [
        *pinned,
        "wrk",
        "-t1",
        f"-c{CONNECTIONS}",
        f"-d{seconds:g}s",
        "--latency",
        # wrk gives up on an answer after 2 s; a view that renders may need longer.
        "--timeout",
        "60s",
        *asked,
        url,
    ]
    said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    if "Non-2xx" in said or "Socket errors" in said:
        raise RuntimeError(f"not every answer of {url} was good:\n{said}")
    latency, unit = re.findall(r"99%\s+([\d.]+)(us|ms|s)\b", said)[0]
    return Answered(
        count=int(re.findall(r"(\d+) requests in", said)[0]),
        rate=float(re.findall(r"Requests/sec:\s+([\d.]+)", said)[0]),
        p99=float(latency) * _UNITS[unit],
    )
