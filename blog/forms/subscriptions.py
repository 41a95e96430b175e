"""What somebody who wants posts by email is asked, and what they choose later."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms

from blog.models import Often, Subscription
from blog.subscribing import Wish

NOT_AT_ALL = 'Not at all'
OFTEN = [
    (Often.AT_ONCE, 'Each post as soon as it is out'),
    (Often.WEEKLY, 'Once a week, what was new'),
    (Often.MONTHLY, 'Once a month, what was new'),
]


class SubscribeForm(forms.Form):
    """`wishes`: what can be chosen here; of one alone nothing is asked."""

    email = forms.EmailField(
        label='Your email address',
        max_length=254,
        widget=forms.EmailInput(attrs={'autocomplete': 'email'}),
    )
    what = forms.ChoiceField(label='What you want', widget=forms.RadioSelect)
    often = forms.ChoiceField(
        label='How often', choices=OFTEN, initial=Often.WEEKLY, widget=forms.RadioSelect
    )

    def __init__(self, data: Any = None, *, wishes: Sequence[Wish]) -> None:
        super().__init__(data)
        self.wishes = {str(number): wish for number, wish in enumerate(wishes)}
        if len(wishes) == 1:
            del self.fields['what']
        else:
            what: Any = self.fields['what']
            what.choices = [(key, wish.words) for key, wish in self.wishes.items()]
            what.initial = '0'

    @property
    def wish(self) -> Wish:
        return self.wishes[self.cleaned_data.get('what', '0')]


class ConfirmForm(forms.Form):
    """A box for each that waits, ticked: what somebody else asked for is unticked here."""

    def __init__(self, data: Any = None, *, waiting: Iterable[Subscription]) -> None:
        super().__init__(data)
        for row in waiting:
            label = f'{row.what}, {row.get_often_display()}'
            self.fields[f'yes-{row.pk}'] = forms.BooleanField(label=label, required=False, initial=True)

    @property
    def keys(self) -> list[int]:
        return [int(name.removeprefix('yes-')) for name, said in self.cleaned_data.items() if said]


class SubscriptionsForm(forms.Form):
    """Of each that was confirmed once how often, or not at all."""

    def __init__(self, data: Any = None, *, rows: Iterable[Subscription]) -> None:
        super().__init__(data)
        for row in rows:
            self.fields[f'often-{row.pk}'] = forms.ChoiceField(
                label=row.what,
                help_text=f'You followed “{row.taken_from}”, of which this was a part.'
                if row.taken_from
                else '',
                choices=[*OFTEN, ('', NOT_AT_ALL)],
                initial=row.often if row.is_standing else '',
                required=False,
                widget=forms.RadioSelect,
            )

    @property
    def said(self) -> dict[int, str]:
        return {int(name.removeprefix('often-')): said for name, said in self.cleaned_data.items()}
