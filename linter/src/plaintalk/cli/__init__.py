"""The command line. `plaintalk COMMAND`: one file per command, imported only when it is asked for.

Exit status: 0 nothing at or above the level, 1 findings, 2 the command could not be carried out.
"""

from plaintalk.cli.main import main

__all__ = ["main"]
