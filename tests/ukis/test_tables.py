"""Tables as CSV: read by spreadsheets without being reckoned, and given back exactly."""

import csv
import io
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ukis import tables


@pytest.mark.parametrize(
    ('text', 'written'),
    [
        ('=1+1', "'=1+1"),
        ('+44 141 444 8500', "'+44 141 444 8500"),
        ('-5', "'-5"),
        ('@home', "'@home"),
        ('\tx', "'\tx"),
        ('＝1', "'＝1"),
        ("'=1", "''=1"),
        ('’s-Hertogenbosch', '’s-Hertogenbosch'),
        ("'t Hooft", "'t Hooft"),
        ('0042', '0042'),
        ('', ''),
    ],
)
def test_what_would_be_reckoned_stays_text(text, written):
    assert tables.guarded(text) == written
    assert tables.unguarded(written) == text


@given(st.text(alphabet=st.sampled_from("'=+-@\t\rab1 ＝"), max_size=8))
def test_the_guard_is_taken_back_exactly(text):
    assert tables.unguarded(tables.guarded(text)) == text
    assert tables.guarded(text)[:1] not in set('=+-@\t\r＝')


def test_a_table_is_streamed_with_its_mark_line_by_line():
    asked = []

    def rows():
        for number in range(3):
            asked.append(number)
            yield [number, 'Łódź, "ŵ"', None]

    lines = tables.download('Owed in March', ['number', '=name', 'note'], rows()).streaming_content

    first = next(lines)
    assert (first, asked) == ("\ufeffnumber,'=name,note\r\n".encode(), [])
    next(lines)
    assert asked == [0]
    rest = b''.join(lines).decode()
    assert list(csv.reader(io.StringIO(rest))) == [['1', 'Łódź, "ŵ"', ''], ['2', 'Łódź, "ŵ"', '']]


def test_values_stand_as_a_spreadsheet_takes_them():
    moment = datetime(2027, 6, 1, 23, 30, tzinfo=UTC)

    values = [Decimal('-5.50'), 7, True, False, date(2027, 3, 4), moment, None, '-5.50']

    assert [tables.cell(value) for value in values] == [
        '-5.50', '7', 'yes', 'no', '2027-03-04', '2027-06-02 00:30', '', "'-5.50",
    ]  # fmt: skip
