"""Results of tries that the database does not hold yet, in a file that survives `kill -9`.

Results are committed in batches. What a batch still holds is on this file first, so a killed
sender repeats at most the one letter whose answer it had not read yet.
"""

import json
import os
from datetime import datetime
from pathlib import Path

from afterword.postbox.actions import Result
from afterword.postbox.states import Outcome


class Journal:
    """An append-only file of results, owned by one sender at a time. Also a context manager."""

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self._handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o600)

    def __enter__(self) -> "Journal":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def append(self, result: Result) -> None:
        """Note one result: one write, no fsync (a killed process loses nothing by that)."""
        line = json.dumps(
            [
                result.letter_id,
                result.lease_until.isoformat(),
                result.outcome,
                result.at.isoformat(),
                result.code,
                result.answer,
            ]
        )
        os.write(self._handle, line.encode("ascii") + b"\n")

    def read(self) -> list[Result]:
        """Return the results on file; a last line cut short by a power cut is left out."""
        size = os.fstat(self._handle).st_size
        found = []
        for line in os.pread(self._handle, size, 0).split(b"\n"):
            try:
                letter_id, lease, outcome, at, code, answer = json.loads(line)
            except ValueError:
                continue
            found.append(
                Result(
                    letter_id=letter_id,
                    lease_until=datetime.fromisoformat(lease),
                    outcome=Outcome(outcome),
                    at=datetime.fromisoformat(at),
                    code=code,
                    answer=answer,
                )
            )
        return found

    def clear(self) -> None:
        """Forget everything on file: it is in the database now."""
        os.ftruncate(self._handle, 0)

    def close(self) -> None:
        os.close(self._handle)
