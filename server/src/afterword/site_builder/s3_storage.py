"""An S3 bucket that is asked once for each file. Needs the extra ``s3``."""

from botocore.exceptions import ClientError
from django.core.files.base import ContentFile
from storages.backends.s3 import S3Storage
from storages.utils import clean_name


class OneRequestEach(S3Storage):  # type: ignore[misc]  # it has no types
    """Reads a whole file with one request.

    The storage it is made from asks for a file's head when it is opened, and again before it is
    read: three times the way to the storage and back for each of some hundred small files.
    """

    def _open(self, name: str, mode: str = "rb") -> "ContentFile[bytes]":
        if mode != "rb":
            raise ValueError(f"files of the shared storage are read as bytes, not as {mode!r}")
        try:
            found = self.bucket.Object(self._normalize_name(clean_name(name))).get()
        except ClientError as refused:
            if refused.response["ResponseMetadata"]["HTTPStatusCode"] == 404:
                raise FileNotFoundError(f"the shared storage has no {name}") from refused
            raise
        return ContentFile(found["Body"].read(), name)
