"""What the check found at the two moments that count: first saved by a person, and published."""

from collections.abc import Sequence
from datetime import datetime

from afterword.accounts.permissions import roles_of
from afterword.kit.errors import BadInput
from afterword.kit.hashing import sha256_of_json
from afterword.statements import queries
from afterword.statements.models import Moment, Override, Revision, Statement, TextCheck
from afterword.wording.asked import asked_of
from afterword.wording.queries import Checked, is_checked_in, linter_version


def keep_first_check(*, now: datetime, statement: Statement, revision: Revision) -> None:
    """Keep what the check finds in the first text a person saves; later ones change nothing.

    Inside the caller's transaction. A text that cannot be checked (its record has faults, its
    language has no rules) leaves nothing: what was found is not known.
    """
    if revision.author_id is None or not is_checked_in(statement.language):
        return
    if TextCheck.objects.filter(statement=statement, moment=Moment.FIRST).exists():
        return
    try:
        checked = queries.findings(statement)
    except BadInput:
        return
    _keep(statement, revision, Moment.FIRST, checked, (), now)


def keep_last_check(
    *, now: datetime, statement: Statement, revision: Revision, checked: Checked
) -> None:
    """Keep what a text leaves with: its errors, who let them through, what it answers."""
    if is_checked_in(statement.language):
        accepted = queries.overrides_in_force(statement, checked)
        _keep(statement, revision, Moment.LEFT, checked, accepted, now)


def _keep(
    statement: Statement,
    revision: Revision,
    moment: Moment,
    checked: Checked,
    accepted: Sequence[Override],
    now: datetime,
) -> None:
    asked = [
        each
        for each in asked_of(statement.kind, interim=statement.interim)
        if each in checked.coverage
    ]
    page = statement.incident.page_id
    TextCheck(
        page_id=page,
        statement=statement,
        moment=moment,
        revision=revision.number,
        errors=[
            {"rule": each.rule, "words": sha256_of_json([each.rule, each.quote])[:16]}
            for each in checked.errors()
        ],
        let_through=[
            {
                "rule": each.rule,
                "words": sha256_of_json([each.rule, each.quote])[:16],
                "override": each.pk,
                "roles": sorted(roles_of(each.accepted_by, page=page)),
            }
            for each in accepted
        ],
        asked=asked,
        answered=[each for each in asked if checked.coverage[each].state == "answered"],
        linter_version=linter_version(),
        at=now,
    ).save(force_insert=True)
