"""A page's own colours and logo, as files whose names change when they do."""

import hashlib
from dataclasses import dataclass, field

from afterword.components.models import Page
from afterword.components.queries import look_of


@dataclass(frozen=True)
class Look:
    """Addresses (empty for the product's own look) and files by path."""

    style: str = ""
    logo: str = ""
    logo_dark: str = ""
    files: dict[str, bytes] = field(default_factory=dict)


def look_files(page: Page) -> Look:
    """Return what makes the page look like its brand."""
    own = look_of(page)
    if own is None:
        return Look()
    files: dict[str, bytes] = {}

    def kept(stem: str, ending: str, content: bytes) -> str:
        if not content:
            return ""
        path = f"assets/{stem}.{hashlib.sha256(content).hexdigest()[:12]}.{ending}"
        files[path] = content
        return f"/{path}"

    return Look(
        style=kept("look", "css", _style(own.accent_light, own.accent_dark)),
        logo=kept("logo", own.logo_ending, bytes(own.logo)),
        logo_dark=kept("logo-dark", own.logo_dark_ending, bytes(own.logo_dark)),
        files=files,
    )


def _style(light: str, dark: str) -> bytes:
    rules = f":root{{--link:{light}}}" if light else ""
    if dark:
        rules += f"@media (prefers-color-scheme: dark){{:root{{--link:{dark}}}}}"
    elif light:
        # The colour for light grounds cannot be read on dark ones.
        rules = f"@media (prefers-color-scheme: light){{{rules}}}"
    return f"{rules}\n".encode() if rules else b""
