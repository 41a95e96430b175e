"""Declaring for Gift Aid, by the member, and by staff for what came on paper."""

from datetime import date
from typing import Any

from django import forms

from members.models import GiftAidDeclaration, Person
from members.models.gift_aid import ABROAD, NAME, TITLE
from members.money import gift_aid
from ukis import days

AGREED = 'I agree to these words'


class GiftAidForm(forms.ModelForm):
    abroad = forms.BooleanField(label='This address is outside the United Kingdom', required=False)
    since = forms.ChoiceField(
        label='For which payments?',
        choices=[
            ('today', 'What I pay from today on'),
            ('past', 'What I pay from today on, and what I paid in the four years before'),
        ],
        widget=forms.RadioSelect,
        initial='today',
    )
    agrees = forms.BooleanField(
        label=AGREED, error_messages={'required': 'Tick this if you agree; without it nothing is claimed.'}
    )
    field_order = [
        'title',
        'given_names',
        'family_name',
        'house',
        'address',
        'postcode',
        'abroad',
        'since',
        'agrees',
    ]

    class Meta:
        model = GiftAidDeclaration
        fields = ['title', 'given_names', 'family_name', 'house', 'address', 'postcode']
        labels = {'address': 'Street and town'}
        help_texts = {
            'title': 'Four letters at most, such as Ms or Dr.',
            'house': 'Of your home, not of where you work.',
            'postcode': '',
        }
        widgets = {
            'title': forms.TextInput(attrs={'autocomplete': 'honorific-prefix'}),
            'given_names': forms.TextInput(attrs={'autocomplete': 'given-name'}),
            'family_name': forms.TextInput(attrs={'autocomplete': 'family-name'}),
            'house': forms.TextInput(attrs={'autocomplete': 'address-line1'}),
            'address': forms.Textarea(attrs={'rows': 3, 'autocomplete': 'address-line2'}),
            'postcode': forms.TextInput(attrs={'autocomplete': 'postal-code'}),
        }

    def __init__(self, data: Any = None, *, person: Person) -> None:
        longest = {'title': TITLE, 'given_names': NAME, 'family_name': NAME}
        initial = {name: getattr(person, name)[:most] for name, most in longest.items()}
        super().__init__(data, initial=initial)
        postcode: Any = self.fields['postcode']
        # Where they live abroad there is none.
        postcode.required, postcode.max_length = not (data and data.get('abroad')), None
        postcode.validators = []

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get('abroad'):
            data['postcode'] = ABROAD
            return data
        try:
            if 'postcode' in data:
                data['postcode'] = gift_aid.postcode(data['postcode'])
        except ValueError:
            self.add_error(
                'postcode',
                'Write a postcode such as G1 1QE, or tick that the address is outside the United Kingdom.',
            )
        return data

    def declared(self) -> dict[str, Any]:
        """As `gift_aid.declare` wants it."""
        given = {name: self.cleaned_data[name] for name in self._meta.fields or ()}
        return given | {'covers_from': self._first_day()}

    def _first_day(self) -> date:
        today = days.today()
        return (
            days.years_after(today, -gift_aid.YEARS_BACK) if self.cleaned_data['since'] == 'past' else today
        )
