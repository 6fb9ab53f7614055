"""Style, script and mark of the site, under names that change when their content does."""

import hashlib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import afterword
from afterword.site_builder.forms import LIBRARIES

ROOM = Path(__file__).resolve().parent
_CATALOGS = Path(afterword.__file__).resolve().parent / "locale"
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
    """Return a digest of what shapes the files: code, templates, assets, catalogs, packers.

    When it differs from the manifest's, every page is built again.
    """
    digest = hashlib.sha256(f"{afterword.__version__} {' '.join(LIBRARIES)}".encode())
    for path in sorted(ROOM.rglob("*")):
        if path.suffix in {".py", ".html", ".css", ".js", ".svg"}:
            digest.update(str(path.relative_to(ROOM)).encode() + b"\0")
            digest.update(hashlib.sha256(path.read_bytes()).digest())
    for path in sorted(_CATALOGS.rglob("*.mo")):
        digest.update(path.parent.parent.name.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:32]
