from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from journeys.house import House, Sink, open_house, smtp_sink

QUIET = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
)  # fmt: skip


@pytest.fixture(scope="session")
def browser(chromium: str) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=list(QUIET))
        yield browser
        browser.close()


@pytest.fixture
def sink_and_port() -> Iterator[tuple[Sink, int]]:
    with smtp_sink() as found:
        yield found


@pytest.fixture
def house(tmp_path: Path, sink_and_port: tuple[Sink, int]) -> Iterator[House]:
    with open_house(tmp_path / "house", sink_and_port[1]) as found:
        yield found


@pytest.fixture
def sink(sink_and_port: tuple[Sink, int]) -> Sink:
    return sink_and_port[0]
