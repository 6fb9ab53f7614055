"""The front as a process: exact answers over a real socket, and the rest passed on unchanged."""

import asyncio
import contextlib
import json
import os
import signal
import socket
import socketserver
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from http.client import HTTPConnection, HTTPResponse
from http.server import BaseHTTPRequestHandler
from io import BytesIO
from itertools import product
from pathlib import Path

import pytest
import uvloop

from afterword.public_site.front import Front
from afterword.public_site.serving.answers import Answers
from afterword.public_site.serving.connection import Connection, House
from afterword.site_builder.age import write_age
from public_site.test_front import PAGE, Answer, behind, put

pytestmark = pytest.mark.own_database
METHODS = ("GET", "HEAD", "POST", "OPTIONS")
GET = b"GET / HTTP/1.1\r\nHost: status.example\r\n\r\n"


class Echo(BaseHTTPRequestHandler):
    """Says what it was asked, as JSON."""

    protocol_version = "HTTP/1.1"

    def echo(self) -> None:
        if self.headers.get("Transfer-Encoding") == "chunked":
            body = self._chunks()
        else:
            body = self.rfile.read(int(self.headers.get("Content-Length", "0")))
        told = {
            "method": self.command,
            "target": self.path,
            "headers": {name.lower(): value for name, value in self.headers.items()},
            "body": body.decode(),
            "at": str(self.server.server_address),
        }
        answer = json.dumps(told).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(answer)))
        self.send_header("Connection", "close")
        self.end_headers()
        self.wfile.write(answer)
        self.close_connection = True

    do_GET = do_POST = echo  # noqa: N815  the names that the standard library calls

    def _chunks(self) -> bytes:
        found = b""
        while size := int(self.rfile.readline(), 16):
            found += self.rfile.read(size)
            self.rfile.readline()
        return found

    def log_message(self, *_: object) -> None:
        pass

    def address_string(self) -> str:
        return "a socket"


class Application(socketserver.ThreadingMixIn, socketserver.UnixStreamServer):
    daemon_threads = True


@contextlib.contextmanager
def application(path: Path) -> Iterator[None]:
    with Application(str(path), Echo) as server:
        running = threading.Thread(target=server.serve_forever, args=(0.01,))
        running.start()
        try:
            yield
        finally:
            server.shutdown()
            running.join()
    path.unlink()


class Serving:
    """A front process over a site folder."""

    def __init__(self, site: Path, socket_path: Path, outward: Path | None = None) -> None:
        self.socket_path = socket_path
        with socket.create_server(("127.0.0.1", 0)) as listener:
            self.port = int(listener.getsockname()[1])
            handle = listener.fileno()
            self.process = subprocess.Popen(
                [sys.executable, "-m", "afterword.public_site.serving",
                 str(handle), str(site), str(socket_path), str(outward or socket_path)],
                pass_fds=[handle],
            )  # fmt: skip

    def ask(
        self, path: str, method: str = "GET", body: bytes | None = None, **headers: str
    ) -> tuple[HTTPResponse, bytes]:
        asking = HTTPConnection("127.0.0.1", self.port, timeout=20)
        with contextlib.closing(asking):
            named = {name.replace("_", "-"): value for name, value in headers.items()}
            asking.request(method, path, body=body, headers=named)
            answer = asking.getresponse()
            return answer, answer.read()

    def say(self, *pieces: bytes, then_wait: float = 0.0) -> bytes:
        """Send bytes as they are, piece by piece, and return all that comes back."""
        with socket.create_connection(("127.0.0.1", self.port), timeout=20) as line:
            line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            # Who is refused may find the line closed while they are still sending.
            with contextlib.suppress(BrokenPipeError, ConnectionResetError):
                for piece in pieces:
                    line.sendall(piece)
                    time.sleep(then_wait)
            said = b""
            while more := line.recv(65536):
                said += more
            return said


@pytest.fixture
def site(tmp_path: Path) -> Path:
    site = tmp_path / "site"
    put(site, "index.html", PAGE)
    put(site, "history/index.html", PAGE + b"history")
    put(site, "feed.json", b'{"items": []}' * 100)
    put(site, "503.html", b"<p>not available right now</p>")
    return site


@pytest.fixture
def serving(site: Path) -> Iterator[Serving]:
    # The path of a socket may have a hundred letters; the folder of a test has more.
    with tempfile.TemporaryDirectory() as folder:
        found = Serving(site, Path(folder, "app"))
        try:
            yield found
        finally:
            found.process.terminate()
            assert found.process.wait(timeout=10) == 0


@pytest.mark.parametrize("path", ["/", "/history", "/history/", "/feed.json", "/api/v2/no.json"])
def test_it_says_what_the_wsgi_front_says(serving: Serving, site: Path, path: str) -> None:
    compared = 0
    for method, accepted in product(METHODS, ("", "gzip", "br", "zstd, br;q=0.5", "gzip;q=0")):
        expected = Answer(Front(site, behind), path, method, accept_encoding=accepted)
        if expected.status == 418:
            continue
        answer, body = serving.ask(path, method, Accept_Encoding=accepted)
        named = {name.lower(): value for name, value in answer.getheaders()}
        assert named.pop("date")
        assert named.pop("connection", "close") == "close"
        assert (answer.status, body, named) == (expected.status, expected.body, expected.headers)
        compared += 1
    assert compared >= 15


def test_what_a_reader_holds_already_is_not_sent_again(serving: Serving) -> None:
    first, _ = serving.ask("/", Accept_Encoding="br")
    again, body = serving.ask("/", Accept_Encoding="br", If_None_Match=first.headers["ETag"])
    assert (again.status, body) == (304, b"")
    other, _ = serving.ask("/", Accept_Encoding="gzip", If_None_Match=first.headers["ETag"])
    assert other.status == 200


def test_a_page_built_anew_is_there_at_once(serving: Serving, site: Path) -> None:
    assert serving.ask("/")[1] == PAGE
    put(site, "index.html", b"<p>it is over</p>")
    assert serving.ask("/")[1] == b"<p>it is over</p>"


def test_every_page_says_when_the_site_was_last_confirmed(serving: Serving, site: Path) -> None:
    assert "Afterword-Confirmed" not in serving.ask("/")[0].headers
    write_age(site, confirmed_at=datetime(2026, 3, 18, 12, 5, tzinfo=UTC), behind={})
    # The file is read once a second, with the clock.
    time.sleep(1.1)
    for method, held in (("GET", ""), ("HEAD", ""), ("GET", "*")):
        answer, _ = serving.ask("/", method, If_None_Match=held)
        assert answer.status == (304 if held else 200)
        assert answer.headers["Afterword-Confirmed"] == "2026-03-18T12:05:00Z"
    for broken in ('{"confirmed_at": null}', "", '{"confirmed_at": "2026-03-18\\r\\nX: y"}'):
        (site / "age.json").write_text(broken)
        time.sleep(1.1)
        assert "Afterword-Confirmed" not in serving.ask("/")[0].headers


def test_one_connection_asks_many_times_and_in_one_breath(serving: Serving) -> None:
    closing = GET.replace(b"\r\n\r\n", b"\r\nConnection: close\r\n\r\n")
    said = serving.say(GET + GET + closing)
    assert said.count(b"HTTP/1.1 200 OK\r\n") == 3
    assert said.count(PAGE) == 3


def test_a_request_may_come_in_pieces(serving: Serving) -> None:
    closing = GET.replace(b"\r\n\r\n", b"\r\nConnection: close\r\n\r\n")
    said = serving.say(closing[:9], closing[9:40], closing[40:], then_wait=0.05)
    assert said.endswith(PAGE)


def test_an_old_client_gets_its_page_and_the_end_of_the_connection(serving: Serving) -> None:
    said = serving.say(b"GET / HTTP/1.0\r\n\r\n")
    assert b"\r\nConnection: close\r\n" in said
    assert said.endswith(PAGE)


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        (b"nonsense\r\n\r\n", 400),
        (b"GET / HTTP/1.1\r\n\r\n", 400),
        (b"GET / HTTP/2.0\r\nHost: a\r\n\r\n", 505),
        (b"GET nowhere HTTP/1.1\r\nHost: a\r\n\r\n", 400),
        (b"GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", 400),
        (b"GET / HTTP/1.1\r\nHost : a\r\n\r\n", 400),
        (b"GET / HTTP/1.1\r\nHost: a\r\n folded: b\r\n\r\n", 400),
        (b"GET / HTTP/1.1\nHost: a\n\n\r\n\r\n", 400),
        (b"GET / HTTP/1.1\r\nHost: a\r\nX: \x00\r\n\r\n", 400),
        (b"POST /a HTTP/1.1\r\nHost: a\r\nContent-Length: -1\r\n\r\n", 400),
        (b"POST /a HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n", 400),
        (
            b"POST /a HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\n"
            b"Transfer-Encoding: chunked\r\n\r\n",
            400,
        ),
        (b"POST /a HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: gzip\r\n\r\n", 501),
        (b"GET / HTTP/1.1\r\nHost: a\r\nX: " + b"y" * 40_000, 431),
        (b"GET / HTTP/1.1\r\nHost: a\r\nX: " + b"y" * 40_000 + b"\r\n\r\n", 431),
    ],
)
def test_what_is_no_plain_request_is_refused(serving: Serving, sent: bytes, status: int) -> None:
    said = serving.say(sent)
    answer = HTTPResponse(_Line(said))  # type: ignore[arg-type]
    answer.begin()
    assert answer.status == status
    assert answer.headers["Connection"] == "close"


class _Line:
    """Bytes that came back, in the form the standard library reads answers from."""

    def __init__(self, said: bytes) -> None:
        self._said = said

    def makefile(self, *_: object, **__: object) -> BytesIO:
        return BytesIO(self._said)


def test_the_rest_goes_to_the_application_with_the_readers_address(serving: Serving) -> None:
    with application(serving.socket_path):
        answer, body = serving.ask(
            "/subscribe/%C3%A4?a=b%20c",
            "POST",
            b"mail=x",
            Cookie="a=b",
            X_Forwarded_For="192.0.2.7",
        )
    told = json.loads(body)
    assert answer.status == 200
    assert (told["method"], told["target"], told["body"]) == (
        "POST", "/subscribe/%C3%A4?a=b%20c", "mail=x",
    )  # fmt: skip
    assert told["headers"]["x-afterword-peer"] == "127.0.0.1"
    assert told["headers"]["x-forwarded-for"] == "192.0.2.7"
    assert told["headers"]["cookie"] == "a=b"


def test_what_is_the_desk_s_goes_to_one_application_and_all_else_to_another(site: Path) -> None:
    of_the_desk = ["/desk/", "/desk", "/%64esk/x", "/static/desk/desk.css"]
    for_readers = ["/deskx/", "//desk/", "/subscribe/", "/nowhere/desk/"]
    with tempfile.TemporaryDirectory() as folder:
        desk, outward = Path(folder, "desk"), Path(folder, "outward")
        found = Serving(site, desk, outward)
        with application(desk), application(outward):
            went = {p: json.loads(found.ask(p)[1])["at"] for p in of_the_desk + for_readers}
        found.process.terminate()
        found.process.wait(timeout=10)
    assert went == dict.fromkeys(of_the_desk, str(desk)) | dict.fromkeys(for_readers, str(outward))


def test_nobody_claims_another_address(serving: Serving) -> None:
    """In WSGI `X_Afterword_Peer` and `X-Afterword-Peer` are one name."""
    with application(serving.socket_path):
        said = serving.say(
            b"GET /desk/ HTTP/1.1\r\nHost: a\r\nX-Afterword-Peer: 10.0.0.1\r\n"
            b"x-afterword-peer: 10.0.0.2\r\nX_Afterword_Peer: 10.0.0.3\r\n\r\n"
        )
    assert b"10.0.0." not in said
    assert b"127.0.0.1" in said


def test_a_long_body_goes_through_whole_however_it_comes(serving: Serving) -> None:
    long = b"0123456789" * 300_000
    with application(serving.socket_path):
        _, whole = serving.ask("/desk/import/", "POST", long)
        chunk = b"%x\r\n%s\r\n0\r\n\r\n" % (len(long), long)
        said = serving.say(
            b"POST /desk/import/ HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n" + chunk
        )
    assert json.loads(whole)["body"] == long.decode()
    assert json.loads(said.partition(b"\r\n\r\n")[2])["body"] == long.decode()


def test_a_body_that_no_form_needs_is_refused_however_it_comes(serving: Serving) -> None:
    with application(serving.socket_path):
        head = b"POST /subscribe/ HTTP/1.1\r\nHost: a\r\n"
        said = serving.say(head + b"Content-Length: 30000000\r\n\r\n")
        assert said.startswith(b"HTTP/1.1 413 ")
        with socket.create_connection(("127.0.0.1", serving.port), timeout=20) as line:
            line.sendall(head + b"Transfer-Encoding: chunked\r\n\r\n1c9c380\r\n")
            with contextlib.suppress(OSError):
                for _ in range(30):
                    line.sendall(b"x" * 1_000_000)
            said = line.recv(65536)
    assert said.startswith(b"HTTP/1.1 413 ")
    assert said.count(b"HTTP/1.1") == 1


def test_what_follows_a_body_is_no_request_of_its_own(serving: Serving) -> None:
    with application(serving.socket_path):
        said = serving.say(
            b"POST /desk/ HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\nok"
            b"GET /desk/secret HTTP/1.1\r\nHost: a\r\n\r\n"
        )
    assert said.count(b"HTTP/1.1 200") == 1
    assert b"secret" not in said


def test_a_request_waits_for_an_application_that_starts_again(serving: Serving) -> None:
    later = threading.Timer(0.5, lambda: None)
    found: list[int] = []
    asking = threading.Thread(target=lambda: found.append(serving.ask("/desk/")[0].status))
    asking.start()
    later.start()
    later.join()
    with application(serving.socket_path):
        asking.join()
    assert found == [200]


@pytest.mark.slow
def test_without_an_application_the_pages_stand_and_the_rest_says_so(serving: Serving) -> None:
    asked = time.monotonic()
    away, body = serving.ask("/desk/")
    assert time.monotonic() - asked > 5
    assert (away.status, away.headers["Retry-After"]) == (503, "60")
    assert body == b"<p>not available right now</p>"
    assert serving.ask("/")[1] == PAGE


def test_told_to_end_it_finishes_what_it_is_saying(site: Path) -> None:
    with tempfile.TemporaryDirectory() as folder:
        socket_path = Path(folder, "app")
        serving = Serving(site, socket_path)
        assert serving.ask("/")[0].status == 200
        slow = socket.socket(socket.AF_UNIX)
        slow.bind(str(socket_path))
        slow.listen()
        found: list[bytes] = []
        asking = threading.Thread(target=lambda: found.append(serving.ask("/desk/")[1]))
        asking.start()
        line, _ = slow.accept()
        line.recv(65536)
        os.kill(serving.process.pid, signal.SIGTERM)
        time.sleep(0.3)
        line.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\ndone")
        line.close()
        asking.join()
        slow.close()
        assert found == [b"done"]
        assert serving.process.wait(timeout=10) == 0


def test_an_application_that_ends_without_a_word_leaves_no_connection_behind(
    serving: Serving,
) -> None:
    """A reader who never hangs up must not hold a handle of ours for good."""
    with socket.socket(socket.AF_UNIX) as silent:
        silent.bind(str(serving.socket_path))
        silent.listen()
        with socket.create_connection(("127.0.0.1", serving.port), timeout=20) as line:
            line.sendall(b"GET /desk/ HTTP/1.1\r\nHost: a\r\n\r\n")
            came, _ = silent.accept()
            came.recv(65536)
            came.close()
            said = b""
            while more := line.recv(65536):
                said += more
            assert said.startswith(b"HTTP/1.1 503")
            assert gone_within(line, 15)


@pytest.mark.parametrize("length", [3, 1000, 3_000_000])
def test_an_application_that_refuses_a_body_unread_is_heard(serving: Serving, length: int) -> None:
    refusal = b"HTTP/1.1 413 Too Large\r\nContent-Length: 8\r\nConnection: close\r\n\r\ntoo long"

    def refuse() -> None:
        for _ in range(10):
            came, _ = hasty.accept()
            with came:
                came.recv(10)
                came.sendall(refusal)

    with socket.socket(socket.AF_UNIX) as hasty:
        hasty.bind(str(serving.socket_path))
        hasty.listen()
        refusing = threading.Thread(target=refuse)
        refusing.start()
        head = b"POST /desk/ HTTP/1.1\r\nHost: a\r\nContent-Length: %d\r\n\r\n" % length
        said = [serving.say(head + b"a" * length) for _ in range(10)]
        refusing.join()
    assert said == [refusal] * 10


def gone_within(line: socket.socket, seconds: float) -> bool:
    """Whether the other end is closed for both ways: then what is sent comes back as an error."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        try:
            line.sendall(b"x")
        except OSError:
            return True
        time.sleep(0.1)
    return False


def test_a_slow_reader_gets_the_whole_answer_and_one_who_stops_is_given_up(site: Path) -> None:
    page = bytes(range(256)) * 240
    put(site, "big.txt", page)
    asking = b"GET /big.txt HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"

    async def answered(*, takes: bool) -> bytes:
        loop = asyncio.get_running_loop()
        ours, theirs = socket.socketpair()
        ours.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 4096)
        theirs.setblocking(False)
        _, connection = await loop.connect_accepted_socket(
            lambda: Connection(House(Answers(str(site)), "", ""), loop), ours
        )
        await loop.sock_sendall(theirs, asking)
        said = await loop.sock_recv(theirs, 1024)
        # As often as a look is taken that finds the time over.
        for _ in range(3):
            for _ in range(20 * takes):
                said += await loop.sock_recv(theirs, 1024)
                await asyncio.sleep(0)
            connection.drop()
        while more := await loop.sock_recv(theirs, 65536):
            said += more
        theirs.close()
        return said.partition(b"\r\n\r\n")[2]

    assert uvloop.run(answered(takes=True)) == page
    assert len(uvloop.run(answered(takes=False))) < len(page)
