from collections.abc import Iterator
from pathlib import Path

import pytest

from journeys.house import House, Sink, open_house, smtp_sink


@pytest.fixture
def sink_and_port() -> Iterator[tuple[Sink, int]]:
    with smtp_sink() as found:
        yield found


@pytest.fixture
def house(tmp_path: Path, sink_and_port: tuple[Sink, int], furnished: House) -> Iterator[House]:
    with open_house(tmp_path / "house", sink_and_port[1], like=furnished) as found:
        yield found


@pytest.fixture
def sink(sink_and_port: tuple[Sink, int]) -> Sink:
    return sink_and_port[0]
