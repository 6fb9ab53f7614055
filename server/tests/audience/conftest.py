from datetime import datetime
from typing import Any

import pytest

# Rooms are imported inside: this file is read before Django is set up.


@pytest.fixture
def page(db: None, now: datetime) -> Any:
    from afterword.accounts.permissions import MACHINE
    from afterword.components.actions import create_page

    return create_page(
        actor=MACHINE, now=now, name="Larkbridge", url="https://status.larkbridge.example"
    )
