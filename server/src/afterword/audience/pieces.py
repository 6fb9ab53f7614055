"""Files of people cut into pieces that a row can hold, encrypted with the installation's key."""

import gzip
import json
from collections.abc import Iterable, Iterator, Sequence

from django.utils.crypto import salted_hmac

from afterword.audience.sealed import WrongKey
from afterword.kit.sealing import seal, seal_bytes, unseal, unseal_bytes

REFUSED_SHOWN = 200
"""How many refused rows a page or an answer shows; all of them are a file."""
_PURPOSE = "audience.intakes"
_BYTES_A_PIECE = 500_000
_REFUSALS_A_PIECE = 1000

Refusal = tuple[int, str]
"""The line of a file, or the number of a customer, and why it was refused."""


def mark_of(raw: bytes) -> str:
    """Return what stands for a file where it is only compared: a keyed hash, 64 digits."""
    return salted_hmac("afterword.audience.intake", raw, algorithm="sha256").hexdigest()


def sealed_file(raw: bytes) -> Iterator[str]:
    """Yield a file in pieces. They are compressed first: lists repeat themselves."""
    packed = gzip.compress(raw, compresslevel=1, mtime=0)
    for begin in range(0, len(packed), _BYTES_A_PIECE):
        yield seal_bytes(packed[begin : begin + _BYTES_A_PIECE], purpose=_PURPOSE)


def opened_file(pieces: Iterable[str]) -> bytes:
    """Return the file again. Raises WrongKey."""
    return gzip.decompress(b"".join(_opened(each) for each in pieces))


def sealed_refusals(refused: Sequence[Refusal]) -> Iterator[str]:
    """Yield refusals in pieces of a thousand; they quote what stands in the file."""
    for begin in range(0, len(refused), _REFUSALS_A_PIECE):
        part = json.dumps(refused[begin : begin + _REFUSALS_A_PIECE]).encode()
        yield seal_bytes(gzip.compress(part, compresslevel=1, mtime=0), purpose=_PURPOSE)


def opened_refusals(pieces: Iterable[str]) -> Iterator[Refusal]:
    """Yield the refusals again, in their order. Raises WrongKey."""
    for each in pieces:
        for line, why in json.loads(gzip.decompress(_opened(each))):
            yield int(line), str(why)


def sealed_words(refusal: str, ignored_columns: Sequence[str]) -> str:
    """Return what is said of a file as a whole; it may quote the file too."""
    return seal(json.dumps([refusal, list(ignored_columns)]), purpose=_PURPOSE)


def opened_words(sealed: str) -> tuple[str, tuple[str, ...]]:
    """Return why a file as a whole was refused, or "", and its columns nobody asked for."""
    if not sealed:
        return "", ()
    text = unseal(sealed, purpose=_PURPOSE)
    if text is None:
        raise WrongKey(WrongKey.__doc__)
    refusal, ignored = json.loads(text)
    return str(refusal), tuple(str(each) for each in ignored)


def _opened(piece: str) -> bytes:
    raw = unseal_bytes(piece, purpose=_PURPOSE)
    if raw is None:
        raise WrongKey(WrongKey.__doc__)
    return raw
