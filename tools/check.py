"""Run the checks one after another, with a time for each; stop at nothing, fail at the end.

python tools/check.py                 everything CI runs
python tools/check.py ruff types      only these
python tools/check.py tests -k name   every test, the rest handed to pytest
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BIN = ROOT / ".venv" / "bin"
PYTEST = ("pytest", "-n", "2", "--dist", "loadgroup")
POSTGRES = "AFTERWORD_TEST_POSTGRES_URL"
# Long enough for `check --deploy`, and plainly not a secret.
DEPLOY_CHECK_KEY = "check-only-" + "0123456789abcdefghijklmnopqrstuvwxyz" * 2


@dataclass(frozen=True)
class Step:
    """One command. A loud step streams its output; a quiet one shows it only on failure."""

    group: str
    name: str
    command: tuple[str, ...]
    loud: bool = False
    env: dict[str, str] = field(default_factory=dict)
    good_exits: tuple[int, ...] = (0,)


def django(name: str, *arguments: str, **env: str) -> Step:
    return Step(
        "django",
        name,
        ("python", "-m", "django", *arguments),
        env={"DJANGO_SETTINGS_MODULE": "afterword.config.settings", **env},
    )


def templates() -> list[str]:
    roots = {path for path in (ROOT / "server" / "src").rglob("templates") if path.is_dir()}
    return sorted(str(path.relative_to(ROOT)) for path in roots if any(path.rglob("*.html")))


def steps(pytest_arguments: tuple[str, ...]) -> Iterator[Step]:
    """Yield every step in the order CI runs them: quickest answer first."""
    yield Step("ruff", "ruff format", ("ruff", "format", "--check", "."))
    yield Step("ruff", "ruff check", ("ruff", "check", "."))
    yield Step(
        "layers",
        "import-linter",
        ("lint-imports", "--no-logo", "--cache-dir", ".import_linter_cache"),
    )
    yield Step("types", "mypy", ("mypy",))
    if found := templates():
        yield Step(
            "templates",
            "djlint",
            ("djlint", "--configuration", "pyproject.toml", "--lint", "--quiet", *found),
        )
    yield django(
        "django check --deploy",
        "check",
        "--deploy",
        "--fail-level",
        "WARNING",
        AFTERWORD_DEBUG="no",
        AFTERWORD_SECRET_KEY=DEPLOY_CHECK_KEY,
        AFTERWORD_PUBLIC_URL="https://status.example",
    )
    yield django("migrations match the models", "makemigrations", "--check", "--dry-run")
    yield Step("catalogs", "catalogs are whole", ("python", "tools/catalogs.py", "--check"))
    for script in sorted((ROOT / "tools").glob("docs_*.py")):
        yield Step("docs", f"{script.stem} is up to date", ("python", str(script), "--check"))
    table = ("python", "tools/needs_table.py", "--check")
    yield Step("docs", "the table of what patterns need is up to date", table)
    yield Step("tests", "tests", (*PYTEST, *pytest_arguments), loud=True, env={POSTGRES: ""})


def postgres_steps() -> Iterator[Step]:
    """The server's tests again, on the database named by AFTERWORD_TEST_POSTGRES_URL."""
    yield Step(
        "postgres",
        "tests on PostgreSQL",
        (
            *PYTEST,
            "server/tests",
            "--ignore=server/tests/architecture",
            "-m",
            "not own_database",
        ),
        loud=True,
    )


def perform(step: Step) -> bool:
    """Run one step, print its line, return whether it passed."""
    program = BIN / step.command[0]
    environment = {
        **os.environ,
        # Importing the settings makes a data folder; not in the work tree.
        "AFTERWORD_DATA_DIR": str(ROOT / ".venv" / "check-data"),
        **step.env,
        "PATH": f"{BIN}{os.pathsep}{os.environ.get('PATH', '')}",
    }
    if step.loud:
        print(f"check: {step.name}", flush=True)
    started = time.monotonic()
    done = subprocess.run(
        [str(program), *step.command[1:]],
        cwd=ROOT,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=None if step.loud else subprocess.PIPE,
        stderr=None if step.loud else subprocess.STDOUT,
        text=True,
        check=False,
    )
    passed = done.returncode in step.good_exits
    if not passed and done.stdout:
        print(done.stdout.rstrip())
    took = time.monotonic() - started
    print(f"check: {'ok  ' if passed else 'FAIL'} {step.name} ({took:.1f} s)", flush=True)
    return passed


def main(arguments: list[str]) -> int:
    split = next((i for i, word in enumerate(arguments) if word.startswith("-")), len(arguments))
    groups, pytest_arguments = arguments[:split], tuple(arguments[split:])
    plan = list(steps(pytest_arguments))
    if os.environ.get(POSTGRES):
        plan += postgres_steps()
    elif not groups or "postgres" in groups:
        print(f"check: not run: tests on PostgreSQL (set {POSTGRES}=postgres://user@host/database)")
    known = {step.group for step in plan} | {"postgres", "templates"}
    if unknown := set(groups) - known:
        there = ", ".join(sorted(known))
        print(f"check: no such check: {', '.join(sorted(unknown))}; there are {there}")
        return 2
    started = time.monotonic()
    failed = [
        step.name for step in plan if (not groups or step.group in groups) and not perform(step)
    ]
    took = time.monotonic() - started
    if failed:
        print(f"check: {len(failed)} failed in {took:.0f} s: {', '.join(failed)}")
        return 1
    print(f"check: all passed in {took:.0f} s")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
