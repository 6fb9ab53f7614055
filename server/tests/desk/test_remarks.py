"""Remarks that decide nothing, and what changed between two revisions, word by word."""

from types import SimpleNamespace
from typing import Any

import pytest

from afterword.statements.actions import ask_changes, ask_review, save_revision
from afterword.statements.models import Comment, Statement
from desk.office import HONEST, TITLE, has_inline_code, seen, signed_in, written


def path(statement: Statement, act: str = "") -> str:
    return f"/desk/statements/{statement.public_id}/{act}"


@pytest.fixture
def text(recorded: SimpleNamespace, clock: Any) -> Statement:
    return written(recorded, clock.now())


def test_a_remark_is_said_about_words_seen_by_the_writer_and_settled(
    recorded: SimpleNamespace, text: Statement
) -> None:
    client = signed_in(recorded.rolf)
    post = {"about": "billed late", "body": "Say <b>who</b> paid the fee."}
    page = seen(client.post(path(text, "comment/"), post, follow=True))
    assert "“billed late” Say <b>who</b> paid the fee." in page.words
    assert has_inline_code(page) == []
    editor = seen(signed_in(recorded.wanda).get(path(text))).words
    assert "Rolf on “billed late”: Say <b>who</b> paid the fee." in editor
    signed_in(recorded.wanda).post(path(text, f"comment/{Comment.objects.get().pk}/settle/"))
    assert "Say <b>who</b>" not in seen(signed_in(recorded.wanda).get(path(text))).words
    assert "settled by Wanda" in seen(client.get(path(text, "review/"))).words


@pytest.mark.parametrize(
    ("post", "says"),
    [
        ({"body": " "}, "The remark is empty"),
        ({"body": "Well.", "about": "never said"}, "not in the text as it stands"),
        ({"body": "x" * 5_001}, "5,000 is the most"),
    ],
)
def test_what_is_no_remark_is_not_kept(
    recorded: SimpleNamespace, text: Statement, post: dict[str, str], says: str
) -> None:
    answer = signed_in(recorded.rolf).post(path(text, "comment/"), post)
    assert answer.status_code == 422
    assert says in seen(answer).words
    assert not Comment.objects.exists()


def test_whoever_has_no_part_in_texts_says_nothing(
    recorded: SimpleNamespace, text: Statement
) -> None:
    answer = signed_in(recorded.ines).post(path(text, "comment/"), {"body": "Hm."})
    assert answer.status_code == 403
    elsewhere = signed_in(recorded.rolf).post(path(text, "comment/999/settle/"))
    assert elsewhere.status_code == 404


def words_of(answer: Any, tag: str) -> list[str]:
    html = answer.content.decode()
    return [part.partition(f"</{tag}>")[0] for part in html.split(f"<{tag}>")[1:]]


def test_a_reviewer_sees_word_by_word_what_changed_since_they_last_judged_it(
    recorded: SimpleNamespace, text: Statement, clock: Any
) -> None:
    ask_review(actor=recorded.wanda, now=clock.now(), statement=text)
    ask_changes(
        actor=recorded.rolf, now=clock.now(), statement=text, comment="Say so more plainly."
    )
    save_revision(
        actor=recorded.wanda, now=clock.now(), statement=text, title=TITLE,
        body=HONEST.replace("billed late because of us", "billed hours late by us"), based_on=2,
    )  # fmt: skip
    answer = signed_in(recorded.rolf).get(path(text, "review/"))
    assert "What changed since revision 2" in seen(answer).words
    gone, new = words_of(answer, "del"), words_of(answer, "ins")
    assert " ".join(gone).split() == ["because", "of"]
    assert " ".join(new).split() == ["hours", "by"]


def test_any_two_revisions_are_compared_on_asking(
    recorded: SimpleNamespace, text: Statement
) -> None:
    client = signed_in(recorded.pia)
    assert "What changed since" not in seen(client.get(path(text, "review/"))).words
    page = client.get(path(text, "review/?since=1"))
    assert "What changed since revision 1" in seen(page).words
    assert words_of(page, "ins")
    for nothing in ("2", "9", "x", "-1", "٣"):
        page = client.get(path(text, f"review/?since={nothing}"))
        assert (page.status_code, words_of(page, "ins")) == (200, [])
