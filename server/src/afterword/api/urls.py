from django.urls import path

from afterword.api.bounces import bounces
from afterword.api.customers import customer, customers, upload, upload_refusals

app_name = "api"
urlpatterns = [
    path("customers", customers, name="customers"),
    path("customers/accounts/<path:account_id>", customer, name="customer"),
    path("customers/uploads/<str:upload_id>", upload, name="upload"),
    path("customers/uploads/<str:upload_id>/refusals.csv", upload_refusals, name="upload-refusals"),
    path("bounces", bounces, name="bounces"),
]
