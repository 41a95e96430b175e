"""Offices as staff give and end them, and as contacts do."""

from collections.abc import Iterable
from typing import Any

from django import forms

from members import offices
from members.forms.judged import JudgedForm, JudgedFormSet
from members.judging import Problem
from members.models import Office, Organisation, Person, Seat


class StaffOfficeForm(JudgedForm):
    judged_together = ('person',)
    today_if_empty = 'since'

    class Meta:
        model = Office
        fields = ['person', 'role', 'since', 'until']


class OfficeFormSet(JudgedFormSet):
    def problems(self, rows: list[Office]) -> Iterable[Problem]:
        return offices.problems(rows)


class AppointForm(forms.Form):
    """Offices go to people with a place."""

    person = forms.ModelChoiceField(Person.objects.none(), label='Who', empty_label='Choose a person')
    role = forms.ChoiceField(label='Which office', choices=[('', 'Choose an office'), *Office.Role.choices])

    def __init__(self, data: Any = None, *, organisation: Organisation) -> None:
        super().__init__(data)
        seats: Any = Seat.objects.active().in_membership().filter(membership__organisation=organisation)
        who: Any = self.fields['person']
        who.queryset = Person.objects.filter(pk__in=seats.values('person')).order_by('family_name', 'name')


class StepDownForm(forms.Form):
    """Whoever leaves is asked for a successor, and may leave without."""

    successor = forms.ChoiceField(
        label='Who takes it over?',
        widget=forms.RadioSelect,
        error_messages={'required': 'Choose one of these.'},
    )

    def __init__(self, data: Any = None, *, office: Office) -> None:
        super().__init__(data)
        self.people = {str(person.pk): person for person in offices.successors(office)}
        nobody = (
            'Nobody yet: the office falls vacant, and the Society’s staff are told'
            if offices.is_last_main(office)
            else 'Nobody'
        )
        choices = [(key, person.printed_name) for key, person in self.people.items()]
        who: Any = self.fields['successor']
        who.choices = [*choices, ('nobody', nobody)]

    @property
    def chosen(self) -> Person | None:
        return self.people.get(self.cleaned_data['successor'])
