from django.urls import path
from django.views.generic import RedirectView

from afterword.public_site.views import answers, history, hooks, statuspage_subscribers
from afterword.public_site.views import subscriptions as views

app_name = "public_site"
# The words of these addresses stand in mails: afterword.audience.links makes them.
urlpatterns = [
    path("history/search/", history.search, name="search"),
    path("subscribe/", views.subscribe, name="subscribe"),
    path("subscribe/sent/", views.sent, name="subscribe-sent"),
    path("subscribe/hooks/", hooks.ask, name="hooks"),
    path("subscribe/hooks/<str:token>/", hooks.hook, name="hook"),
    path("subscribe/confirm/<str:confirmation>/", views.confirm, name="confirm"),
    path("subscribe/manage/<str:token>/", views.manage, name="manage"),
    path("incidents/<str:incident_id>/answered/", answers.answered, name="answered"),
    path("unsubscribe/letters/<str:token>/", views.leave_letters, name="leave-letters"),
    path("unsubscribe/<str:token>/", views.unsubscribe, name="unsubscribe"),
    # Statuspage's addresses: of its uptime page, of its pages' form, and of its library.
    path("uptime", RedirectView.as_view(url="/#parts", permanent=True)),
    path("subscriptions/new-email", views.subscribe),
    path("api/v2/subscribers.json", statuspage_subscribers.subscribers),
    path("api/v2/subscribers/<str:ident>.json", statuspage_subscribers.subscriber),
    path(
        "api/v2/subscriptions/<str:ident>/resend_confirmation",
        statuspage_subscribers.resend_confirmation,
    ),
    path(
        "api/v2/subscriptions/<str:ident>/resend_confirmation.json",
        statuspage_subscribers.resend_confirmation,
    ),
]
