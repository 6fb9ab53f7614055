"""People on lists nobody should be able to read off a copy of the database."""

import json
from typing import Self

from django.db import models
from django.utils.crypto import salted_hmac

from afterword.kit.sealing import seal, unseal

_PURPOSE = "audience.people"
HOOKS = "audience.hooks"


class WrongKey(ValueError):
    """It was sealed with another secret key: set the key of that time, or bring the file again."""


def address_mark(email: str) -> str:
    """Return what stands for an address where it is only compared: a keyed hash, 64 digits."""
    return salted_hmac("afterword.audience.address", email, algorithm="sha256").hexdigest()


def sealed(email: str, name: str, what: str = "") -> str:
    return seal(json.dumps([email, name, what]), purpose=_PURPOSE)


class SealedPerson(models.Model):
    """An address, a name and what of theirs is concerned, encrypted with the installation's key.

    ``address_mark`` finds an address again without reading any.
    """

    address_mark = models.CharField(max_length=64)
    sealed = models.TextField()

    class Meta:
        abstract = True

    def of(self, email: str, name: str, what: str = "") -> Self:
        """Put a person into the row, and return it."""
        self.address_mark = address_mark(email)
        self.sealed = sealed(email, name, what)
        return self

    def opened(self) -> tuple[str, str, str]:
        """Return (address, name, what). Raises WrongKey, a ValueError."""
        text = unseal(self.sealed, purpose=_PURPOSE)
        if text is None:
            raise WrongKey(
                f"{self} was sealed with another AFTERWORD_SECRET_KEY: set the key of that time, "
                "or bring the list again"
            )
        email, name, *what = json.loads(text)
        return str(email), str(name), str(what[0]) if what else ""

    @property
    def email(self) -> str:
        return self.opened()[0]

    @property
    def name(self) -> str:
        return self.opened()[1]

    @property
    def what(self) -> str:
        return self.opened()[2]
