"""An organisation's email domain: claimed by a contact, decided by staff."""

from typing import Any

from django import forms

from members.models import Domain
from members.organisations import domains

WAYS = [
    ('ask', 'A main contact says yes to each person'),
    ('automatic', 'Whoever confirms an address there may take a place without asking'),
]


class ClaimForm(forms.Form):
    name = forms.CharField(
        label='Domain',
        max_length=253,
        help_text='What stands behind the @ in your addresses. You need a confirmed address there yourself.',
        widget=forms.TextInput(attrs={'autocomplete': 'off', 'spellcheck': 'false'}),
    )
    way = forms.ChoiceField(
        label='How do people with an address there get a place?',
        choices=WAYS,
        widget=forms.RadioSelect,
        error_messages={'required': 'Choose one of the two.'},
    )

    @property
    def automatic(self) -> bool:
        return self.cleaned_data['way'] == 'automatic'


class DecideDomainForm(forms.ModelForm):
    """What staff say to a claim."""

    decide = forms.ChoiceField(
        label='What becomes of it?',
        choices=[('confirm', 'Confirm it: it is theirs'), ('refuse', 'Do not confirm it: the claim goes')],
        widget=forms.RadioSelect,
        error_messages={'required': 'Choose one of the two.'},
    )
    reason = forms.CharField(
        label='Why not',
        required=False,
        max_length=300,
        help_text='Where it is not confirmed, or taken away. Whoever claimed it reads it.',
    )

    class Meta:
        model = Domain
        fields = ['automatic']

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if (
            data.get('decide') == 'refuse'
            and not data.get('reason', '').strip()
            and 'reason' not in self.errors
        ):
            self.add_error('reason', 'Say why, so that they know what to do.')
        automatic = data.get('decide') == 'confirm' and data.get('automatic')
        why = domains.only_by_asking(self.instance.organisation, self.instance.name) if automatic else ''
        if why:
            self.add_error('automatic', why)
        return data
