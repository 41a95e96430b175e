from typing import Any

from django import forms
from django.http import HttpRequest

from members.models import Affiliation, Person
from ukis import days
from ukis.pictures.fields import PictureField


class NameForm(forms.Form):
    """What signing up asks beside address and password."""

    name = forms.CharField(
        max_length=200,
        label='Your name',
        help_text='As it is to be printed under what you write.',
        widget=forms.TextInput(attrs={'autocomplete': 'name'}),
    )
    field_order = ['name', 'email', 'password1', 'password2']

    def signup(self, request: HttpRequest, user: Person) -> None:
        user.name = self.cleaned_data['name']
        user.slug = ''  # proposed before there was a name
        user.save(update_fields=['name', 'given_names', 'family_name', 'slug'])

    def clean_name(self) -> str:
        name: Any = self.cleaned_data['name']
        return ' '.join(name.split())


# What browsers know of somebody, under the names by which they know it.
KNOWN = {
    'title': 'honorific-prefix',
    'name': 'name',
    'given_names': 'given-name',
    'family_name': 'family-name',
}


class ProfileForm(forms.ModelForm):
    """One's own profile. What is printed under a post was frozen when it came out and does not change with it."""

    photo_file = PictureField(label='Photo', shows='Your face, to be shown beside your biography.')
    remove_photo = forms.BooleanField(required=False, label='Remove my photo')

    class Meta:
        model = Person
        fields = ['title', 'name', 'given_names', 'family_name', 'biography', 'orcid', 'nation', 'website',
                  'page_for', 'biography_for', 'photo_for']  # fmt: skip
        widgets = {
            **{name: forms.TextInput(attrs={'autocomplete': known}) for name, known in KNOWN.items()},
            'website': forms.URLInput(attrs={'autocomplete': 'url'}),
            'biography': forms.Textarea(attrs={'rows': 6}),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.instance.photo_id:
            del self.fields['remove_photo']
        for name in ('title', 'given_names', 'family_name', 'orcid', 'nation', 'website'):
            self.fields[name].required = False
        photo: Any = self.fields['photo_file']
        photo.by = self.instance

    def save(self, commit: bool = True) -> Person:
        if self.cleaned_data.get('photo_file'):
            self.instance.photo = self.cleaned_data['photo_file']
        elif self.cleaned_data.get('remove_photo'):
            self.instance.photo = None
        return super().save(commit)


class AffiliationForm(forms.ModelForm):
    class Meta:
        model = Affiliation
        fields = ['organisation', 'job_title', 'since', 'until', 'main']
        widgets = {
            'organisation': forms.Select(attrs={'autocomplete': 'organization'}),
            'job_title': forms.TextInput(attrs={'autocomplete': 'organization-title'}),
        }
        field_classes = {'since': days.DayField, 'until': days.DayField}
        help_texts = dict.fromkeys(('since', 'until'), days.DayField.HINT)
