"""Who keeps a place where the next term has fewer."""

from typing import Any

from django import forms

from members.places.staying import FewerPlaces
from ukis import days


class StayingForm(forms.Form):
    stay = forms.TypedMultipleChoiceField(
        label='Who stays?',
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        error_messages={'required': 'Choose at least one who stays.'},
    )

    def __init__(self, data: Any = None, *, found: FewerPlaces) -> None:
        super().__init__(data, initial={'stay': sorted(found.staying)})
        who: Any = self.fields['stay']
        who.choices = [(seat.pk, f'{seat.who}, since {days.in_words(seat.since)}') for seat in found.people]
        who.help_text = f'{found.cap} at most.'
