"""An Afterword server with the invented page, on loopback, in a folder that goes away."""

import contextlib
import json
import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import invented


@contextlib.contextmanager
def served_page(folder: Path) -> Iterator[str]:
    """Import the page, serve it, give its address; stop the server afterwards."""
    folder.mkdir(parents=True)
    program = [str(Path(sys.executable).with_name("afterword"))]
    settings = {**os.environ, "AFTERWORD_DATA_DIR": str(folder / "data")}
    _run([*program, "migrate"], settings)
    for name, source in (("past", invented.past()), ("summary", invented.summary())):
        path = folder / f"{name}.json"
        path.write_text(json.dumps(source), encoding="utf-8")
        _run([*program, "import", "statuspage", str(path)], settings)
    _run([*program, "build-site"], settings)
    port = _free_port()
    with (folder / "server.log").open("wb") as log:
        server = subprocess.Popen(
            [*program, "serve", "--port", str(port)], env=settings, stdout=log, stderr=log
        )
    try:
        address = f"http://127.0.0.1:{port}"
        _wait_for(f"{address}/healthz", server, folder / "server.log")
        yield address
    finally:
        server.terminate()
        try:
            server.wait(20)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait()


def _run(command: list[str], settings: dict[str, str]) -> None:
    done = subprocess.run(command, env=settings, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"{' '.join(command)} failed:\n{done.stdout}{done.stderr}")


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def _wait_for(address: str, server: subprocess.Popen[bytes], log: Path) -> None:
    until = time.monotonic() + 60
    while time.monotonic() < until and server.poll() is None:
        with contextlib.suppress(OSError), urllib.request.urlopen(address, timeout=2):
            return
        time.sleep(0.2)
    raise SystemExit(f"the server did not answer:\n{log.read_text(errors='replace')[-2000:]}")
