"""A PDF as a reader gets it: title, language, tags and the words of each page, read by pypdf."""

from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from pypdf import PdfReader


@dataclass(frozen=True)
class Pdf:
    """``words`` are those of each page, with one space between them; ``tags`` the kinds of parts
    that a screen reader finds."""

    title: str
    language: str
    is_tagged: bool
    tags: frozenset[str]
    pictures_described: int
    words: tuple[str, ...]


def read_pdf(data: bytes) -> Pdf:
    """Return what a PDF holds. Raises PdfReadError for what is none, or is not whole."""
    reader = PdfReader(BytesIO(data), strict=True)
    root: Any = reader.root_object
    parts = list(_parts(root.get("/StructTreeRoot")))
    return Pdf(
        title=str((reader.metadata and reader.metadata.title) or ""),
        language=str(root.get("/Lang", "")),
        is_tagged=bool(parts) and bool(root.get("/MarkInfo", {}).get("/Marked")),
        tags=frozenset(str(part["/S"]).removeprefix("/") for part in parts),
        pictures_described=sum(
            part["/S"] == "/Figure" and bool(part.get("/Alt")) for part in parts
        ),
        words=tuple(" ".join(page.extract_text().split()) for page in reader.pages),
    )


def _parts(above: Any) -> Iterator[Any]:
    """Yield every structure element below one; its other children are marked contents."""
    kids = above.get("/K", []) if above else []
    for kid in kids if isinstance(kids, list) else [kids]:
        part = kid.get_object()
        if isinstance(part, dict) and "/S" in part:
            yield part
            yield from _parts(part)
