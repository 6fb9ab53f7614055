from django.urls import path

from afterword.api.bounces import bounces
from afterword.api.customers import customers

app_name = "api"
urlpatterns = [
    path("customers", customers, name="customers"),
    path("bounces", bounces, name="bounces"),
]
