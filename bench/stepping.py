"""Steps of a measurement, each a process of its own over one data folder."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any


def step(module: str, data: str, verb: str, number: int) -> dict[str, Any]:
    """Run a verb of a module of steps; return the JSON of its last line. Raises RuntimeError."""
    said = run(data, "-m", module, verb, str(number))
    answer: dict[str, Any] = json.loads(said.strip().splitlines()[-1])
    return answer


def run(data: str, *arguments: str) -> str:
    """Run Python with these arguments; return what it printed. Raises RuntimeError."""
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith("AFTERWORD_")},
        "AFTERWORD_DATA_DIR": data,
        "AFTERWORD_PUBLIC_URL": "http://127.0.0.1",
        "AFTERWORD_DATABASE_URL": os.environ.get("AFTERWORD_DATABASE_URL", ""),
        "AFTERWORD_CANCEL_SECONDS": "0",
        "AFTERWORD_SECOND_PERSON_ABOVE": "0",
        "AFTERWORD_SMTP_URL": os.environ.get("BENCH_SMTP_URL", ""),
        "AFTERWORD_MAIL_FROM": "Larkbridge <status@larkbridge.example>",
        "DJANGO_SETTINGS_MODULE": "afterword.config.settings",
        "PYTHONPATH": str(Path(__file__).resolve().parent),
    }
    done = subprocess.run(
        [sys.executable, *arguments], env=environment, capture_output=True, text=True, check=False
    )
    if done.returncode != 0:
        raise RuntimeError(f"{' '.join(arguments)} failed:\n{done.stderr}")
    return done.stdout
