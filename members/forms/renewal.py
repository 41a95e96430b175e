"""What somebody answers to a renewal."""

from typing import Any

from django import forms
from django.core import signing

from members.forms.billing import AddressedForm
from members.models import Organisation
from members.models.people import Nation
from members.organisations import proposals

LONG = {'rows': 4, 'maxlength': 2000}


class RenewForm(AddressedForm):
    po_number = forms.CharField(
        label='Purchase-order number',
        required=False,
        max_length=60,
        help_text='If your finance office wants one on the invoice. It can be added later, too.',
    )
    attention = forms.CharField(label='For the attention of', required=False, max_length=200)


class WishForm(forms.Form):
    words = forms.CharField(
        label='What is to be changed',
        max_length=2000,
        widget=forms.Textarea(attrs=LONG),
        help_text='A name, an address, the number of places, another category: staff see to it and write to you.',
        error_messages={'required': 'Write what is to be changed.'},
    )


class FilledWith(forms.CharField):
    """The hidden field `began`: with what the others were filled when the page was shown, so that of a page that lay
    open nothing is asked for but what its reader changed. It comes back as it was sent."""

    widget = forms.HiddenInput

    def __init__(self, organisation: Organisation, filled: dict[str, Any]) -> None:
        super().__init__(required=False)
        self.salt = f'the page of a renewal of organisation {organisation.pk}'
        self.names = set(filled)
        self.seal(filled)

    def seal(self, filled: dict[str, Any]) -> None:
        self.initial = signing.dumps(filled, salt=self.salt, compress=True)

    def clean(self, value: str | None) -> dict[str, Any]:
        try:
            filled: dict[str, Any] = signing.loads(value or '', salt=self.salt)
        except signing.BadSignature:
            filled = {}
        if set(filled) != self.names:
            raise forms.ValidationError(
                'It cannot be told what you changed here. Compare each field with what we hold, and send it once more.'
            )
        self.seal(filled)
        return filled

    def bound_data(self, data: Any, initial: Any) -> Any:
        return self.initial


class ChangeForm(forms.ModelForm):
    """What an organisation's renewal shows of it, filled in: never saved. `changes` in its data are the fields that
    somebody changed, for `proposals.ask`. What waits already stands in it."""

    nations = forms.MultipleChoiceField(
        choices=Nation.choices, required=False, widget=forms.CheckboxSelectMultiple
    )
    words = forms.CharField(
        label='Anything else',
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs=LONG),
        help_text='The number of places, another category, who speaks for you: staff see to it and write to you.',
    )

    class Meta:
        model = Organisation
        fields = proposals.AT_RENEWAL
        widgets = {'billing_address': forms.Textarea(attrs={'rows': 5, 'maxlength': 1000})}
        help_texts = {
            'name': 'In full, as it stands in the directory and on invoices. The earlier one is kept.',
            'billing_address': 'As invoices name it. One that is drawn before staff have looked has what we hold.',
        }
        error_messages = {
            'name': {'required': 'Write the name of the organisation.'},
            'website': {'invalid': 'Write a web address, such as https://www.institute.example.'},
        }

    def __init__(self, sent: Any, *, instance: Organisation, prefix: str) -> None:
        self.now = proposals.filled(instance)
        self.is_stale = False
        super().__init__(sent, instance=instance, initial=self.now, prefix=prefix)
        self.fields['began'] = self.began = FilledWith(instance, self.now)

    def clean_nations(self) -> list[str]:
        return sorted(self.cleaned_data['nations'])

    def clean_billing_address(self) -> str:
        return proposals.in_lines(self.cleaned_data['billing_address'])

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        changes = data['changes'] = {}
        if (filled := data.get('began')) is None:
            return data
        for name in proposals.AT_RENEWAL:
            if name not in self.errors and data[name] != filled[name]:
                changes[name] = (self.now[name], data[name])
                self._compare(name, filled)
        if 'billing_address' in changes and not changes['billing_address'][1]:
            self.add_error('billing_address', 'Write an address: no invoice is drawn without one.')
        if not (self.errors or changes or data.get('words')):
            self.add_error('words', 'Change a field above, or write here what is to be changed.')
        return data

    def _compare(self, name: str, filled: dict[str, Any]) -> None:
        """With what stands or waits by now. Sent once more it is asked for knowingly instead of that."""
        if self.now[name] in (filled[name], self.cleaned_data[name]):
            return
        now = proposals.in_words(name, self.now[name])
        self.add_error(
            name, f'Meanwhile this says “{now}”. Send yours once more if it is to be instead of that.'
        )
        self.is_stale = True
        filled[name] = self.now[name]
        self.began.seal(filled)


class RefuseForm(forms.Form):
    why = forms.CharField(
        label='Why, if you like to say so', required=False, max_length=2000, widget=forms.Textarea(attrs=LONG)
    )
    sure = forms.BooleanField(
        label='Yes, the membership is to end',
        error_messages={'required': 'Tick that the membership is to end, so that nobody ends it by a slip.'},
    )
