"""Webhooks and chat rooms on the desk: their state, a test, an end."""

from datetime import datetime
from types import SimpleNamespace

import pytest

from afterword.audience.actions.hooks import ask_for_hook, confirm_hook
from afterword.audience.models import Hook
from afterword.postbox.models import Letter
from desk.office import seen, signed_in

pytestmark = pytest.mark.django_db
SECRET = "T0/B0/very-secret"


@pytest.fixture
def hook(office: SimpleNamespace, now: datetime) -> Hook:
    ask_for_hook(
        now=now, page=office.page, channel="slack", email="ops@fernway.example",
        url=f"https://hooks.slack.com/services/{SECRET}",
    )  # fmt: skip
    return confirm_hook(now=now, token=Hook.objects.get().token)


def test_the_list_shows_hosts_and_states_and_no_address(
    office: SimpleNamespace, hook: Hook
) -> None:
    told = seen(signed_in(office.wanda).get("/desk/hooks/"))
    assert "hooks.slack.com" in told.words
    assert "Active" in told.words
    assert "o…@fernway.example" in told.words
    assert "Send a test" not in told.words
    for person in (office.wanda, office.pia):
        assert SECRET.encode() not in signed_in(person).get("/desk/hooks/").content
    assert "ops@fernway.example" in seen(signed_in(office.pia).get("/desk/hooks/")).words


def test_one_that_does_not_answer_is_called_failing_with_what_it_said(
    office: SimpleNamespace, hook: Hook
) -> None:
    client = signed_in(office.pia)
    assert client.post(f"/desk/hooks/{hook.pk}/test/").status_code == 302
    assert "Failing" not in seen(client.get("/desk/hooks/")).words
    Letter.objects.filter(recipient=f"hook:{hook.pk}").update(
        state="failed", attempts=1, last_answer="404 no_service"
    )
    words = seen(client.get("/desk/hooks/")).words
    assert "Failing" in words
    assert "404 no_service" in words


def test_one_that_was_stopped_says_why_and_can_be_ended(
    office: SimpleNamespace, hook: Hook
) -> None:
    Hook.objects.update(state="quarantined", quarantined_because="410 gone")
    client = signed_in(office.pia)
    words = seen(client.get("/desk/hooks/")).words
    assert "Quarantined" in words
    assert "410 gone" in words
    assert client.post(f"/desk/hooks/{hook.pk}/test/").status_code == 409
    client.post(f"/desk/hooks/{hook.pk}/end/")
    assert Hook.objects.get().state == "unsubscribed"
