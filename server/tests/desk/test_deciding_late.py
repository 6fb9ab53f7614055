"""The follow-up plan after a summary left: the desk says what a new decision comes to before it."""

from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest

from afterword.accounts.permissions import MACHINE
from afterword.audience.actions.customers import import_customers
from afterword.fanout.actions import expand_due
from afterword.fanout.queries import about_of
from afterword.followups.actions import decide
from afterword.postbox.models import Letter
from afterword.publishing.models import Publication
from desk.office import seen, signed_in
from fanout.published import publish, subscribed

pytestmark = pytest.mark.django_db
ANA, BEA, CAL = (f"{name}@fernway.example" for name in ("ana", "bea", "cal"))


@pytest.fixture
def left(recorded: SimpleNamespace, clock: Any) -> Publication:
    """A summary that left for subscribers, while two contacts of Fernway wait for a letter."""
    now = clock.now()
    subscribed(recorded.page, now - timedelta(days=1), ANA, CAL)
    import_customers(
        actor=MACHINE, now=now, page=recorded.page,
        csv_text=f"account_id,name,sla_target,contact_email\na,Fernway,99.9,{ANA}\n"
        f"a,Fernway,99.9,{BEA}\n",
    )  # fmt: skip
    levels = (("everyone", "subscribers"), ("sla", "targeted"))
    for segment, level in levels:
        decide(
            actor=recorded.pia, now=now, incident=recorded.incident, segment=segment, level=level,
            reason="They saw it fail.",
        )  # fmt: skip
    summary = publish(
        recorded.page, now, kind="summary", incident_id=recorded.incident.public_id, component=""
    )
    expand_due(now=now)
    return summary


def test_before_a_group_is_decided_anew_the_plan_says_who_would_hear_and_who_has(
    recorded: SimpleNamespace, left: Publication, clock: Any
) -> None:
    client, where = signed_in(recorded.pia), recorded.case + "follow-up/"
    words = seen(client.get(where)).words
    assert f"“{left.title}” left on" in words
    assert "0 people on this list have it; 1 waits for this letter in its place" in words
    assert "decided for none or the page, they get it after all" in words
    client.post(where, {"segment": "sla", "level": "page", "reason": "The page will do."})
    expand_due(now=clock.now() + timedelta(minutes=2))
    got = Letter.objects.filter(about=about_of(left)).values_list("recipient", flat=True)
    assert sorted(got) == [ANA, CAL], "Bea never subscribed"


def test_a_letter_decided_after_the_summary_says_who_of_the_group_has_had_that(
    recorded: SimpleNamespace, left: Publication, clock: Any
) -> None:
    client, where = signed_in(recorded.pia), recorded.case + "follow-up/"
    client.post(where, {"segment": "sla", "level": "page", "reason": "The page will do."})
    expand_due(now=clock.now() + timedelta(minutes=2))
    client.post(where, {"segment": "sla", "level": "targeted", "reason": "They asked."})
    words = seen(client.get(where)).words
    assert "1 person on this list has it; 0 wait for this letter in its place" in words


def test_a_summary_that_left_for_the_page_alone_is_said_to_be_mailed_to_nobody(
    recorded: SimpleNamespace, clock: Any
) -> None:
    client, where = signed_in(recorded.pia), recorded.case + "follow-up/"
    publish(
        recorded.page, clock.now(), kind="summary", audience="page",
        incident_id=recorded.incident.public_id,
    )  # fmt: skip
    assert "mailed to nobody" not in seen(client.get(where)).words
    client.post(where, {"segment": "everyone", "level": "page", "reason": "Nobody was hit."})
    assert "left for the page alone and is mailed to nobody" in seen(client.get(where)).words
