"""SQLite always; PostgreSQL where AFTERWORD_TEST_POSTGRES_URL names one to make more in."""

import contextlib
import os
import secrets
from collections.abc import Iterator
from urllib.parse import urlsplit, urlunsplit

_URL = os.environ.get("AFTERWORD_TEST_POSTGRES_URL", "")


def kinds() -> list[str]:
    """Return what is measured: SQLite, and PostgreSQL if there is one (BENCH_ONLY names one)."""
    found = ["SQLite", "PostgreSQL"] if _URL else ["SQLite"]
    only = os.environ.get("BENCH_ONLY", "").lower()
    return [kind for kind in found if only in {"", kind.lower()}]


@contextlib.contextmanager
def database_of(kind: str) -> Iterator[None]:
    """Let steps use a fresh database of this kind. SQLite's lies in the folder of the data."""
    if kind == "SQLite":
        os.environ["AFTERWORD_DATABASE_URL"] = ""
        yield
        return
    import psycopg

    name = f"afterword_bench_{secrets.token_hex(4)}"
    with psycopg.connect(_URL, autocommit=True) as admin:
        admin.execute(f"CREATE DATABASE {name}")
    os.environ["AFTERWORD_DATABASE_URL"] = urlunsplit(urlsplit(_URL)._replace(path=f"/{name}"))
    try:
        yield
    finally:
        with psycopg.connect(_URL, autocommit=True) as admin:
            admin.execute(f"DROP DATABASE {name} WITH (FORCE)")
