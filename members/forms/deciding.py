"""What staff say when they decide on an application."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from django import forms

from members.likeness import Likeness
from members.models import Application, Category, Organisation
from members.money import billing
from ukis import days
from ukis.society.models import Society

NEW = 'new'


class ApproveApplicationForm(forms.Form):
    category = forms.ModelChoiceField(queryset=Category.objects.none(), empty_label=None)
    first = days.DayField(label='First day of the membership')
    same_as = forms.ChoiceField(label='Which organisation is it?', widget=forms.RadioSelect)
    other = forms.CharField(
        max_length=200,
        required=False,
        label='Another that we know',
        help_text='Its whole name as it stands in the list of organisations, where it is none of these.',
    )

    def __init__(
        self, *args: Any, application: Application, alike: Sequence[Likeness], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.known = {str(one.organisation.pk): one.organisation for one in alike}
        if application.organisation is not None:
            self.known.setdefault(str(application.organisation.pk), application.organisation)
        category: Any = self.fields['category']
        category.queryset = Category.objects.filter(holders=application.category.holders)
        category.initial, self.fields['first'].initial = application.category, days.today()
        if not application.is_of_organisation:
            del self.fields['same_as'], self.fields['other']
            return
        same: Any = self.fields['same_as']
        same.choices = [
            (NEW, f'A new one: {application.organisation_name}'),
            *((key, _same_as(one, application)) for key, one in self.known.items()),
        ]
        # Where something is like it, nothing is chosen for them.
        same.initial = None if self.known else NEW

    def clean_first(self) -> Any:
        first, today = self.cleaned_data['first'], days.today()
        if abs((first - today).days) > 366:
            raise forms.ValidationError('Choose a day within a year of today.')
        return first

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if name := (data.get('other') or '').strip():
            found = list(Organisation.objects.filter(name__iexact=name)[:2])
            if len(found) == 1:
                self.known[NEW] = found[0]
                self.errors.pop('same_as', None)
                data['same_as'] = NEW
            else:
                self.add_error('other', 'No organisation, or more than one, has just this name.')
        return data

    def answer(self) -> dict[str, Any]:
        """For the verb."""
        data = self.cleaned_data
        return {
            'category': data['category'],
            'first': data['first'],
            'same_as': self.known.get(data.get('same_as', '')),
        }


class DecisionNoteForm(forms.Form):
    """Somebody's own words to the applicant."""

    note = forms.CharField(
        label='What you write to the applicant',
        help_text='It stands in the letter, word for word.',
        max_length=4000,
        widget=forms.Textarea(attrs={'rows': 6}),
    )

    def answer(self) -> dict[str, Any]:
        return {'note': self.cleaned_data['note']}


def _same_as(known: Organisation, application: Application) -> str:
    """Nothing is written over what we hold: where invoices go elsewhere than was asked for, who decides reads it."""
    held = known.billing_address.split('\n')
    if not any(held) or known.billing_address.split() == application.address.split():
        return f'The same as {known}'
    address = ', '.join(line.strip() for line in held if line.strip())
    return f'The same as {known}. Its invoices go to the address that we hold: {address}'


def in_money(application: Application, category: Category) -> str:
    """What approving it today asks for, in a sentence."""
    first, last = category.term_from(days.today())
    span = f'{days.in_words(first)} to {days.in_words(last)}'
    if category.includes_next(first):
        span += ', the next year included'
    fee = category.fee_of(first, last)
    if not fee:
        return f'From today: nothing to pay for {span}.'
    price = billing.price_in_words(category, fee, Society.get())
    words = f'From today: an invoice of {price}, for {span}'
    if category.promise_days:
        until = min(last, first + timedelta(days=category.promise_days))
        words += f', and a member until {days.in_words(until)} before it is paid'
    return f'{words}. Another first day or category changes that.'
