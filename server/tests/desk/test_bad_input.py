"""Whatever is sent to a form: a clear answer, never a failure, and the words are still there."""

from types import SimpleNamespace
from typing import Any

import pytest
from django.db import transaction
from django.test import Client

from afterword.incidents.models import HeardOutside, Hold
from afterword.statements.models import Comment
from desk.office import BRIEF, has_inline_code, seen, signed_in, written
from desk.test_who_may_what import NO, TABLE, address, ids  # noqa: F401
from desk.walking import _Page

MINE = "Everything we wrote down\nbetween two calls, <b>by hand</b>."
HOSTILE = {
    "a NUL": "words \x00 of somebody",
    "twenty pages": "word " * 8_000,
    "control characters": "\x01\x08\x1b\u202e\ufffe",
    "a day there is none of": "2026-02-30",
    "the end of time": "9999-12-31T23:59:59-12:00",
    "a number without end": "9" * 400,
    "figures of another script": "٣²",
}


def filled(answer: Any) -> dict[str, str]:
    """Return what the first form of a page would send."""
    return dict(_Page(answer.content.decode()).forms[0]["values"])


def forms_of(client: Client, where: str) -> list[dict[str, Any]]:
    """Return the forms of a page that post to the desk, with what they would send."""
    answer = client.get(where)
    if answer.status_code != 200 or "text/html" not in answer["Content-Type"]:
        return []
    return [
        {**form, "action": form["action"] or where}
        for form in _Page(answer.content.decode()).forms
        if form["method"].lower() == "post" and "sign-out" not in form["action"]
    ]


@pytest.mark.slow
def test_no_form_falls_over_whatever_is_sent(
    office: SimpleNamespace,
    ids: dict[str, Any],  # noqa: F811
) -> None:
    client, sent, odd = signed_in(office.ada), 0, []
    for name in [name for name, (get, _) in TABLE.items() if get is not NO]:
        for form in forms_of(client, address(name, ids)):
            for what, evil in HOSTILE.items():
                with transaction.atomic():
                    answer = client.post(form["action"], dict.fromkeys(form["values"], evil))
                    transaction.set_rollback(True)
                sent += 1
                if answer.status_code not in {200, 302, 403, 404, 409, 413, 422, 429}:
                    odd.append(f"{form['action']} with {what}: {answer.status_code}")
    assert sent > 300
    assert odd == []


def test_what_is_refused_is_shown_to_be_mended_and_sent_again(
    recorded: SimpleNamespace, clock: Any
) -> None:
    client = signed_in(recorded.rolf)
    where = f"{recorded.case}hold/"
    refused = client.post(where, {"reason": MINE, "look_again_on": "soon"})
    assert refused.status_code == 422
    page, kept = seen(refused), filled(refused)
    assert "on which day somebody looks at it again" in page.words
    assert has_inline_code(page) == []
    assert (kept["reason"], kept["look_again_on"]) == (MINE, "soon")
    assert b"<b>by hand" not in refused.content

    day = clock.now().date().isoformat()
    again = client.post(where, {"reason": kept["reason"], "look_again_on": day})
    assert again.status_code == 302
    assert Hold.objects.get().reason == MINE


def test_a_field_the_refusal_names_can_be_mended_in_place(recorded: SimpleNamespace) -> None:
    client = signed_in(recorded.wanda)
    where = f"{recorded.case}outside/"
    refused = client.post(where, {"first_at": "yesterday", "repeat_questions": "12"})
    assert 'id="typed-1" name="first_at"' in refused.content.decode()
    assert filled(refused)["repeat_questions"] == "12"
    mended = client.post(where, {"first_at": "2026-03-17 08:20", "repeat_questions": "12"})
    assert mended.status_code == 302
    assert HeardOutside.objects.get().repeat_questions == 12


def test_a_comment_that_is_too_long_is_not_lost(recorded: SimpleNamespace, clock: Any) -> None:
    statement = written(recorded, clock.now(), BRIEF)
    where = f"/desk/statements/{statement.public_id}/comment/"
    essay = f"{MINE} " * 200
    refused = signed_in(recorded.rolf).post(where, {"body": essay, "about": "brief"})
    assert refused.status_code == 422
    assert filled(refused)["body"] == essay
    assert filled(refused)["about"] == "brief"
    assert not Comment.objects.exists()


def test_a_form_without_words_is_refused_without_a_form(recorded: SimpleNamespace) -> None:
    refused = signed_in(recorded.rolf).post(f"{recorded.case}hold/", {"reason": ""})
    assert refused.status_code == 422
    assert b"still here" not in refused.content


def test_a_password_is_not_shown_by_a_refusal(office: SimpleNamespace) -> None:
    answer = signed_in(office.wanda).post(
        "/desk/me/", {"old": "kept by me alone", "new": "words, also mine"}
    )
    assert b"kept by me" not in answer.content


def test_more_than_a_form_takes_is_answered_in_words(
    office: SimpleNamespace, settings: Any
) -> None:
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 10_000
    client = signed_in(office.wanda)
    answer = client.post("/desk/incidents/new/", {"title": "T", "body": "word " * 4_000})
    assert answer.status_code == 400
    words = seen(answer).words
    assert "more than a form takes" in words
    assert "9.8" in words
