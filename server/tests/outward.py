"""The outward role of a test database, and a client that asks as it."""

from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.http import HttpRequest
from django.test import override_settings
from django.test.client import ClientHandler

from afterword.cli.outward_role import grant
from afterword.public_site.serving.connection import OF_THE_DESK
from afterword.publishing.outward_rights import outward_rights

_asked = ClientHandler.get_response


@contextmanager
def readers_role() -> Iterator[None]:
    """Make a role for this test database, and let it answer whatever is not the desk's."""
    role = f"readers_of_{connection.settings_dict['NAME']}"[:63]
    quoted = connection.ops.quote_name(role)
    with override_settings(OUTWARD_ROLE=role):
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role])
            if cursor.fetchone() is None:
                cursor.execute(f"CREATE ROLE {quoted}")
                cursor.execute(f"GRANT {quoted} TO CURRENT_USER")
            grant()
        ClientHandler.get_response = _as_a_reader
        try:
            yield
        finally:
            ClientHandler.get_response = _asked
            with connection.cursor() as cursor:
                cursor.execute(f"DROP OWNED BY {quoted}; DROP ROLE {quoted}")


@contextmanager
def meanwhile() -> Iterator[None]:
    """Do what another process of the team does in the middle of a build, on the one connection
    that a test has: with the team's rights, and readers' again after it.
    """
    if not settings.OUTWARD_ROLE:
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute("SHOW role")
        (before,) = cursor.fetchone()
        cursor.execute("RESET ROLE")
    yield
    if before != "none":
        with connection.cursor() as cursor:
            cursor.execute(f"SET ROLE {connection.ops.quote_name(before)}")


def _as_a_reader(self: ClientHandler, request: HttpRequest) -> Any:
    """Answer what is not the desk's with the rights of readers."""
    of_the_desk = request.path.startswith(OF_THE_DESK) or not settings.OUTWARD_ROLE
    with nullcontext() if of_the_desk else outward_rights():
        return _asked(self, request)
