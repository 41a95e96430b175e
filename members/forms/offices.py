"""Offices as staff give and end them, and as contacts do."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms

from members.forms.judged import JudgedForm, JudgedFormSet
from members.judging import Problem
from members.models import Office, Organisation, Person, Seat
from members.organisations import offices
from ukis.choices import capitals


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
    role = forms.ChoiceField(
        label='Which office', choices=[('', 'Choose an office'), *capitals(Office.Role.choices)]
    )

    def __init__(self, data: Any = None, *, organisation: Organisation) -> None:
        super().__init__(data)
        seats: Any = Seat.objects.active().in_membership().filter(membership__organisation=organisation)
        who: Any = self.fields['person']
        who.queryset = Person.objects.filter(pk__in=seats.values('person')).order_by('family_name', 'name')


class SuccessorField(forms.ChoiceField):
    """Whoever leaves an office is asked for a successor, and may leave without."""

    widget = forms.RadioSelect

    def __init__(self, office: Office, label: str = 'Who takes it over?') -> None:
        self.people = {str(person.pk): person for person in offices.successors(office)}
        nobody = (
            'Nobody yet: the office falls vacant, and the Society’s staff are told'
            if offices.is_last_main(office)
            else 'Nobody'
        )
        choices = [*((key, person.printed_name) for key, person in self.people.items()), ('nobody', nobody)]
        super().__init__(label=label, choices=choices, error_messages={'required': 'Choose one of these.'})

    def person(self, value: str) -> Person | None:
        return self.people.get(value)


class StepDownForm(forms.Form):
    def __init__(self, data: Any = None, *, office: Office) -> None:
        super().__init__(data)
        self.fields['successor'] = SuccessorField(office)

    @property
    def chosen(self) -> Person | None:
        field: Any = self.fields['successor']
        return field.person(self.cleaned_data['successor'])


class EndPlaceForm(forms.Form):
    """`held`: what somebody does there whose place is to end; mostly they have left."""

    def __init__(self, data: Any = None, *, held: Sequence[Office]) -> None:
        super().__init__(data)
        if held:
            roles = ' and '.join(dict.fromkeys(office.get_role_display() for office in held))
            self.fields['offices'] = forms.BooleanField(
                label=f'They are no longer {roles} either',
                help_text='Untick it only if they go on doing that without a place.',
                required=False,
                initial=True,
            )


class LeaveForm(forms.Form):
    """A place given up; the last main contact is asked who takes the office over."""

    def __init__(self, data: Any = None, *, organisation: Organisation, person: Person) -> None:
        super().__init__(data)
        self.heirs = Heirs(
            self, [one for one in offices.last_held_by(person) if one.organisation == organisation]
        )

    @property
    def chosen(self) -> Person | None:
        return next(iter(self.heirs.named().values()), None)


class Heirs:
    """On a form of somebody who goes: for each office that falls vacant by it, who takes it over."""

    def __init__(self, form: forms.Form, held: Iterable[Office]) -> None:
        self.form, self.offices = form, {f'successor_{office.pk}': office for office in held}
        for name, office in self.offices.items():
            label = f'Who is main contact of {office.organisation.shown_name} after you?'
            form.fields[name] = SuccessorField(office, label)

    def named(self) -> dict[Office, Person]:
        chosen = {}
        for name, office in self.offices.items():
            field: Any = self.form.fields[name]
            if person := field.person(self.form.cleaned_data[name]):
                chosen[office] = person
        return chosen
