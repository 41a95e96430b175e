"""Bank holidays: the kept list's, read by a child, which takes the memory for every country's with it."""

import subprocess
import sys
from datetime import date, timedelta

import holidays
import pytest

from ukis import bank_holidays, days

ASKS = """
import sys
from datetime import date

from ukis import bank_holidays

print(bank_holidays.named('ENG', date(2027, 3, 26)), 'holidays' in sys.modules)
"""


@pytest.fixture(autouse=True)
def _asked_anew():
    bank_holidays._known.cache_clear()
    yield
    bank_holidays._known.cache_clear()


def test_they_are_those_of_the_list_in_each_nation():
    listed = {nation: holidays.country_holidays('GB', subdiv=nation) for nation in bank_holidays.NATIONS}
    every_day = [date(2019, 1, 1) + timedelta(days=number) for number in range(10 * 365)]

    for nation, its in listed.items():
        found = {day: name for day in every_day if (name := bank_holidays.named(nation, day))}
        assert found == {day: its.get(day) for day in every_day if day in its}


def test_whoever_asks_does_not_hold_the_list_of_all_countries():
    said = subprocess.run([sys.executable, '-c', ASKS], capture_output=True, text=True, check=True).stdout

    assert said == 'Good Friday False\n'


@pytest.mark.parametrize('why', [OSError, subprocess.SubprocessError, ValueError])
def test_where_no_child_can_be_had_the_list_is_read_here(why, monkeypatch):
    def refuse(*args, **kwargs):
        raise why

    monkeypatch.setattr(subprocess, 'run', refuse)

    assert days.bank_holiday(date(2027, 3, 26)) == 'Good Friday'
    assert not days.is_bank_holiday(date(2027, 3, 25))


def test_a_year_of_which_no_child_was_asked_is_read_here():
    assert days.bank_holiday(date(1999, 12, 27)) == 'Christmas Day (observed)'
    assert days.bank_holiday(date(2090, 12, 25)) == 'Christmas Day'
