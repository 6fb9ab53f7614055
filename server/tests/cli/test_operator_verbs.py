"""migrate, createuser, doctor and import as an operator meets them: own process, own folder."""

import os
import shutil
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from afterword.postbox.dkim import public_record
from postbox.dkim_reader import NEW_KEY

pytestmark = pytest.mark.own_database
ROOT = Path(__file__).resolve().parents[3]
SAMPLE = b"""{
  "page": {"id": "p1", "name": "Fernway", "url": "https://status.fernway.example"},
  "incidents": [{
    "id": "inc1", "name": "Sales stopped", "status": "resolved", "impact": "major",
    "created_at": "2026-03-04T08:31:00Z", "resolved_at": "2026-03-04T09:00:00Z",
    "incident_updates": [
      {"id": "u2", "status": "resolved", "body": "Over.", "created_at": "2026-03-04T09:00:00Z"},
      {"id": "u1", "status": "investigating", "body": "<b>Down</b>", "display_at": 5,
       "created_at": "2026-03-04T08:31:00Z"}
    ]
  }, {"id": "inc2", "name": null}]
}"""


class Shell:
    """Runs `afterword` with a data folder of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        kept = {k: v for k, v in os.environ.items() if not k.startswith("AFTERWORD_")}
        self.env = kept | {"AFTERWORD_DATA_DIR": str(folder / "data")}
        self.env.pop("DJANGO_SETTINGS_MODULE", None)

    def __call__(
        self, *words: str, stdin: str = "", **env: str
    ) -> "subprocess.CompletedProcess[str]":
        return subprocess.run(
            [sys.executable, "-m", "afterword.cli.main", *words],
            capture_output=True, text=True, input=stdin, env=self.env | env, timeout=120,
            cwd=self.folder, check=False,
        )  # fmt: skip


@pytest.fixture
def shell(tmp_path: Path) -> Shell:
    return Shell(tmp_path)


@pytest.fixture(scope="module")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with an empty database, made once and copied for each test."""
    folder = tmp_path_factory.mktemp("migrated")
    assert Shell(folder)("migrate").returncode == 0
    return folder / "data"


@pytest.fixture
def ready(shell: Shell, migrated: Path) -> Shell:
    shutil.copytree(migrated, shell.folder / "data")
    return shell


def test_migrate_says_what_it_did_and_then_that_nothing_is_left(shell: Shell) -> None:
    assert "steps applied" in shell("migrate").stdout
    # Readers' addresses lie in it.
    assert (shell.folder / "data").stat().st_mode & 0o077 == 0
    assert shell("migrate").stdout == "The database is up to date.\n"


def test_createuser_takes_the_password_from_standard_input(ready: Shell) -> None:
    made = ready(
        "createuser", "mara@fernway.example", "--name", "Mara", "--role", "writer,reviewer",
        "--password-file", "-", stdin="four quiet words here\n",
    )  # fmt: skip
    assert made.returncode == 0, made.stderr
    assert made.stdout == (
        "Mara can sign in at /desk/ as mara@fernway.example (Writer, Reviewer).\n"
    )


@pytest.mark.parametrize(
    ("email", "role", "password", "words"),
    [
        ("mara@fernway.example", "wizard", "four quiet words here", "There is no role wizard."),
        ("mara@fernway.example", "writer", "short", "at least 12 characters"),
        ("mara", "writer", "four quiet words here", "is not an e-mail address"),
    ],
)
def test_createuser_refuses_in_one_line(
    ready: Shell, email: str, role: str, password: str, words: str
) -> None:
    made = ready(
        "createuser", email, "--name", "Mara", "--role", role, "--password-file", "-",
        stdin=password + "\n",
    )  # fmt: skip
    assert made.returncode == 1
    assert words in made.stderr
    assert "Traceback" not in made.stderr
    assert password not in made.stderr + made.stdout or password == "short"


def test_a_database_without_tables_is_answered_with_what_to_run(shell: Shell) -> None:
    (shell.folder / "page.json").write_bytes(SAMPLE)
    tried = shell("import", "statuspage", "page.json")
    assert tried.returncode == 1
    assert "afterword migrate" in tried.stderr
    assert "Traceback" not in tried.stderr


def test_import_reports_what_it_kept_skipped_and_mended(ready: Shell) -> None:
    (ready.folder / "page.json").write_bytes(SAMPLE)
    first = ready("import", "statuspage", "page.json", "--open-case", "inc1")
    assert first.returncode == 0, first.stderr
    assert "incidents         1 created     0 updated     0 unchanged" in first.stdout
    assert "/incidents/1: an incident without a name" in first.stdout
    assert "/incidents/0/incident_updates/1/display_at: a time is expected" in first.stdout
    assert "Opened a case for inc1" in first.stdout
    assert "Nobody was notified." in first.stdout
    second = ready("import", "statuspage", "page.json", "--open-case", "inc1")
    assert "Nothing changed." in second.stdout


def test_import_reads_standard_input(ready: Shell) -> None:
    assert "1 created" in ready("import", "statuspage", "-", stdin=SAMPLE.decode()).stdout


def test_import_of_something_else_leaves_no_page_behind(ready: Shell) -> None:
    (ready.folder / "page.json").write_bytes(SAMPLE[:200])
    cut = ready("import", "statuspage", "page.json")
    assert cut.returncode == 1
    assert "line 5, column" in cut.stderr
    (ready.folder / "page.json").write_bytes(SAMPLE)
    unknown = ready("import", "statuspage", "page.json", "--open-case", "inc9")
    assert unknown.returncode == 1
    assert "inc9" in unknown.stderr
    assert "no status page yet" in ready("doctor").stdout


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("nowhere.json", "nowhere.json cannot be read: No such file or directory."),
        (".", "cannot be read: Is a directory."),
        ("http://127.0.0.1:1/incidents.json", "cannot be fetched"),
        ("http://[", "cannot be fetched"),
    ],
)
def test_import_says_why_a_source_cannot_be_read(ready: Shell, source: str, words: str) -> None:
    tried = ready("import", "statuspage", source)
    assert tried.returncode == 1
    assert words in tried.stderr
    assert "Traceback" not in tried.stderr


class _Page(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        if self.path == "/moved":
            self.send_response(302)
            self.send_header("Location", "/api/v2/incidents.json")
            self.end_headers()
            return
        if self.path == "/endless":
            self.send_response(200)
            self.end_headers()
            try:
                while True:
                    self.wfile.write(b" " * 1_000_000)
            except OSError:
                return
        good = self.path == "/api/v2/incidents.json"
        self.send_response(200 if good else 404)
        self.end_headers()
        self.wfile.write(SAMPLE if good else b"no")

    def log_message(self, format: str, *args: object) -> None:
        return


@pytest.fixture
def address() -> Iterator[str]:
    server = HTTPServer(("127.0.0.1", 0), _Page)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join()


def test_import_fetches_an_address_and_follows_it_when_it_moved(ready: Shell, address: str) -> None:
    assert "1 created" in ready("import", "statuspage", f"{address}/api/v2/incidents.json").stdout
    assert "Nothing changed." in ready("import", "statuspage", f"{address}/moved").stdout


def test_import_names_what_an_address_answered(ready: Shell, address: str) -> None:
    tried = ready("import", "statuspage", f"{address}/missing.json")
    assert tried.returncode == 1
    assert "answers 404, not 200" in tried.stderr


def test_import_stops_reading_at_fifty_megabytes(ready: Shell, address: str) -> None:
    tried = ready("import", "statuspage", f"{address}/endless")
    assert tried.returncode == 1
    assert "more than 50 MB" in tried.stderr


def test_verify_audit_finds_the_log_whole_and_an_edited_export_broken(ready: Shell) -> None:
    created = ready("createuser", "ada@fernway.example", "--name", "Ada", "--role", "admin",
                    stdin="a long enough password\na long enough password\n")  # fmt: skip
    assert created.returncode == 0, created.stderr
    found = ready("verify-audit")
    assert found.returncode == 0
    assert "is whole: " in found.stdout
    edited = ready("verify-audit", "-", stdin='{"sequence":1,"hash":"00","previous_hash":"00"}\n')
    assert edited.returncode == 1
    assert "BROKEN: Entry 1 was changed after it was written." in edited.stdout


def test_doctor_says_what_to_do_about_each_thing(shell: Shell) -> None:
    before = shell("doctor")
    assert before.returncode == 1
    assert "run `afterword migrate`" in before.stdout
    assert "Traceback" not in before.stderr
    shell("migrate")
    after = shell("doctor")
    assert after.returncode == 0, after.stdout + after.stderr
    assert "letters stay in the outbox" in after.stdout


def test_doctor_tries_the_mail_server(ready: Shell) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]

        def greet() -> None:
            connected, _ = server.accept()
            with connected:
                connected.sendall(b"220 mail.fernway.example ready\r\n")

        greeter = threading.Thread(target=greet)
        greeter.start()
        told = ready("doctor", AFTERWORD_SMTP_URL=f"smtp://127.0.0.1:{port}")
        greeter.join()
    assert told.returncode == 0, told.stdout
    assert f"127.0.0.1:{port} answers" in told.stdout
    gone = ready("doctor", AFTERWORD_SMTP_URL=f"smtp://127.0.0.1:{port}")
    assert gone.returncode == 1
    assert "check AFTERWORD_SMTP_URL" in gone.stdout


def test_doctor_names_a_site_folder_that_cannot_be_written(ready: Shell) -> None:
    (ready.folder / "a-file").write_text("")
    told = ready("doctor", AFTERWORD_SITE_DIR=str(ready.folder / "a-file" / "site"))
    assert told.returncode == 1
    assert "AFTERWORD_SITE_DIR" in told.stdout


def test_a_shared_storage_is_tried_by_doctor_and_refused_at_once_when_it_is_none(
    ready: Shell,
) -> None:
    (ready.folder / "a-file").write_text("")
    there = f"file://{ready.folder}/a-file/shared"
    told = ready("doctor", AFTERWORD_SITE_BUCKET=there)
    assert told.returncode == 1
    assert f"shared storage: {there} cannot be used" in told.stdout
    refused = ready("worker", AFTERWORD_SITE_BUCKET="https://bucket")
    assert refused.returncode == 2
    assert "must look like s3://" in refused.stderr
    assert "Traceback" not in refused.stderr


def test_uptime_weights_are_shown_set_and_refused(shell: Shell, tmp_path: Path) -> None:
    (tmp_path / "page.json").write_bytes(SAMPLE)
    shell("migrate")
    assert shell("uptime-weights").returncode == 1
    assert shell("import", "statuspage", "page.json").returncode == 0
    shown = shell("uptime-weights")
    assert shown.stdout.split("\n")[:3] == [
        "degraded_performance: 0%", "partial_outage: 30%", "major_outage: 100%",
    ]  # fmt: skip
    assert "partial_outage: 55%" in shell("uptime-weights", "--partial", "55").stdout
    refused = shell("uptime-weights", "--major", "101")
    assert refused.returncode == 2
    assert "whole number from 0 to 100" in refused.stderr
    assert "partial_outage: 55%" in shell("uptime-weights").stdout


def test_bounces_are_read_from_a_pipe_that_a_mail_server_may_repeat(ready: Shell) -> None:
    away = "Return-Path: <ada@mail.example>\nSubject: Re: over\n\nThank you!\n"
    read = ready("bounces", "read", stdin=away)
    assert (read.returncode, read.stdout) == (0, "1 no report\n")
    gone = "Return-Path: <>\nFrom: mailer-daemon@mx.example\n\n550 5.1.1 user unknown\n"
    assert ready("bounces", "read", stdin=gone).stdout == "1 about no letter of ours\n"
    assert "no Maildir" in ready("bounces", "read", ".").stderr


def test_a_mail_server_keeps_a_bounce_while_the_database_is_away(shell: Shell) -> None:
    gone = "Return-Path: <>\nFrom: mailer-daemon@mx.example\n\n550 5.1.1 user unknown\n"
    to = f"bounces+1-{'0' * 20}@status.fernway.example"
    there = {"AFTERWORD_BOUNCE_ADDRESS": "bounces@status.fernway.example"}
    assert shell("bounces", "read", "--to", to, stdin=gone, **there).returncode == 75
    assert "at most 24" in shell("bounces", "read", AFTERWORD_BOUNCE_ADDRESS="no address").stderr


def test_doctor_shows_what_the_dns_must_say_of_the_signing_key(ready: Shell) -> None:
    (ready.folder / "key.pem").write_text(NEW_KEY)
    named = {"AFTERWORD_DKIM_KEY_FILE": str(ready.folder / "key.pem")}
    sender = {"AFTERWORD_MAIL_FROM": "Status <status@fernway.example>"}
    told = ready("doctor", **named, **sender).stdout
    assert f"afterword._domainkey.fernway.example TXT {public_record(NEW_KEY)}" in told
    refused = ready("doctor", AFTERWORD_DKIM_KEY="nonsense", **sender)
    assert (refused.returncode, "AFTERWORD_DKIM_KEY cannot sign" in refused.stderr) == (2, True)
