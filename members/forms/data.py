"""A request or a complaint about data, and what staff answer."""

from typing import Any

from django import forms

from members.models import DataRequest, Person


class DataRequestForm(forms.Form):
    kind = forms.ChoiceField(
        label='What is it?',
        choices=DataRequest.Kind,
        widget=forms.RadioSelect,
        error_messages={'required': 'Choose one of the four.'},
    )
    words = forms.CharField(
        label='In your own words',
        max_length=4000,
        help_text='What happened, or what you ask for.',
        widget=forms.Textarea(attrs={'rows': 8}),
        error_messages={'required': 'Say in a few words what it is about.'},
    )
    name = forms.CharField(
        label='Your name', max_length=200, widget=forms.TextInput(attrs={'autocomplete': 'name'})
    )
    email = forms.EmailField(
        label='Your email address',
        max_length=254,
        help_text='We answer there. Use the one that you have used with us, so that we find what is yours.',
        widget=forms.EmailInput(attrs={'autocomplete': 'email'}),
    )

    def __init__(self, *args: Any, person: Person | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if person is not None:  # we know who asks
            del self.fields['name'], self.fields['email']


class AnswerDataRequestForm(forms.ModelForm):
    reply = forms.CharField(
        label='Your answer',
        max_length=4000,
        help_text='It is sent to them as you write it, and kept here.',
        widget=forms.Textarea(attrs={'rows': 10}),
        error_messages={'required': 'Write the answer.'},
    )

    class Meta:
        model = DataRequest
        fields: list[str] = []
