"""``afterword outward-role``: make the role of what readers see, and give it its rights anew."""

from collections.abc import Iterator, Sequence

import typer
from django.conf import settings
from django.db import DatabaseError, connection, transaction

from afterword.publishing.outward_rights import ALL, OUTWARD, Rights

_NOTHING = Rights(read=())
_VERBS = ("read", "fill", "change", "take rows out of")
# Of what is wrong; whoever mends it mends all of it.
_NAMED = 5
# Of every column of every table and view: what the role may do with it, whoever allowed it.
_WHAT_IT_MAY = """
SELECT c.relname, a.attname,
       has_column_privilege(r.oid, c.oid, a.attnum, 'SELECT'),
       has_column_privilege(r.oid, c.oid, a.attnum, 'INSERT'),
       has_column_privilege(r.oid, c.oid, a.attnum, 'UPDATE'),
       has_table_privilege(r.oid, c.oid, 'DELETE')
  FROM pg_class c
  JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
  JOIN pg_roles r ON r.rolname = %s
 WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind IN ('r', 'p', 'v', 'm')
 ORDER BY c.relname, a.attnum
"""


def make_role() -> None:
    """Make the role if it is missing, take everything from it and grant what is declared."""
    if not settings.OUTWARD_ROLE:
        typer.echo(
            "afterword: AFTERWORD_OUTWARD_DATABASE_URL is not set; docs/outward-role.md says how. "
            "On SQLite there are no roles.",
            err=True,
        )
        raise typer.Exit(2)
    try:
        with transaction.atomic():
            made = _make_if_missing()
            grant()
        wrong = what_is_wrong()
    except DatabaseError as refused:
        typer.echo(f"afterword: {str(refused).strip()}\n{_by_hand()}", err=True)
        raise typer.Exit(1) from refused
    for sentence in wrong:
        typer.echo(f"afterword: {sentence}", err=True)
    if wrong:
        raise typer.Exit(1)
    what = "is made" if made else "was there"
    typer.echo(f"The role {settings.OUTWARD_ROLE} {what}; it may use {len(OUTWARD)} tables.")


def role_is_there() -> bool:
    """Whether there is a role to grant something to."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [settings.OUTWARD_ROLE])
        return cursor.fetchone() is not None


def grant() -> None:
    """Give the role the rights that are declared, and no others. Call it in a transaction."""
    role = _quoted(settings.OUTWARD_ROLE)
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_schema()")
        schema = _quoted(cursor.fetchone()[0])
        # Rights on single columns go with those on their table.
        cursor.execute(f"REVOKE ALL ON ALL TABLES IN SCHEMA {schema} FROM {role}")
        cursor.execute(f"GRANT USAGE ON SCHEMA {schema} TO {role}")
        for table, rights in OUTWARD.items():
            for right in _written(rights):
                cursor.execute(f"GRANT {right} ON {_quoted(table)} TO {role}")


def what_is_wrong() -> list[str]:
    """Return in sentences what the role may do and should not, or should and cannot."""
    role = settings.OUTWARD_ROLE
    with connection.cursor() as cursor:
        cursor.execute("SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = %s", [role])
        found = cursor.fetchone()
        if found is None:
            return [f"There is no database role {role}."]
        wrong = []
        cursor.execute("SELECT pg_has_role(%s, current_user, 'MEMBER')", [role])
        if found[0] or cursor.fetchone()[0]:
            wrong.append(f"The role {role} has the rights of another; it must have its own alone.")
        cursor.execute("SELECT pg_has_role(current_user, %s, 'MEMBER')", [role])
        if not cursor.fetchone()[0]:
            wrong.append(f"The role {role} was not granted to ours, so pages cannot be built.")
        cursor.execute(_WHAT_IT_MAY, [role])
        differing: dict[str, list[str]] = {}
        for table, column, *may in cursor.fetchall():
            for difference in _differences(table, column, may):
                differing.setdefault(difference, []).append(column)
    # What it may and should not comes first.
    lines = sorted((f"{d} ({', '.join(c)})" for d, c in differing.items()), reverse=True)
    if lines:
        more = f"; and {len(lines) - _NAMED} more" if len(lines) > _NAMED else ""
        wrong.append(f"The role {role} {'; '.join(lines[:_NAMED])}{more}.")
    return wrong


def _differences(table: str, column: str, may: Sequence[bool]) -> Iterator[str]:
    rights = OUTWARD.get(table, _NOTHING)
    declared = (rights.read, rights.add, rights.change)
    should = [columns == ALL or column in columns for columns in declared]
    for verb, does, ought in zip(_VERBS, may, [*should, rights.delete], strict=True):
        if does is not ought:
            yield f"{'may' if does else 'cannot'} {verb} {table}"


def _written(rights: Rights) -> list[str]:
    """Return what stands between GRANT and ON."""
    columns = (("SELECT", rights.read), ("INSERT", rights.add), ("UPDATE", rights.change))
    written = [
        verb if named == ALL else f"{verb} ({', '.join(map(_quoted, named))})"
        for verb, named in columns
        if named
    ]
    return [*written, "DELETE"] if rights.delete else written


def _make_if_missing() -> bool:
    """Make the role and let ours act as it. Returns whether it was made."""
    missing, role = not role_is_there(), _quoted(settings.OUTWARD_ROLE)
    with connection.cursor() as cursor:
        if missing:
            password = settings.OUTWARD_DATABASE.get("PASSWORD") or None
            cursor.execute(f"CREATE ROLE {role} LOGIN PASSWORD %s", [password])
        cursor.execute("SELECT pg_has_role(current_user, %s, 'MEMBER')", [settings.OUTWARD_ROLE])
        if not cursor.fetchone()[0]:
            cursor.execute(f"GRANT {role} TO CURRENT_USER")
    return missing


def _by_hand() -> str:
    role = _quoted(settings.OUTWARD_ROLE)
    ours = _quoted(settings.DATABASES["default"].get("USER") or "afterword")
    return (
        "Let somebody who may make roles say, and then run this again:\n"
        f"  CREATE ROLE {role} LOGIN PASSWORD '…';\n"
        f"  GRANT {role} TO {ours};"
    )


def _quoted(name: str) -> str:
    return str(connection.ops.quote_name(name))
