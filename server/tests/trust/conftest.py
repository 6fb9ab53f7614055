from datetime import datetime
from types import SimpleNamespace

import pytest

# Rooms are imported inside: this file is read before Django is set up.


@pytest.fixture
def company(db: None, now: datetime) -> SimpleNamespace:
    """Larkbridge with a resolved incident of an hour ago; its texts go to the page alone."""
    from statements.world import build, for_the_page_only

    return for_the_page_only(build(now), now)
