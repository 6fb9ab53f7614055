"""``afterword migrate``: bring the database to the state this version needs."""

import typer
from django.conf import settings
from django.core.management import call_command
from django.db import connection, transaction
from django.db.migrations.executor import MigrationExecutor

from afterword.cli.answers import refusals_in_words
from afterword.cli.outward_role import grant, role_is_there
from afterword.kit import clock
from afterword.publishing.actions import catalogue_what_is_missing


def pending() -> list[str]:
    """Return the migrations the database still lacks, in the order they would run."""
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [f"{migration.app_label}.{migration.name}" for migration, _ in plan]


def migrate() -> None:
    """Apply what is pending and say what was done. Safe to repeat."""
    with refusals_in_words():
        waiting = pending()
        if waiting:
            call_command("migrate", interactive=False, verbosity=0)
            filed = catalogue_what_is_missing(now=clock.now())
        _renew_rights()
    if not waiting:
        typer.echo("The database is up to date.")
        return
    if filed:
        typer.echo(f"{filed} incidents published before are in the catalogue now.")
    typer.echo(f"The database is up to date: {len(waiting)} steps applied.")


def _renew_rights() -> None:
    """What readers' role may do follows the tables, if there is such a role."""
    if not settings.OUTWARD_ROLE:
        return
    if not role_is_there():
        typer.echo(f"There is no role {settings.OUTWARD_ROLE} yet: run `afterword outward-role`.")
        return
    with transaction.atomic():
        grant()
