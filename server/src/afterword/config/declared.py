"""Every setting an operator can make: name, kind, default, one sentence. Read once, at start.

The table is the documentation; ``docs/settings.md`` is generated from it.
"""

import os
import secrets
from dataclasses import dataclass
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured


@dataclass(frozen=True)
class Setting:
    name: str
    default: str
    help: str


DECLARED: tuple[Setting, ...] = (
    Setting(
        "AFTERWORD_DATA_DIR",
        "afterword-data",
        "Folder for the database and the built site.",
    ),
    Setting(
        "AFTERWORD_DATABASE_URL",
        "",
        "postgres://… for PostgreSQL; empty means SQLite in the data folder.",
    ),
    Setting(
        "AFTERWORD_OUTWARD_DATABASE_URL",
        "",
        "postgres://… of the same database under a role for what readers see; empty means none (docs/outward-role.md).",
    ),
    Setting(
        "AFTERWORD_ANSWERS",
        "everything",
        "What this process answers: everything, desk or outward. `afterword serve` sets it for its own.",
    ),
    Setting(
        "AFTERWORD_SITE_DIR",
        "",
        "Folder of the built public site; empty means site/ in the data folder.",
    ),
    Setting(
        "AFTERWORD_SITE_BUCKET",
        "",
        "s3://bucket/folder?endpoint=https://…&region=… shared by several machines (docs/several-machines.md).",
    ),
    Setting(
        "AFTERWORD_SECRET_KEY",
        "",
        "Key for sessions and signed links; empty means one is made and kept in the data folder.",
    ),
    Setting(
        "AFTERWORD_PUBLIC_URL",
        "http://127.0.0.1:8000",
        "Address readers use, without a slash at the end.",
    ),
    Setting(
        "AFTERWORD_ALLOWED_HOSTS",
        "",
        "Host names answered, comma between; empty means the public host and this machine.",
    ),
    Setting(
        "AFTERWORD_SMTP_URL",
        "",
        "smtp://user:password@host:587?tls=starttls&connections=4 (connections kept open while sending); empty keeps letters in the outbox.",
    ),
    Setting(
        "AFTERWORD_MAIL_FROM",
        "Status <status@localhost>",
        "Sender of status mail.",
    ),
    Setting(
        "AFTERWORD_BOUNCE_ADDRESS",
        "",
        "Address that mail comes back to, like bounces@status.example.org; each letter gets a signed one of its own, bounces+…@ (docs/subscribers.md). Empty means the sender.",
    ),
    Setting(
        "AFTERWORD_DKIM_KEY",
        "",
        "Private key (PEM; RSA or Ed25519) that signs mail for the sender's domain, where the mail server does not; AFTERWORD_DKIM_KEY_FILE names its file. `afterword doctor` shows the record for the DNS.",
    ),
    Setting(
        "AFTERWORD_DKIM_SELECTOR",
        "afterword",
        "Name under which the DNS has the public half: afterword._domainkey.<domain of the sender>.",
    ),
    Setting(
        "AFTERWORD_BOUNCES_MAILDIR",
        "",
        "Maildir in which the mail server puts what came back; the worker reads it once a minute.",
    ),
    Setting(
        "AFTERWORD_MAIL_PROVIDER",
        "",
        "Mail provider that letters leave through and whose webhook tells what came back: amazon_ses, brevo, mailersend, mailgun, mailjet, mailtrap, mandrill, postal, postmark, resend, sendgrid, sparkpost or unisender_go; needs the extra `anymail` (docs/subscribers.md). Empty means none.",
    ),
    Setting(
        "AFTERWORD_MAIL_PROVIDER_SECRET",
        "",
        "What its webhook proves itself with: the key the provider shows, or a password you make up that stands in the address; `afterword doctor` tells which, and the address. AFTERWORD_MAIL_PROVIDER_SECRET_FILE names its file.",
    ),
    Setting(
        "AFTERWORD_CANCEL_SECONDS",
        "60",
        "Seconds for which a run of more than 100 letters can be cancelled before its first one leaves; 0 for none.",
    ),
    Setting(
        "AFTERWORD_SECOND_PERSON_ABOVE",
        "25000",
        "Letters of one run above which somebody other than who published has to agree first; 0 for never.",
    ),
    Setting(
        "AFTERWORD_LETTERS_A_MINUTE",
        "0",
        "Most letters that leave by mail in a minute, by all workers together; 0 for no limit.",
    ),
    Setting(
        "AFTERWORD_LETTERS_AN_HOUR",
        "0",
        "The same in any 60 minutes.",
    ),
    Setting(
        "AFTERWORD_KEEP_AFFECTED_DAYS",
        "90",
        "Days after which lists of people whose data was affected are deleted.",
    ),
    Setting(
        "AFTERWORD_KEEP_REMARKS_DAYS",
        "90",
        "Days after which what readers wrote under “Did this answer your question?” is deleted.",
    ),
    Setting(
        "AFTERWORD_KEEP_UPLOADS_DAYS",
        "7",
        "Days after which what is kept of an uploaded file of customers, encrypted, is deleted: the file of a trial, and the rows to mend.",
    ),
    Setting(
        "AFTERWORD_PROMISE_REMINDER_DAYS",
        "7",
        "Days before a promise is due on which its owner and the writers are mailed about it.",
    ),
    Setting(
        "AFTERWORD_SECOND_STEP_FOR",
        "",
        "Who needs more than a password on the desk: everybody, or roles with commas between them (admin, publisher); empty means nobody has to (docs/signing-in.md).",
    ),
    Setting(
        "AFTERWORD_HOOKS_MAY_REACH",
        "",
        "Networks inside the house that webhooks and chat may be sent to, like 10.1.2.0/24, comma between; empty means the public internet only.",
    ),
    Setting(
        "AFTERWORD_HOOKS_MAY_CALL",
        "",
        "Single machines inside the house that readers may name for webhooks and chat, each with how its paths begin, like http://chat.internal:8065/hooks/, comma between; empty means none (docs/subscribers.md).",
    ),
    Setting(
        "AFTERWORD_OIDC_ISSUER",
        "",
        "Address of an OpenID Connect provider for single sign-on, as it calls itself; empty means none (docs/signing-in.md).",
    ),
    Setting(
        "AFTERWORD_OIDC_CLIENT_ID",
        "",
        "Name under which the provider knows this server.",
    ),
    Setting(
        "AFTERWORD_OIDC_CLIENT_SECRET",
        "",
        "What this server proves itself to the provider with.",
    ),
    Setting(
        "AFTERWORD_OIDC_NAME",
        "Single sign-on",
        "What the button on the sign-in page says.",
    ),
    Setting(
        "AFTERWORD_EMBEDDED_WORKER",
        "yes",
        "Whether `afterword serve` also runs the worker (yes or no).",
    ),
    Setting(
        "AFTERWORD_SHOW_OUTBOX",
        "no",
        "Whether the desk shows the text of waiting letters (yes in the demo).",
    ),
    Setting(
        "AFTERWORD_DEBUG",
        "no",
        "Show tracebacks in the browser; never on a real server (yes or no).",
    ),
)

_BY_NAME = {s.name: s for s in DECLARED}


def read(name: str) -> str:
    """Return the setting's text from the environment, from NAME_FILE, or its default.

    Raises KeyError for an undeclared name and ImproperlyConfigured for an unreadable file.
    """
    declared = _BY_NAME[name]
    if name in os.environ:
        return os.environ[name].strip()
    path = os.environ.get(f"{name}_FILE")
    if path:
        try:
            return Path(path).read_text(encoding="utf-8").strip()
        except OSError as wrong:
            raise ImproperlyConfigured(
                f"{name}_FILE names {path!r}, which cannot be read: {wrong.strerror}. "
                f"Give a readable file, or set {name} itself."
            ) from wrong
    return declared.default


def read_flag(name: str) -> bool:
    """Return a yes/no setting. Raises ImproperlyConfigured for any other word."""
    text = read(name).lower()
    if text in {"yes", "true", "on", "1"}:
        return True
    if text in {"no", "false", "off", "0", ""}:
        return False
    raise ImproperlyConfigured(f"{name} is {text!r}; write yes or no.")


def read_days(name: str) -> int:
    """Return a setting in whole days, 1 to 3650. Raises ImproperlyConfigured for anything else."""
    text = read(name)
    if text.isascii() and text.isdigit() and 1 <= int(text) <= 3650:
        return int(text)
    raise ImproperlyConfigured(f"{name} is {text!r}; write a number of days from 1 to 3650.")


def read_number(name: str, most: int) -> int:
    """Return a setting that counts something, 0 to ``most``. Raises ImproperlyConfigured."""
    text = read(name)
    if text.isascii() and text.isdigit() and int(text) <= most:
        return int(text)
    raise ImproperlyConfigured(f"{name} is {text!r}; write a whole number from 0 to {most}.")


def read_choice(name: str, choices: tuple[str, ...]) -> str:
    """Return one of a few words. Raises ImproperlyConfigured for any other."""
    text = read(name).lower()
    if text not in choices:
        raise ImproperlyConfigured(f"{name} is {text!r}; write one of: {', '.join(choices)}.")
    return text


def make_private(folder: Path) -> None:
    """Make a folder that is not there for its owner alone: readers' addresses will lie in it."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)


def kept_secret(data_dir: Path) -> str:
    """Return the secret key kept in the data folder; made, for its owner's eyes, if absent."""
    path = data_dir / "secret-key"
    try:
        return path.read_text(encoding="utf-8").strip()
    except FileNotFoundError:
        pass
    make_private(data_dir)
    fresh = secrets.token_urlsafe(50)
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text(encoding="utf-8").strip()
    with os.fdopen(handle, "w", encoding="utf-8") as out:
        out.write(fresh)
    return fresh
