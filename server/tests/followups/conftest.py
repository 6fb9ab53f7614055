from datetime import datetime
from types import SimpleNamespace

import pytest

# Rooms are imported inside: this file is read before Django is set up.


@pytest.fixture
def company(db: None, now: datetime) -> SimpleNamespace:
    """A company with three SLA contacts, one without SLA, and nobody on the affected list."""
    from afterword.accounts.permissions import MACHINE
    from afterword.audience.actions.customers import import_customers
    from statements.world import build

    company = build(now)
    import_customers(
        actor=MACHINE,
        now=now,
        page=company.page,
        csv_text=(
            "account_id,name,sla_target,contact_name,contact_email\n"
            "a1,Fernway,99.9,Mira,mira@fernway.example\n"
            "a1,Fernway,99.9,Olu,olu@fernway.example\n"
            "a2,Oakline,99.5,Sam,sam@oakline.example\n"
            "a3,Small Shop,,Kim,kim@shop.example\n"
        ),
    )
    return company
