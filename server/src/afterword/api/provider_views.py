"""django-anymail's webhook views, made for one secret: what checks a request and reads its events.

Only their two steps are used, ``run_validators`` and ``parse_events``. No signal is sent, none of
anymail's addresses is mounted, and its settings are not asked, for each view gets its secret here.
"""

import base64
import binascii
import hashlib
import hmac
import logging
import re
import warnings
from importlib import import_module
from typing import Any, Protocol, cast

from anymail.exceptions import AnymailWebhookValidationFailure
from anymail.webhooks.amazon_ses import AmazonSESBaseWebhookView, AmazonSESTrackingWebhookView
from anymail.webhooks.resend import ResendTrackingWebhookView
from django.http import HttpRequest
from django.utils.crypto import constant_time_compare

from afterword.kit import clock
from afterword.postbox.lines import one_line
from afterword.postbox.provider_events import Event
from afterword.postbox.providers import USER, Told

log = logging.getLogger(__name__)

NotProven = AnymailWebhookValidationFailure
_FRESH_SECONDS = 300
# Where Amazon lets a subscription be confirmed; an address elsewhere would be somebody's trap.
_OF_AMAZON = re.compile(r"https://sns\.[a-z0-9-]{1,40}\.amazonaws\.com(?:\.cn)?/[!-~]{1,2000}")


class View(Protocol):
    def run_validators(self, request: HttpRequest) -> None: ...

    def parse_events(self, request: HttpRequest) -> list[Event]: ...


def view_of(told: Told, site: str) -> View:
    """Return a view that believes what proves itself with the provider's secret.

    Raises ValueError, or what anymail raises, for a secret that is of no use.
    """
    provider = told.provider
    made = _OURS.get(provider.name)
    if made is None:
        made = getattr(import_module(f"anymail.webhooks.{provider.module}"), provider.view)
    secret = f"{USER}:{told.secret}" if provider.has_password else told.secret
    options: dict[str, str] = {provider.proof: secret}
    if provider.name == "mandrill":
        # It signs the address it was given, whatever a proxy makes of it.
        options["webhook_url"] = told.address(site)
    with warnings.catch_warnings():
        # That SendGrid's account of the authors is gone, which changes nothing in what it posts.
        warnings.simplefilter("ignore")
        return cast("View", made(**options))


class _AmazonSES(AmazonSESTrackingWebhookView):  # type: ignore[misc]
    """Reads without boto3, for nothing is asked of Amazon: a subscription is confirmed by a person.

    What proves a request is the password in the address, as with anymail's own view.
    """

    def __init__(self, **options: Any) -> None:
        self.auto_confirm_enabled = False
        super(AmazonSESBaseWebhookView, self).__init__(**options)

    def auto_confirm_sns_subscription(self, sns_message: dict[str, Any]) -> None:
        address = sns_message.get("SubscribeURL")
        if not isinstance(address, str) or not _OF_AMAZON.fullmatch(address):
            log.warning("Amazon SNS asks to confirm a subscription at no address of Amazon's")
            return
        topic = one_line(str(sns_message.get("TopicArn")), 200)
        log.warning("to let %s tell what came back, open %s", topic, address)


class _Resend(ResendTrackingWebhookView):  # type: ignore[misc]
    """Checks the signature itself, where anymail would need svix and six packages under it."""

    def __init__(self, signing_secret: str) -> None:
        self._key = base64.b64decode(signing_secret.removeprefix("whsec_"))
        super().__init__()

    def validate_request(self, request: HttpRequest) -> None:
        """Believe what is signed as Standard Webhooks ask, within five minutes of its time.

        anymail asks each class in the line of ancestors; without a secret theirs have no say.
        """
        name, at, signatures = (
            request.headers.get(f"svix-{each}", "") for each in ("id", "timestamp", "signature")
        )
        if not re.fullmatch(r"[0-9]{1,12}", at):
            raise NotProven("Resend webhook called without a time")
        if abs(clock.now().timestamp() - int(at)) > _FRESH_SECONDS:
            raise NotProven("Resend webhook called with a signature of another time")
        said = f"{name}.{at}.".encode("utf-8", "replace") + request.body
        digest = hmac.new(self._key, said, hashlib.sha256).digest()
        if not any(_is_signature(each, digest) for each in signatures.split(" ")[:10]):
            raise NotProven("Resend webhook called with incorrect signature")


def _is_signature(told: str, digest: bytes) -> bool:
    version, _, value = told.partition(",")
    try:
        return version == "v1" and constant_time_compare(base64.b64decode(value), digest)
    except (binascii.Error, ValueError):
        return False


_OURS: dict[str, Any] = {"amazon_ses": _AmazonSES, "resend": _Resend}
