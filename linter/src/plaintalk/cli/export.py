"""Write the rules for another checker into a folder."""

import argparse
from pathlib import Path

from plaintalk.cli.files import write_out
from plaintalk.cli.misuse import CLEAN, Misuse
from plaintalk.cli.settings import find_settings, load_settings
from plaintalk.output import vale


def declare(parser: argparse.ArgumentParser) -> None:
    """Add the options of this command."""
    parser.add_argument("checker", choices=("vale",))
    parser.add_argument("folder", metavar="DIR", help="made if it is not there")
    parser.add_argument("--config", metavar="FILE", help="default: the nearest plaintalk.toml")


def run(chosen: argparse.Namespace) -> int:
    """Write the files and say how many."""
    config = chosen.config
    settings = load_settings(Path(config)) if config else find_settings(Path.cwd())
    profile, _ = settings.choose("-", None)
    folder = Path(chosen.folder)
    written = vale.files(profile)
    try:
        for name, content in written.items():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_text(content, encoding="utf-8", newline="\n")
    except OSError as problem:
        raise Misuse(f"{problem.filename or folder}: {problem.strerror or problem}") from None
    write_out(f"{len(written)} files in {folder}; README.md there says what could not go along\n")
    return CLEAN
