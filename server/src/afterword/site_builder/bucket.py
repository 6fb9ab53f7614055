"""The object storage that several machines share, as one of Django's storages.

Only this file knows which one it is; ``mirror`` asks for no more than open, save, delete, listdir.
"""

from functools import lru_cache
from urllib.parse import parse_qs, urlsplit

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.files.storage import FileSystemStorage, Storage

_HOW = "AFTERWORD_SITE_BUCKET must look like s3://bucket/folder?endpoint=https://…&region=…"


def bucket() -> Storage | None:
    """Return the shared storage, or None where one machine keeps the site by itself.

    Raises ImproperlyConfigured for an address that names none, or without the extra ``s3``.
    """
    address = str(settings.SITE_BUCKET)
    return _at(address) if address else None


@lru_cache(maxsize=4)
def _at(address: str) -> Storage:
    parts = urlsplit(address)
    if parts.scheme == "file":
        # A folder that all machines mount.
        return FileSystemStorage(location=parts.path, allow_overwrite=True)
    if parts.scheme != "s3" or not parts.netloc:
        raise ImproperlyConfigured(_HOW)
    try:
        from botocore.config import Config  # noqa: PLC0415  both come with the extra

        from afterword.site_builder.s3_storage import OneRequestEach  # noqa: PLC0415
    except ImportError as missing:
        raise ImproperlyConfigured(
            "AFTERWORD_SITE_BUCKET needs the extra: pip install 'afterword[s3]'"
        ) from missing
    asked = parse_qs(parts.query)
    storage: Storage = OneRequestEach(
        bucket_name=parts.netloc,
        location=parts.path.strip("/"),
        endpoint_url=asked.get("endpoint", [None])[0],
        region_name=asked.get("region", [None])[0],
        file_overwrite=True,
        querystring_auth=False,
        # A storage that is away must not hold up what readers of this machine get.
        client_config=Config(
            connect_timeout=3, read_timeout=10, retries={"total_max_attempts": 2},
            max_pool_connections=16,
        ),
    )  # fmt: skip
    return storage
