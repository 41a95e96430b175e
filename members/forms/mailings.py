"""What staff write to many, to whom, and as what."""

from typing import Any

from django import forms

from members.models import Mailing, Office
from ukis.choices import capitals
from ukis.letters import LINK, NOTE
from ukis.unsaved.standing import began_from


class MailingForm(forms.ModelForm):
    offices = forms.MultipleChoiceField(
        label='To whom',
        choices=capitals(Office.Role.choices),
        widget=forms.CheckboxSelectMultiple,
        help_text='Of each organisation. A membership of a person’s own is its person’s.',
        error_messages={'required': 'Choose at least one of the contacts.'},
    )

    class Meta:
        model = Mailing
        fields = ['offices', 'kind', 'subject', 'words']
        widgets = {'kind': forms.RadioSelect, 'words': forms.Textarea(attrs={'rows': 14})}
        help_texts = {
            'words': 'It begins with “Dear …” and ends with the Society’s name: write what stands between.'
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ('subject', 'words'):
            self.fields[name].required = True
        if self.instance.is_of_people:
            del self.fields['offices']
        self.fields['began'] = began_from(self)

    def clean_words(self) -> str:
        words = self.cleaned_data['words']
        if LINK in words or NOTE in words:
            raise forms.ValidationError(f'{LINK} and {NOTE} have no meaning here: take them out.')
        return words
