"""The configuration file: where it is looked for, and which profile it gives to a text."""

import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from plaintalk.cli.files import STANDARD_INPUT, read_text
from plaintalk.cli.misuse import Misuse
from plaintalk.profiles import DEFAULT_PROFILE, Profile

if TYPE_CHECKING:
    from plaintalk.configuration import Configuration

OWN: Final = "plaintalk.toml"
SHARED: Final = "pyproject.toml"
DEFAULT_KIND: Final = "summary"


@dataclass(frozen=True)
class Settings:
    """A configuration and the file it came from, whose folder its paths start at."""

    file: Path | None = None
    configuration: "Configuration | None" = None

    def choose(self, name: str, kind: str | None) -> tuple[Profile, str]:
        """The profile and kind for a file; a kind given by the caller wins."""
        if self.file is None or self.configuration is None:
            return DEFAULT_PROFILE, kind or DEFAULT_KIND
        path = self._inside(name, self.file)
        chosen = kind or self.configuration.kind_of(path) or DEFAULT_KIND
        return self.configuration.profile(path, chosen), chosen

    def record(self, name: str) -> str | None:
        """The file of the record that the configuration gives to a file, or None."""
        if self.file is None or self.configuration is None:
            return None
        given = self.configuration.record_of(self._inside(name, self.file))
        return None if given is None else str(self.file.parent / given)

    @staticmethod
    def _inside(name: str, file: Path) -> str | None:
        """A path as the configuration sees it, from its own folder."""
        if name == STANDARD_INPUT:
            return None
        return Path(os.path.relpath(name, file.parent)).as_posix()


def find_settings(start: Path) -> Settings:
    """The nearest plaintalk.toml, or pyproject.toml with `[tool.plaintalk]`, from a folder up.

    The search ends at the root of the repository.
    """
    folder = start.resolve()
    for place in (folder, *folder.parents):
        if (place / OWN).is_file():
            return load_settings(place / OWN)
        if (place / SHARED).is_file() and "[tool.plaintalk" in read_text(str(place / SHARED)):
            return load_settings(place / SHARED)
        if (place / ".git").exists():
            break
    return Settings()


def load_settings(file: Path) -> Settings:
    """The settings in a file; every fault is named by file and line."""
    # The reader of TOML is imported only where there is a file to read.
    from plaintalk.configuration import (  # noqa: PLC0415
        ConfigurationError,
        read_configuration,
    )

    under = ("tool", "plaintalk") if file.name == SHARED else ()
    try:
        return Settings(file.resolve(), read_configuration(read_text(str(file)), under))
    except ConfigurationError as refused:
        faults = "\n".join(f"{file}:{line}: {message}" for line, message in refused.problems)
        raise Misuse(faults) from None
