from django import forms

from members.models import Organisation
from members.models.people import Nation
from ukis import addresses


class OrganisationForm(forms.ModelForm):
    nations = forms.MultipleChoiceField(
        choices=Nation.choices, required=False, widget=forms.CheckboxSelectMultiple
    )

    class Meta:
        model = Organisation
        fields = [
            'name', 'short_name', 'slug', 'kind', 'nations', 'website', 'logo_alt', 'description', 'part_of',
            'successor', 'public', 'topics',
        ]  # fmt: skip

    def clean_slug(self) -> str:
        slug = self.cleaned_data['slug']
        return addresses.refuse_taken(slug, self.instance, 'organisation') if slug else slug
