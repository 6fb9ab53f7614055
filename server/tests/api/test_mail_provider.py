"""What mail providers tell by webhook, through the address they post to and anymail's own views."""

import json
import logging
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import timedelta
from importlib import reload
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.test import Client
from django.urls import clear_url_caches

from afterword.accounts.permissions import MACHINE
from afterword.api import mail_provider as door
from afterword.api import urls as api_urls
from afterword.audience.actions.coming_back import SOFT_DAYS
from afterword.audience.models import OptOut, Subscriber, SubscriberState, Suppression
from afterword.audience.queries.suppressions import suppressed_addresses
from afterword.audit.models import Entry
from afterword.audit.queries import broken_links
from afterword.components.actions import create_page
from afterword.components.models import Page
from afterword.config import settings as made
from afterword.config import urls as all_urls
from afterword.postbox.models import CameBack, Letter
from afterword.postbox.providers import PROVIDERS, Told, secret_fault
from afterword.postbox.return_path import ReturnPaths, return_key
from api.provider_posts import (
    AT,
    DELAY,
    HARD,
    LEFT,
    PASSWORD,
    SOFT,
    SPAM,
    THERE,
    Post,
    post_of,
    proven,
    secret_of,
    ses,
    sns,
)
from conftest import NOON
from fanout.published import subscribed
from postbox.letters import handed_over, posted

pytestmark = pytest.mark.django_db
GONE = "gone@mail.example"
ALL = sorted(PROVIDERS)
# Their webhooks name no letter that was handed over by SMTP, as far as their manuals say.
TELL_THE_ADDRESS_ALONE = {"mailersend", "unisender_go"}
NAME_LETTERS = sorted(set(ALL) - TELL_THE_ADDRESS_ALONE)
# Postal knows of no complaints.
HEAR_COMPLAINTS = sorted(set(NAME_LETTERS) - {"postal"})
HEAR_WHO_LEAVES = sorted(set(HEAR_COMPLAINTS) - {"amazon_ses", "resend"})
DAY = timedelta(days=1)


@pytest.fixture
def page(clock: Any) -> Page:
    where = "https://status.larkbridge.example"
    return create_page(actor=MACHINE, now=NOON, name="Larkbridge", url=where)


@pytest.fixture
def letter(page: Page) -> Letter:
    subscribed(page, NOON, GONE)
    return handed_over(NOON, [GONE])[0]


@pytest.fixture
def client() -> Client:
    return Client(enforce_csrf_checks=True)


def mounted() -> None:
    """Make the addresses as a process does that starts with the settings of now."""
    reload(api_urls)
    reload(all_urls)
    clear_url_caches()


@pytest.fixture
def told_by(settings: Any) -> Iterator[Callable[[str], None]]:
    def told_by(name: str) -> None:
        settings.MAIL_PROVIDER = Told(PROVIDERS[name], secret_of(name))
        mounted()

    yield told_by
    settings.MAIL_PROVIDER = None
    mounted()


def sent(client: Client, name: str, post: Post, method: str = "POST") -> Any:
    where = f"/api/v1/mail-provider/{name}"
    return client.generic(
        method, where, post.body, content_type=post.content_type, headers=post.headers
    )


def state() -> str:
    return Subscriber.objects.get(email=GONE).state


def nothing_happened() -> bool:
    return not CameBack.objects.exists() and state() == SubscriberState.ACTIVE


@pytest.mark.parametrize("name", NAME_LETTERS)
def test_an_address_that_is_gone_gets_no_more_and_the_same_event_again_changes_nothing(
    page: Page, letter: Letter, client: Client, told_by: Any, name: str
) -> None:
    told_by(name)
    for _ in range(2):
        answer = sent(client, name, post_of(name, HARD, letter))
        assert (answer.status_code, answer.content) == (200, b"")
        came_back = CameBack.objects.get()
    assert state() == SubscriberState.QUARANTINED
    assert (came_back.letter_id, came_back.kind, came_back.proven) == (letter.pk, "hard", True)
    if name not in {"resend", "mailjet"}:
        assert (came_back.status, "User unknown" in came_back.said) == ("5.1.1", True)
    assert suppressed_addresses(page) == {GONE: "bounced"}


@pytest.mark.parametrize("name", HEAR_COMPLAINTS)
def test_a_complaint_holds_back_all_that_need_not_be_sent(
    page: Page, letter: Letter, client: Client, told_by: Any, name: str
) -> None:
    told_by(name)
    assert sent(client, name, post_of(name, SPAM, letter)).status_code == 200
    assert suppressed_addresses(page) == {GONE: "complained"}
    assert state() == SubscriberState.QUARANTINED


@pytest.mark.parametrize("name", HEAR_WHO_LEAVES)
def test_who_leaves_at_the_provider_has_left(
    page: Page, letter: Letter, client: Client, told_by: Any, name: str
) -> None:
    told_by(name)
    assert sent(client, name, post_of(name, LEFT, letter)).status_code == 200
    assert suppressed_addresses(page) == {GONE: "complained"}
    assert "Unsubscribed" in CameBack.objects.get().said


@pytest.mark.parametrize("name", ALL)
def test_what_may_arrive_later_is_a_day_on_which_mail_came_back(
    letter: Letter, client: Client, told_by: Any, name: str, clock: Any
) -> None:
    told_by(name)
    Letter.objects.update(state="sent", sent_at=NOON)
    for day in range(SOFT_DAYS):
        assert (state(), CameBack.objects.count()) == (SubscriberState.ACTIVE, day)
        clock.at = NOON + day * DAY
        # A provider's own signature is of the time it is sent.
        post = post_of(name, SOFT, letter, at=AT + day * 86_400 + day)
        if name == "resend":
            post = proven(name, post.body, at=AT + day * 86_400)
        assert sent(client, name, post).status_code == 200
    assert state() == SubscriberState.QUARANTINED


@pytest.mark.parametrize("what", [DELAY, THERE])
@pytest.mark.parametrize("name", ALL)
def test_a_delay_and_a_delivery_are_nothing_and_ask_the_database_nothing(
    letter: Letter, client: Client, told_by: Any, django_assert_num_queries: Any, name: str,
    what: str,
) -> None:  # fmt: skip
    told_by(name)
    with django_assert_num_queries(0):
        assert sent(client, name, post_of(name, what, letter)).status_code == 200
    assert nothing_happened()


@pytest.mark.parametrize("name", ALL)
def test_an_event_about_an_unknown_letter_changes_nothing(
    letter: Letter, client: Client, told_by: Any, name: str
) -> None:
    told_by(name)
    posts = [
        post_of(name, HARD, None, mark="1-" + "0" * 20, message_id=f"<{'a' * 40}@x.example>"),
        post_of(name, HARD, None, mark=f"{letter.pk}-" + "f" * 20),
        # Somebody who gets a copy of the letter from the provider is not its reader.
        post_of(name, HARD, letter, to="archive@larkbridge.example"),
    ]
    for post in posts:
        assert sent(client, name, post).status_code == 200
    assert nothing_happened()


@pytest.mark.parametrize("name", sorted(TELL_THE_ADDRESS_ALONE))
def test_a_provider_that_names_no_letter_stops_nobody_at_once(
    letter: Letter, client: Client, told_by: Any, name: str, clock: Any
) -> None:
    told_by(name)
    sent(client, name, post_of(name, HARD, letter))
    assert nothing_happened(), "no letter had left for the address"
    Letter.objects.update(state="sent", sent_at=NOON)
    for what in (HARD, SPAM):
        sent(client, name, post_of(name, what, letter))
    assert state() == SubscriberState.ACTIVE
    assert [each.kind for each in CameBack.objects.all()] == ["soft", "soft"]
    assert not Suppression.objects.exists()


@pytest.mark.parametrize(
    "name", ["postmark", "brevo", "sparkpost", "mandrill", "mailjet", "resend"]
)
def test_without_the_letters_mark_the_address_is_all_that_is_known(
    letter: Letter, client: Client, told_by: Any, name: str
) -> None:
    told_by(name)
    Letter.objects.update(state="sent", sent_at=NOON)
    sent(client, name, post_of(name, HARD, letter, mark="", message_id="<its-own@x.example>"))
    assert state() == SubscriberState.ACTIVE
    assert CameBack.objects.get().kind == "soft"


def ours(caplog: Any) -> list[str]:
    """Return what the door logged; Django names the address of whatever is refused beside it."""
    return [each.getMessage() for each in caplog.records if each.name.startswith("afterword.")]


def wrong_proofs(name: str, right: Post) -> Iterator[Post]:
    yield Post(right.body, right.content_type, {})
    for header, value in right.headers.items():
        if header.startswith("X-Amz") or header == "svix-id":
            continue
        turned = value[:-6] + value[-6:].swapcase() + "A"
        yield Post(right.body, right.content_type, {**right.headers, header: turned})
        yield Post(right.body, right.content_type, {**right.headers, header: "Basic ÿ£"})
    if name in {"mailgun", "unisender_go"}:
        yield Post(right.body.replace(b'"signature": "', b'"signature": "0').replace(
            b'"auth": "', b'"auth": "0'
        ))  # fmt: skip
    elif not PROVIDERS[name].has_password:
        yield Post(right.body + b" ", right.content_type, right.headers)


@pytest.mark.parametrize("name", ALL)
def test_what_does_not_prove_itself_is_refused_and_logged(
    letter: Letter, client: Client, told_by: Any, caplog: Any, name: str
) -> None:
    told_by(name)
    right = post_of(name, HARD, letter)
    for wrong in wrong_proofs(name, right):
        if wrong.body == right.body and wrong.headers == right.headers:
            continue
        caplog.clear()
        answer = sent(client, name, wrong)
        assert answer.status_code in {400, 401, 403}, wrong
        assert answer.content == b""
        assert nothing_happened()
        (logged,) = [each for each in ours(caplog) if "was refused" in each]
        assert secret_of(name) not in logged
        assert GONE not in logged
    assert sent(client, name, right).status_code == 200
    assert not nothing_happened() or name in TELL_THE_ADDRESS_ALONE


def test_amazon_is_asked_for_its_password(client: Client, told_by: Any, letter: Letter) -> None:
    told_by("amazon_ses")
    post = post_of("amazon_ses", HARD, letter)
    del post.headers["Authorization"]
    answer = sent(client, "amazon_ses", post)
    assert answer.status_code == 401
    assert answer.headers["WWW-Authenticate"].startswith("Basic ")


def test_a_signature_of_yesterday_is_worth_nothing(
    client: Client, told_by: Any, letter: Letter, clock: Any
) -> None:
    told_by("resend")
    post = post_of("resend", HARD, letter)
    clock.at = NOON + timedelta(minutes=6)
    assert sent(client, "resend", post).status_code == 403
    assert nothing_happened()


BROKEN = (
    b"", b"{", b"[]", b"{}", b"null", b"7", b'"x"', b"[[[[]]]]", b"\xff\xfe\x00", b"[" * 50_000,
    b'{"events": [7]}', b'[{"event": []}]', b'{"data": [1]}', b"9" * 6000, b'[{"msys": 7}]',
    b'[{"msys": {"a": {"type": {}}}}]', b'{"event-data": []}',
    b'{"type": ["x"], "data": {"type": {}, "bounce": 7}}', b'{"RecordType": [], "Email": {}}',
    b'{"event": {"a": 1}, "email": 7}', b'{"payload": [], "timestamp": "x"}',
    b'[{"event": "bounce", "timestamp": 1e308}]',
)  # fmt: skip


@pytest.mark.parametrize("name", ALL)
def test_a_broken_body_breaks_nothing_and_is_not_repeated(
    client: Client, told_by: Any, letter: Letter, caplog: Any, name: str
) -> None:
    told_by(name)
    for broken in BROKEN:
        for post in (Post(broken), proven(name, broken)):
            answer = sent(client, name, post)
            assert answer.status_code in {200, 400, 401, 403, 411}, (broken[:80], answer)
            assert answer.content == b""
    assert nothing_happened()
    assert all(len(each) < 400 for each in caplog.messages)


@pytest.mark.parametrize("name", ["sendgrid", "sparkpost", "mandrill", "postmark", "amazon_ses"])
def test_values_of_other_kinds_than_they_should_be_are_no_report(
    client: Client, told_by: Any, letter: Letter, name: str
) -> None:
    told_by(name)
    odd: Any = [
        7, ["x"], {"a": 1}, None, "a\x00b", "x" * 5000, "a\ud800b", "z" * 13 + "-" + "0" * 20,
        f"<{'a' * 40}@\x00\ud800>", "gone@mail.example\x00",
    ]  # fmt: skip
    for value in odd:
        kind = {"type": value, "bounce_class": value, "raw_rcpt_to": value, "rcpt_meta": value}
        told: Any = {
            "sendgrid": [{"event": "bounce", "email": value, "smtp-id": value, "type": value,
                          "reason": value, "afterword": value, "status": value}],
            "sparkpost": [{"msys": {"message_event": kind | {"type": "bounce", "reason": value}}}],
            "mandrill": [{"event": "hard_bounce", "_id": value, "ts": 7, "msg": {
                "email": value, "metadata": value, "diag": value, "bounce_description": value}}],
            "postmark": {"RecordType": "Bounce", "Type": "HardBounce", "Email": value, "ID": value,
                         "Details": value, "Metadata": {"afterword": value}},
            "amazon_ses": sns({"eventType": "Bounce", "mail": {"headers": [
                {"name": "x", "value": value}], "source": value, "commonHeaders": value},
                "bounce": {"bounceType": value, "bounceSubType": value, "bouncedRecipients": [
                    {"emailAddress": value, "diagnosticCode": value}]}}),
        }[name]  # fmt: skip
        assert sent(client, name, proven(name, told)).status_code in {200, 400}
    assert nothing_happened()


def test_a_huge_body_is_not_read(client: Client, told_by: Any, letter: Letter, caplog: Any) -> None:
    told_by("postmark")
    post = post_of("postmark", HARD, letter)
    post.body += b" " * door.MOST_BYTES
    assert sent(client, "postmark", post).status_code == 413
    assert "was refused" in ours(caplog)[-1]
    assert nothing_happened()


def test_more_events_than_a_provider_sends_are_refused(
    client: Client, told_by: Any, letter: Letter, monkeypatch: Any
) -> None:
    told_by("sendgrid")
    monkeypatch.setattr(door, "MOST_EVENTS", 2)
    event = json.loads(post_of("sendgrid", HARD, letter).body)
    assert sent(client, "sendgrid", proven("sendgrid", event * 3)).status_code == 413
    assert nothing_happened()


def test_what_there_was_no_time_for_is_told_again(
    client: Client, told_by: Any, page: Page, monkeypatch: Any
) -> None:
    told_by("sendgrid")
    letters = handed_over(NOON, [f"reader{n}@mail.example" for n in range(3)])
    events = [json.loads(post_of("sendgrid", HARD, each, at=AT + n).body)[0]
              for n, each in enumerate(letters)]  # fmt: skip
    monkeypatch.setattr(door, "AT_ONCE", 1)
    passed = iter([0.0, 0.0, 9.0])
    monkeypatch.setattr(door, "time", SimpleNamespace(monotonic=lambda: next(passed)))
    answer = sent(client, "sendgrid", proven("sendgrid", events))
    assert (answer.status_code, answer.content, CameBack.objects.count()) == (503, b"", 1)
    monkeypatch.undo()
    assert sent(client, "sendgrid", proven("sendgrid", events)).status_code == 200
    assert CameBack.objects.count() == 3


def test_only_posts_are_taken_and_who_looks_first_is_greeted(
    client: Client, told_by: Any, letter: Letter
) -> None:
    for name in ALL:
        told_by(name)
        post = post_of(name, HARD, letter)
        for method in ("GET", "HEAD", "PUT", "PATCH", "DELETE", "OPTIONS"):
            greeted = method == PROVIDERS[name].greets
            answer = sent(client, name, post, method)
            assert (answer.status_code, answer.content) == (200 if greeted else 405, b"")
    assert nothing_happened()


def test_events_are_in_no_cache_and_need_no_cookie(
    client: Client, told_by: Any, letter: Letter
) -> None:
    told_by("postmark")
    answer = sent(client, "postmark", post_of("postmark", THERE, letter))
    assert "no-store" in answer.headers["Cache-Control"]
    assert not answer.cookies


# What single providers mean by their words.


def test_an_away_note_that_amazon_takes_for_a_bounce_is_nothing(
    client: Client, told_by: Any, letter: Letter
) -> None:
    told_by("amazon_ses")
    told = ses(SOFT, GONE, "", letter.rfc_message_id, AT)
    told["bounce"] = {
        "bounceType": "Transient", "bounceSubType": "General",
        "bouncedRecipients": [{"emailAddress": GONE}],
    }  # fmt: skip
    assert sent(client, "amazon_ses", proven("amazon_ses", sns(told))).status_code == 200
    assert nothing_happened()


def test_amazon_names_the_letter_by_its_return_path_where_headers_are_left_out(
    client: Client, told_by: Any, letter: Letter, settings: Any
) -> None:
    told_by("amazon_ses")
    settings.BOUNCE_ADDRESS = "bounces@larkbridge.example"
    told = ses(HARD, GONE, "", letter.rfc_message_id, AT)
    del told["mail"]["headers"], told["mail"]["commonHeaders"]
    paths = ReturnPaths(settings.BOUNCE_ADDRESS, return_key())
    told["mail"]["source"] = paths.of(letter.pk, letter.rfc_message_id)
    sent(client, "amazon_ses", proven("amazon_ses", sns(told)))
    assert state() == SubscriberState.QUARANTINED


@pytest.mark.parametrize(
    ("change", "kind"),
    [
        ({"Type": "SpamNotification", "Details": "554 5.7.1 looks like spam"}, "soft"),
        ({"Type": "HardBounce", "Details": "smtp;550 5.7.1 refused by policy"}, "soft"),
        ({"Type": "HardBounce", "Details": "smtp;550 5.5.0 mailbox unavailable"}, "hard"),
        ({"Type": "HardBounce", "Details": ""}, "hard"),
        ({"Type": "SoftBounce", "Details": "smtp;550 5.5.0 mailbox unavailable"}, "soft"),
        ({"Type": "AutoResponder"}, None),
        ({"RecordType": "SubscriptionChange", "SuppressSending": False}, None),
        ({"RecordType": "SubscriptionChange", "SuppressSending": True, "Origin": "Customer",
          "SuppressionReason": "ManualSuppression"}, None),
        ({"RecordType": "SubscriptionChange", "SuppressSending": True, "Origin": "Recipient",
          "SuppressionReason": "HardBounce", "Details": ""}, "hard"),
    ],
)  # fmt: skip
def test_postmark_tells_filters_policy_and_readers_apart(
    client: Client, told_by: Any, letter: Letter, change: dict[str, Any], kind: str | None
) -> None:
    told_by("postmark")
    told = json.loads(post_of("postmark", HARD, letter).body) | change
    assert sent(client, "postmark", proven("postmark", told)).status_code == 200
    assert CameBack.objects.values_list("kind", flat=True).first() == kind


@pytest.mark.parametrize(
    ("change", "kind"),
    [
        ({"reason": "suppress-bounce"}, "hard"),
        ({"reason": "suppress-complaint"}, "complaint"),
        ({"reason": "suppress-unsubscribe"}, "complaint"),
        ({"reason": "generic"}, "soft"),
        ({"event": "rejected", "reject": {"reason": "Sandbox"}}, "soft"),
    ],
)
def test_mailgun_says_why_it_sends_no_more(
    client: Client, told_by: Any, letter: Letter, change: dict[str, Any], kind: str
) -> None:
    told_by("mailgun")
    told = json.loads(post_of("mailgun", HARD, letter).body)
    del told["event-data"]["reason"]
    told["event-data"] |= change
    told["event-data"]["delivery-status"] = {"code": 605, "message": "", "description": "Not sent"}
    assert sent(client, "mailgun", proven("mailgun", told)).status_code == 200
    assert CameBack.objects.get().kind == kind


def test_mailguns_older_form_is_read_too(client: Client, told_by: Any, letter: Letter) -> None:
    told_by("mailgun")
    signed = json.loads(proven("mailgun", {"event-data": {}}).body)["signature"]
    fields = {
        "event": "bounced", "recipient": GONE, "Message-Id": letter.rfc_message_id, "code": "550",
        "error": "5.1.1 User unknown", "domain": "larkbridge.example", **signed,
    }  # fmt: skip
    answer = client.post("/api/v1/mail-provider/mailgun", fields)
    assert answer.status_code == 200
    assert state() == SubscriberState.QUARANTINED


def test_a_subscription_of_amazon_is_confirmed_by_a_person(
    client: Client, told_by: Any, caplog: Any
) -> None:
    told_by("amazon_ses")
    address = (
        "https://sns.eu-west-1.amazonaws.com/?Action=ConfirmSubscription&TopicArn=arn:aws:sns:"
        "eu-west-1:123456789012:came-back&Token=2336412f37fb687f5d51e6e2425dacbba"
    )
    told = sns({}) | {"Type": "SubscriptionConfirmation", "SubscribeURL": address, "Token": "2336"}
    # It reaches nothing: connections beyond this machine are refused while tests run.
    assert sent(client, "amazon_ses", proven("amazon_ses", told)).status_code == 200
    assert any(f"open {address}" in each for each in ours(caplog))
    caplog.clear()
    for elsewhere in ("https://sns.eu-west-1.amazonaws.com.evil.example/", "http://x\nERROR y", 7):
        sent(client, "amazon_ses", proven("amazon_ses", told | {"SubscribeURL": elsewhere}))
    assert all("no address of Amazon's" in each for each in ours(caplog))
    unproven = proven("amazon_ses", told)
    unproven.headers["Authorization"] = "Basic eDp5"
    caplog.clear()
    assert sent(client, "amazon_ses", unproven).status_code == 401
    assert not any(address in each for each in caplog.messages)


# Where it is, and where it is not.


def test_there_is_no_such_address_where_no_provider_is_set(client: Client, letter: Letter) -> None:
    for name in ALL:
        assert sent(client, name, post_of(name, HARD, letter)).status_code == 404


def test_other_providers_have_no_address(client: Client, told_by: Any, letter: Letter) -> None:
    told_by("postmark")
    assert sent(client, "brevo", post_of("brevo", HARD, letter)).status_code == 404


LOADED = """
import sys, django
django.setup()
from django.urls import resolve, Resolver404
import afterword.config.urls
try:
    print(resolve("/api/v1/mail-provider/postmark").url_name)
except Resolver404:
    print("no address")
print("anymail" if "anymail" in sys.modules else "not loaded")
"""


@pytest.mark.own_database
@pytest.mark.parametrize(
    ("answers", "provider", "printed"),
    [
        ("everything", "", "no address\nnot loaded\n"),
        ("everything", "postmark", "mail-provider\nanymail\n"),
        ("desk", "postmark", "mail-provider\nanymail\n"),
        ("outward", "postmark", "no address\nnot loaded\n"),
    ],
)
def test_the_library_is_loaded_where_it_answers_and_nowhere_else(
    tmp_path: Path, answers: str, provider: str, printed: str
) -> None:
    ours = {
        "AFTERWORD_DATA_DIR": str(tmp_path), "AFTERWORD_ANSWERS": answers,
        "AFTERWORD_MAIL_PROVIDER": provider, "AFTERWORD_MAIL_PROVIDER_SECRET": PASSWORD,
        "AFTERWORD_OUTWARD_DATABASE_URL": "postgres://readers:x@127.0.0.1/afterword",
        "DJANGO_SETTINGS_MODULE": "afterword.config.settings",
    }  # fmt: skip
    if answers != "outward":
        del ours["AFTERWORD_OUTWARD_DATABASE_URL"]
    kept = {name: value for name, value in os.environ.items() if not name.startswith("AFTERWORD_")}
    ran = subprocess.run(
        [sys.executable, "-c", LOADED], env=kept | ours, capture_output=True, text=True, check=False
    )
    assert ran.stdout == printed, ran.stderr


@pytest.mark.parametrize(
    ("name", "secret", "words"),
    [
        ("sendmail", PASSWORD, "write one of: amazon_ses, brevo"),
        ("postmark", "", "needs at least 16"),
        ("postmark", "too short", "needs at least 16"),
        ("postmark", "has a space and an @ in it", "stands in an address"),
        ("mailgun", "schlüssel von mailgun", "plain characters"),
        ("sendgrid", PASSWORD, "is the public key"),
        ("postal", "bm90IGEga2V5IGF0IGFsbA==", "is the public key"),
        ("resend", "whsec_not/base64!!!", "is the signing secret"),
    ],
)
def test_settings_that_cannot_work_are_told_at_the_start(
    monkeypatch: Any, name: str, secret: str, words: str
) -> None:
    monkeypatch.setenv("AFTERWORD_MAIL_PROVIDER", name)
    monkeypatch.setenv("AFTERWORD_MAIL_PROVIDER_SECRET", secret)
    with pytest.raises(ImproperlyConfigured, match=words) as refused:
        made._mail_provider()
    assert not secret or secret not in str(refused.value)


def test_the_missing_library_is_named_at_the_start(monkeypatch: Any) -> None:
    monkeypatch.setenv("AFTERWORD_MAIL_PROVIDER", "Amazon SES")
    monkeypatch.setenv("AFTERWORD_MAIL_PROVIDER_SECRET", PASSWORD)
    assert made._mail_provider() == Told(PROVIDERS["amazon_ses"], PASSWORD)
    monkeypatch.setattr(made, "find_spec", lambda name: None)
    with pytest.raises(ImproperlyConfigured, match=r"pip install 'afterword\[anymail\]'"):
        made._mail_provider()


def test_a_secret_is_in_no_words_about_the_provider() -> None:
    for name in ALL:
        told = Told(PROVIDERS[name], secret_of(name))
        assert secret_fault(told.provider, told.secret) == ""
        assert told.secret not in repr(told) + told.address("https://status.example.org")


def test_doctor_says_what_to_enter_at_the_provider(settings: Any, told_by: Any) -> None:
    from afterword.cli.doctor import mail_provider_told

    assert mail_provider_told().state == "ok"
    settings.PUBLIC_URL = "https://status.larkbridge.example"
    told_by("postmark")
    finding = mail_provider_told()
    where = "https://afterword:PASSWORD@status.larkbridge.example/api/v1/mail-provider/postmark"
    assert (finding.state, where in finding.words) == ("ok", True)
    assert PASSWORD not in finding.words
    told_by("mailgun")
    assert "https://status.larkbridge.example/api/v1/mail-provider/mailgun at Mailgun" in (
        mail_provider_told().words
    )


def test_what_was_told_is_logged_in_numbers(
    client: Client, told_by: Any, letter: Letter, caplog: Any
) -> None:
    told_by("postmark")
    caplog.set_level(logging.INFO)
    for _ in range(2):
        sent(client, "postmark", post_of("postmark", HARD, letter))
    said = [each for each in caplog.messages if each.startswith("Postmark tells")]
    assert said == [
        "Postmark tells what came back: 1 stopped",
        "Postmark tells what came back: 1 read before",
    ]


def told_of(letter: Letter, what: str, at: int) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(post_of("sendgrid", what, letter, at=at).body)[0]
    return found


def many(page: Page, count: int) -> list[Letter]:
    emails = [f"reader{n}@mail.example" for n in range(count)]
    subscribed(page, NOON, *emails)
    return handed_over(NOON, emails)


def test_many_events_at_once_ask_the_database_little_more_than_few(
    page: Page, client: Client, told_by: Any, django_assert_max_num_queries: Any
) -> None:
    told_by("sendgrid")
    letters = many(page, 60)
    kinds = (HARD, SOFT, SPAM)
    events = [told_of(each, kinds[n % 3], AT + n) for n, each in enumerate(letters)]
    Letter.objects.exclude(pk__in=[each.pk for each in letters]).delete()
    with django_assert_max_num_queries(30):
        assert sent(client, "sendgrid", proven("sendgrid", events)).status_code == 200
    assert CameBack.objects.count() == 60
    states = [Subscriber.objects.get(email=each.recipient).state for each in letters]
    assert states == ["quarantined", "active", "quarantined"] * 20
    reasons = suppressed_addresses(page)
    assert [reasons.get(each.recipient) for each in letters] == ["bounced", None, "complained"] * 20
    assert Entry.objects.filter(verb="audience.suppress").count() == 40
    assert Entry.objects.filter(verb="audience.quarantine").count() == 40
    assert OptOut.objects.filter(how="complained").count() == 20
    assert list(broken_links()) == []


def test_a_letter_that_waits_is_taken_back_from_whoever_of_many_is_gone(
    page: Page, client: Client, told_by: Any
) -> None:
    told_by("sendgrid")
    letters = many(page, 4)
    gone, there = letters[:2], letters[2:]
    posted(NOON, [each.recipient for each in letters], about="another")
    events = [told_of(each, HARD, AT + n) for n, each in enumerate(gone)]
    events += [told_of(each, SOFT, AT + n) for n, each in enumerate(there)]
    sent(client, "sendgrid", proven("sendgrid", events))
    waiting = Letter.objects.filter(about="another", state="waiting")
    assert {each.recipient for each in waiting} == {each.recipient for each in there}
    withdrawn = Letter.objects.filter(about="another", state="withdrawn")
    assert {each.recipient for each in withdrawn} == {each.recipient for each in gone}
    assert all("550" in each.last_answer for each in withdrawn), "with what was said of each"


def test_a_bounce_and_a_complaint_of_one_address_in_one_request_count_as_the_complaint(
    page: Page, client: Client, told_by: Any
) -> None:
    told_by("sendgrid")
    (letter,) = many(page, 1)
    events = [
        told_of(letter, HARD, AT),
        told_of(letter, SPAM, AT + 1),
        told_of(letter, HARD, AT + 2),
    ]
    sent(client, "sendgrid", proven("sendgrid", events))
    assert suppressed_addresses(page)[letter.recipient] == "complained"
    assert Suppression.objects.count() == 1
    assert CameBack.objects.count() == 3


def test_what_another_request_brings_at_this_instant_is_taken_in_one_by_one(
    page: Page, client: Client, told_by: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    told_by("sendgrid")
    events = [told_of(each, HARD, AT + n) for n, each in enumerate(many(page, 3))]
    sent(client, "sendgrid", proven("sendgrid", events[:1]))
    monkeypatch.setattr(door, "digests_known", lambda digests: set())
    assert sent(client, "sendgrid", proven("sendgrid", events)).status_code == 200
    assert CameBack.objects.count() == 3
    assert Subscriber.objects.filter(state="quarantined").count() == 3
    assert Entry.objects.filter(verb="audience.quarantine").count() == 3
