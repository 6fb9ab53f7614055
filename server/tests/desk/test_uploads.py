"""Large files of customers at the desk: kept, read by the worker, seen, mended, brought in."""

import csv
import io
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from afterword.audience.actions.reading import read_next
from afterword.audience.models import AffectedPerson, Customer, Intake, Subscriber
from desk.office import seen, signed_in

pytestmark = pytest.mark.django_db
ROWS = 700


def sheet(*, wrong: int = 0) -> SimpleUploadedFile:
    rows = "".join(f"A{n},Fernway,{'very high' if n < wrong else 99}\n" for n in range(ROWS))
    return SimpleUploadedFile("c.csv", f"account_id,name,sla_target\n{rows}".encode(), "text/csv")


def post(client: Client, do: str, **what: int) -> str:
    """Send the file and return where that leads."""
    answer = client.post("/desk/customers/", {"file": sheet(**what), "do": do})
    assert answer.status_code == 302
    return str(answer["Location"])


@pytest.fixture
def client(office: SimpleNamespace) -> Client:
    return signed_in(office.pia)


@pytest.fixture
def work(clock: Any) -> Any:
    return lambda: read_next(worker="w1", now=clock.now)


def test_a_large_file_leads_to_a_page_that_says_how_far_it_is(client: Client, work: Any) -> None:
    where = post(client, "write")
    page = seen(client.get(where))
    assert "Waits to be read" in page.words
    assert "until it says “Brought in”, nothing has changed" in page.words
    assert page.all("noscript")
    part = client.get(where + "progress/").content.decode()
    assert 'hx-trigger="every 1s"' in part
    assert "<html" not in part
    assert Customer.objects.count() == 0
    work()
    over = client.get(where + "progress/").content.decode()
    assert "hx-get" not in over, "nobody asks again once it is over"
    page = seen(client.get(where))
    assert "Brought in" in page.words
    assert "700 new, 0 changed, 0 unchanged" in page.words
    assert not page.all("noscript")
    assert Customer.objects.count() == ROWS


def test_it_says_how_many_rows_of_how_many(client: Client) -> None:
    where = post(client, "write")
    Intake.objects.update(
        state="reading", step="comparing", rows_done=700, rows=700, accounts_done=350, accounts=700
    )
    page = seen(client.get(where))
    assert "Comparing them with what is known" in page.words
    assert "700 of 700 rows checked. 350 of 700 customers compared" in page.words
    assert page.all("progress", value="75")


def test_what_is_read_out_changes_with_each_quarter_and_not_with_each_look(
    client: Client,
) -> None:
    where = post(client, "write")
    Intake.objects.update(state="reading", step="checking", rows_done=400, rows=700)
    heard = client.get(where + "progress/?heard=waiting").content.decode()
    assert "Checking the rows: 28 %" in heard
    assert 'hx-swap-oob="innerHTML"' in heard
    again = client.get(where + "progress/?heard=reading-checking-1").content.decode()
    assert 'hx-swap-oob="innerHTML"' not in again
    assert seen(client.get(where)).all("p", id="said", role="status")


def test_rows_to_mend_are_listed_and_taken_along(client: Client, work: Any) -> None:
    for do in ("write", "refusals", "try"):
        where = post(client, do, wrong=300)
        work()
        page = seen(client.get(where))
        assert "Nothing was written: 300 rows need mending" in page.words
        assert "Line 2: sla_target" in page.words
        assert "These are the first 200." in page.words
        taken = client.get(where + "rows-to-mend.csv")
        assert taken["Content-Disposition"] == 'attachment; filename="rows-to-mend.csv"'
        told = list(csv.DictReader(io.StringIO(taken.content.decode())))
        assert [int(row["line"]) for row in told] == list(range(2, 302))
        assert Customer.objects.count() == 0


def test_a_trial_is_brought_in_by_a_click_and_once(client: Client, work: Any) -> None:
    where = post(client, "try")
    work()
    page = seen(client.get(where))
    assert "Nothing is written yet. This file would bring 700 new" in page.words
    assert "Bring it in" in page.words
    for _ in range(2):
        assert client.post(where).status_code == 302
    assert work()
    assert not work()
    assert "This file has brought 700 new" in seen(client.get(where)).words
    assert "Bring it in" not in seen(client.get(where)).words
    assert Customer.objects.count() == ROWS


def test_a_second_upload_says_what_it_waits_for(client: Client) -> None:
    post(client, "write")
    second = post(client, "write", wrong=1)
    assert "1 upload is read before it" in seen(client.get(second)).words


def test_the_newest_uploads_are_on_the_page_of_customers(
    office: SimpleNamespace, client: Client, work: Any
) -> None:
    where = post(client, "try")
    work()
    page = seen(client.get("/desk/customers/"))
    assert page.all("a", href=where)
    assert "Pia" in page.words
    others = seen(signed_in(office.wanda).get("/desk/customers/"))
    assert not others.all("a", href=where)


def test_a_large_file_that_is_no_list_is_refused_where_it_was_chosen(client: Client) -> None:
    nonsense = SimpleUploadedFile("c.csv", b"nonsense\n" * 900, "text/csv")
    answer = client.post("/desk/customers/", {"file": nonsense, "do": "write"})
    assert answer.status_code == 422
    assert "The first row must name the columns" in seen(answer).words
    assert not Intake.objects.exists()


# Lists of other kinds go the same way


def file(text: str) -> SimpleUploadedFile:
    return SimpleUploadedFile("c.csv", text.encode(), "text/csv")


@pytest.mark.parametrize(
    ("where", "column", "title", "noun"),
    [
        ("people/", "email", "People whose data was affected", "people"),
        ("accounts/", "account_id", "What was measured of each account", "accounts"),
        ("", "email", "Subscribers", "subscribers"),
    ],
)
def test_a_long_list_of_any_kind_waits_and_says_for_which_list_it_is(
    recorded: SimpleNamespace, work: Any, where: str, column: str, title: str, noun: str
) -> None:
    client = signed_in(recorded.pia)
    page = recorded.case + where if where else "/desk/subscribers/"
    text = f"{column}\n" + "".join(f"r{n}@fernway.example\n" for n in range(20_001))
    answer = client.post(page, {"file": file(text), "do": "write"})
    assert answer.status_code == 302
    upload = answer["Location"]
    looked = seen(client.get(upload))
    assert f"{title}: an uploaded file" in looked.words
    assert looked.all("a", href=page)
    assert seen(client.get(page)).all("a", href=upload), "its list names it"
    assert not seen(client.get("/desk/customers/")).all("a", href=upload)
    Intake.objects.update(
        state="reading", step="comparing", rows_done=9, rows=9, accounts_done=4, accounts=9
    )
    assert f"4 of 9 {noun} compared" in seen(client.get(upload)).words


def test_a_long_list_of_affected_people_with_one_wrong_row_names_its_line(
    recorded: SimpleNamespace, work: Any
) -> None:
    client = signed_in(recorded.pia)
    text = "email\n" + "".join(f"r{n}@fernway.example\n" for n in range(ROWS))
    page = recorded.case + "people/"
    upload = client.post(page, {"file": file(text + "nobody\n"), "do": "write"})["Location"]
    work()
    told = seen(client.get(upload))
    assert f"Line {ROWS + 2}: 'nobody' is not an e-mail address" in told.words
    assert "Bring the mended file" in told.words
    assert len(told.all("a", href=page)) == 2
    assert AffectedPerson.objects.count() == 0
    upload = client.post(page, {"file": file(text), "do": "write"})["Location"]
    work()
    assert f"This file has brought {ROWS} new" in seen(client.get(upload)).words
    assert AffectedPerson.objects.count() == ROWS


def test_readers_who_subscribed_elsewhere_are_brought_in_at_the_desk(
    office: SimpleNamespace, client: Client
) -> None:
    text = "email,state\nnoa@fernway.example,active\nbo@fernway.example,unsubscribed\n"
    tried = client.post("/desk/subscribers/", {"file": file(text), "do": "try"})
    assert "2 new" in seen(tried).words
    assert not Subscriber.objects.exists()
    done = client.post("/desk/subscribers/", {"file": file(text), "do": "write"}, follow=True)
    assert "2 people added" in seen(done).words
    assert "1 active 1 unsubscribed" in seen(done).words
    assert seen(client.get("/desk/subscribers/")).all("input", type="file")
    assert not seen(signed_in(office.wanda).get("/desk/subscribers/")).all("input", type="file")
    refused = signed_in(office.wanda).post(
        "/desk/subscribers/", {"file": file(text), "do": "write"}
    )
    assert refused.status_code == 403
