"""When the site was last known to be as new as the database, as a header, without asking it."""

import re
from pathlib import Path

NAME = "Afterword-Confirmed"
_AGE = "age.json"
_TOLD = re.compile(rb'"confirmed_at": "(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ)"')


def confirmed_line(site_dir: str) -> bytes:
    """Return the header as a line of HTTP/1.1; nothing when no worker has confirmed the site."""
    try:
        told = _TOLD.search(Path(site_dir, _AGE).read_bytes())
    except OSError:
        return b""
    return b"%s: %s\r\n" % (NAME.encode(), told[1]) if told else b""
