"""How often a network may act, kept in this process's memory and nowhere else."""

import secrets
import threading
import time
from collections import OrderedDict

from django.utils.crypto import salted_hmac

_MOST_NETWORKS = 10_000


class Allowance:
    """So many acts per network and span (seconds). Networks are kept as salted hashes.

    The salt is drawn anew with each process, so that what is held says nothing to anybody. When
    more than 10,000 networks act within a span, the oldest is forgotten.
    """

    def __init__(self, acts: int, span: float) -> None:
        self._acts, self._span = acts, span
        self._salt = secrets.token_hex(16)
        self._taken: OrderedDict[str, list[float]] = OrderedDict()
        self._lock = threading.Lock()

    def take(self, network: str) -> bool:
        """Count one act of the network; False when it has used up its allowance."""
        key = salted_hmac(self._salt, network, algorithm="sha256").hexdigest()
        now = time.monotonic()
        with self._lock:
            recent = [at for at in self._taken.pop(key, []) if now - at < self._span]
            allowed = len(recent) < self._acts
            self._taken[key] = [*recent, now] if allowed else recent
            while len(self._taken) > _MOST_NETWORKS:
                self._taken.popitem(last=False)
        return allowed
