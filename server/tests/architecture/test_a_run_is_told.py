"""What tests ask of the environment reaches them: `conftest` takes every other setting away."""

import re

from architecture.rooms import ROOT
from conftest import TOLD

ASKED = re.compile(r"""environ(?:\.get\(|\[)"(AFTERWORD_[A-Z_]+)"[\],)](?!\s*=[^=])""")


def test_every_setting_that_tests_ask_for_is_left_to_them() -> None:
    asked = {
        name
        for path in (ROOT / "server" / "tests").rglob("*.py")
        for name in ASKED.findall(path.read_text(encoding="utf-8"))
    }
    assert "AFTERWORD_SHARED" in asked
    assert sorted(asked - TOLD) == []
