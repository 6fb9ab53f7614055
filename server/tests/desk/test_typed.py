"""What is typed is kept on the server for its writer, on every device, and for nobody else."""

from datetime import timedelta
from types import SimpleNamespace
from typing import Any

from django.db import connection
from django.test.utils import CaptureQueriesContext

from afterword.desk.actions import LONGEST_TYPED, MOST_PADS, TYPED_KEPT
from afterword.desk.models import TypedText
from afterword.desk.queries import new_pad
from afterword.statements.actions import save_revision
from afterword.statements.models import Revision
from afterword.statements.queries import newest_revision
from desk.office import TITLE, has_inline_code, seen, signed_in, values_of, written

JSON = {"Accept": "application/json"}


def test_what_is_typed_is_offered_on_another_device_and_saving_takes_it(
    recorded: SimpleNamespace, clock: Any
) -> None:
    statement = written(recorded, clock.now())
    where = f"/desk/statements/{statement.public_id}/"
    desktop, phone = signed_in(recorded.wanda), signed_in(recorded.wanda)
    fields = values_of(desktop.get(where))
    typed = {"title": TITLE, "body": "Half a sen", "pad": fields["pad"], "based_on": "2"}
    agent = {"User-Agent": "Mozilla/5.0 (X11; Linux x86_64) Firefox/150.0"}
    assert desktop.post(where + "typed/", typed, headers=JSON | agent).status_code == 200
    clock.advance(minutes=3)
    typed["body"] = "Half a sentence <b>"
    with CaptureQueriesContext(connection) as asked:
        answer = desktop.post(where + "typed/", typed, headers=JSON | agent)
    assert "18 Mar 2026, 12:03 UTC" in answer.json()["kept_at"]
    assert len(asked) <= 16, "it is asked for every few seconds"
    assert Revision.objects.filter(statement=statement).count() == 2

    offered = seen(phone.get(where))
    assert "You typed this and did not save it" in offered.words
    assert "on Firefox on Linux" in offered.words
    assert "Half a sentence <b>" in offered.words
    assert has_inline_code(offered) == []
    assert "You typed this" not in seen(signed_in(recorded.ada).get(where)).words
    assert (
        b"Half a sentence" not in signed_in(recorded.ada).get(f"{where}?pad={typed['pad']}").content
    )

    opened = phone.get(f"{where}?pad={typed['pad']}")
    assert "What you see is not saved yet" in seen(opened).words
    assert "You typed this and did not save it" not in seen(opened).words
    assert values_of(opened)["pad"] == typed["pad"]
    assert phone.post(where, typed | {"do": "save"}).status_code == 302
    assert newest_revision(statement).body == "Half a sentence <b>"
    assert not TypedText.objects.exists()
    # What was still under way when it was saved is no news.
    desktop.post(where + "typed/", typed, headers=JSON)
    assert "You typed this" not in seen(phone.get(where)).words


def test_two_devices_never_write_over_each_other_and_a_conflict_keeps_all_three_texts(
    recorded: SimpleNamespace, clock: Any
) -> None:
    statement = written(recorded, clock.now())
    where = f"/desk/statements/{statement.public_id}/"
    client = signed_in(recorded.wanda)
    for body in ("On the train.", "At the desk."):
        post = {"title": TITLE, "body": body, "pad": values_of(client.get(where))["pad"]}
        client.post(where + "typed/", post | {"based_on": "2"}, headers=JSON)
    save_revision(
        actor=recorded.ada, now=clock.now(), statement=statement, title=TITLE,
        body="What Ada saved meanwhile.", based_on=2,
    )  # fmt: skip
    page = seen(client.get(where))
    assert "On the train." in page.words
    assert "At the desk." in page.words

    pad = TypedText.objects.get(body="On the train.").pad
    late = values_of(client.get(f"{where}?pad={pad}"))
    assert late["based_on"] == "2", "it stands on what its writer had before them"
    answer = client.post(where, {**late, "body": "On the train.", "do": "save"})
    assert answer.status_code == 409
    assert {"On the train.", "What Ada saved meanwhile."} <= {
        r.body for r in Revision.objects.filter(statement=statement)
    }
    assert [t.body for t in TypedText.objects.all()] == ["At the desk."]

    pad = TypedText.objects.get().pad
    assert client.post(f"{where}typed/{pad}/forget/").status_code == 302
    assert not TypedText.objects.exists()


def test_typed_text_is_bounded_and_goes_when_it_is_old(
    recorded: SimpleNamespace, clock: Any
) -> None:
    statement = written(recorded, clock.now())
    where = f"/desk/statements/{statement.public_id}/"
    client = signed_in(recorded.wanda)
    good = {"title": TITLE, "body": "\x00 odd", "based_on": "99999999999999999999"}
    for _ in range(MOST_PADS + 2):
        clock.advance(seconds=1)
        assert (
            client.post(where + "typed/", good | {"pad": new_pad()}, headers=JSON).status_code
            == 200
        )
    assert TypedText.objects.count() == MOST_PADS
    for wrong in ({"pad": "x"}, {"pad": ""}, {"pad": new_pad(), "body": "x" * LONGEST_TYPED}):
        answer = client.post(where + "typed/", {**good, **wrong}, headers=JSON)
        assert answer.status_code == 422
        assert answer.json()["message"]
    # More than a revision takes is refused as one, and kept all the same.
    long = {**values_of(client.get(where)), "body": "many words " * 6000, "do": "save"}
    assert client.post(where, long).status_code == 422
    assert TypedText.objects.filter(body__startswith="many words").count() == 1
    # Who may not write has nothing kept, and nothing of it is an error page.
    assert signed_in(recorded.pia).post(where, good | {"pad": new_pad()}).status_code == 403

    clock.advance(seconds=int((TYPED_KEPT + timedelta(hours=1)).total_seconds()))
    client.post(where + "typed/", good | {"pad": new_pad()}, headers=JSON)
    assert TypedText.objects.count() == 1


def test_what_was_typed_into_a_text_that_left_meanwhile_can_still_be_read(
    recorded: SimpleNamespace, clock: Any
) -> None:
    from afterword.publishing.actions import publish_statement
    from afterword.statements.actions import approve, ask_review
    from statements.world import for_the_page_only

    statement = written(recorded, clock.now())
    where = f"/desk/statements/{statement.public_id}/"
    client, pad = signed_in(recorded.wanda), new_pad()
    client.post(
        where + "typed/", {"title": TITLE, "body": "One more thing.", "pad": pad}, headers=JSON
    )
    ask_review(actor=recorded.wanda, now=clock.now(), statement=statement)
    approve(actor=recorded.rolf, now=clock.now(), statement=statement)
    for_the_page_only(recorded, clock.now())
    publish_statement(actor=recorded.pia, now=clock.now(), statement=statement)
    page = seen(client.get(f"{where}?pad={pad}"))
    assert "published meanwhile, without what you typed" in page.words
    assert "One more thing." in page.words
