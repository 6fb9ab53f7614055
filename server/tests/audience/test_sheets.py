import csv
import io
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from afterword.audience.sheets import MAX_BYTES, Sheet, read_sheet, write_sheet
from afterword.kit.errors import BadInput


def read(raw: str | bytes) -> Sheet:
    return read_sheet(raw, required=("account_id", "name"), optional=("tier",))


def cells(sheet: Sheet) -> list[dict[str, str]]:
    return [row.cells for row in sheet.rows]


EXPECTED = [{"account_id": "a1", "name": "Fernway, Ltd", "tier": "gold"}]


@pytest.mark.parametrize(
    "raw",
    [
        'account_id,name,tier\na1,"Fernway, Ltd",gold\n',
        'account_id,name,tier\r\na1,"Fernway, Ltd",gold\r\n',
        'account_id,name,tier\ra1,"Fernway, Ltd",gold',
        "account_id;name;tier\na1;Fernway, Ltd;gold",
        "account_id\tname\ttier\na1\tFernway, Ltd\tgold\n",
        "sep=;\r\naccount_id;name;tier\r\na1;Fernway, Ltd;gold\r\n",
        '\ufeffaccount_id,name,tier\na1,"Fernway, Ltd",gold',
        b'\xef\xbb\xbfaccount_id,name,tier\na1,"Fernway, Ltd",gold',
        'account_id,name,tier\na1,"Fernway, Ltd",gold\n'.encode("utf-16"),
        'tier,Name , ACCOUNT_ID\ngold,"Fernway,\n Ltd",a1\n',
        '\n"account_id","name","tier"\n\n,,\na1,"  Fernway, Ltd ",gold\n',
        'account_id,name,tier\na1,"Fernway, Ltd",gold,,\n',
    ],
)
def test_the_same_list_is_read_however_a_spreadsheet_saved_it(raw: str | bytes):
    sheet = read(raw)
    assert cells(sheet) == EXPECTED
    assert sheet.refused == []


def test_columns_nobody_asked_for_are_named_and_left_alone():
    sheet = read("account_id,name,phone\na1,Fernway,1\n")
    assert sheet.ignored_columns == ("phone",)
    assert cells(sheet) == [{"account_id": "a1", "name": "Fernway"}]


def test_rows_are_counted_by_the_line_they_begin_on():
    sheet = read('account_id,name,tier\na1,"two\nlines",x\nshort\n\na2,B,y\n')
    assert [row.line for row in sheet.rows] == [2, 6]
    assert sheet.refused == [(4, "has 1 cells where the header has 3")]


def test_a_declared_separator_counts_as_a_line():
    assert [row.line for row in read("sep=,\naccount_id,name\na1,B\n").rows] == [3]


@pytest.mark.parametrize(
    ("raw", "told"),
    [
        ("", "account_id, name are missing"),
        ("name\nFernway\n", "account_id is missing"),
        ("a1,Fernway,gold\n", "missing"),
        ("account_id,name,name\na1,B,C\n", "'name' is there twice"),
        ('account_id,name\na1,B\na2,"never closed\na3,C\n', "line 3"),
        ('account_id,name\na1,"B"tail\n', "line 2"),
        (b"account_id,name\na1,caf\xe9\n", "Line 2 holds bytes that are not UTF-8"),
        (b"PK\x03\x04\x00\xff\xfe\x80 a spreadsheet, not a CSV", "not UTF-8"),
        (b"\xff\xfea", "not UTF-8"),
    ],
)
def test_a_file_that_cannot_be_trusted_as_a_whole_is_refused_with_the_place(
    raw: str | bytes, told: str
):
    with pytest.raises(BadInput, match=told):
        read(raw)


def test_fifty_megabytes_are_refused_before_they_are_read():
    with pytest.raises(BadInput, match=r"50\.0 MB; 20 MB is the most"):
        read(b"x" * 50_000_000)
    with pytest.raises(BadInput, match="20 MB is the most"):
        read("x" * (MAX_BYTES + 1))


def test_one_cell_as_long_as_the_file_is_refused():
    with pytest.raises(BadInput, match="line 2"):
        read("account_id,name\na1," + "x" * 200_000)


@pytest.mark.parametrize("bad", ["\x00", "\x1b", "\x7f", "\ud800"])
def test_a_row_with_control_characters_is_refused_alone(bad: str):
    sheet = read(f"account_id,name\na1,B{bad}\na2,C\n")
    assert [line for line, _ in sheet.refused] == [2]
    assert "control character" in sheet.refused[0][1]
    assert len(sheet.rows) == 1


@pytest.mark.parametrize(
    "cell", ["=1+1", "+49 30", "-", "@home", "'=x", "''@x", "=cmd|' /C calc'!A0"]
)
def test_what_looks_like_a_formula_leaves_as_text_and_comes_back_unchanged(cell: str):
    written = write_sheet(("account_id", "name"), [(cell, "B")])
    first = next(csv.reader(io.StringIO(written.splitlines()[1])))[0]
    assert first.startswith("'")
    assert cells(read(written)) == [{"account_id": cell, "name": "B"}]


# Texts as they stand in the tables: no controls, single spaces, composed letters.
stored = st.text(st.characters(codec="utf-8", exclude_categories=("C", "Z")), max_size=20).filter(
    lambda t: t == unicodedata.normalize("NFC", t)
)
rows = st.lists(st.tuples(stored.filter(bool), stored, stored), max_size=8)


@given(rows)
def test_whatever_is_written_is_read_back(table: list[tuple[str, str, str]]):
    sheet = read(write_sheet(("account_id", "name", "tier"), table).encode())
    assert sheet.refused == []
    assert [tuple(row.cells.values()) for row in sheet.rows] == table


@given(st.text(max_size=200) | st.binary(max_size=200))
def test_no_text_at_all_does_more_than_be_read_or_refused(raw: str | bytes):
    header = "account_id,name\n"
    whole = header.encode() + raw if isinstance(raw, bytes) else header + raw
    try:
        sheet = read(whole)
    except BadInput as refusal:
        assert refusal.message.endswith((".", ". Needed: account_id, name."))
        return
    for row in sheet.rows:
        assert set(row.cells) == {"account_id", "name"}
        assert all(c == c.strip() and "\n" not in c and "\x00" not in c for c in row.cells.values())
    assert all(line >= 2 and why for line, why in sheet.refused)
