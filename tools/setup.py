"""Make or refresh `.venv`: the locked packages with hashes, then the two local packages.

Runs on the system's Python with nothing installed. A second run with nothing changed is instant.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
LOCAL_PACKAGES = ("linter", "server")


class SetupError(Exception):
    """Something on this machine is missing; the message is one line and says what to do."""


def say(message: str) -> None:
    print(f"setup: {message}", flush=True)


def fingerprint(path: Path) -> str:
    """Hash of one file, the interpreter and the place: what decided an install made from it."""
    digest = hashlib.sha256(f"{sys.version}\0{ROOT}\0".encode())
    digest.update(path.read_bytes())
    return digest.hexdigest()


def parts() -> list[Path]:
    """The files whose change means installing again, the lock first."""
    local = [ROOT / name / "pyproject.toml" for name in LOCAL_PACKAGES]
    return [ROOT / "requirements.lock", *(path for path in local if path.exists())]


def stamp(path: Path) -> Path:
    return VENV / f"setup-{path.parent.name if path.suffix == '.toml' else 'lock'}.stamp"


def stale() -> list[Path]:
    """The parts that `.venv` does not hold yet, or holds in an older form."""

    def fresh(path: Path) -> bool:
        mark = stamp(path)
        return mark.exists() and mark.read_text(encoding="utf-8") == fingerprint(path)

    return [path for path in parts() if not (PYTHON.exists() and fresh(path))]


def run(what: str, *command: str | Path) -> None:
    """Run one step quietly; on failure show the end of what it printed."""
    say(what)
    done = subprocess.run(
        [str(part) for part in command],
        cwd=ROOT,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    if done.returncode:
        print("\n".join(done.stdout.strip().splitlines()[-15:]), file=sys.stderr)
        raise SetupError(f"failed at: {what}")


def has_ensurepip() -> bool:
    return (
        subprocess.run(
            [sys.executable, "-c", "import ensurepip, venv"], capture_output=True, check=False
        ).returncode
        == 0
    )


def host_pip() -> list[str] | None:
    """A pip outside the environment that can install into it, or None."""
    wheels = sorted(Path("/usr/share/python-wheels").glob("pip-*.whl"))
    tries = [[sys.executable, "-m", "pip"]]
    tries += [[sys.executable, f"{wheel}/pip"] for wheel in wheels]
    for command in tries:
        # `--python` came with pip 22.3.
        if (
            subprocess.run(
                [*command, "--python", sys.executable, "--version"],
                capture_output=True,
                check=False,
            ).returncode
            == 0
        ):
            return command
    return None


def make_environment() -> None:
    if (
        PYTHON.exists()
        and subprocess.run(
            [str(PYTHON), "-m", "pip", "--version"], capture_output=True, check=False
        ).returncode
        == 0
    ):
        return
    if has_ensurepip():
        run("making .venv", sys.executable, "-m", "venv", "--clear", VENV)
        return
    version = f"{sys.version_info.major}.{sys.version_info.minor}"
    pip = host_pip()
    if pip is None:
        raise SetupError(
            f"Python {version} has no venv with pip here; on Debian or Ubuntu run: "
            f"apt-get install python{version}-venv"
        )
    run(
        "making .venv (without ensurepip)",
        sys.executable,
        "-m",
        "venv",
        "--without-pip",
        "--clear",
        VENV,
    )
    run("putting pip into .venv", *pip, "--python", PYTHON, "install", "--quiet", "pip")


@contextlib.contextmanager
def only_one_setup() -> Iterator[None]:
    """Two `make` commands started together must not write the same environment."""
    import fcntl

    with (ROOT / ".venv.lock").open("w") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield


def install(path: Path) -> None:
    pip = (PYTHON, "-m", "pip", "--disable-pip-version-check", "--no-input", "install", "--quiet")
    if path.name == "requirements.lock":
        count = path.read_text(encoding="utf-8").count("==")
        wheels = ("--require-hashes", "--no-deps", "--only-binary", ":all:")
        what = f"installing {count} locked packages, about half a minute the first time"
        run(what, *pip, *wheels, "-r", path)
        return
    here = ("--no-build-isolation", "--no-deps", "--no-index")
    run(f"installing {path.parent.name}/", *pip, *here, "-e", path.parent)


def main() -> int:
    os.environ.pop("PYTHONPATH", None)
    if not stale():
        return 0
    started = time.monotonic()
    try:
        with only_one_setup():
            make_environment()
            for path in stale():
                stamp(path).unlink(missing_ok=True)
                install(path)
                stamp(path).write_text(fingerprint(path), encoding="utf-8")
    except SetupError as problem:
        print(f"setup: {problem}", file=sys.stderr)
        return 1
    say(f"ready in {time.monotonic() - started:.0f} s")
    return 0


if __name__ == "__main__":
    sys.exit(main())
