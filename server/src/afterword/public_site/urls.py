from django.urls import URLPattern

app_name = "public_site"
urlpatterns: list[URLPattern] = []
