"""The JSON of a check, version 1."""

import json
from collections.abc import Sequence

from plaintalk.finding import Report


def render(documents: Sequence[tuple[str, str, Report]]) -> str:
    """All documents, as (path, text, report), as one JSON text that ends with a line feed."""
    shown = [report.as_dict(path) for path, _, report in documents]
    return json.dumps({"version": 1, "documents": shown}, ensure_ascii=False, indent=2) + "\n"
