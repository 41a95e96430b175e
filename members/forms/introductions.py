from typing import Any

from django import forms
from django.db.models import TextChoices

from members.models.introductions import LONGEST, SHORTEST
from members.models.people import Nation
from ukis.lines import one_line


class IntroductionAnswer(TextChoices):
    YES = 'yes', 'Yes, introduce us: each sees the other’s email address'
    NO = 'no', 'No. Nobody is told, and the same person cannot ask again for six months'
    REPORT = 'report', 'No, and show this note to the office: it should not have been sent'


class IntroductionForm(forms.Form):
    """A note to somebody whom one would like to meet."""

    topic = forms.CharField(
        label='What it is about',
        max_length=100,
        help_text='A topic, in a few words.',
        widget=forms.TextInput(attrs={'list': 'topics'}),
    )
    note = forms.CharField(
        label='Your note',
        max_length=LONGEST,
        help_text=f'Why you ask, and what for: {SHORTEST} to {LONGEST:,} characters, without addresses or links.',
        widget=forms.Textarea(attrs={'rows': 8}),
        error_messages={'required': 'Write why you ask.'},
    )

    def clean_topic(self) -> str:
        return one_line(self.cleaned_data['topic'])


class IntroductionAnswerForm(forms.Form):
    """No answer is chosen for them."""

    answer = forms.ChoiceField(
        label='Your answer',
        choices=IntroductionAnswer.choices,
        widget=forms.RadioSelect,
        error_messages={'required': 'Choose one of the answers.'},
    )
    why = forms.CharField(
        label='If you show it to the office: why',
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={'rows': 3}),
    )


class PeopleForm(forms.Form):
    """By what the list of people is narrowed."""

    name = forms.CharField(label='Name', required=False, max_length=100)
    offers = forms.CharField(
        label='Offers', required=False, max_length=100, widget=forms.TextInput(attrs={'list': 'topics'})
    )
    seeks = forms.CharField(
        label='Seeks', required=False, max_length=100, widget=forms.TextInput(attrs={'list': 'topics'})
    )
    organisation = forms.CharField(label='Organisation', required=False, max_length=200)
    nation = forms.ChoiceField(label='Nation', required=False, choices=[('', 'All nations'), *Nation.choices])

    def asked(self) -> dict[str, Any]:
        """What can be asked of it: what cannot stand in a field narrows nothing, and is said beside it."""
        self.full_clean()
        return {name: self.cleaned_data.get(name, '') for name in self.fields}
