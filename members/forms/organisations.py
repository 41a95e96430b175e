from typing import Any

from django import forms

from members import weblinks
from members.forms.pictures import PicturedForm
from members.models import Organisation
from members.models.people import Nation
from ukis.pictures.fields import PictureField


class OrganisationForm(PicturedForm):
    pictured = 'logo'
    nations = forms.MultipleChoiceField(
        choices=Nation.choices, required=False, widget=forms.CheckboxSelectMultiple
    )
    slip = forms.BooleanField(
        required=False,
        label='The old name was a slip',
        help_text='A new name keeps the old one among the earlier names, with its days; a slip is not kept.',
    )
    logo_file = PictureField(label='Logo', shows='On a white or a clear ground.')
    remove_logo = forms.BooleanField(required=False, label='Remove the logo')

    class Meta:
        model = Organisation
        fields = [
            'name', 'short_name', 'slug', 'kind', 'nations', 'website', 'links', 'logo_alt', 'description', 'part_of',
            'public', 'topics', 'billing_address',
        ]  # fmt: skip
        labels = {'logo_alt': 'The logo in words', 'topics': 'Topics'}
        help_texts = {
            'logo_alt': 'For those who do not see it: “Logo of …” and what it shows, if that says something.',
            'topics': 'Separated by commas.',
        }

    def clean_links(self) -> str:
        return weblinks.tidy(self.cleaned_data['links'])

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if self.will_have_picture() and not data.get('logo_alt') and 'logo_alt' not in self.errors:
            self.add_error('logo_alt', 'Say in a few words what the logo shows.')
        return data
