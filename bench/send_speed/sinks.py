"""Postfix's smtp-sink and smtp-source; only the two programs are used, never a mail system."""

import contextlib
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator

MISSING = (
    "smtp-sink and smtp-source are missing. On Debian: DEBIAN_FRONTEND=noninteractive apt-get "
    "install --no-install-recommends postfix (nothing of it needs to be set up or to run)."
)
LETTER_BYTES = 6300
_PLACES = "/usr/sbin:/usr/local/sbin:/usr/lib/postfix/sbin:/sbin"


def program(name: str) -> str | None:
    """Return where the program is; on Debian it lies outside the path of most people."""
    return shutil.which(name) or shutil.which(name, path=_PLACES)


def free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port: int = taken.getsockname()[1]
        return port


@contextlib.contextmanager
def running_sink(*options: str) -> Iterator[int]:
    """Yield the port of an smtp-sink that takes everything and keeps nothing."""
    port = free_port()
    sink = [str(program("smtp-sink")), *options, "-u", "nobody", f"127.0.0.1:{port}", "1024"]
    process = subprocess.Popen(sink, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        _wait_for(port)
        yield port
    finally:
        process.terminate()
        process.wait()


def source_rate(port: int, sessions: int, letters: int) -> float:
    """Return how many letters a second smtp-source hands over in so many sessions."""
    began = time.perf_counter()
    subprocess.run(
        [
            str(program("smtp-source")), "-d", "-N", "-s", str(sessions), "-m", str(letters),
            "-l", str(LETTER_BYTES), "-f", "status@larkbridge.example",
            "-t", "reader@mail.example", f"127.0.0.1:{port}",
        ],
        check=True,
    )  # fmt: skip
    return letters / (time.perf_counter() - began)


def _wait_for(port: int) -> None:
    until = time.monotonic() + 10
    while time.monotonic() < until:
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
            return
        time.sleep(0.02)
    raise RuntimeError("smtp-sink does not answer")
