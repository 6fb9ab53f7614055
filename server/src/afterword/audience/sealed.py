"""People on lists nobody should be able to read off a copy of the database."""

import json
from typing import Self

from django.db import models
from django.utils.crypto import salted_hmac

from afterword.kit.sealing import seal, unseal

_PURPOSE = "audience.people"


def address_mark(email: str) -> str:
    """Return what stands for an address where it is only compared: a keyed hash, 64 digits."""
    return salted_hmac("afterword.audience.address", email, algorithm="sha256").hexdigest()


def sealed(email: str, name: str) -> str:
    return seal(json.dumps([email, name]), purpose=_PURPOSE)


class SealedPerson(models.Model):
    """An address and a name, encrypted with the installation's key.

    ``address_mark`` finds an address again without reading any.
    """

    address_mark = models.CharField(max_length=64)
    sealed = models.TextField()

    class Meta:
        abstract = True

    def of(self, email: str, name: str) -> Self:
        """Put an address and a name into the row, and return it."""
        self.address_mark = address_mark(email)
        self.sealed = sealed(email, name)
        return self

    @property
    def person(self) -> tuple[str, str]:
        """(address, name). Raises ValueError when the row was sealed with another secret key."""
        opened = unseal(self.sealed, purpose=_PURPOSE)
        if opened is None:
            raise ValueError(
                f"{self} was sealed with another AFTERWORD_SECRET_KEY: set the key of that time, "
                "or bring the list again"
            )
        email, name = json.loads(opened)
        return str(email), str(name)

    @property
    def email(self) -> str:
        return self.person[0]

    @property
    def name(self) -> str:
        return self.person[1]
