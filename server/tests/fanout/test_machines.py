"""Webhooks and chat rooms: asked for in the open, confirmed by their owner, told once, stopped when
they fail."""

import json
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from afterword.accounts.permissions import MACHINE
from afterword.audience.actions.hooks import (
    FAILURES,
    ask_for_hook,
    choose_for_hook,
    confirm_hook,
    end_hook,
    remove_hook,
    stop_failing_hooks,
)
from afterword.audience.models import Hook
from afterword.audience.queries.hooks import active_hooks
from afterword.components.actions import create_component, set_status
from afterword.components.models import Component, ComponentStatus, Page
from afterword.fanout.actions import expand_due, send_test
from afterword.fanout.machine_words import machine_words
from afterword.fanout.queries import about_of
from afterword.kit.errors import BadInput, WrongState
from afterword.kit.outgoing import networks_of
from afterword.kit.timespans import iso_utc
from afterword.postbox.actions import claim
from afterword.postbox.destinations import destination_of
from afterword.postbox.hooks import CHANNELS, hook_of
from afterword.postbox.models import Letter, LetterState
from afterword.postbox.outcomes import Claimed
from afterword.publishing.models import Audience, PublicationKind
from fanout.published import a_page, publish, subscribed

pytestmark = pytest.mark.django_db
OWNER = "ops@fernway.example"
ADDRESSES = {
    "webhook": "https://hooks.fernway.example/status?key=one",
    "slack": "https://hooks.slack.com/services/T0/B0/xyz",
    "teams": "https://prod-1.westeurope.logic.azure.com/workflows/abc",
    "discord": "https://discord.com/api/webhooks/1/abc",
}


@pytest.fixture
def page(now: datetime) -> Page:
    return a_page(now - timedelta(days=10))


@pytest.fixture
def hooks(page: Page, now: datetime) -> dict[str, Hook]:
    """One of each channel, confirmed a day ago."""
    at, found = now - timedelta(days=1), {}
    for channel, url in ADDRESSES.items():
        ask_for_hook(now=at, page=page, channel=channel, url=url, email=OWNER)
        hook = Hook.objects.get(channel=channel)
        found[channel] = confirm_hook(now=at, token=hook.token)
    return found


def told(now: datetime) -> dict[str, tuple[Claimed, dict[str, Any]]]:
    """Return what waits for each channel: the letter, and the body as it goes out."""
    expand_due(now=now)
    found = claim(now=now, limit=50, lease_seconds=60, channels=CHANNELS)
    return {each.channel: (each, json.loads(hook_of(each).raw)) for each in found}


def test_each_channel_gets_a_publication_once_in_its_own_shape(
    page: Page, hooks: dict[str, Hook], now: datetime
) -> None:
    publish(
        page, now, title="Card <payments> & more failed", body="Cards *fail*. @everyone <!here>"
    )
    expand_due(now=now)
    found = told(now)
    assert {channel: hook_of(each).sender for channel, (each, _) in found.items()} == ADDRESSES
    slack = found["slack"][1]
    assert (
        slack["blocks"][0]["text"]["text"] == "*Card &lt;payments&gt; &amp; more failed*\nResolved"
    )
    assert "&lt;!here&gt;" in slack["blocks"][1]["text"]["text"]
    discord = found["discord"][1]
    assert discord["allowed_mentions"] == {"parse": []}
    assert discord["embeds"][0]["title"] == "Card \\<payments\\> & more failed"
    assert "Cards *fail*." in discord["embeds"][0]["description"]
    assert "@everyone" not in json.dumps(discord)
    assert "Cards _fail_." in slack["blocks"][1]["text"]["text"]
    assert all(
        each.get("verbatim", True) for each in (block["text"] for block in slack["blocks"][:2])
    )
    teams = found["teams"][1]["attachments"][0]
    assert teams["contentType"] == "application/vnd.microsoft.card.adaptive"
    assert "Cards _fail_." in teams["content"]["body"][2]["text"]
    assert teams["content"]["actions"][0]["url"].endswith("/incidents/pay1/")
    assert [destination_of(found[each][0].fill).secret[:6] for each in ADDRESSES] == [
        "whsec_",
        "",
        "",
        "",
    ]


def test_a_webhook_says_it_as_an_event_and_as_statuspage_does(
    page: Page, hooks: dict[str, Hook], now: datetime
) -> None:
    publish(page, now - timedelta(hours=1), status="investigating", body="We look.")
    publish(page, now, status="resolved", body='It is "over".')
    expand_due(now=now)
    letters = Letter.objects.filter(channel="webhook").order_by("-pk")
    assert letters.count() == 2
    [newest, *_] = claim(now=now, limit=50, lease_seconds=60, channels=("webhook",))[::-1]
    body = json.loads(hook_of(newest).raw)
    assert (body["type"], body["data"]["text"]) == ("incident.update", 'It is "over".')
    token = hooks["webhook"].token
    assert body["meta"]["unsubscribe"].endswith(f"/subscribe/hooks/{token}/")
    assert set(body["page"]) == {"id", "status_indicator", "status_description"}
    updates = body["incident"]["incident_updates"]
    assert [each["status"] for each in updates] == ["resolved", "investigating"]
    assert body["incident"]["name"] == "Card payments failed"


def test_a_webhook_says_how_the_whole_page_is_as_status_json_does(
    page: Page, hooks: dict[str, Hook], now: datetime
) -> None:
    payments = Component.objects.get(public_id="payments")
    set_status(actor=MACHINE, now=now, component=payments, status=ComponentStatus.MAJOR)
    publish(page, now, status="investigating", body="We look.")
    down = told(now)["webhook"][1]["page"]
    assert (down["status_indicator"], down["status_description"]) == (
        "major", "Partial System Outage",
    )  # fmt: skip
    later = now + timedelta(minutes=5)
    set_status(actor=MACHINE, now=later, component=payments, status=ComponentStatus.OPERATIONAL)
    publish(page, later, status="resolved")
    over = told(later)["webhook"][1]
    assert over["incident"]["impact"] == "major"
    assert (over["page"]["status_indicator"], over["page"]["status_description"]) == (
        "none", "All Systems Operational",
    )  # fmt: skip


def test_a_webhook_says_since_when_it_is_watched(
    page: Page, hooks: dict[str, Hook], now: datetime
) -> None:
    publish(page, now, status="investigating", body="We look.")
    assert told(now)["webhook"][1]["incident"]["monitoring_at"] is None
    later = now + timedelta(minutes=5)
    publish(page, later, status="monitoring", body="We watch it.")
    publish(page, later + timedelta(minutes=5), status="resolved")
    found = told(later + timedelta(minutes=5))["webhook"][1]
    assert found["incident"]["monitoring_at"] == iso_utc(later)


def test_who_is_not_confirmed_removed_or_came_later_is_told_nothing(
    page: Page, hooks: dict[str, Hook], now: datetime
) -> None:
    ask_for_hook(
        now=now, page=page, channel="webhook", url="https://other.fernway.example/", email=OWNER
    )
    remove_hook(now=now, token=hooks["slack"].token)
    late = now + timedelta(minutes=1)
    Hook.objects.filter(pk=hooks["teams"].pk).update(confirmed_at=late)
    publish(page, now)
    assert set(told(now)) == {"webhook", "discord"}
    publish(page, now, audience=Audience.PAGE)
    assert told(now) == {}


def test_a_letter_to_a_list_never_goes_to_a_machine(
    page: Page, hooks: dict[str, Hook], now: datetime
) -> None:
    publish(
        page, now, kind=PublicationKind.DATA_NOTICE, audience=Audience.LIST, recipient_list="none"
    )
    assert told(now) == {}


def test_only_its_owner_confirms_and_the_database_shows_neither_address_nor_secret(
    page: Page, now: datetime
) -> None:
    url = ADDRESSES["webhook"]
    ask_for_hook(now=now, page=page, channel="webhook", url=url, email=OWNER)
    hook = Hook.objects.get()
    assert (hook.state, list(active_hooks(page))) == ("unconfirmed", [])
    assert "fernway" not in hook.sealed_url + hook.sealed_secret + hook.address_mark
    confirm_hook(now=now, token=hook.token)
    [target] = active_hooks(page)
    assert (target.url, target.secret[:6]) == (url, "whsec_")
    # Somebody else who types the same address gets no mail, and changes nothing.
    ask_for_hook(now=now, page=page, channel="webhook", url=url, email="eve@mail.example")
    assert not Letter.objects.filter(recipient="eve@mail.example").exists()
    assert Hook.objects.get().email == OWNER


def test_neither_address_nor_secret_stands_in_any_column_while_messages_wait(
    page: Page, hooks: dict[str, Hook], now: datetime
) -> None:
    publish(page, now)
    expand_due(now=now)
    assert Letter.objects.exclude(channel="email").count() == 4
    secret = next(each.secret for each in active_hooks(page) if each.hook.channel == "webhook")
    kept = everything_kept()
    assert str(hooks["webhook"].token) in kept
    for word in (*(url.removeprefix("https://") for url in ADDRESSES.values()), secret):
        assert word not in kept


def everything_kept() -> str:
    """Return every row of every table as text."""
    with connection.cursor() as cursor:
        rows = []
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            rows += cursor.fetchall()
    return repr(rows)


@pytest.mark.parametrize(
    ("channel", "url"),
    [
        ("webhook", "http://hooks.fernway.example/"),
        ("webhook", "https://user@hooks.fernway.example/"),
        ("webhook", "https://hooks.fernway.example:22/"),
        ("webhook", "javascript:alert(1)"),
        ("webhook", ""),
        ("slack", "https://hooks.slack.com.evil.example/x"),
        ("discord", "https://evil.example/discord.com"),
        ("teams", "https://logic.azure.com.evil.example/"),
        ("fax", "https://hooks.fernway.example/"),
    ],
)
def test_what_is_no_address_of_the_channel_is_refused(
    page: Page, now: datetime, channel: str, url: str
) -> None:
    with pytest.raises(BadInput):
        ask_for_hook(now=now, page=page, channel=channel, url=url, email=OWNER)
    assert not Hook.objects.exists()


@pytest.mark.parametrize(
    "host",
    ["10.1.2.3", "127.0.0.1:8443", "169.254.169.254", "2130706433", "[::1]", "[::ffff:10.0.0.1]"],
)
def test_an_address_that_is_never_called_is_refused_when_it_is_given(
    page: Page, now: datetime, host: str
) -> None:
    with pytest.raises(BadInput, match="on the public internet"):
        ask_for_hook(
            now=now, page=page, channel="webhook", url=f"https://{host}/in?key=one", email=OWNER
        )
    assert not Letter.objects.exists()


def test_nobody_learns_from_the_form_which_networks_of_the_house_are_called(
    page: Page, now: datetime, settings: Any
) -> None:
    settings.HOOKS_MAY_REACH = networks_of("10.1.2.0/24")
    for host in ("10.1.2.3", "10.9.9.9"):
        ask_for_hook(now=now, page=page, channel="webhook", url=f"https://{host}/in", email=OWNER)
    assert Hook.objects.count() == 2


def test_one_that_fails_again_and_again_is_stopped_and_its_owner_told(
    page: Page, hooks: dict[str, Hook], now: datetime
) -> None:
    for minutes in range(FAILURES):
        publish(page, now + timedelta(minutes=minutes), status="identified")
    later = now + timedelta(hours=1)
    expand_due(now=later)
    failing = Letter.objects.filter(recipient=f"hook:{hooks['webhook'].pk}")
    failing.exclude(pk=failing.last().pk).update(state=LetterState.FAILED, last_answer="410 Gone")
    assert stop_failing_hooks(now=later) == 0
    failing.update(state=LetterState.FAILED, last_answer="410 Gone")
    assert (stop_failing_hooks(now=later), stop_failing_hooks(now=later)) == (1, 0)
    hook = Hook.objects.get(channel="webhook")
    assert (hook.state, hook.quarantined_because) == ("quarantined", "410 Gone")
    notice = Letter.objects.get(about__startswith="hook_failing:")
    assert notice.recipient == OWNER
    assert "410 Gone" in notice.message.text
    assert hook.token in notice.fill["token"]
    assert confirm_hook(now=later, token=hook.token).state == "active"


def test_the_pages_ask_confirm_and_end_and_a_scanner_does_neither(
    page: Page, clock: object
) -> None:
    visitor = Client(enforce_csrf_checks=True)
    asked = {"channel": "webhook", "url": ADDRESSES["webhook"], "email": OWNER}
    assert visitor.post("/subscribe/hooks/", asked).status_code == 303
    refused = visitor.post("/subscribe/hooks/", asked | {"url": '"><script>'})
    assert refused.status_code == 422
    assert b"<script>" not in refused.content
    hook = Hook.objects.get()
    own = f"/subscribe/hooks/{hook.token}/"
    shown = visitor.get(own).content.decode()
    assert "whsec_" not in shown
    hook.refresh_from_db()
    assert hook.state == "unconfirmed"
    visitor.post(own, {"do": "confirm"})
    assert "whsec_" in visitor.get(own).content.decode()
    visitor.post(own, {"do": "remove"})
    hook.refresh_from_db()
    assert hook.state == "unsubscribed"
    assert visitor.get(f"/subscribe/hooks/{'x' * 43}/").status_code == 404


def test_a_new_title_is_put_into_what_waits_for_machines_too(
    page: Page, hooks: dict[str, Hook], now: datetime
) -> None:
    subscribed(page, now - timedelta(days=1), "ada@mail.example")
    first = publish(page, now, title="Cards failed")
    expand_due(now=now)
    publish(
        page, now, kind=PublicationKind.CORRECTION, title="Transfers failed", corrects=first,
        weight="title",
    )  # fmt: skip
    expand_due(now=now)
    waiting = Letter.objects.exclude(channel="email").filter(about=about_of(first))
    bodies = waiting.values_list("message__text", flat=True)
    assert len(bodies) == 4
    assert all("Cards failed" not in body for body in bodies)


def hears(about: str) -> set[str]:
    return set(Letter.objects.filter(about=about).values_list("channel", flat=True)) - {"email"}


def test_a_hook_hears_of_the_parts_and_moments_its_owner_chose(
    page: Page, hooks: dict[str, Hook], now: datetime
) -> None:
    for channel, parts, wants in (
        ("slack", ["payments"], "every"),
        ("teams", ["exports"], "every"),
        ("discord", [], "after"),
    ):
        choose_for_hook(
            now=now, token=hooks[channel].token, component_ids=parts, whole_page=not parts,
            wants=wants,
        )  # fmt: skip
    began = publish(page, now, status="investigating")
    expand_due(now=now)
    assert hears(about_of(began)) == {"webhook", "slack"}
    # Whoever was told that it began is told that it ended, whatever they chose since.
    choose_for_hook(
        now=now, token=hooks["slack"].token, component_ids=["exports"], whole_page=False,
        wants="every",
    )  # fmt: skip
    ended = publish(page, now)
    expand_due(now=now)
    assert hears(about_of(ended)) == {"webhook", "slack", "discord"}


def test_nothing_can_be_chosen_that_is_not_offered(
    page: Page, hooks: dict[str, Hook], now: datetime
) -> None:
    token = hooks["slack"].token
    for parts, whole, wants in (([], False, "every"), (["nothing"], False, "every")):
        with pytest.raises(BadInput):
            choose_for_hook(
                now=now, token=token, component_ids=parts, whole_page=whole, wants=wants
            )
    with pytest.raises(BadInput):
        choose_for_hook(now=now, token=token, component_ids=[], whole_page=True, wants="all")


def test_the_owners_page_keeps_what_they_choose_and_refuses_nothing_at_all(
    page: Page, hooks: dict[str, Hook], now: datetime
) -> None:
    cards = create_component(actor=MACHINE, now=now, page=page, name="Cards")
    where = f"/subscribe/hooks/{hooks['slack'].token}/"
    chosen = {"do": "choose", "scope": "some", "component": cards.public_id, "wants": "ends"}
    assert Client().post(where, chosen).headers["Location"] == f"{where}?saved"
    shown = Client().get(where).content.decode()
    assert f'value="{cards.public_id}" checked' in shown
    assert 'value="ends" checked' in shown
    refused = Client().post(where, {"do": "choose", "scope": "some", "wants": "ends"})
    assert refused.status_code == 422
    assert b"Choose at least one component" in refused.content


def test_a_test_message_says_that_it_is_one_and_goes_to_one_hook_alone(
    page: Page, hooks: dict[str, Hook], now: datetime
) -> None:
    for channel in ADDRESSES:
        send_test(actor=MACHINE, now=now, hook=hooks[channel])
        send_test(actor=MACHINE, now=now, hook=hooks[channel])
    found = told(now)
    assert set(found) == set(ADDRESSES)
    assert Letter.objects.filter(about__startswith="hook-test").count() == len(ADDRESSES)
    for channel, (letter, body) in found.items():
        assert hook_of(letter).sender == ADDRESSES[channel]
        assert "This is a test" in json.dumps(body)
    assert found["webhook"][1]["type"] == "test"


def test_what_was_ended_on_the_desk_gets_nothing_more_until_its_owner_says_so(
    page: Page, hooks: dict[str, Hook], now: datetime
) -> None:
    publish(page, now)
    expand_due(now=now)
    end_hook(actor=MACHINE, now=now, hook=hooks["slack"])
    waiting = Letter.objects.get(recipient=f"hook:{hooks['slack'].pk}")
    assert waiting.state == LetterState.WITHDRAWN
    with pytest.raises(WrongState):
        send_test(actor=MACHINE, now=now, hook=Hook.objects.get(pk=hooks["slack"].pk))
    confirm_hook(now=now, token=hooks["slack"].token)
    assert Hook.objects.get(pk=hooks["slack"].pk).state == "active"


def test_a_title_calls_nobody_where_slack_shows_it_alone(
    page: Page, hooks: dict[str, Hook], now: datetime
) -> None:
    publish(page, now, title="Down <!channel> now")
    slack = told(now)["slack"][1]
    assert slack["text"] == "Resolved: Down &lt;!channel&gt; now"


def test_a_long_text_fits_each_room_and_is_cut_between_two_signs(
    page: Page, hooks: dict[str, Hook], now: datetime
) -> None:
    publish(page, now, body="\n\n".join(["**Bold & long** " + "word " * 150] * 20))
    found = told(now)
    slack = found["slack"][1]["blocks"][1]["text"]["text"]
    discord = found["discord"][1]["embeds"][0]["description"]
    teams = [each["text"] for each in found["teams"][1]["attachments"][0]["content"]["body"][2:]]
    assert len(slack) <= 3000
    assert len(discord) <= 4096
    assert len(json.dumps(found["teams"][1])) < 28_000
    for text in (slack, discord, teams[-1]):
        assert text.endswith("…")
    assert slack.count("*") % 2 == 0
    assert discord.count("**") % 2 == 0


def test_an_imported_text_is_shown_as_it_stands(
    page: Page, hooks: dict[str, Hook], now: datetime
) -> None:
    said = publish(page, now, audience="page")
    said.body, said.body_format = "<p>5 * 3 <b>fails</b></p><p># no heading</p>", "html"
    bodies = {each: json.dumps(json.loads(machine_words(said, each).text)) for each in CHANNELS}
    assert "\\\\# no heading" in bodies["discord"]
    assert "# no heading" in bodies["slack"]
    assert "<b>" not in bodies["slack"] + bodies["teams"] + bodies["discord"]
