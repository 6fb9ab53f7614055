from django.urls import include, path

urlpatterns = [
    path("desk/", include("afterword.desk.urls")),
    path("", include("afterword.public_site.urls")),
]
