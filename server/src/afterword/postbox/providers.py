"""Mail providers whose webhooks are read: how each proves itself, and what it repeats of a letter.

Letters reach a provider by SMTP, and most give them Message-IDs or numbers of their own. What they
repeat in their webhooks is a header made for that, so each letter carries its mark in it.

What is repeated is told in the manuals of the providers: Postmark "Custom metadata FAQ", SendGrid
"Unique arguments", SparkPost "SMTP API", Mandrill "Using SMTP headers", Mailjet "Custom headers",
Brevo "Transactional webhooks", Mailtrap "Custom variables". The views are django-anymail's.
"""

import base64
import binascii
import re
from dataclasses import dataclass, field

MARK = "afterword"
"""The name under which providers repeat a letter's mark, as the headers below ask for."""
BASIC = "webhook_secret"
"""How anymail names the user and password that stand in the address (RFC 7617)."""
USER = "afterword"
SHORTEST_SECRET = 16
# It stands in an address, and nothing in it needs another spelling there.
_FIT_FOR_ADDRESSES = re.compile(r"[A-Za-z0-9._~-]+")


@dataclass(frozen=True)
class Provider:
    """``view`` is anymail's, ``proof`` the name of the secret it asks for.

    ``header`` is what each letter carries, with %s for its mark; empty where the provider repeats
    the Message-ID, or nothing that could be asked for. ``greets`` is how it looks, once, whether
    somebody is there.
    """

    name: str
    title: str
    module: str
    view: str
    proof: str = BASIC
    header: str = ""
    greets: str = ""

    @property
    def has_password(self) -> bool:
        """Whether the secret stands in the address, as the password of a user."""
        return self.proof == BASIC


PROVIDERS = {
    each.name: each
    for each in (
        Provider("amazon_ses", "Amazon SES", "amazon_ses", "AmazonSESTrackingWebhookView"),
        Provider(
            "brevo", "Brevo", "brevo", "BrevoTrackingWebhookView",
            header='X-Mailin-custom: {"afterword":"%s"}',
        ),
        Provider(
            "mailersend", "MailerSend", "mailersend", "MailerSendTrackingWebhookView",
            proof="signing_secret",
        ),
        Provider(
            "mailgun", "Mailgun", "mailgun", "MailgunTrackingWebhookView",
            proof="webhook_signing_key",
        ),
        Provider(
            "mailjet", "Mailjet", "mailjet", "MailjetTrackingWebhookView",
            header="X-MJ-CustomID: %s",
        ),
        Provider(
            "mailtrap", "Mailtrap", "mailtrap", "MailtrapTrackingWebhookView",
            proof="tracking_secret", header='X-MT-Custom-Variables: {"afterword":"%s"}',
        ),
        Provider(
            "mandrill", "Mandrill", "mandrill", "MandrillCombinedWebhookView",
            proof="webhook_key", header='X-MC-Metadata: {"afterword":"%s"}', greets="HEAD",
        ),
        Provider("postal", "Postal", "postal", "PostalTrackingWebhookView", proof="webhook_key"),
        Provider(
            "postmark", "Postmark", "postmark", "PostmarkTrackingWebhookView",
            header="X-PM-Metadata-afterword: %s",
        ),
        Provider(
            "resend", "Resend", "resend", "ResendTrackingWebhookView",
            proof="signing_secret", header='X-Metadata: {"afterword":"%s"}',
        ),
        Provider(
            "sendgrid", "SendGrid", "sendgrid", "SendGridTrackingWebhookView",
            proof="tracking_webhook_verification_key",
            header='X-SMTPAPI: {"unique_args":{"afterword":"%s"}}',
        ),
        Provider(
            "sparkpost", "SparkPost", "sparkpost", "SparkPostTrackingWebhookView",
            header='X-MSYS-API: {"metadata":{"afterword":"%s"}}',
        ),
        Provider(
            "unisender_go", "Unisender Go", "unisender_go", "UnisenderGoTrackingWebhookView",
            proof="api_key", greets="GET",
        ),
    )
}  # fmt: skip


@dataclass(frozen=True)
class Told:
    """The provider that tells by webhook, and what it proves itself with."""

    provider: Provider
    secret: str = field(repr=False)

    @property
    def path(self) -> str:
        return f"/api/v1/mail-provider/{self.provider.name}"

    def address(self, site: str) -> str:
        """Return what an operator enters at the provider; a password is named and not told."""
        scheme, _, host = site.partition("://")
        user = f"{USER}:PASSWORD@" if self.provider.has_password else ""
        return f"{scheme}://{user}{host}{self.path}"


def secret_fault(provider: Provider, secret: str) -> str:
    """Return what is wrong with a secret in the middle of a sentence; empty when it will do."""
    if len(secret) < SHORTEST_SECRET or not secret.isascii() or not secret.isprintable():
        return f"needs at least {SHORTEST_SECRET} plain characters"
    if provider.has_password and not _FIT_FOR_ADDRESSES.fullmatch(secret):
        return "stands in an address: use letters, digits and . _ ~ - alone"
    if provider.name in {"sendgrid", "postal"}:
        return "" if _is_public_key(secret) else "is the public key that the provider shows"
    if provider.name == "resend":
        return "" if _is_signing_secret(secret) else "is the signing secret, whsec_ and base64"
    return ""


def _is_public_key(text: str) -> bool:
    # Only providers that sign with a key need the cryptography to come up.
    from cryptography.exceptions import UnsupportedAlgorithm  # noqa: PLC0415
    from cryptography.hazmat.primitives.serialization import load_der_public_key  # noqa: PLC0415

    try:
        load_der_public_key(base64.b64decode(text, validate=True))
    except (ValueError, UnsupportedAlgorithm):
        return False
    return True


def _is_signing_secret(text: str) -> bool:
    try:
        return bool(base64.b64decode(text.removeprefix("whsec_"), validate=True))
    except binascii.Error:
        return False
