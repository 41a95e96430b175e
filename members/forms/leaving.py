"""Ending the membership of one's own."""

from datetime import date
from typing import Any

from django import forms

from ukis import days


class ResignForm(forms.Form):
    when = forms.ChoiceField(
        label='When does it end?',
        widget=forms.RadioSelect,
        error_messages={'required': 'Choose when it ends.'},
    )
    why = forms.CharField(
        label='Why, if you like to say so',
        required=False,
        max_length=200,
        widget=forms.Textarea(attrs={'rows': 3}),
    )

    def __init__(self, data: Any = None, *, covered_until: date | None) -> None:
        super().__init__(data)
        when: Any = self.fields['when']
        paid = [('end', f'On {days.in_words(covered_until)}, the last day paid for')] if covered_until else []
        when.choices = [*paid, ('today', 'Today')]

    @property
    def at_the_end(self) -> bool:
        return self.cleaned_data['when'] == 'end'
