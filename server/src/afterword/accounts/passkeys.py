"""WebAuthn, spoken with the browser's own words for it; the cryptography is python-fido2's."""

from dataclasses import dataclass
from typing import Any

from django.utils.crypto import salted_hmac
from fido2.server import Fido2Server
from fido2.utils import websafe_encode
from fido2.webauthn import (
    AttestedCredentialData,
    AuthenticationResponse,
    PublicKeyCredentialRpEntity,
    PublicKeyCredentialUserEntity,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from afterword.accounts.models import Passkey, Person


@dataclass(frozen=True)
class Place:
    """Where the desk is open: the name passkeys are bound to, and the origin browsers report."""

    host: str
    origin: str

    def server(self) -> Fido2Server:
        """Return what checks answers given at this place, and at no other."""
        entity = PublicKeyCredentialRpEntity(name=self.host, id=self.host)
        return Fido2Server(entity, verify_origin=lambda origin: origin == self.origin)


@dataclass(frozen=True)
class Made:
    """A new credential, checked."""

    credential_id: str
    credential: bytes
    sign_count: int


def user_handle(person: Person) -> bytes:
    """Return what an authenticator files the person under; it says nothing about them."""
    made = salted_hmac("afterword.passkey.user", str(person.pk), algorithm="sha256")
    return bytes(made.digest())


def creation_options(place: Place, person: Person, held: list[Passkey]) -> tuple[Any, Any]:
    """Return (options for the browser, state to keep in the session)."""
    user = PublicKeyCredentialUserEntity(
        name=person.email, id=user_handle(person), display_name=person.name
    )
    options, state = place.server().register_begin(
        user,
        credentials=[AttestedCredentialData(bytes(each.credential)) for each in held],
        resident_key_requirement=ResidentKeyRequirement.REQUIRED,
        user_verification=UserVerificationRequirement.REQUIRED,
    )
    return dict(options), state


def made_of(place: Place, state: Any, answer: dict[str, Any]) -> Made | None:
    """Return the credential that a browser made; None when the answer does not hold."""
    try:
        data = place.server().register_complete(state, answer)
    except (ValueError, TypeError, KeyError):
        return None
    credential = data.credential_data
    if credential is None:
        return None
    return Made(websafe_encode(credential.credential_id), bytes(credential), data.counter)


def request_options(place: Place) -> tuple[Any, Any]:
    """Return (options for the browser, state to keep). Any passkey of this place may answer."""
    options, state = place.server().authenticate_begin(
        user_verification=UserVerificationRequirement.REQUIRED
    )
    return dict(options), state


def credential_named(answer: dict[str, Any]) -> str:
    """Return the id of the credential that an answer claims to come from."""
    return str(answer.get("id", ""))[:1400]


def count_of(place: Place, state: Any, answer: dict[str, Any], passkey: Passkey) -> int | None:
    """Return the authenticator's count when the answer is the passkey's own; else None.

    An answer whose count has not grown comes from a copy of the key (WebAuthn, section 6.1.1).
    """
    try:
        place.server().authenticate_complete(
            state, [AttestedCredentialData(bytes(passkey.credential))], answer
        )
        response = AuthenticationResponse.from_dict(answer).response
    except Exception as wrong:  # noqa: BLE001
        # What a browser sends is anybody's; cryptography has errors of its own for a bad signature.
        _ = wrong
        return None
    count = int(response.authenticator_data.counter)
    if (count or passkey.sign_count) and count <= passkey.sign_count:
        return None
    return count
