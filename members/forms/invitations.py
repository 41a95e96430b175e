"""Inviting somebody to a place, and answering."""

from typing import Any

from django import forms

from members.models import Person

# Said where their address is first ours to use.
NO_NOTES = (
    'Do not send me the notes of members who ask to be introduced to me. I can change this at any time.'
)


class InviteForm(forms.Form):
    address = forms.EmailField(
        label='Email address',
        max_length=254,
        help_text='We write to it once, and once more if you ask for it. Tell them that a letter comes.',
        widget=forms.EmailInput(attrs={'autocomplete': 'off'}),
    )


class AnswerForm(forms.Form):
    """The answer to an invitation; none is chosen beforehand."""

    answer = forms.ChoiceField(
        label='Do you take this place?',
        choices=[('yes', 'Yes, I take it'), ('no', 'No, thank you')],
        widget=forms.RadioSelect,
        error_messages={'required': 'Choose yes or no.'},
    )
    name = forms.CharField(
        label='Your name, as it is to be printed',
        max_length=200,
        help_text='Without the title. An account is made under it if you say yes.',
        error_messages={'required': 'Write your name, so that your colleagues see who came.'},
    )
    works_there = forms.BooleanField(
        label='I work there now: say so on my profile, in place of where I worked before', required=False
    )
    job_title = forms.CharField(label='My job title there', required=False, max_length=200)
    no_notes = forms.BooleanField(label=NO_NOTES, required=False)

    def __init__(self, data: Any = None, *, person: Person | None, may_say_yes: bool) -> None:
        super().__init__(data)
        if person or not may_say_yes:
            del self.fields['name'], self.fields['no_notes']
        elif data is not None and data.get('answer') != 'yes':
            self.fields['name'].required = False
        if not may_say_yes:
            del self.fields['works_there'], self.fields['job_title']
            answer: Any = self.fields['answer']
            answer.label, answer.choices = 'Or is it not for you?', [('no', 'No, thank you')]

    @property
    def says_yes(self) -> bool:
        return self.cleaned_data.get('answer') == 'yes'
