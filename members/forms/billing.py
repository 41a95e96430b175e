"""What an invoice still lacks, asked for where it is drawn."""

from typing import Any

from django import forms

from members.organisations import proposals


class AddressedForm(forms.Form):
    """`address`: what the address is called that we lack; without it none is asked for, and one that is held is never
    shown."""

    address = forms.CharField(
        max_length=1000,
        widget=forms.Textarea(attrs={'rows': 5, 'maxlength': 1000, 'autocomplete': 'street-address'}),
        help_text='With the postcode, as the invoice is to have it. We keep it for the next one, too.',
        error_messages={'required': 'Write an address: no invoice is drawn without one.'},
    )

    def __init__(self, *args: Any, address: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields['address'].label = address
        if not address:
            del self.fields['address']

    def clean_address(self) -> str:
        return proposals.in_lines(self.cleaned_data['address'])
