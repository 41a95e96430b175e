"""Days as people in London count, write and type them. A due date is a date and passes at midnight there."""

import re
from collections.abc import Callable, Collection
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils import timezone
from django.utils.functional import lazy

from ukis import bank_holidays

LONDON = ZoneInfo('Europe/London')


# The nations as people's and organisations' rows name them, and as the list of bank holidays does.
NATIONS = {'england': 'ENG', 'scotland': 'SCT', 'wales': 'WLS', 'northern-ireland': 'NIR'}


SOCIETY = 'england'  # whose calendar the Society keeps


def is_bank_holiday(day: date, nations: Collection[str] = ()) -> bool:
    """In any of these nations; in any of the four where none is known."""
    return any(bank_holidays.named(NATIONS[nation], day) for nation in nations or NATIONS)


def bank_holiday(day: date) -> str:
    """What a holiday on the Society's calendar is called, or nothing."""
    return bank_holidays.named(NATIONS[SOCIETY], day)


def today() -> date:
    return timezone.localdate(timezone=LONDON)


def london_day(moment: datetime) -> date:
    """The day in London on which a moment falls."""
    return timezone.localdate(moment, LONDON)


def next_midnight(now: datetime) -> datetime:
    """When the next day begins in London."""
    return datetime.combine(london_day(now) + timedelta(days=1), time.min, LONDON)


def in_words(day: date) -> str:
    """'4 March 2027'."""
    return f'{day.day} {day:%B %Y}'


def moment_in_words(moment: datetime) -> str:
    """'4 March 2027 at 14:02 UK time'."""
    local = timezone.localtime(moment, LONDON)
    return f'{in_words(local.date())} at {local:%H:%M} UK time'


def day_before(day: date) -> date:
    return day - timedelta(days=1)


def before(day: date, count: int) -> date:
    return day - timedelta(days=count)


def years_after(day: date, years: int) -> date:
    """The same day of a later year; 29 February becomes 1 March where there is none."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return date(day.year + years, 3, 1)


def months_begun(first: date, last: date) -> int:
    """How many months begin between the two days, both included: 15 June to 14 July is one, to 15 July two."""
    return (last.year - first.year) * 12 + last.month - first.month + (last.day >= first.day)


def late_by(due: date, on: date | None = None) -> str:
    """'8 days late', the same everywhere; nothing where it is not. Due today is not late."""
    count = ((on or today()) - due).days
    return '' if count < 1 else f'{count} day{"" if count == 1 else "s"} late'


# Given by the clock: what staff corrected between two days, as {day: is off}.
corrections: list[Callable[[date, date], dict[date, bool]]] = []


def add_working_days(day: date, count: int) -> date:
    """The working day that is `count` working days after `day`, which itself is not counted; by the Society's one
    calendar, with the days that staff added."""
    corrected: dict[date, bool] = {}
    if count > 0:
        for given in corrections:
            corrected |= given(day, day + timedelta(days=2 * count + 30))
    while count > 0:
        day += timedelta(days=1)
        count -= day.weekday() < 5 and not corrected.get(day, is_bank_holiday(day, [SOCIETY]))
    return day


def in_london(moment: datetime) -> datetime:
    """A typed, zoneless moment as London's clock means it.

    When the clocks go forward 01:30 does not exist and becomes 02:30; when they go back it exists twice
    and the first is meant.
    """
    aware = moment.replace(tzinfo=LONDON, fold=0)
    return aware.astimezone(ZoneInfo('UTC')).astimezone(LONDON)


class DayInput(forms.DateInput):
    """Text, not the browser's own picker: each of those takes one way of typing only, and shows another."""

    def format_value(self, value: Any) -> Any:
        return in_words(value) if isinstance(value, date) else value  # what was typed stays as it was


def _ahead(words: str) -> str:
    return f'{words} 12 November {today().year + 1}.'


# Where a day that is past would be refused.
EXAMPLE_AHEAD, WRITTEN_AHEAD = (
    lazy(_ahead, str)(words) for words in ('For example,', 'Write the day like this:')
)


class DayField(forms.DateField):
    """A day in any of the ways in which people here write one; `ukis.formats` lists them."""

    widget = DayInput
    HINT = 'For example, 12 November 2026.'
    default_error_messages = {'invalid': 'Write the day like this: 12 November 2026.'}
    _ORDINAL = re.compile(r'\b(\d{1,2})(?:st|nd|rd|th)\b', re.IGNORECASE)
    _SEPTEMBER = re.compile(r'\bsept\b', re.IGNORECASE)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{'help_text': self.HINT, **kwargs})

    def to_python(self, value: Any) -> date | None:
        if isinstance(value, str):
            value = self._SEPTEMBER.sub('Sep', self._ORDINAL.sub(r'\1', value.replace(',', ' ')))
            value = ' '.join(value.split())
        day = super().to_python(value)
        if day is not None and not 1900 <= day.year <= 2999:
            # Days are counted from it, and no calendar goes on for ever.
            raise forms.ValidationError('Choose a day between 1900 and 2999.')
        return day
