"""PDFs that a screen reader can read (PDF/UA-1), set by Typst (the extra ``pdf``).

What people wrote reaches Typst as data and never as its markup, so nobody can write code into it.
"""

import importlib
import importlib.util
import json
from collections.abc import Mapping
from typing import Any


def can_set_pdf() -> bool:
    """Whether Typst is installed (the extra ``pdf``)."""
    return importlib.util.find_spec("typst") is not None


def set_pdf(sheet: bytes, data: Mapping[str, Any]) -> bytes:
    """Return ``data`` set by a sheet of Typst's, which finds it as JSON in ``sys.inputs.data``.

    Only where ``can_set_pdf``.
    """
    typst = importlib.import_module("typst")
    made: bytes = typst.compile(
        sheet, sys_inputs={"data": json.dumps(data)}, pdf_standards=["ua-1"], format="pdf"
    )
    return made
