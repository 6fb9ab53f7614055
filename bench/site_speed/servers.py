"""The servers under load, each pinned to one core, started and stopped here."""

import contextlib
import http.client
import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
AFTERWORD = str(Path(sys.executable).with_name("afterword"))
_TICKS = os.sysconf("SC_CLK_TCK") if hasattr(os, "sysconf") else 100
_NGINX = """daemon off;
worker_processes 1;
pid {folder}/nginx.pid;
error_log {folder}/nginx.log warn;
{preface}events {{ worker_connections 1024; }}
http {{
    access_log off;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    # As granian does: a connection is kept for as long as it is used.
    keepalive_requests 1000000000;
    include afterword.conf;
}}
"""


@dataclass(frozen=True)
class Server:
    name: str
    port: int
    process: subprocess.Popen[bytes]

    def processor_seconds(self) -> float:
        """Return the processor time its processes took so far; nan where /proc tells nothing."""
        try:
            return sum(_ticks_of(pid) for pid in _with_children(self.process.pid)) / _TICKS
        except OSError:
            return float("nan")

    def ask(self, path: str, headers: dict[str, str]) -> tuple[int, dict[str, str], bytes]:
        """Return status, headers (small letters) and body of one answer."""
        asking = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        with contextlib.closing(asking):
            asking.request("GET", path, headers=headers)
            answer = asking.getresponse()
            named = {name.lower(): value for name, value in answer.getheaders()}
            return answer.status, named, answer.read()


@contextlib.contextmanager
def running(
    name: str, port: int, command: list[str], environment: dict[str, str], core: int | None
) -> Iterator[Server]:
    """Run a server on a core until left. Raises RuntimeError when it does not answer in time."""
    pinned = [] if core is None else ["taskset", "-c", str(core)]
    with subprocess.Popen(
        [*pinned, *command],
        env={**os.environ, **environment},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    ) as process:
        server = Server(name, port, process)
        try:
            _wait_for(server)
            yield server
        finally:
            process.terminate()


def afterword_serve(port: int) -> list[str]:
    return [AFTERWORD, "serve", "--port", str(port)]


def rendering_view(port: int) -> list[str]:
    """Return the command of a Django view that renders the front page from the database."""
    return [sys.executable, "-m", "site_speed.rendering_view", str(port)]


def nginx(port: int, site: Path, folder: Path) -> list[str]:
    """Return the command of nginx over a site folder, with the configuration of ``deploy/``."""
    deployed = ROOT / "deploy" / "nginx"
    shutil.copytree(deployed / "afterword", folder / "afterword")
    if not _BROTLI.exists():
        (folder / "afterword" / "brotli.conf").write_text("", encoding="utf-8")
    server = (deployed / "afterword.conf").read_text(encoding="utf-8")
    server = re.sub(r"listen 80;", f"listen 127.0.0.1:{port};", server)
    server = re.sub(r"root [^;]+;", f"root {site};", server)
    (folder / "afterword.conf").write_text(server, encoding="utf-8")
    preface = f"load_module {_BROTLI};\n" if _BROTLI.exists() else ""
    if os.geteuid() == 0:
        # Its workers must get into a temporary folder of ours.
        preface = f"user root;\n{preface}"
    main = folder / "nginx.conf"
    main.write_text(_NGINX.format(folder=folder, preface=preface), encoding="utf-8")
    return [shutil.which("nginx") or "/usr/sbin/nginx", "-c", str(main)]


_BROTLI = Path("/usr/lib/nginx/modules/ngx_http_brotli_static_module.so")


def _wait_for(server: Server) -> None:
    for _ in range(300):
        with contextlib.suppress(OSError):
            server.ask("/", {})
            return
        if server.process.poll() is not None:
            break
        time.sleep(0.1)
    raise RuntimeError(f"{server.name} does not answer on port {server.port}")


def _with_children(pid: int) -> list[int]:
    found = [pid]
    for task in Path(f"/proc/{pid}/task").iterdir():
        for child in (task / "children").read_text().split():
            found += _with_children(int(child))
    return found


def _ticks_of(pid: int) -> int:
    after_name = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return int(after_name[11]) + int(after_name[12])
