"""What staff are asked before they do something with money. Each form is the questions of one act."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django import forms

from members.models import Invoice, Membership, Payment
from members.models.billing import pounds
from members.models.extra_seats import MOST
from members.money import billing, late_money
from ukis import days
from ukis.choices import capitals

CHANGED = (
    'Somebody changed it since you opened this page. Now: %s Look whether what you typed is still right.'
)


def pounds_field(**given: Any) -> forms.DecimalField:
    return forms.DecimalField(min_value=Decimal('0.01'), max_digits=10, decimal_places=2, **given)


def reason_field(label: str, **given: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=300, **given)


class MoneyForm(forms.Form):
    """`row` as it stood when the page was opened goes with the form: what changed meanwhile is looked at first, so
    that no payment is recorded twice."""

    seen = forms.CharField(required=False, widget=forms.HiddenInput)
    is_overtaken = False
    said: Sequence[str] = ()  # what there is to know before it is done

    def __init__(self, *args: Any, row: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.row = row
        self.fields['seen'].initial = self.stands = stands(row)
        self.prepare()

    def prepare(self) -> None:
        """What of the questions depends on the row."""

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if self.data.get('seen', self.stands) != self.stands:
            self.is_overtaken = True
            self.data = {**{name: self.data.get(name) for name in self.data}, 'seen': self.stands}
            self.add_error(None, CHANGED % self.stands)
        return data

    def answer(self) -> dict[str, Any]:
        return {name: value for name, value in self.cleaned_data.items() if name != 'seen'}


def stands(row: Any) -> str:
    """How a row stands, in words that change whenever it does."""
    if isinstance(row, Invoice):
        beside = f' Order number {row.po_number}.' if row.po_number else ''
        return f'{row}: {row.sentence}{beside}'
    if isinstance(row, Payment):
        whose = ' It was not the member’s own money.' if row.own_money is False else ''
        whose = ' It was the member’s own money.' if row.own_money else whose
        return (
            f'{pounds(row.left)} of it is put to no invoice.{whose}'
            if not row.reversed_on
            else 'It was taken back.'
        )
    invoice = row.invoices.order_by('-number').first()
    more = ''.join(f' {extra}, taken on {days.in_words(extra.at)}.' for extra in row.extra_seats.all())
    return f'The term is {row.get_payment_display()}. {stands(invoice) if invoice else "It has no invoice."}{more}'


class RecordForm(MoneyForm):
    received_on = days.DayField(label='Received on', help_text='The bank’s value date. ' + days.DayField.HINT)
    amount = pounds_field(label='Amount (£)')
    method = forms.ChoiceField(label='How it came', choices=capitals(Payment.Method.choices))
    reference = forms.CharField(
        label='Reference', max_length=300, required=False, help_text='What the payer wrote.'
    )

    own_money = forms.TypedChoiceField(
        label='Whose money it was',
        choices=[
            ('', 'Not said'),
            ('own', 'The member’s own'),
            ('other', 'An employer’s, or somebody else’s'),
        ],
        coerce=lambda said: said == 'own',
        empty_value=None,
        required=False,
        help_text='Gift Aid is claimed for own money alone. Where it is not said, the page of Gift Aid asks.',
    )

    def prepare(self) -> None:
        if not self.row.membership.category.gift_aid:
            del self.fields['own_money']
        self.fields['amount'].initial = self.asked() or None
        self.fields['amount'].help_text = 'What is more than the invoice stays the payer’s balance.'

    def asked(self) -> Decimal:
        return self.row.owed


class TermPaymentForm(RecordForm):
    """Of a term without an invoice, which is drawn for the money."""

    def asked(self) -> Decimal:
        return billing.price_of(self.row)


class WriteOffForm(MoneyForm):
    reason = reason_field(
        'Why it is let go', help_text='The bank kept it, for example. It stands in the books.'
    )


class CreditForm(MoneyForm):
    amount = pounds_field(label='How much (£)', required=False, help_text='Empty: all that is left of it.')
    reason = reason_field('Why', help_text='It stands on the credit note.')


class VoidForm(MoneyForm):
    why = reason_field('Why it is void', help_text='The number stays listed, with this.')


class CompleteForm(MoneyForm):
    po_number = forms.CharField(label='Purchase-order number', max_length=60, required=False)
    attention = forms.CharField(label='For the attention of', max_length=200, required=False)

    def prepare(self) -> None:
        for name in ('po_number', 'attention'):
            self.fields[name].initial = getattr(self.row, name, '')


class ReissueForm(CompleteForm):
    fee = pounds_field(label='Fee (£)', required=False, help_text='Empty: as it is, less what was credited.')
    reason = reason_field('Why', help_text='It stands on the credit note.')
    field_order = ['reason', 'fee', 'po_number', 'attention']

    def prepare(self) -> None:
        super().prepare()
        if self.row.term_id is None:
            del self.fields['fee']


class SeatsForm(CompleteForm):
    number = forms.IntegerField(label='How many more', min_value=1, max_value=MOST)
    field_order = ['number', 'po_number', 'attention']


class WhoseForm(MoneyForm):
    """Asks nothing more."""


class AgreedForm(MoneyForm):
    """Asks nothing more."""


class PromiseForm(MoneyForm):
    until = days.DayField(
        label='Promised until',
        help_text='A day before the term begins covers nothing, and only puts off the reminders. '
        + days.DayField.HINT,
    )


class WaiveForm(MoneyForm):
    why = reason_field('Why the fee is waived', help_text='What is owed on its invoice is credited.')


class ChooseInvoiceForm(MoneyForm):
    invoice = forms.ModelChoiceField(Invoice.objects.none(), label='Which invoice', empty_label=None)

    def prepare(self) -> None:
        field: Any = self.fields['invoice']
        field.queryset = of_membership(self.row.membership)
        field.label_from_instance = lambda row: f'{row}: {row.sentence}'


class PutForm(ChooseInvoiceForm):
    amount = pounds_field(label='How much (£)')

    def prepare(self) -> None:
        super().prepare()
        first = self.fields['invoice'].queryset.first()  # type: ignore[attr-defined]
        if first is not None:
            self.fields['amount'].initial = min(first.owed, self.row.left)


class NewTermForm(ChooseInvoiceForm):
    """Of money that came late: for an invoice that stands, or for one that will be drawn."""

    def prepare(self) -> None:
        super().prepare()
        choice = late_money.choice_of(self.row)
        self.said = choice.said if choice else [late_money.CHOSEN]
        if choice is None or choice.claim is None:
            self.fields = {'seen': self.fields['seen']}


class OldDaysForm(NewTermForm, PutForm):
    pass


class RefundForm(MoneyForm):
    amount = pounds_field(label='How much (£)')
    sent_on = days.DayField(label='Sent back on')
    why = reason_field('Why')

    def prepare(self) -> None:
        self.fields['amount'].initial = self.row.left or None


class TakeBackForm(MoneyForm):
    why = reason_field('What happened', help_text='The payer reads this.')


def of_membership(membership: Membership) -> Any:
    """The invoices to which something can be put, the oldest first."""
    return membership.invoices.open().order_by('number')
