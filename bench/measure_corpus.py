"""Precision, recall and agreement on real, labelled texts; the measuring is in `corpus/`."""

import runpy
from pathlib import Path

runpy.run_path(str(Path(__file__).parent / "corpus"), run_name="__main__")
