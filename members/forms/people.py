from collections.abc import Iterable
from typing import Any

from allauth.account.models import EmailAddress
from django import forms
from django.http import HttpRequest

from members import meeting, moving, staffing
from members.forms.judged import JudgedForm, JudgedFormSet
from members.forms.pictures import PicturedForm
from members.judging import Problem
from members.models import Affiliation, Person
from ukis import days
from ukis.choices import with_capitals
from ukis.keys import KeysField
from ukis.lines import one_line
from ukis.pictures.fields import PictureField
from ukis.tags import TagNamesField
from ukis.unsaved.standing import began_from


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
        user.part_name()
        user.save(update_fields=['name', 'given_names', 'family_name', 'slug'])

    def clean_name(self) -> str:
        name: Any = self.cleaned_data['name']
        return one_line(name)


# What browsers know of somebody, under the names by which they know it.
KNOWN = {
    'title': 'honorific-prefix',
    'name': 'name',
    'given_names': 'given-name',
    'family_name': 'family-name',
}


class ProfileForm(PicturedForm):
    """One's own profile. What is printed under a post was frozen when it came out and does not change with it."""

    pictured = 'photo'
    photo_file = PictureField(label='Photo', shows='Your face, to be shown beside your biography.')
    remove_photo = forms.BooleanField(required=False, label='Remove my photo')
    seeks = TagNamesField(
        most=meeting.MOST_TOPICS,
        max_length=2_000,
        required=False,
        label='Topics you seek',
        help_text='What you would like to learn, separated by commas. People who offer it are suggested to you.',
    )
    field_order = ['title', 'name', 'given_names', 'family_name', 'biography', 'photo_file', 'remove_photo',
                   'orcid', 'nation', 'website', 'topics', 'seeks']  # fmt: skip

    class Meta:
        model = Person
        fields = ['title', 'name', 'given_names', 'family_name', 'biography', 'orcid', 'nation', 'website',
                  'topics', 'page_for', 'biography_for', 'photo_for', 'nation_for', 'links_for', 'work_for',
                  'topics_for', 'sought_for', 'may_be_asked', 'indexed', 'postal_address']  # fmt: skip
        labels = {'topics': 'Topics you offer'}
        widgets = {
            **{name: forms.TextInput(attrs={'autocomplete': known}) for name, known in KNOWN.items()},
            'website': forms.URLInput(attrs={'autocomplete': 'url'}),
            'biography': forms.Textarea(attrs={'rows': 6}),
            'postal_address': forms.Textarea(attrs={'rows': 5, 'autocomplete': 'street-address'}),
        }
        help_texts = {
            'postal_address': 'For invoices and Gift Aid. Only our staff see it, whatever you chose above.'
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.instance.photo_id:
            del self.fields['remove_photo']
        for name in ('title', 'given_names', 'family_name', 'orcid', 'nation', 'website'):
            self.fields[name].required = False
        for field in self.fields.values():
            with_capitals(field)
        self.fields['topics'].help_text = 'What you know and would talk about, separated by commas.'
        self.initial['seeks'] = ', '.join(meeting.sought_names(self.instance))
        self.fields['began'] = began_from(self)

    def save(self, commit: bool = True) -> Person:
        person = super().save(commit)
        meeting.seek(person, self.cleaned_data['seeks'])
        return person


class StaffPersonForm(PicturedForm):
    """Somebody as staff keep them. Whether they may sign in, and as what, is judged while nobody else changes it."""

    pictured = 'photo'
    photo_file = PictureField(label='Photo', shows='Their face.')
    remove_photo = forms.BooleanField(required=False, label='Remove the photo')

    class Meta:
        # The model speaks to the person; here staff read it.
        labels = {
            'topics': 'Topics',
            'page_for': 'Who sees their page',
            'work_for': 'Who sees where they work',
            'topics_for': 'Who sees the topics they offer',
            'sought_for': 'Who sees the topics they seek',
            'may_be_asked': 'Members may ask to be introduced to them',
            'indexed': 'Search engines may list their page',
        }
        help_texts = {
            'biography': 'About 80 words, in the third person. It is printed under their posts.',
            'page_for': 'Their page in the directory. Who sees no page sees nothing that stands on it; what is printed '
            'under a post is public.',
            'may_be_asked': 'Members write a note; nobody’s address is shown to anybody unless this person says yes.',
        }

    def clean_email(self) -> str | None:
        """Not an address with which somebody else signs in, be it their second one."""
        email = (self.cleaned_data['email'] or '').strip().lower() or None
        others = EmailAddress.objects.filter(email=email, verified=True).exclude(user=self.instance.pk)
        if email and others.exists():
            raise forms.ValidationError('Somebody else signs in with this address.')
        return email

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        person = self.instance
        asked = {'is_staff', 'is_active', 'groups', 'email'} & set(self.fields)
        if person.pk is None or not asked or asked & set(self.errors):
            return data
        staffing.lock()
        would_be: dict[str, Any] = {
            name: data.get(name) if name in asked else getattr(person, name)
            for name in ('is_staff', 'is_active', 'email')
        }
        groups = data['groups'] if 'groups' in asked else person.groups.all()
        for problem in staffing.problems(person, groups=groups, **would_be):
            self.add_error(problem.field, problem.sentence)
        return data


class StaffAffiliationForm(JudgedForm):
    judged_together = ('person',)

    class Meta:
        model = Affiliation
        fields = ['organisation', 'job_title', 'since', 'until', 'main']


class StaffAffiliationFormSet(JudgedFormSet):
    def problems(self, rows: list[Affiliation]) -> Iterable[Problem]:
        return moving.problems(rows)


class AffiliationForm(forms.ModelForm):
    """Where somebody works. Whoever adds a place is asked whether they left another."""

    left = KeysField(
        Affiliation.objects.none(),
        required=False,
        label='Did you leave one of these?',
        widget=forms.CheckboxSelectMultiple,
    )
    left_on = days.DayField(
        required=False,
        label='Your last day there',
        help_text='Empty: the day before the new one begins.',
    )

    class Meta:
        model = Affiliation
        fields = ['organisation', 'job_title', 'since', 'until', 'main']
        widgets = {
            'organisation': forms.Select(attrs={'autocomplete': 'organization'}),
            'job_title': forms.TextInput(attrs={'autocomplete': 'organization-title'}),
        }
        field_classes = {'since': days.DayField, 'until': days.DayField}
        help_texts = dict.fromkeys(('since', 'until'), days.DayField.HINT)
        labels = {'main': 'This is the main place where I work'}

    def __init__(self, *args: Any, leaving: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        who: Any = self.fields['left']
        if self.instance.pk is None:
            open_ones = self.instance.person.affiliations.filter(until=None)
            who.queryset = open_ones.select_related('organisation')
        if not who.queryset:
            del self.fields['left'], self.fields['left_on']
        if self.instance.pk:
            self.fields['began'] = began_from(self)
            if leaving and self.instance.until is None:
                self.initial['until'] = days.today()

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        left = data.get('left') or ()
        if {'since', 'left_on'} & set(self.errors):
            return data
        last = data.get('left_on') or moving.last_day(Affiliation(since=data.get('since')))
        if data.get('left_on') and not left:
            self.add_error('left', 'Tick which one you left, or leave the day empty.')
        for row in left:
            if row.since and row.since > last:
                began = days.in_words(row.since)
                self.add_error('left_on', f'You began there on {began}. Write that day or a later one.')
        return data
