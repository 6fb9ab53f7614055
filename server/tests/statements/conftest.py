from datetime import datetime
from types import SimpleNamespace
from typing import Any

import pytest

# Rooms are imported inside: this file is read before Django is set up.


@pytest.fixture
def company(db: None, now: datetime) -> SimpleNamespace:
    from statements.world import build

    return build(now)


@pytest.fixture
def closure(company: SimpleNamespace, now: datetime) -> Any:
    """A closure whose revision 2, by Noor, is honest and complete."""
    from afterword.statements.actions import save_revision, start
    from statements.world import HONEST, TITLE

    statement = start(actor=company.noor, now=now, incident=company.incident, kind="closure")
    save_revision(
        actor=company.noor, now=now, statement=statement, title=TITLE, body=HONEST, based_on=1
    )
    return statement
