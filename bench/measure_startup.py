"""What one `plaintalk check` costs from nothing: processor time and memory of the process.

Asked for: at most 0.2 s of processor time and 60 MB. The median of several runs counts, because
other work on the machine only ever adds; the interpreter's own start is shown beside it.
"""

import os
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
RUNS = 15
SECONDS = 0.2
MEGABYTES = 60.0
SHORT = "A brief outage hit a small number of users.\n"
PARAGRAPH = (
    "On 4 March 2026, from 08:12 to 14:24 UTC (6 hours 12 minutes), invoices were not delivered. "
    "This affected 1,798 customers, 37% of those active that day. No invoice was lost: we compared "
    "every one with the sent log. We will publish what we are changing by 9 March 2026.\n\n"
)
COMMANDS = {
    "python -c pass": ("-c", "pass"),
    "plaintalk rules": ("-m", "plaintalk", "rules"),
    "plaintalk check, one sentence": ("-m", "plaintalk", "check", "short.md"),
    "plaintalk check, 3 KB": ("-m", "plaintalk", "check", "long.md"),
}


def one_run(arguments: tuple[str, ...], folder: str) -> tuple[float, float]:
    """Return seconds of processor time and megabytes at the peak."""
    # As an installed package starts: its compiled files are kept from one run to the next.
    environment = {
        **os.environ,
        "PYTHONPATH": str(ROOT / "linter" / "src"),
        "PYTHONDONTWRITEBYTECODE": "",
        "PYTHONPYCACHEPREFIX": str(Path(folder, "compiled")),
    }
    child = subprocess.Popen(
        [sys.executable, *arguments],
        cwd=folder,
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    _, _, usage = os.wait4(child.pid, 0)
    # Kilobytes, on macOS bytes.
    unit = 1024 * 1024 if sys.platform == "darwin" else 1024
    return usage.ru_utime + usage.ru_stime, usage.ru_maxrss / unit


def main() -> int:
    worst = 0.0
    most = 0.0
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "short.md").write_text(SHORT, encoding="utf-8")
        Path(folder, "long.md").write_text(PARAGRAPH * 11, encoding="utf-8")
        for name, arguments in COMMANDS.items():
            one_run(arguments, folder)
            runs = [one_run(arguments, folder) for _ in range(RUNS)]
            median = statistics.median(seconds for seconds, _ in runs)
            least = min(seconds for seconds, _ in runs)
            memory = max(megabytes for _, megabytes in runs)
            print(f"  {name:<30} {median:.3f} s (least {least:.3f}), {memory:.0f} MB")
            if name.startswith("plaintalk check"):
                worst, most = max(worst, median), max(most, memory)
    good = worst <= SECONDS and most <= MEGABYTES
    print(
        f"  {'ok' if good else 'TOO MUCH'}: at most {worst:.3f} s of {SECONDS} s "
        f"and {most:.0f} MB of {MEGABYTES:.0f} MB"
    )
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
