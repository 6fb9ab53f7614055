from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

# Rooms are imported inside: this file is read before Django is set up.


@pytest.fixture
def office(db: None, clock: Any, site_dir: Path) -> SimpleNamespace:
    """The people and the incident; the clock stands at noon the day after it was resolved."""
    from desk.office import build

    return build(clock.now())


@pytest.fixture
def recorded(office: SimpleNamespace, clock: Any) -> SimpleNamespace:
    """The same, with a complete record."""
    from desk.office import complete_record

    complete_record(office, clock.now())
    return office


@pytest.fixture
def shown_outbox(settings: Any) -> Iterator[None]:
    settings.SHOW_OUTBOX = True
    yield
