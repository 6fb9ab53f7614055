"""Django's settings, made from the declared table in ``declared``."""

import re
from email.utils import parseaddr
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

import environ
from django.core.exceptions import ImproperlyConfigured

from afterword.config.declared import (
    kept_secret,
    make_private,
    read,
    read_choice,
    read_days,
    read_flag,
    read_number,
)
from afterword.kit.languages import KNOWN
from afterword.kit.outgoing import Network, Place, networks_of, places_of
from afterword.postbox.dkim import Signer, SigningKey
from afterword.postbox.providers import PROVIDERS, Told, secret_fault

PACKAGE = Path(__file__).resolve().parent.parent
DATA_DIR = Path(read("AFTERWORD_DATA_DIR")).expanduser().resolve()
SITE_DIR = Path(read("AFTERWORD_SITE_DIR") or DATA_DIR / "site").expanduser().resolve()
SITE_BUCKET = read("AFTERWORD_SITE_BUCKET")
PUBLIC_URL = read("AFTERWORD_PUBLIC_URL").rstrip("/")

SECRET_KEY = read("AFTERWORD_SECRET_KEY") or kept_secret(DATA_DIR)
DEBUG = read_flag("AFTERWORD_DEBUG")
EMBEDDED_WORKER = read_flag("AFTERWORD_EMBEDDED_WORKER")
ANSWERS = read_choice("AFTERWORD_ANSWERS", ("everything", "desk", "outward"))
SHOW_OUTBOX = read_flag("AFTERWORD_SHOW_OUTBOX")
MAIL_FROM = read("AFTERWORD_MAIL_FROM")
CANCEL_SECONDS = read_number("AFTERWORD_CANCEL_SECONDS", 3600)
SECOND_PERSON_ABOVE = read_number("AFTERWORD_SECOND_PERSON_ABOVE", 10**9)
LETTERS_A_MINUTE = read_number("AFTERWORD_LETTERS_A_MINUTE", 10**9)
LETTERS_AN_HOUR = read_number("AFTERWORD_LETTERS_AN_HOUR", 10**9)
KEEP_AFFECTED_DAYS = read_days("AFTERWORD_KEEP_AFFECTED_DAYS")
KEEP_REMARKS_DAYS = read_days("AFTERWORD_KEEP_REMARKS_DAYS")
KEEP_UPLOADS_DAYS = read_days("AFTERWORD_KEEP_UPLOADS_DAYS")
PROMISE_REMINDER_DAYS = read_days("AFTERWORD_PROMISE_REMINDER_DAYS")

_public = urlsplit(PUBLIC_URL)
if _public.scheme not in {"http", "https"} or not _public.hostname:
    raise ImproperlyConfigured(
        f"AFTERWORD_PUBLIC_URL is {PUBLIC_URL!r}; write it as https://status.example.org"
    )
ALLOWED_HOSTS = [h.strip() for h in read("AFTERWORD_ALLOWED_HOSTS").split(",") if h.strip()] or [
    _public.hostname,
    "localhost",
    "127.0.0.1",
    "[::1]",
]
CSRF_FAILURE_VIEW = "afterword.desk.views.held.csrf_refused"
CSRF_TRUSTED_ORIGINS = [f"{_public.scheme}://{_public.netloc}"]
_secure = _public.scheme == "https"
SESSION_ENGINE = "afterword.accounts.sessions"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = _secure
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if _secure else None
X_FRAME_OPTIONS = "DENY"
# W004, W008: whether plain HTTP is refused, and how long, is for the proxy that ends TLS.
SILENCED_SYSTEM_CHECKS = ["security.W004", "security.W008"]

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_htmx",
    "afterword.audit",
    "afterword.postbox",
    "afterword.accounts",
    "afterword.components",
    "afterword.wording",
    "afterword.audience",
    "afterword.incidents",
    "afterword.commitments",
    "afterword.postmortems",
    "afterword.statements",
    "afterword.followups",
    "afterword.publishing",
    "afterword.fanout",
    "afterword.site_builder",
    "afterword.public_site",
    "afterword.desk",
]
_ROLES = ("responder", "writer", "reviewer", "legal", "publisher", "investigator", "admin")
SECOND_STEP_FOR = frozenset(
    each.strip().casefold() for each in read("AFTERWORD_SECOND_STEP_FOR").split(",") if each.strip()
)
if _unknown := SECOND_STEP_FOR - {"everybody", *_ROLES}:
    raise ImproperlyConfigured(
        f"AFTERWORD_SECOND_STEP_FOR names {', '.join(sorted(_unknown))}; "
        f"write everybody, or some of {', '.join(_ROLES)}."
    )
AUTH_USER_MODEL = "accounts.Person"
LOGIN_URL = "/desk/sign-in/"
LOGIN_REDIRECT_URL = "/desk/"
LOGOUT_REDIRECT_URL = "/desk/sign-in/"
_VALIDATION = "django.contrib.auth.password_validation"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"{_VALIDATION}.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": f"{_VALIDATION}.UserAttributeSimilarityValidator",
     "OPTIONS": {"user_attributes": ("email", "name")}},
    {"NAME": f"{_VALIDATION}.CommonPasswordValidator"},
]  # fmt: skip
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "afterword.config.refusals.RefusalMiddleware",
    "afterword.config.security.ContentSecurityPolicyMiddleware",
]
if ANSWERS == "outward":
    # Readers have no session and do not sign in; these would ask for tables that are not theirs.
    MIDDLEWARE = [
        each
        for each in MIDDLEWARE
        if not each.startswith(("django.contrib.", "whitenoise.", "django_htmx."))
    ]
ROOT_URLCONF = "afterword.config.urls"
WSGI_APPLICATION = "afterword.config.wsgi.application"
TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    }
]


def _sqlite(file: Path) -> Path | str:
    """Return the database's name; SQLite may create the file only where nothing was before.

    A file that is moved away and a site that stands show that there is a database somewhere. An
    empty one in its place would be taken for it, and what is written there be lost.
    """
    if file.exists() or (SITE_DIR / "manifest.json").exists():
        return f"{file.as_uri()}?mode=rw"
    return file


def _database() -> dict[str, Any]:
    name = "AFTERWORD_OUTWARD_DATABASE_URL" if ANSWERS == "outward" else "AFTERWORD_DATABASE_URL"
    url = read(name)
    if not url and ANSWERS == "outward":
        raise ImproperlyConfigured(f"AFTERWORD_ANSWERS is outward; that needs {name}.")
    if not url:
        make_private(DATA_DIR)
        return {
            "ENGINE": "afterword.kit.sqlite",
            "NAME": _sqlite(DATA_DIR / "afterword.sqlite3"),
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                # Every 4,000 pages written (16 MB) instead of 1,000 somebody waits for the disk:
                # a sender waited for a third of its time, and longer the busier the disk was.
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; "
                "PRAGMA wal_autocheckpoint=4000;",
            },
        }
    return _postgresql(name, url)


def _postgresql(name: str, url: str) -> dict[str, Any]:
    """Return a database of Django's settings. ``name`` is that of the setting."""
    found: dict[str, Any] = environ.Env.db_url_config(url)
    if not str(found.get("ENGINE", "")).endswith("postgresql"):
        raise ImproperlyConfigured(
            f"{name} must start with postgres://; leave it empty for SQLite."
        )
    found["ENGINE"] = "afterword.kit.postgresql"
    found.setdefault("CONN_MAX_AGE", 60)
    found.setdefault("CONN_HEALTH_CHECKS", True)
    # Without it a server that answers nothing holds up each attempt for minutes.
    found.setdefault("OPTIONS", {}).setdefault("connect_timeout", 5)
    return found


def _outward() -> dict[str, Any]:
    """Return the database as readers' connection sees it; empty where there is none.

    It is no second entry of DATABASES: a process has one connection, and which one that is depends
    on whom it answers.
    """
    name = "AFTERWORD_OUTWARD_DATABASE_URL"
    url = read(name)
    if not url:
        return {}
    found = _postgresql(name, url)
    if not found.get("USER"):
        raise ImproperlyConfigured(f"{name} must name a role: postgres://role:password@host/…")
    own = DATABASES["default"]
    if ANSWERS == "outward":
        return found
    if not own["ENGINE"].endswith("postgresql"):
        raise ImproperlyConfigured(
            f"{name} needs PostgreSQL, and AFTERWORD_DATABASE_URL is empty: SQLite has no roles."
        )
    if found["NAME"] != own["NAME"] or found["USER"] == own.get("USER"):
        raise ImproperlyConfigured(
            f"{name} must name the database of AFTERWORD_DATABASE_URL and another role."
        )
    return found


DATABASES = {"default": _database()}
OUTWARD_DATABASE = _outward()
OUTWARD_ROLE = OUTWARD_DATABASE.get("USER", "")
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

LANGUAGE_CODE = "en"
TIME_ZONE = "UTC"
USE_TZ = True
USE_I18N = True
LANGUAGES = list(KNOWN.items())
LOCALE_PATHS = [PACKAGE / "locale"]

STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False

DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
# An incident of hundreds of components has as many rows of fields in the form of its record.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 20_000
FILE_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"


def _mail() -> dict[str, Any]:
    url = read("AFTERWORD_SMTP_URL")
    if not url:
        return {}
    parts = urlsplit(url)
    tls = parse_qs(parts.query).get("tls", [""])[0]
    if parts.scheme not in {"smtp", "smtps"} or not parts.hostname or tls not in {"", "starttls"}:
        raise ImproperlyConfigured(
            "AFTERWORD_SMTP_URL must look like smtp://user:password@host:587?tls=starttls"
        )
    connections = parse_qs(parts.query).get("connections", ["4"])[0]
    if not connections.isdecimal() or not 1 <= int(connections) <= 50:
        raise ImproperlyConfigured(
            f"AFTERWORD_SMTP_URL asks for {connections!r} connections; write 1 to 50."
        )
    return {
        "host": parts.hostname,
        "port": parts.port or (465 if parts.scheme == "smtps" else 25),
        "username": unquote(parts.username or ""),
        "password": unquote(parts.password or ""),
        "use_ssl": parts.scheme == "smtps",
        "use_tls": tls == "starttls",
        "connections": int(connections),
    }


def _single_sign_on() -> dict[str, str]:
    named = {
        "issuer": read("AFTERWORD_OIDC_ISSUER"),
        "client_id": read("AFTERWORD_OIDC_CLIENT_ID"),
        "client_secret": read("AFTERWORD_OIDC_CLIENT_SECRET"),
    }
    if not named["issuer"]:
        return named
    if not all(named.values()):
        raise ImproperlyConfigured(
            "AFTERWORD_OIDC_ISSUER needs AFTERWORD_OIDC_CLIENT_ID and AFTERWORD_OIDC_CLIENT_SECRET."
        )
    parts = urlsplit(named["issuer"])
    here = parts.hostname in {"localhost", "127.0.0.1", "::1"}
    if not parts.hostname or parts.scheme not in ({"https", "http"} if here else {"https"}):
        raise ImproperlyConfigured(
            f"AFTERWORD_OIDC_ISSUER is {named['issuer']!r}; write it as https://login.example.org"
        )
    return named


def _hooks_may_reach() -> tuple[Network, ...]:
    try:
        return networks_of(read("AFTERWORD_HOOKS_MAY_REACH"))
    except ValueError as wrong:
        raise ImproperlyConfigured(
            f"AFTERWORD_HOOKS_MAY_REACH: {wrong}. Write networks like 10.1.2.0/24, comma between."
        ) from wrong


def _hooks_may_call() -> tuple[Place, ...]:
    try:
        return places_of(read("AFTERWORD_HOOKS_MAY_CALL"))
    except ValueError as wrong:
        raise ImproperlyConfigured(
            f"AFTERWORD_HOOKS_MAY_CALL: {wrong}. Write machines like "
            "http://chat.internal:8065/hooks/, comma between."
        ) from wrong


def _bounce_address() -> str:
    address = read("AFTERWORD_BOUNCE_ADDRESS")
    if address and not re.fullmatch(r"[A-Za-z0-9._-]{1,24}@[A-Za-z0-9.-]{3,150}", address):
        raise ImproperlyConfigured(
            f"AFTERWORD_BOUNCE_ADDRESS is {address!r}; write it as bounces@status.example.org, "
            "with at most 24 characters before the @."
        )
    return address.lower()


def _dkim() -> SigningKey | None:
    pem, selector = read("AFTERWORD_DKIM_KEY"), read("AFTERWORD_DKIM_SELECTOR")
    if not pem:
        return None
    if not re.fullmatch(r"[A-Za-z0-9]([A-Za-z0-9.-]{0,60}[A-Za-z0-9])?", selector):
        raise ImproperlyConfigured(
            f"AFTERWORD_DKIM_SELECTOR is {selector!r}; write a name for the DNS, like afterword."
        )
    domain = parseaddr(MAIL_FROM)[1].rpartition("@")[2]
    if not re.fullmatch(r"[A-Za-z0-9.-]{1,200}", domain):
        raise ImproperlyConfigured("AFTERWORD_DKIM_KEY needs an address in AFTERWORD_MAIL_FROM.")
    key = SigningKey(domain.lower(), selector, pem)
    try:
        Signer(key)
    except ValueError as wrong:
        raise ImproperlyConfigured(f"AFTERWORD_DKIM_KEY cannot sign: {wrong}.") from wrong
    return key


def _mail_provider() -> Told | None:
    """Return who tells by webhook what came back. The library that reads it is looked for and not
    loaded: whoever answers readers, or sends, has no use for it.
    """
    name = read("AFTERWORD_MAIL_PROVIDER").lower().replace("-", "_").replace(" ", "_")
    if not name:
        return None
    if name not in PROVIDERS:
        raise ImproperlyConfigured(
            f"AFTERWORD_MAIL_PROVIDER is {name!r}; write one of: {', '.join(PROVIDERS)}."
        )
    told = Told(PROVIDERS[name], read("AFTERWORD_MAIL_PROVIDER_SECRET"))
    if fault := secret_fault(told.provider, told.secret):
        raise ImproperlyConfigured(f"AFTERWORD_MAIL_PROVIDER_SECRET {fault}.")
    if find_spec("anymail") is None:
        raise ImproperlyConfigured(
            "AFTERWORD_MAIL_PROVIDER needs django-anymail: pip install 'afterword[anymail]', or "
            "leave the setting empty."
        )
    return told


def _bounces_maildir() -> Path | None:
    named = read("AFTERWORD_BOUNCES_MAILDIR")
    return Path(named).expanduser().resolve() if named else None


HOOKS_MAY_REACH = _hooks_may_reach()
HOOKS_MAY_CALL = _hooks_may_call()
BOUNCE_ADDRESS = _bounce_address()
DKIM = _dkim()
BOUNCES_MAILDIR = _bounces_maildir()
MAIL_PROVIDER = _mail_provider()
OIDC = _single_sign_on()
OIDC_NAME = read("AFTERWORD_OIDC_NAME")
SMTP = _mail()
LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": "INFO"},
    # Its line for every request would stand among the answers of commands that read an address.
    "loggers": {"httpx2": {"level": "WARNING"}},
}
