"""Rows of a form that has many: as many are read as were sent, whatever the form says there are."""

import re
from collections.abc import Mapping
from typing import Any

from django.contrib.humanize.templatetags.humanize import intcomma
from django.core.exceptions import ValidationError
from django.forms import BaseInlineFormSet
from django.forms.formsets import INITIAL_FORM_COUNT, TOTAL_FORM_COUNT

# No page leaves a gap of so many: what stands beyond it was typed on none.
GAP = 20


def rows_sent(data: Mapping[str, Any], prefix: str) -> int:
    """How many rows there are of which anything was sent, those without an answer between them included."""
    number = re.compile(rf'{re.escape(prefix)}-([0-9]{{1,4}})-')
    found = 0
    for sent in sorted({int(row[1]) for row in map(number.match, data) if row}):
        if sent > found + GAP:
            break
        found = sent + 1
    return found


class SentFormSet(BaseInlineFormSet):
    """Makes no form for a row that was not sent: a number alone would buy thousands. Where it was far too high,
    nothing is saved, and the page comes back with what was sent and the number put right."""

    said = 0  # how many rows the page claimed, where that was not so

    def __init__(self, data: Any = None, *args: Any, **kwargs: Any) -> None:
        super().__init__(data, *args, **kwargs)
        if not data:
            return
        counts, prefix = self.management_form.cleaned_data, str(self.prefix)
        total, real = counts.get(TOTAL_FORM_COUNT) or 0, rows_sent(data, prefix)
        if total > real + GAP:
            self.said = total
            old = min(counts.get(INITIAL_FORM_COUNT) or 0, real, len(self.get_queryset()))
            put_right = {
                f'{prefix}-{TOTAL_FORM_COUNT}': str(real),
                f'{prefix}-{INITIAL_FORM_COUNT}': str(old),
            }
            self.data = data.copy()
            for name, number in put_right.items():
                self.data[name] = number  # type: ignore[index]  # a copy that can be written
            del self.management_form  # made anew of what was put right

    def clean(self) -> None:
        super().clean()
        if self.said:
            real = self.total_form_count()
            were = 'was' if real == 1 else 'were'
            raise ValidationError(
                f'The page said that it had {intcomma(self.said)} rows here, and {real} {were} sent. Nothing is '
                'saved yet: look through what came, and save it once more.'
            )
