"""What whoever answers readers may touch in the database: every table, in one list.

On PostgreSQL that is a role of its own (``AFTERWORD_OUTWARD_DATABASE_URL``): the application that
answers readers signs in as it, and pages are built with its rights. A table that is not ``OUTWARD``
is closed to it; a new one has to be placed here before the tests pass.
"""

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from django.conf import settings
from django.db import connection

ALL: Final = ("*",)


@dataclass(frozen=True)
class Rights:
    """Columns that may be read, written in a new row, and changed; whether rows may be deleted.

    ``("*",)`` stands for all of them.
    """

    read: tuple[str, ...] = ALL
    add: tuple[str, ...] = ()
    change: tuple[str, ...] = ()
    delete: bool = False


_READ = Rights()
OUTWARD: Final = MappingProxyType({
    "components_page": _READ,
    "components_look": _READ,
    "components_component": _READ,
    "components_statusspan": _READ,
    "components_uptimeday": _READ,
    # ``accepted`` says who let which finding through, and why.
    "publishing_publication": Rights(read=(
        "id", "page_id", "number", "kind", "incident_id", "source_id", "title", "body",
        "body_format", "html", "language", "facts", "commitments", "record_version",
        "record_hash", "linter_version", "audience", "recipient_list", "corrects_id",
        "display_at", "published_at", "imported", "previous_hash", "hash",
    )),
    "publishing_publicincident": _READ,
    "publishing_publicincidentpart": _READ,
    "publishing_publicmonth": _READ,
    "publishing_publicday": _READ,
    "publishing_publicpromise": _READ,
    "publishing_publictally": _READ,
    "publishing_publicrepeat": _READ,
    "publishing_catalogueentry": _READ,
    "publishing_cataloguehit": _READ,
    "publishing_panelquarter": _READ,
    # Who switched the panel, and why it was switched off, stays inside.
    "publishing_panelswitch": Rights(read=("id", "page_id", "is_on", "at")),
    # What is to be built; the builder crosses it out and writes down what went wrong.
    "publishing_rebuild": Rights(add=ALL, change=ALL, delete=True),
    # Readers sign up, choose, leave and answer a question.
    "audience_subscriber": Rights(add=ALL, change=ALL),
    "audience_subscriber_components": Rights(add=ALL, delete=True),
    "audience_followedincident": Rights(add=ALL, delete=True),
    # Whoever is on a list need not be subscribed, and leaves by the link in a letter.
    "audience_suppression": Rights(add=ALL, change=("reason", "since")),
    # Who leaves is written down, and read inside alone: the number of a new row comes back.
    "audience_optout": Rights(read=("id",), add=ALL),
    "audience_hook": Rights(add=ALL, change=ALL),
    "audience_followedbyhook": Rights(add=ALL, delete=True),
    "audience_hook_components": Rights(add=ALL, delete=True),
    "audience_signuprequest": Rights(add=ALL),
    "audience_readeranswer": Rights(add=ALL, change=("times",)),
    # How often a network answered within the hour, for whichever process it meets.
    "audience_answerturn": Rights(add=ALL, delete=True),
    # How many wait to be read is asked before another is kept; what they say is for the desk.
    "audience_readerremark": Rights(read=("id", "page_id", "incident_ref", "read_at"), add=ALL),
    # A sign-up is confirmed by mail, and who leaves gets no more of it. Neither the words of
    # letters nor what fills their blanks can be read: the team's own mail lies there too.
    "postbox_message": Rights(read=("id", "key", "stream", "sender"), add=ALL),
    "postbox_letter": Rights(
        read=(
            "id", "message_id", "recipient", "channel", "state", "created_at", "sent_at",
            "stop_asked",
        ),
        add=ALL,
        change=("state", "stop_asked", "lease_until", "last_answer"),
    ),
    # Who signs up is logged. The newest link of the chain is all that is needed for the next.
    "audit_entry": Rights(read=("id", "sequence", "hash"), add=ALL),
})  # fmt: skip
INTERNAL: Final = frozenset({
    "accounts_apitoken",
    "accounts_codeapp", "accounts_desksession", "accounts_passkey", "accounts_person",
    "accounts_person_groups", "accounts_person_user_permissions", "accounts_personallink",
    "accounts_recoverycode", "accounts_rolegrant", "accounts_signintry", "accounts_signon",
    "audience_accountimpact", "audience_affectedperson", "audience_contact", "audience_customer",
    "audience_furtheraccount", "audience_intake", "audience_intakepiece",
    "audience_recipientlist", "audience_recipientlistmember",
    "auth_group", "auth_group_permissions", "auth_permission", "django_content_type",
    "django_migrations",
    "commitments_commitment", "commitments_commitmentchange",
    "desk_sentform", "desk_typedtext", "fanout_digestcontent",
    "fanout_digestentry", "fanout_mailing", "fanout_replacedlist", "followups_planline",
    "incidents_case", "incidents_decision", "incidents_heardoutside", "incidents_hold",
    "incidents_incident", "incidents_recovery", "incidents_recurrence",
    "incidents_incident_components", "incidents_namedpart", "incidents_recordversion",
    "incidents_update", "incidents_updatetemplate",
    "postbox_attempt", "postbox_cameback", "postbox_order", "postbox_pace", "postbox_rest",
    "postmortems_actionitem", "postmortems_actionitemchange", "postmortems_liftedfact",
    "postmortems_postmortem", "postmortems_postmortemreading", "postmortems_postmortemrevision",
    # What a retraction took off the page stays in the words of promises.
    "publishing_departure", "publishing_promiseword",
    "statements_amendment", "statements_bypass", "statements_comment", "statements_override",
    "statements_review", "statements_revision", "statements_statement", "statements_textcheck",
    "statements_translation",
    "statements_translationreview",
    "wording_internalrun", "wording_internaltext",
})  # fmt: skip


# psycopg's names for a connection that takes statements. It is no import: SQLite needs no psycopg.
_TAKES_STATEMENTS: Final = frozenset({"IDLE", "INTRANS"})


@contextlib.contextmanager
def outward_rights() -> Iterator[None]:
    """Do what is done within with the rights of the outward role, where there is one.

    For building pages: what a page asks for that is not outward is refused by the database. In a
    process that has no other rights, and on SQLite, it changes nothing. Raises ProgrammingError
    when there is no such role, or when it was not granted to ours.
    """
    if not settings.OUTWARD_ROLE or settings.ANSWERS == "outward":
        yield
        return
    _say(f"SET ROLE {connection.ops.quote_name(settings.OUTWARD_ROLE)}")
    try:
        yield
    finally:
        # A connection that was lost begins anew as itself, and a transaction that failed takes
        # the role back with everything else.
        own = connection.connection
        if own is not None and own.info.transaction_status.name in _TAKES_STATEMENTS:
            _say("RESET ROLE")


def _say(statement: str) -> None:
    """Say it to the server without Django's log of queries: it is none."""
    connection.ensure_connection()
    with connection.wrap_database_errors:
        connection.connection.execute(statement)
