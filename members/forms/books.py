"""Of which days the books are asked."""

from datetime import date
from typing import Any

from django import forms

from members.money import books
from ukis import days

MOST_YEARS = 10


class SpanForm(forms.Form):
    """Read from the address; without any it is the Society's financial year of today."""

    first = days.DayField(label='From', required=False, help_text='')
    last = days.DayField(label='To', required=False, help_text='')

    def __init__(self, data: Any, *, year_begins: int) -> None:
        self.year = books.year_of(days.today(), year_begins)
        super().__init__(data or None, initial={'first': self.year[0], 'last': self.year[1]})

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        first, last = self._span(data)
        if not self.errors and last < first:
            self.add_error('last', 'The last day stands before the first.')
        elif not self.errors and last >= days.years_after(first, MOST_YEARS):
            self.add_error('last', f'Choose a span of at most {MOST_YEARS} years.')
        return data

    def _span(self, data: dict[str, Any]) -> tuple[date, date]:
        return data.get('first') or self.year[0], data.get('last') or self.year[1]

    @property
    def span(self) -> tuple[date, date]:
        """What was asked for; this year where that is no span."""
        return self._span(self.cleaned_data) if self.is_bound and self.is_valid() else self.year
