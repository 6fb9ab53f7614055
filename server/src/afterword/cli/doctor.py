"""``afterword doctor``: what an operator should know, one line each, with what to do."""

import secrets
import socket
import ssl
import stat
import tempfile
from collections.abc import Callable
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import NamedTuple

import typer
from django.conf import settings
from django.core.files.base import ContentFile
from django.db import DatabaseError, connection

from afterword.audit.queries import broken_links
from afterword.cli.migrate import pending
from afterword.cli.outward_role import what_is_wrong
from afterword.components.queries import the_page
from afterword.kit import clock
from afterword.kit.errors import NotFound
from afterword.kit.timespans import iso_utc
from afterword.postbox.dkim import public_record
from afterword.publishing.queries import failing_rebuilds
from afterword.site_builder.age import confirmed_at
from afterword.site_builder.bucket import bucket

SMTP_TIMEOUT = 5.0
CONFIRMED_WITHIN = timedelta(minutes=2)


class Finding(NamedTuple):
    """``state`` is ok, note (works, but look) or wrong (does not work)."""

    state: str
    subject: str
    words: str


def examine() -> None:
    """Print one line per check; exit code 1 when something does not work."""
    findings = [check() for check in CHECKS]
    marks = {"ok": "ok   ", "note": "note ", "wrong": "WRONG"}
    for finding in findings:
        typer.echo(f"{marks[finding.state]}  {finding.subject}: {finding.words}")
    if any(finding.state == "wrong" for finding in findings):
        raise typer.Exit(1)


def settings_in_order() -> Finding:
    if settings.DEBUG:
        return Finding("note", "settings", "AFTERWORD_DEBUG is on; set it to no for readers.")
    if settings.PUBLIC_URL.startswith("http://") and "127.0.0.1" not in settings.PUBLIC_URL:
        return Finding(
            "note", "settings", f"{settings.PUBLIC_URL} is not https; put a TLS proxy before it."
        )
    return Finding("ok", "settings", f"readers use {settings.PUBLIC_URL}")


def secret_key_kept() -> Finding:
    path = settings.DATA_DIR / "secret-key"
    if not path.exists():
        return Finding("ok", "secret key", "comes from the environment")
    if stat.S_IMODE(path.stat().st_mode) & 0o077:
        return Finding("note", "secret key", f"others may read {path}; run `chmod 600` on it.")
    return Finding("ok", "secret key", f"kept in {path}")


def database_reachable() -> Finding:
    try:
        connection.ensure_connection()
    except DatabaseError as wrong:
        return Finding(
            "wrong", "database",
            f"{_first_line(wrong)}. {_what_to_do_about_the_database()}",
        )  # fmt: skip
    place = str(settings.DATABASES["default"]["NAME"]).removeprefix("file://").partition("?")[0]
    return Finding("ok", "database", f"{connection.vendor} {place}")


def _what_to_do_about_the_database() -> str:
    if connection.vendor != "sqlite":
        return "Check AFTERWORD_DATABASE_URL and that the server runs."
    return (
        f"The site in {settings.SITE_DIR} was built from a database that is not in "
        f"{settings.DATA_DIR}: put the file back. To begin anew, move the site away first."
    )


def migrations_applied() -> Finding:
    try:
        waiting = pending()
    except DatabaseError as wrong:
        return Finding("wrong", "migrations", f"cannot be read: {_first_line(wrong)}")
    if waiting:
        return Finding("wrong", "migrations", f"{len(waiting)} to apply; run `afterword migrate`.")
    return Finding("ok", "migrations", "all applied")


def outward_role_in_order() -> Finding:
    """Whether what readers see has a database role of its own, and that one its rights alone."""
    if connection.vendor == "sqlite":
        return Finding("ok", "outward role", "none: SQLite has no roles")
    if not settings.OUTWARD_ROLE:
        return Finding(
            "note", "outward role",
            "none; readers are answered with all rights (docs/outward-role.md).",
        )  # fmt: skip
    try:
        wrong = what_is_wrong() or _cannot_sign_in()
    except DatabaseError as refused:
        return Finding("wrong", "outward role", f"cannot be looked at: {_first_line(refused)}")
    if wrong:
        return Finding("wrong", "outward role", f"{wrong[0]} Run `afterword outward-role`.")
    return Finding("ok", "outward role", f"{settings.OUTWARD_ROLE} has its own rights and no more")


def _cannot_sign_in() -> list[str]:
    """Try readers' connection as their application does."""
    theirs = connection.copy("outward")
    theirs.settings_dict |= settings.OUTWARD_DATABASE
    try:
        theirs.ensure_connection()
    except DatabaseError as refused:
        return [f"AFTERWORD_OUTWARD_DATABASE_URL cannot be used: {_first_line(refused)}."]
    finally:
        theirs.close()
    return []


def page_present() -> Finding:
    try:
        page = the_page()
    except NotFound as nothing:
        return Finding("note", "page", nothing.message)
    except DatabaseError:
        return Finding("wrong", "page", "cannot be read; run `afterword migrate`.")
    return Finding("ok", "page", f"{page.name}, {page.url}")


def audit_log_whole() -> Finding:
    try:
        broken = next(broken_links(), None)
    except DatabaseError:
        return Finding("wrong", "audit log", "cannot be read; run `afterword migrate`.")
    if broken is not None:
        return Finding(
            "wrong", "audit log", f"entry {broken} was changed or lost; compare with a backup."
        )
    return Finding("ok", "audit log", "every entry fits the one before it")


def site_folder_writable() -> Finding:
    folder: Path = settings.SITE_DIR
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError as wrong:
        return Finding(
            "wrong", "site folder",
            f"{folder} cannot be written ({wrong.strerror}); change its owner or set "
            "AFTERWORD_SITE_DIR.",
        )  # fmt: skip
    return Finding("ok", "site folder", str(folder))


def shared_storage_writable() -> Finding:
    storage = bucket()
    if storage is None:
        return Finding("ok", "shared storage", "none; this machine keeps the site by itself")
    name = f"mirror/doctor-{secrets.token_hex(8)}"
    try:
        storage.save(name, ContentFile(b"tried by afterword doctor\n"))
        storage.listdir("mirror")
        storage.delete(name)
    except Exception as wrong:  # noqa: BLE001  whatever its client raises
        return Finding(
            "wrong", "shared storage",
            f"{_where(settings.SITE_BUCKET)} cannot be used: {_first_line(wrong)}. Pages go on "
            "being answered, but other machines do not get what is built here. Check "
            "AFTERWORD_SITE_BUCKET, the keys and what they allow.",
        )  # fmt: skip
    return Finding(
        "ok", "shared storage", f"{_where(settings.SITE_BUCKET)} can be read and written"
    )


def _where(address: str) -> str:
    return address.partition("?")[0]


def site_up_to_date() -> Finding:
    """Whether a worker confirms the site, and whether every place could be built."""
    try:
        failing = failing_rebuilds()
    except DatabaseError:
        return Finding("wrong", "site", "cannot be compared; run `afterword migrate`.")
    if failing:
        first = failing[0]
        return Finding(
            "wrong", "site",
            f"{len(failing)} places cannot be built and show what was last good: {first.place} "
            f"since {iso_utc(first.asked_at)} ({first.fault}). They are tried again every minute; "
            "the log has the whole error.",
        )  # fmt: skip
    confirmed = confirmed_at(settings.SITE_DIR)
    if confirmed is None:
        return Finding("note", "site", "not confirmed by a worker yet; start `afterword serve`.")
    if clock.now() - confirmed > CONFIRMED_WITHIN:
        return Finding(
            "note", "site",
            f"last confirmed at {iso_utc(confirmed)}; is the worker running? "
            "Readers are told that news may be missing.",
        )  # fmt: skip
    return Finding("ok", "site", f"up to date, confirmed at {iso_utc(confirmed)}")


def mail_server_reachable() -> Finding:
    smtp = settings.SMTP
    if not smtp:
        return Finding(
            "note", "mail", "no AFTERWORD_SMTP_URL: letters stay in the outbox and are not sent."
        )
    where = f"{smtp['host']}:{smtp['port']}"
    try:
        greeting = _greeting(smtp["host"], smtp["port"], encrypted=smtp["use_ssl"])
    except OSError as wrong:
        return Finding(
            "wrong", "mail", f"{where} does not answer ({wrong}); check AFTERWORD_SMTP_URL."
        )
    if not greeting.startswith("220"):
        return Finding("wrong", "mail", f"{where} is no mail server; it says {greeting[:60]!r}.")
    return Finding("ok", "mail", f"{where} answers; letters come from {settings.MAIL_FROM}")


def mail_signed() -> Finding:
    if settings.DKIM is None:
        return Finding("ok", "mail signature", "left to the mail server (no AFTERWORD_DKIM_KEY)")
    where = f"{settings.DKIM.selector}._domainkey.{settings.DKIM.domain}"
    said = f"the DNS must have {where} TXT {public_record(settings.DKIM.pem)}"
    return Finding("ok", "mail signature", said)


def mail_provider_told() -> Finding:
    """What to enter at the provider whose webhook tells what came back."""
    told = settings.MAIL_PROVIDER
    if told is None:
        return Finding("ok", "mail provider", "none tells by webhook (no AFTERWORD_MAIL_PROVIDER)")
    said = f"enter {told.address(settings.PUBLIC_URL)} at {told.provider.title}"
    if told.provider.has_password:
        said += ", with AFTERWORD_MAIL_PROVIDER_SECRET for PASSWORD"
    if not settings.PUBLIC_URL.startswith("https://"):
        return Finding("note", "mail provider", f"{said}; it should be https.")
    return Finding("ok", "mail provider", said)


def _greeting(host: str, port: int, *, encrypted: bool) -> str:
    with closing(socket.create_connection((host, port), timeout=SMTP_TIMEOUT)) as plain:
        if not encrypted:
            return _line(plain)
        with ssl.create_default_context().wrap_socket(plain, server_hostname=host) as sealed:
            return _line(sealed)


def _line(connected: socket.socket) -> str:
    return connected.recv(512).decode("utf-8", "replace").strip()


def _first_line(error: Exception) -> str:
    return (str(error).strip().splitlines() or [type(error).__name__])[0][:200]


CHECKS: tuple[Callable[[], Finding], ...] = (
    settings_in_order,
    secret_key_kept,
    database_reachable,
    migrations_applied,
    outward_role_in_order,
    page_present,
    audit_log_whole,
    site_folder_writable,
    shared_storage_writable,
    site_up_to_date,
    mail_server_reachable,
    mail_signed,
    mail_provider_told,
)
