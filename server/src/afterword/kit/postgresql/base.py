"""The driver reads an instant with a pattern and arithmetic of its own; Python's reader of ISO 8601
gives the same for a tenth of the time, and a report reads tens of thousands.
"""

from datetime import UTC, datetime
from typing import Any

from django.db.backends.postgresql import base
from django.db.backends.postgresql.psycopg_any import BaseTzLoader


class InstantLoader(BaseTzLoader):  # type: ignore[misc]  # Django's has no types
    """Instants of a session in UTC. What is in no year of Python's is read as the driver does."""

    timezone = UTC

    def load(self, data: Any) -> datetime:
        try:
            found = datetime.fromisoformat(str(data, "ascii"))
        except ValueError:
            return self._as_the_driver(data)
        return found if found.tzinfo is UTC else self._as_the_driver(data)

    def _as_the_driver(self, data: Any) -> datetime:
        found: datetime = super().load(data)
        return found


class DatabaseWrapper(base.DatabaseWrapper):
    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        found = super().get_new_connection(conn_params)
        if self.timezone is UTC:
            found.adapters.register_loader("timestamptz", InstantLoader)
        return found
