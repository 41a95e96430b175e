"""What staff say of a membership: itself, its terms and its suspensions, judged as they will stand together."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django import forms

from members import joining
from members.forms.judged import JudgedForm, JudgedFormSet
from members.judging import Problem
from members.models import Membership, Override, Term
from members.money import renewing
from ukis.choices import capitals

HOLDERS = ('organisation', 'person')


class MembershipForm(JudgedForm):
    """The holder is chosen when it begins, and stays. The admin holds the row while this is judged."""

    judged_together = HOLDERS
    today_if_empty = 'joined_on'

    class Meta:
        model = Membership
        fields = ['organisation', 'person', 'category', 'number', 'joined_on', 'ended_on', 'ended_why']
        labels = {'ended_why': 'Why it ends'}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self._is_new() and 'number' in self.fields:
            self.fields['number'].help_text = 'Empty: the next one.'
        if not self._is_new() and 'category' in self.fields:
            self.fields[
                'category'
            ].help_text = 'With another one, a next term to which nobody has agreed takes its fee and places.'

    def clean_number(self) -> int | None:
        """Left empty it is drawn when the membership begins; one that was drawn stays."""
        return self.cleaned_data['number'] or self.instance.number

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if not (self._has_one_holder(data) if self._is_new() else self._keeps_its_holder()):
            return data
        if any(data.get(name) is None for name in ('category', 'joined_on')):
            return data
        row = self._as_it_will_be(data)
        joining.lock_holder(row)
        for problem in joining.problems(row):
            self.add_error(problem.field, problem.sentence)
        return data

    def _is_new(self) -> bool:
        return self.instance.pk is None

    def _has_one_holder(self, data: dict[str, Any]) -> bool:
        chosen = [name for name in HOLDERS if data.get(name)]
        if len(chosen) != 1 and not any(name in self.errors for name in HOLDERS):
            which = 'Choose only one of the two.' if chosen else 'Choose one of the two.'
            self.add_error(
                'organisation', f'A membership belongs to one organisation or to one person. {which}'
            )
        return len(chosen) == 1

    def _keeps_its_holder(self) -> bool:
        for name in HOLDERS:
            held = getattr(self.instance, f'{name}_id')
            sent = self.data.get(self.add_prefix(name)) or self.data.get(self.add_prefix(f'{name}-typed'))
            if sent and str(sent) != str(held):
                self.add_error(
                    None,
                    f'A membership stays with its holder, {self.instance.holder}. '
                    'Another holder needs a membership of their own.',
                )
                return False
        return True

    def _as_it_will_be(self, data: dict[str, Any]) -> Membership:
        held = {name: data.get(name) if self._is_new() else getattr(self.instance, name) for name in HOLDERS}
        facts = {name: data.get(name) for name in ('category', 'joined_on', 'ended_on')}
        return Membership(pk=self.instance.pk, **held, **facts)


class TermForm(JudgedForm):
    class Meta:
        model = Term
        fields = ['start', 'end', 'fee', 'seats', 'payment', 'promised_until', 'waived_why']

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if 'payment' not in self.fields:
            return
        payment: Any = self.fields['payment']
        stands, billed = self.instance.payment, self._is_billed()
        typed = (Term.Payment.VOID,) if billed else Term.TYPED
        payment.choices = [
            (value, label)
            for value, label in capitals(Term.Payment.choices)
            if value in typed or value == stands
        ]
        if billed:
            payment.help_text = 'It follows what is paid on the invoice: see “Its money” above.'

    def _is_billed(self) -> bool:
        """Whether an invoice stands for it, by which its payment and its fee are known."""
        if self.instance.pk is None:
            return False
        return any(not row.is_void and not row.is_credited_whole for row in self.instance.invoices.all())

    def clean_fee(self) -> Decimal | None:
        fee = self.cleaned_data['fee']
        if self._is_billed() and fee != self.initial['fee']:
            raise forms.ValidationError(
                'Its invoice asks for the fee as it was. Credit that one and issue another, with the new fee.'
            )
        return fee


class TermFormSet(JudgedFormSet):
    def problems(self, rows: list[Term]) -> Iterable[Problem]:
        return renewing.problems(rows)

    def over_what_stands(self) -> list[Term]:
        """Once it was saved without being written: new rows; and those that are there as they stand by now, with what
        was typed put over it. Another category, sent with them, has changed the rest of a next term."""
        typed = {row.pk: (row, names) for row, names in self.changed_objects}
        stand = list(Term.objects.filter(pk__in=typed))
        for row in stand:
            sent, names = typed[row.pk]
            for name in names:
                setattr(row, name, getattr(sent, name))
        return [*stand, *self.new_objects]


class SuspensionForm(JudgedForm):
    today_if_empty = 'start'

    class Meta:
        model = Override
        fields = ['reason', 'start', 'until']
