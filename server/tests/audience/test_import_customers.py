from datetime import datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from afterword.accounts.permissions import MACHINE
from afterword.audience.actions.customers import import_customers
from afterword.audience.actions.reports import Report
from afterword.audience.models import Contact, Customer
from afterword.audience.queries.customers import contacts_of, customers_as_csv
from afterword.audit.queries import entries_about
from afterword.components.actions import create_component
from afterword.components.models import Page
from afterword.kit.errors import BadInput, NotAllowed

HEADER = "account_id,name,tier,sla_target,contact_name,contact_email\n"
TWO = (
    HEADER
    + "a1,Fernway,gold,99.95,Mira Holt,Mira@Fernway.example\n"
    + "a1,Fernway,gold,99.95,,ops@fernway.example\n"
    + "a2,Oakline,,,,\n"
)


@pytest.fixture
def take(page: Page, now: datetime):
    def take(text: str | bytes, **told: object) -> Report:
        given = {"actor": MACHINE, "now": now, "page": page}
        return import_customers(csv_text=text, **(given | told))  # type: ignore[arg-type]

    return take


def test_customers_come_with_their_contacts_and_targets(take, page: Page):
    report = take(TWO)
    assert (report.added, report.changed, report.unchanged, report.refused) == (2, 0, 0, 0)
    assert report.written
    fernway = Customer.objects.get(account_id="a1")
    assert (fernway.name, fernway.tier, fernway.sla_target) == ("Fernway", "gold", Decimal("99.95"))
    assert [(one.customer.name, one.email, one.name) for one in contacts_of(page)] == [
        ("Fernway", "mira@fernway.example", "Mira Holt"),
        ("Fernway", "ops@fernway.example", ""),
        # Nobody stands for Oakline, which the plan has to know as well.
        ("Oakline", "", ""),
    ]


def test_the_same_file_again_changes_nothing(take, page: Page, now: datetime):
    take(TWO)
    report = take(TWO, now=now + timedelta(days=1))
    assert (report.added, report.changed, report.unchanged) == (0, 0, 2)
    assert not Customer.objects.filter(updated_at__gt=now).exists()


def test_what_the_file_says_differently_is_changed_and_the_rest_stays(take, page: Page):
    take(TWO)
    report = take("account_id;name;sla_target\na1;Fernway Group;99,9 %\n")
    assert (report.added, report.changed, report.unchanged) == (0, 1, 0)
    fernway = Customer.objects.get(account_id="a1")
    assert (fernway.name, fernway.tier) == ("Fernway Group", "gold")
    assert fernway.sla_target == Decimal("99.9")
    assert Contact.objects.filter(customer=fernway).count() == 2


def test_an_empty_target_says_that_there_is_none(take, page: Page):
    take(TWO)
    take("account_id,name,sla_target\na1,Fernway,\n")
    assert Customer.objects.get(account_id="a1").sla_target is None


def test_credit_regions_and_components_come_too_and_go_out_again(take, page: Page, now: datetime):
    sending = create_component(
        actor=MACHINE, now=now, page=page, name="Invoice sending", aliases=["sending"]
    )
    create_component(actor=MACHINE, now=now, page=page, name="Sign-in", public_id="sign-in")
    take(
        "account_id,name,sla_credit,regions,components\n"
        "a1,Fernway,10 %,EU; US ;EU,Sending; sign-in\n"
    )
    fernway = Customer.objects.get()
    assert (fernway.sla_credit, fernway.regions) == (Decimal(10), ["EU", "US"])
    assert fernway.components == sorted([sending.public_id, "sign-in"])
    again = take(customers_as_csv(page))
    assert (again.added, again.changed, again.refused) == (0, 0, 0)
    report = take("account_id,name,components\na2,Oakline,Telepathy\n")
    assert report.rows_refused == (
        (2, "'Telepathy' is no component of the page; write its name or its id"),
    )
    assert Customer.objects.count() == 1


@pytest.mark.parametrize(
    ("row", "why"),
    [
        (",Fernway,,,,", "account_id is empty"),
        ("a3,,,,,", "name is empty"),
        ("a3,F,,101,,", "no percentage"),
        ("a3,F,,0,,", "no percentage"),
        ("a3,F,,NaN,,", "no percentage"),
        ("a3,F,,1e999999999,,", "no percentage"),
        ("a3,F,,٩٩,,", "no percentage"),
        ("a3,F,,99.99999,,", "four decimals"),
        ("a3,F,,,Mira,", "no contact_email"),
        ("a3,F,,,Mira,mira@", "'mira@' is not an e-mail address"),
        ("a3,F,,,Mira,mira@[10.0.0.5]", "there is no domain name on the internet"),
        ("a3,F,,,Mira,Mira <mira@x.example>", "not an e-mail address"),
        ("a3,F,,,,a@x.example;b@x.example", "not an e-mail address"),
        ("a3,F", "has 2 cells"),
        ("a3,F,,,,,,extra", "has 8 cells"),
        ("a3," + "n" * 201 + ",,,,", "name has 201 characters"),
        ("a1,Other name,gold,99.95,,", "name of a1 is 'Other name' here and 'Fernway' above"),
        ("a1,Fernway,gold,,,", "sla_target of a1 is empty here"),
        ("a1,Fernway,gold,99.95,Mia,mira@fernway.example", "'Mira Holt' above and 'Mia' here"),
    ],
)
def test_one_bad_row_is_named_by_line_and_keeps_the_file_out(take, row: str, why: str):
    report = take(TWO + row + "\n")
    assert [line for line, _ in report.rows_refused] == [5]
    assert why in report.rows_refused[0][1]
    assert not report.written
    assert Customer.objects.count() == 0


def test_sound_rows_go_in_when_the_refused_ones_may_be_skipped(take, page: Page):
    report = take(TWO + "a3,F,,,,bad\n", skip_refused=True)
    assert (report.written, report.added, report.refused) == (True, 2, 1)
    assert sorted(Customer.objects.values_list("account_id", flat=True)) == ["a1", "a2"]


def test_a_dry_run_counts_and_writes_nothing(take, page: Page):
    report = take(TWO, dry_run=True)
    assert (report.added, report.written) == (2, False)
    assert Customer.objects.count() == 0
    assert entries_about(f"page:{page.public_id}")[-1].verb != "audience.import_customers"


def test_rows_that_say_nothing_new_are_counted(take):
    report = take(TWO + "a1,Fernway,gold,99.95,,MIRA@fernway.example\na2,Oakline,,,,\n")
    assert (report.duplicates, report.refused, report.added) == (2, 0, 2)


def test_many_refused_rows_are_counted_and_the_first_are_shown(take):
    report = take(HEADER + "a,F,,,,bad\n" * 500)
    assert report.refused == 500
    assert len(report.rows_refused) == 200
    assert report.rows_refused[0][0] == 2
    assert [line for line, _ in report.every_refusal] == list(range(2, 502))


def test_a_contact_name_in_the_file_replaces_the_known_one(take):
    take(TWO)
    report = take(
        "account_id,name,contact_name,contact_email\n"
        "a1,Fernway,Mira Holt-Lee,mira@fernway.example\n"
    )
    assert report.changed == 1
    assert Contact.objects.get(email="mira@fernway.example").name == "Mira Holt-Lee"


def test_line_breaks_in_a_cell_do_not_reach_a_mail_header(take):
    take(HEADER + 'a1,Fernway,,99,"Mira\r\nBcc: all@x.example",mira@fernway.example\n')
    assert Contact.objects.get().name == "Mira Bcc: all@x.example"


def test_only_who_manages_the_audience_may(take, now: datetime):
    from statements.world import person

    with pytest.raises(NotAllowed):
        take(TWO, actor=person(now, "Guest"))


def test_a_file_without_the_columns_is_refused_whole(take):
    with pytest.raises(BadInput, match="account_id is missing"):
        take("name\nFernway\n")


def test_five_thousand_customers_go_in_with_few_questions_to_the_database(
    take, django_assert_max_num_queries
):
    rows = "".join(f"a{n},Company {n},,99.9,,ops@c{n}.example\n" for n in range(5000))
    with django_assert_max_num_queries(120):
        assert take(HEADER + rows).added == 5000
    assert Contact.objects.count() == 5000


def test_the_export_is_safe_in_a_spreadsheet_and_comes_back_unchanged(take, page: Page):
    take(TWO + "=1+1,@Danger,+x,,-Mira,mira@danger.example\n")
    written = customers_as_csv(page)
    assert "'=1+1,'@Danger,'+x" in written
    report = take(written)
    assert (report.added, report.changed, report.unchanged) == (0, 0, 3)


word = st.text("abcÄ=+-@', ;\"\n", max_size=6)
row = st.tuples(
    st.sampled_from(["a1", "a2", "=3", ""]),
    word,
    st.sampled_from(["", "gold"]),
    st.sampled_from(["", "99.9", "99,95%", "abc", "101"]),
    word,
    st.sampled_from(["", "a@x.example", "B@x.example", "no address"]),
)


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(table=st.lists(row, max_size=6), skip=st.booleans())
def test_any_file_is_taken_whole_or_not_at_all_and_a_second_time_changes_nothing(
    take, page: Page, table: list[tuple[str, ...]], skip: bool
):
    from afterword.audience.sheets import write_sheet

    Customer.objects.filter(page=page).delete()
    raw = write_sheet(HEADER.strip().split(","), table)
    report = take(raw, skip_refused=skip)
    assert report.written == (skip or not report.refused)
    assert Customer.objects.count() == (report.added if report.written else 0)
    if report.written:
        again = take(raw, skip_refused=skip)
        assert (again.added, again.changed) == (0, 0)
        exported = take(customers_as_csv(page))
        assert (exported.added, exported.changed, exported.refused) == (0, 0, 0)
