from django.conf import settings
from django.urls import URLPattern, path

from afterword.api.bounces import bounces
from afterword.api.customers import customer, customers, upload, upload_refusals

app_name = "api"
urlpatterns: list[URLPattern] = [
    path("customers", customers, name="customers"),
    path("customers/accounts/<path:account_id>", customer, name="customer"),
    path("customers/uploads/<str:upload_id>", upload, name="upload"),
    path("customers/uploads/<str:upload_id>/refusals.csv", upload_refusals, name="upload-refusals"),
    path("bounces", bounces, name="bounces"),
]
if settings.MAIL_PROVIDER:
    # Where none is set there is no such address, and nothing of the library is loaded.
    from afterword.api.mail_provider import mail_provider

    name = settings.MAIL_PROVIDER.provider.name
    urlpatterns.append(path(f"mail-provider/{name}", mail_provider, name="mail-provider"))
