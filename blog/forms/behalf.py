"""Writing for somebody else, and what somebody named has to say: yes or no, or against it."""

from collections.abc import Mapping
from typing import Any

from allauth.account.models import EmailAddress
from django import forms

from blog.forms.submissions import long_text
from members.models import Organisation, Person
from ukis.lines import one_line

OFF = {'autocomplete': 'off'}  # what a browser knows is of whoever sits before it


class BehalfForm(forms.Form):
    """Who is to be printed. Nobody is looked up: an address tells nothing of whose it is."""

    name = forms.CharField(
        label='Their name, as it is to be printed', max_length=200, widget=forms.TextInput(attrs=OFF)
    )
    email = forms.EmailField(
        max_length=254,
        label='Their email address',
        help_text='It is never printed. A letter asks them when you submit whether they agree.',
        widget=forms.EmailInput(attrs=OFF),
    )
    role = forms.CharField(
        label='Their job title', required=False, max_length=200, widget=forms.TextInput(attrs=OFF)
    )
    affiliation = forms.CharField(
        label='Their organisation', required=False, max_length=200, widget=forms.TextInput(attrs=OFF)
    )

    def __init__(self, data: Mapping | None = None, *, by: Person) -> None:
        self.by = by
        super().__init__(data, prefix='for')

    def clean_email(self) -> str:
        email = self.cleaned_data['email'].strip().lower()
        if EmailAddress.objects.filter(user=self.by, email__iexact=email).exists():
            raise forms.ValidationError('This is your own address. Write in your own name, or give theirs.')
        return email

    def fields_to_print(self) -> dict[str, Any]:
        """Fields of an Authorship, for `workflow.start`."""
        given = {name: one_line(value) for name, value in self.cleaned_data.items()}
        return given | {'organisation': Organisation.objects.called(given['affiliation'])}


class ObjectForm(forms.Form):
    words = long_text(
        'What you object to',
        help_text='The editors and whoever handles the submission read it.',
        most=2000,
    )


class VouchForm(forms.Form):
    words = long_text(
        'How and when they agreed',
        help_text='For example: by telephone, on 3 December. They read it, and so do the editors.',
        most=2000,
    )


class AgreeForm(forms.Form):
    """The answer of somebody who is named; none is chosen for them."""

    answer = forms.ChoiceField(
        label='Is your name to stand under it?',
        choices=[
            ('yes', 'Yes, I am one of its authors and agree to be named'),
            ('no', 'No, take my name off'),
        ],
        widget=forms.RadioSelect,
        error_messages={'required': 'Choose yes or no.'},
    )
