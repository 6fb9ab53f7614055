from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = []
if settings.ANSWERS != "outward":
    urlpatterns.append(path("desk/", include("afterword.desk.urls")))
    urlpatterns.append(path("api/v1/", include("afterword.api.urls")))
if settings.ANSWERS != "desk":
    urlpatterns.append(path("", include("afterword.public_site.urls")))

handler400 = "afterword.config.refusals.bad_request"
handler404 = "afterword.public_site.errors.not_found"
handler500 = "afterword.public_site.errors.server_error"
