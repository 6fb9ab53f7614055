"""The WSGI entry: the front answers built pages without Django; the rest falls through to it."""

import os
from typing import Any

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "afterword.config.settings")


def _build() -> Any:
    django_app = get_wsgi_application()
    from django.conf import settings

    from afterword.public_site.front import Front

    return Front(settings.SITE_DIR, django_app)


application = _build()
