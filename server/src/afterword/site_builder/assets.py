"""Style, script and mark of the site, under names that change when their content does."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import babel
import django

import afterword
from afterword.site_builder.forms import LIBRARIES

_PACKAGE = Path(afterword.__file__).resolve().parent
# What pages are read from and made by.
_ROOMS = ("site_builder", "publishing", "components", "kit")
ROOM = _PACKAGE / "site_builder"
_CATALOGS = _PACKAGE / "locale"
_SOURCE = ROOM / "source"
# In the order of the fields of ``Assets``.
_NAMES = ("site.css", "zone.js", "mark.svg", "embed.css", "embed.js", "age.js")


@dataclass(frozen=True)
class Assets:
    """Addresses of the files (``/assets/site.1f2e….css``) and their bytes by path."""

    style: str
    script: str
    mark: str
    embed_style: str
    embed_script: str
    age_script: str
    files: dict[str, bytes]


@cache
def assets() -> Assets:
    files: dict[str, bytes] = {}
    addresses: dict[str, str] = {}
    for name in _NAMES:
        content = (_SOURCE / name).read_bytes()
        stem, _, ending = name.partition(".")
        path = f"assets/{stem}.{hashlib.sha256(content).hexdigest()[:12]}.{ending}"
        files[path] = content
        addresses[name] = f"/{path}"
    style, script, mark, embed_style, embed_script, age = (addresses[name] for name in _NAMES)
    return Assets(style, script, mark, embed_style, embed_script, age, files)


@cache
def made_with() -> str:
    """Return a digest of what shapes the files: code, templates, assets, catalogs, libraries.

    When it differs from the manifest's, every page is built again.
    """
    versions = (afterword.__version__, django.__version__, babel.__version__, *LIBRARIES)
    digest = hashlib.sha256(" ".join(versions).encode())
    for path in sources():
        digest.update(str(path.relative_to(_PACKAGE)).encode() + b"\0")
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    for path in sorted(_CATALOGS.rglob("*.mo")):
        digest.update(path.parent.parent.name.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:32]


def sources() -> Iterator[Path]:
    """Yield the files of ours that shape what is built, in a fixed order."""
    for room in _ROOMS:
        for path in sorted((_PACKAGE / room).rglob("*")):
            is_code = path.suffix in {".py", ".html", ".css", ".js", ".svg"}
            if is_code and "migrations" not in path.parts:
                yield path
