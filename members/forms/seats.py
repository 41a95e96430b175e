"""Seats as staff give and end them."""

from collections.abc import Iterable
from typing import Any

from members.forms.judged import JudgedForm, JudgedFormSet
from members.judging import Problem
from members.models import Seat
from members.places import seats


class SeatForm(JudgedForm):
    """One seat of a membership; on its own page judged with the others there."""

    judged_together = ('person',)
    today_if_empty = 'since'

    class Meta:
        model = Seat
        fields = ['membership', 'person', 'state', 'since', 'until']

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if person := self.fields.get('person'):
            person.required = not self.instance.address
            if self.instance.address:
                person.help_text = f'Invited: {self.instance.address}.'


class SeatAloneForm(SeatForm):
    def clean(self) -> dict[str, Any]:
        data = super().clean()
        membership = data.get('membership') or (self.instance.membership if self.instance.pk else None)
        if membership is None or self.errors:
            return data
        facts = {name: data[name] for name in ('person', 'state', 'since', 'until')}
        seat = Seat(
            pk=self.instance.pk,
            membership=membership,
            address=self.instance.address,
            holds_until=self.instance.holds_until,
            **facts,
        )
        others = membership.seats.exclude(pk=seat.pk).select_related('person')
        for problem in seats.problems(membership, [*others, seat]):
            if seat in problem.rows:
                self.add_error(problem.field, problem.sentence)
        return data


class SeatFormSet(JudgedFormSet):
    def _existing_object(self, pk: Any) -> Seat:
        """Also one that the page no longer has room for since it was opened."""
        try:
            return super()._existing_object(pk)  # type: ignore[misc]
        except KeyError:
            membership: Any = self.instance
            return membership.seats.select_related('person').get(pk=pk)

    def problems(self, rows: list[Seat]) -> Iterable[Problem]:
        """With those that ended long ago, which the page does not show."""
        membership: Any = self.instance
        if membership.pk is None:
            return seats.problems(membership, rows)
        shown = {form.instance.pk for form in self.initial_forms}
        hidden = membership.seats.exclude(pk__in=shown).select_related('person')
        return seats.problems(membership, [*rows, *hidden])
