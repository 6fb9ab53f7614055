from django.urls import include, path

urlpatterns = [
    path("desk/", include("afterword.desk.urls")),
    path("", include("afterword.public_site.urls")),
]

handler404 = "afterword.public_site.errors.not_found"
handler500 = "afterword.public_site.errors.server_error"
