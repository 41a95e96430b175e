"""Asking to be forgotten, by the person or by staff for whoever wrote a letter."""

from typing import Any

from django import forms

from members.forms.offices import Heirs
from members.models import Erasure, Person
from members.organisations import offices
from ukis import days, erasing

Bylines = Erasure.Bylines


class EraseForm(forms.Form):
    """Asks about print only whoever is in print; nothing is chosen beforehand."""

    bylines = forms.ChoiceField(
        label='What is published under your name',
        choices=Bylines,
        widget=forms.RadioSelect,
        help_text='Biography and picture go in any case. Whether posts are taken down the editors decide; until then '
        '“A contributor” stands under them.',
        error_messages={'required': 'Choose what becomes of your name in print.'},
    )

    def __init__(self, data: Any = None, *, person: Person) -> None:
        super().__init__(data)
        if not erasing.is_in_print(person):
            del self.fields['bylines']
        self.heirs = Heirs(self, offices.last_held_by(person))

    @property
    def choice(self) -> str:
        return self.cleaned_data.get('bylines') or Bylines.CONTRIBUTOR


class StaffEraseForm(EraseForm):
    arrived_on = days.DayField(
        label='The request arrived on',
        error_messages={'required': 'Write the day on which it arrived: the month to answer counts from it.'},
    )

    def __init__(self, data: Any = None, *, person: Person) -> None:
        super().__init__(data, person=person)
        self.fields['arrived_on'].initial = days.today()
        if 'bylines' in self.fields:
            self.fields['bylines'].label = 'What is published under their name'
        for name, office in self.heirs.offices.items():
            self.fields[name].label = f'Who is main contact of {office.organisation.shown_name} after them?'

    def clean_arrived_on(self) -> Any:
        arrived = self.cleaned_data['arrived_on']
        if arrived > days.today():
            raise forms.ValidationError('That day is still to come. Write the day on which it arrived.')
        return arrived
