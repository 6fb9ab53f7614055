"""`afterword serve` with a database role for readers: two applications; one sees nothing inside."""

import contextlib
import os
import secrets
import signal
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg
import pytest

from journeys.house import House, Sink, open_house, wait_until, words_of
from journeys.test_no_inside_word_gets_out import CANARIES, STORY

pytestmark = [
    pytest.mark.journey,
    pytest.mark.skipif(
        not os.environ.get("AFTERWORD_TEST_POSTGRES_URL"), reason="SQLite has no roles"
    ),
]


@pytest.fixture
def role() -> Iterator[str]:
    name = f"afterword_readers_{secrets.token_hex(4)}"
    yield name
    with psycopg.connect(os.environ["AFTERWORD_TEST_POSTGRES_URL"], autocommit=True) as admin:
        admin.execute(f"DROP ROLE IF EXISTS {name}")


@pytest.fixture
def house(
    role: str, tmp_path: Path, sink_and_port: tuple[Sink, int], furnished: House
) -> Iterator[House]:
    with open_house(tmp_path / "house", sink_and_port[1], like=furnished) as found:
        parts = urlsplit(found.database_url)
        theirs = f"{role}:a-password@{parts.hostname}:{parts.port or 5432}"
        found.extra_env["AFTERWORD_OUTWARD_DATABASE_URL"] = urlunsplit(
            parts._replace(netloc=theirs)
        )
        yield found


def asked(house: House, path: str, **form: str) -> tuple[int, str]:
    sent = urllib.parse.urlencode(form).encode() if form else None
    try:
        with urllib.request.urlopen(house.url + path, sent, timeout=20) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as refused:
        return refused.code, refused.read().decode()


def processes(house: House, word: str) -> dict[int, str]:
    """Return (id, environment) of the house's processes whose command line has the word."""
    assert house.process is not None
    found = {}
    for each in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError, ProcessLookupError):
            mine = os.getpgid(int(each.name)) == house.process.pid
            if mine and word in (each / "cmdline").read_text():
                found[int(each.name)] = (each / "environ").read_text()
    return found


def test_readers_are_answered_by_a_process_that_cannot_see_inside(
    house: House, sink: Sink, role: str
) -> None:
    assert "There is no database role" in house.run("serve", "--port", str(house.port), code=1)
    assert "is made" in house.run("outward-role")
    assert "was there" in house.run("outward-role")
    incident = house.python(STORY).strip().splitlines()[-1]
    house.start()
    wait_until(lambda: len(sink.messages) > 0, "a letter")

    # What readers reach, and who answers it.
    assert asked(house, "/history/search/?q=invoices")[0] == 200
    assert asked(house, "/subscribe/", email="late@fernway.example")[0] == 200
    wait_until(
        lambda: any(to == ["late@fernway.example"] for to, _ in sink.received), "a confirmation"
    )
    letter = next(words_of(m) for (to, _), m in zip(sink.received, sink.messages, strict=True)
                  if to == ["late@fernway.example"])  # fmt: skip
    link = next(w for w in letter.split() if "/subscribe/confirm/" in w)
    assert asked(house, urlsplit(link).path, press="the button")[0] == 200
    assert asked(house, f"/incidents/{incident}/answered/", answered="yes")[0] == 200
    assert asked(house, "/desk/sign-in/")[0] == 200
    assert asked(house, "/nowhere/")[0] == 404
    with psycopg.connect(house.database_url) as ours:
        users = ours.execute("SELECT DISTINCT usename FROM pg_stat_activity WHERE datname = "
                             "current_database()").fetchall()  # fmt: skip
        assert (role,) in users
        assert ours.execute("SELECT count(*) FROM audience_readeranswer").fetchone() == (1,)
    outward = processes(house, "serve-outward")
    assert outward
    for environment in outward.values():
        named = {each.partition("=")[0] for each in environment.split("\0")}
        assert named & {"AFTERWORD_DATABASE_URL", "AFTERWORD_SMTP_URL"} == set()

    # Somebody who has that connection, and all of SQL, finds no word from inside.
    seen = _everything_readable(house.extra_env["AFTERWORD_OUTWARD_DATABASE_URL"])
    assert "1,798 customers" in seen
    assert [what for what, canary in CANARIES.items() if canary in seen.lower()] == []

    # It is there again when it was killed, and goes when the server does.
    for number in outward:
        os.kill(number, signal.SIGKILL)
    wait_until(
        lambda: (
            asked(house, "/history/search/?q=invoices")[0] == 200
            and not outward.keys() & processes(house, "serve-outward").keys()
        ),
        "another application for readers",
    )
    assert "outward role: " + role in house.run("doctor")
    house.process.send_signal(signal.SIGTERM)  # type: ignore[union-attr]
    wait_until(lambda: not processes(house, "serve-outward"), "the end of readers' application")


def _everything_readable(address: str) -> str:
    """Return every value that can be read with a connection, as text."""
    found = []
    with psycopg.connect(address, autocommit=True) as theirs:
        columns = theirs.execute(
            "SELECT c.relname, string_agg(quote_ident(a.attname), ', ') FROM pg_class c "
            "JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped "
            "WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r' "
            "AND has_column_privilege(c.oid, a.attnum, 'SELECT') GROUP BY 1"
        ).fetchall()
        for table, readable in columns:
            rows = theirs.execute(f"SELECT {readable} FROM {table}").fetchall()  # type: ignore[call-overload]
            found += [f"{table}: {row}" for row in rows]
    assert len(columns) > 15
    return "\n".join(found)
