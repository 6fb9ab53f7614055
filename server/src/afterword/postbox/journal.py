"""Results of tries that the database does not hold yet, in a file that survives `kill -9`.

Results are committed in batches. What a batch still holds is on this file first, so a killed
sender repeats at most the one letter whose answer it had not read yet.
"""

import json
import os
from datetime import datetime
from functools import lru_cache
from pathlib import Path

from afterword.postbox.outcomes import Outcome, Result

# Servers say the same again and again, and thousands of letters have the same lease.
_quoted = lru_cache(maxsize=64)(json.JSONEncoder().encode)
_written = lru_cache(maxsize=16)(datetime.isoformat)


class Journal:
    """Append-only files of results, owned by one sender at a time. Also a context manager.

    There are two: while the results in one are brought into the database, new ones go into the
    other, so that nobody has to wait and nothing is forgotten that came meanwhile.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        path.parent.mkdir(parents=True, exist_ok=True)
        self._handles = [
            os.open(each, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o600)
            for each in (path, path.with_name(f"{path.name}-2"))
        ]

    def __enter__(self) -> "Journal":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def append(self, result: Result) -> None:
        """Note one result: one write, no fsync (a killed process loses nothing by that).

        Raises OSError when it cannot be noted; nothing of it is on file then.
        """
        letter_id, lease, outcome, at, code, answer, message_id = result
        line = (
            f'[{letter_id}, "{_written(lease)}", "{outcome}", "{at.isoformat()}", '
            f'{code or "null"}, {_quoted(answer)}, "{message_id}"]\n'
        )
        handle, data, written = self._handles[0], line.encode("ascii"), 0
        try:
            while written < len(data):
                written += os.write(handle, data[written:])
        except OSError:
            if written:
                # The next line must not be joined to a torn one: neither could be read.
                os.ftruncate(handle, os.fstat(handle).st_size - written)
            raise

    def try_out(self) -> None:
        """Write an empty line, which says nothing. Raises OSError when results cannot be noted."""
        os.write(self._handles[0], b"\n")

    def turn(self) -> None:
        """Let results go into the other file from now on; it must be empty."""
        self._handles.reverse()

    def clear_turned(self) -> None:
        """Forget what was noted before the turn: it is in the database now."""
        os.ftruncate(self._handles[1], 0)

    def read(self) -> list[Result]:
        """Return the results on file; a last line cut short by a power cut is left out."""
        found = []
        noted = [os.pread(each, os.fstat(each).st_size, 0) for each in self._handles]
        for line in b"\n".join(noted).split(b"\n"):
            try:
                letter_id, lease, outcome, at, code, answer, *message_id = json.loads(line)
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
                    message_id=message_id[0] if message_id else "",
                )
            )
        return found

    def clear(self) -> None:
        """Forget everything on file: it is in the database now."""
        for handle in self._handles:
            os.ftruncate(handle, 0)

    def close(self) -> None:
        for handle in self._handles:
            os.close(handle)
