"""Readers' connection may touch what is outward, and the database refuses it everything else.

On PostgreSQL every test of the public site asks as this role, and every page of every test is built
as it (see ``conftest``); here stand the list itself and what it keeps out.
"""

from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.db import ProgrammingError, connection, transaction

from afterword.cli.outward_role import grant, what_is_wrong
from afterword.publishing.outward_rights import ALL, INTERNAL, OUTWARD, outward_rights
from afterword.site_builder import actions
from publishing.press import a_page, word

pytestmark = pytest.mark.django_db
on_postgresql = pytest.mark.skipif(
    "connection.vendor != 'postgresql'", reason="SQLite has no roles: the imports keep rooms apart"
)


def tables() -> dict[str, set[str]]:
    """Return the columns of every table, as the models have them."""
    models = apps.get_models(include_auto_created=True)
    found = {m._meta.db_table: {f.column for f in m._meta.local_fields} for m in models}
    return found | {"django_migrations": {"id"}}


def said(statement: str) -> list[Any]:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchall() if cursor.description else []


def refused(statement: str) -> bool:
    try:
        said(statement)
    except ProgrammingError as wrong:
        return "permission denied" in str(wrong)
    return False


def test_every_table_is_outward_or_internal() -> None:
    """A table that is new is placed in `publishing.outward_rights` before anything else."""
    there = set(tables())
    if connection.vendor == "postgresql":
        # Also what a migration made by hand. (On SQLite that is the index of words.)
        with connection.cursor() as cursor:
            there |= set(connection.introspection.table_names(cursor))
    placed = OUTWARD.keys() | INTERNAL
    assert sorted(there - placed) == [], "say what readers' role may do with these"
    assert sorted(placed - there) == []
    assert sorted(OUTWARD.keys() & INTERNAL) == []


def test_every_column_that_is_named_is_there() -> None:
    known = tables()
    named = [
        (table, column)
        for table, rights in OUTWARD.items()
        for columns in (rights.read, rights.add, rights.change)
        for column in columns
        if columns != ALL
    ]
    assert len(named) > 30
    assert [each for each in named if each[1] not in known[each[0]]] == []


def test_all_but_one_column_of_a_publication_is_for_readers() -> None:
    read = set(OUTWARD["publishing_publication"].read)
    assert tables()["publishing_publication"] - read == {"accepted"}


@on_postgresql
def test_no_internal_table_can_be_read_or_written_by_whoever_answers_readers() -> None:
    with outward_rights():
        open_to_it = [
            f"{verb} {table}"
            for table in sorted(INTERNAL)
            for verb, statement in (
                ("read", f"SELECT 1 FROM {table} LIMIT 1"),
                ("count", f"SELECT count(*) FROM {table}"),
                ("empty", f"DELETE FROM {table}"),
                ("fill", f"INSERT INTO {table} DEFAULT VALUES"),
            )
            if not refused(statement)
        ]
    assert open_to_it == []
    assert said("SELECT count(*) FROM incidents_incident") == [(0,)], "we are ourselves again"


@on_postgresql
@pytest.mark.parametrize(
    "statement",
    [
        "SELECT accepted FROM publishing_publication",
        "SELECT * FROM publishing_publication",
        "SELECT subject, text FROM postbox_message",
        "SELECT fill FROM postbox_letter",
        "SELECT at, how, letter_id FROM audience_optout",
        "UPDATE audience_optout SET how = 'asked'",
        "DELETE FROM audience_optout",
        "SELECT came_from, device, detail FROM audit_entry",
        "UPDATE publishing_publication SET body = ''",
        "INSERT INTO publishing_publicincident DEFAULT VALUES",
        "UPDATE components_component SET status = 'operational'",
        "DELETE FROM audience_subscriber",
        "UPDATE postbox_message SET text = ''",
        "DELETE FROM audit_entry",
        "CREATE TABLE mine (id int)",
    ],
)
def test_of_what_is_outward_it_gets_no_more_than_it_needs(statement: str) -> None:
    with outward_rights():
        assert refused(statement)


@on_postgresql
def test_a_page_that_asks_for_what_is_inside_is_not_built(
    now: datetime, site_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = a_page(now)
    word(page, "inv-1", now)
    actions.build_all(now=now)
    honest = actions.index.build

    def prying(page: Any) -> bytes:
        said("SELECT body FROM statements_revision")
        return honest(page)

    monkeypatch.setattr(actions.index, "build", prying)
    before = (site_dir / "index.html").read_bytes()
    with pytest.raises(ProgrammingError, match="permission denied for table statements_revision"):
        actions.build_all(now=now)
    assert (site_dir / "index.html").read_bytes() == before
    assert said("SELECT body FROM statements_revision") == [], "we are ourselves again"


@on_postgresql
def test_who_failed_as_readers_role_is_itself_again() -> None:
    with pytest.raises(ProgrammingError), transaction.atomic(), outward_rights():
        connection.cursor().execute("SELECT 1 FROM incidents_hold")
    assert said("SELECT count(*) FROM incidents_hold") == [(0,)]


@on_postgresql
def test_a_right_too_many_and_one_too_few_are_found_and_mended(settings: Any) -> None:
    role = connection.ops.quote_name(settings.OUTWARD_ROLE)
    assert what_is_wrong() == []
    said(f"GRANT SELECT (reason) ON statements_override TO {role}")
    said(f"GRANT DELETE ON incidents_hold TO {role}")
    said(f"REVOKE SELECT ON components_look FROM {role}")
    [sentence] = what_is_wrong()
    assert "may read statements_override (reason)" in sentence
    assert "may take rows out of incidents_hold (id, reason" in sentence
    assert "cannot read components_look (id, accent_light" in sentence
    with transaction.atomic():
        grant()
    assert what_is_wrong() == []


@on_postgresql
def test_a_right_that_everybody_has_is_one_too_many() -> None:
    said("GRANT SELECT ON wording_internaltext TO PUBLIC")
    [sentence] = what_is_wrong()
    assert "may read wording_internaltext (id, incident_ref, salt, updated_at, terms)" in sentence
    said("REVOKE SELECT ON wording_internaltext FROM PUBLIC")
