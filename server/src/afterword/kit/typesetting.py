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

    PDF/UA-1 wants every sign to be shown. Where no font of this machine has one (an emoji, another
    script), the same document is set without that promise: the tags are there, the sign is a box.
    Only where ``can_set_pdf``.
    """
    typst = importlib.import_module("typst")

    def made(standards: list[str]) -> bytes:
        inputs = {"data": json.dumps(data)}
        found: bytes = typst.compile(
            sheet, sys_inputs=inputs, pdf_standards=standards, format="pdf"
        )
        return found

    try:
        return made(["ua-1"])
    except typst.TypstError:
        return made([])
