from django.urls import path

from afterword.public_site.views import subscriptions as views

app_name = "public_site"
# The words of these addresses stand in mails: afterword.audience.links makes them.
urlpatterns = [
    path("subscribe/", views.subscribe, name="subscribe"),
    path("subscribe/sent/", views.sent, name="subscribe-sent"),
    path("subscribe/confirm/<str:confirmation>/", views.confirm, name="confirm"),
    path("subscribe/manage/<str:token>/", views.manage, name="manage"),
    path("unsubscribe/<str:token>/", views.unsubscribe, name="unsubscribe"),
]
