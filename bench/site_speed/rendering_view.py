"""What a usual Django site does: render the front page from the database for every reader.

The same template and queries as the site builder's, Django's usual middleware, the same server
with the same settings as `afterword serve`.
"""

import os
import sys

import django
from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.http import HttpRequest, HttpResponse
from django.urls import path
from granian import Granian
from granian.constants import Interfaces

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "afterword.config.settings")
if not settings.configured:
    settings.ALLOWED_HOSTS  # noqa: B018  reads the settings, so that the next line holds
settings.ROOT_URLCONF = __name__
django.setup()

from afterword.cli.serve import THREADS  # noqa: E402
from afterword.components.queries import the_page  # noqa: E402
from afterword.site_builder.pages import index  # noqa: E402


def front_page(request: HttpRequest) -> HttpResponse:
    return HttpResponse(index.build(the_page()))


urlpatterns = [path("", front_page)]
application = get_wsgi_application()

if __name__ == "__main__":
    Granian(
        "site_speed.rendering_view:application",
        port=int(sys.argv[1]),
        interface=Interfaces.WSGI,
        workers=1,
        blocking_threads=THREADS,
        log_enabled=False,
        websockets=False,
    ).serve()
