"""Hold the SARIF of every rule's own examples to Microsoft's SARIF Multitool.

The tool carries the standard's schema and further rules of its own. It is installed by npm into a
folder that is thrown away; without npm, or on a machine that is not Linux on x86-64, the script
says so and measures nothing.
"""

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import plaintalk
from plaintalk.output import sarif

PACKAGE = "@microsoft/sarif-multitool-linux@5.7.0"
TOOL = "node_modules/@microsoft/sarif-multitool-linux/Sarif.Multitool"


def whole_catalogue() -> str:
    """One log with a document for every bad and good example."""
    documents = []
    for rule in plaintalk.RULES:
        for number, example in enumerate((*rule.bad, *rule.good)):
            record = None if example.record is None else plaintalk.load_record(example.record)
            report = plaintalk.check(example.text, kind=example.kind, record=record)
            documents.append((f"{rule.id}/example {number}.md", example.text, report))
    return sarif.render(documents)


def main() -> int:
    if shutil.which("npm") is None:
        print("  not measured: npm is not installed")
        return 0
    with tempfile.TemporaryDirectory(prefix="sarif-") as folder:
        install = ["npm", "install", "--silent", "--no-audit", "--no-fund", "--prefix", folder]
        done = subprocess.run([*install, PACKAGE], capture_output=True, text=True, check=False)
        tool = Path(folder, TOOL)
        if done.returncode or not tool.exists():
            print(f"  not measured: {PACKAGE} could not be installed here")
            return 0
        log = Path(folder, "catalogue.sarif")
        log.write_text(whole_catalogue(), "utf-8")
        said = subprocess.run(
            [tool, "validate", log, "--max-file-size-in-kb", "100000"],
            capture_output=True,
            text=True,
            check=False,
        )
    faults = [line for line in said.stdout.splitlines() if ": error " in line]
    remarks = sorted(
        {line.split(": ", 1)[1] for line in said.stdout.splitlines() if ": warning " in line}
    )
    finished = "Analysis completed successfully." in said.stdout
    print(
        f"  {len(faults)} errors, {len(remarks)} kinds of warning"
        + ("" if finished else "; DID NOT FINISH")
    )
    for line in (*faults[:10], *remarks[:5]):
        print(f"    {line}")
    return 0 if finished and not faults else 1


if __name__ == "__main__":
    sys.exit(main())
