"""Days as people in London count them. A due date is a date and passes at midnight there."""

from datetime import date, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo

import holidays
from django.utils import timezone

LONDON = ZoneInfo('Europe/London')


@cache
def _bank_holidays() -> holidays.HolidayBase:
    return holidays.country_holidays('GB', subdiv='ENG')


def today() -> date:
    return timezone.localdate(timezone=LONDON)


def is_working_day(day: date) -> bool:
    return day.weekday() < 5 and day not in _bank_holidays()


def add_working_days(day: date, count: int) -> date:
    """The working day that is `count` working days after `day`, which itself is not counted."""
    while count > 0:
        day += timedelta(days=1)
        count -= is_working_day(day)
    return day


def working_days_between(first: date, last: date) -> int:
    """Working days after `first` up to and with `last`."""
    return sum(is_working_day(first + timedelta(days=n)) for n in range(1, (last - first).days + 1))


def in_london(moment: datetime) -> datetime:
    """A typed, zoneless moment as London's clock means it.

    When the clocks go forward 01:30 does not exist and becomes 02:30; when they go back it exists twice
    and the first is meant.
    """
    aware = moment.replace(tzinfo=LONDON, fold=0)
    return aware.astimezone(ZoneInfo('UTC')).astimezone(LONDON)
