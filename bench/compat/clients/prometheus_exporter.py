"""PyPI ``statuspage-prometheus-exporter``: one round, written as a textfile of metrics."""

import json
from pathlib import Path

import invented
from installing import output_of, python_with


def run(address: str, room: Path) -> str:
    python = python_with(room, "statuspage-prometheus-exporter==2.6.0")
    folder = room / "exporter"
    folder.mkdir(exist_ok=True)
    services = folder / "services.json"
    services.write_text(
        json.dumps({"fernway": {"url": f"{address}/api/v2/summary.json", "name": "Fernway"}})
    )
    metrics = folder / "statuspage.prom"
    output_of(
        [str(python.with_name("statuspage-prometheus-exporter"))], folder, RUN_MODE="once",
        SERVICES_JSON_PATH=str(services), METRICS_TEXTFILE_PATH=str(metrics), CLEAR_CACHE="true",
    )  # fmt: skip
    lines = [line for line in metrics.read_text().splitlines() if not line.startswith("#")]
    for ident in ("fernwayinc01", "fernwayinc02"):
        assert any("incident" in line and ident in line for line in lines), lines[:20]
    named = [each[1] for each in invented.COMPONENTS if not each[5]]
    missing = [name for name in named if not any(f'"{name}"' in line for line in lines)]
    assert not missing, (missing, lines[:20])
    return f"{len(lines)} metrics: both incidents and {len(named)} components"
