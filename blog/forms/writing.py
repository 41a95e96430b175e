"""The writer’s form: the words, the lead picture, the tags; and what of it a buffer keeps."""

import re
from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.signing import BadSignature, Signer
from django.utils.safestring import mark_safe

from blog.forms.byline import BylineNameForm
from blog.models import Submission, Version, Words
from blog.models.words import LINES, TEXTS
from members.models import Person
from ukis import markup
from ukis.editor import ProseField
from ukis.lines import one_line
from ukis.markup.languages import LANGUAGES
from ukis.pictures.fields import PictureField
from ukis.pictures.models import Picture
from ukis.tags import TagNamesField

MOST_TAGS = 12
TYPED_IN_IT = (*LINES, *TEXTS)  # in the language of the submission
NOT_TYPED = ('base', 'lead_file')


def mark_language(form: forms.Form) -> None:
    """Marks what is typed in the language of the submission, as the form says that it is, with it."""
    language = form['language'].value() or markup.OF_PAGES
    for name in TYPED_IN_IT if language != markup.OF_PAGES and language in dict(LANGUAGES) else ():
        if name in form.fields:
            form.fields[name].widget.attrs['lang'] = language


class WordsForm(forms.Form):
    """All words of a version. Saving asks for almost nothing; what is missing is said before submitting.

    `base` is the number of the version one started from (see `base_of`). A picture that was sent stays chosen by
    the signed `lead_kept`, also where the rest of the form comes back with an error.
    """

    base = forms.CharField(required=False, widget=forms.HiddenInput)
    title = forms.CharField(max_length=200, required=False, widget=forms.Textarea(attrs={'rows': 2}))
    standfirst = forms.CharField(
        max_length=2_000,
        required=False,
        help_text='Two or three sentences under the title: what it is about, and why it matters.',
        widget=forms.Textarea(attrs={'rows': 3}),
    )
    body = ProseField(
        label='Text',
        required=False,
        help_text=mark_safe(
            # A plain textarea takes from a clipboard nothing but the bare words.
            '<span class="by-script">Paste from Word or Google Docs, or write here. '
            'Headings, lists, links, tables and footnotes are kept.</span>'
        ),
    )
    references = ProseField(
        required=False,
        help_text='Only if there are any: one to a line.',
        widget=ProseField.widget(attrs={'rows': 6}, guide=False),
    )
    # The form itself holds on to what was chosen, for a draft that is kept without being sent.
    lead_file = PictureField(label='Choose a picture', widget=forms.FileInput)
    lead_kept = forms.CharField(required=False, max_length=200, widget=forms.HiddenInput)
    lead_remove = forms.BooleanField(label='Take this picture out', required=False)
    lead_alt = forms.CharField(
        label='What the picture shows',
        required=False,
        max_length=300,
        help_text='Read aloud to people who do not see it.',
    )
    lead_decorative = forms.BooleanField(
        label='It is decorative: it says nothing that the words do not say', required=False
    )
    lead_caption = forms.CharField(label='Caption', required=False, max_length=300)
    lead_credit = forms.CharField(label='Credit', required=False, max_length=200, help_text='Who made it.')
    tags = TagNamesField(
        most=MOST_TAGS,
        required=False,
        max_length=1_500,
        help_text='Two or more, with commas between them.',
        widget=forms.TextInput(attrs={'autocomplete': 'off'}),
    )
    language = forms.ChoiceField(choices=LANGUAGES, required=False)

    def __init__(
        self,
        data: Mapping | None = None,
        files: Any = None,
        *,
        submission: Submission,
        by: Person,
        typed: Mapping[str, str] | None = None,
        base: int | None = None,
    ) -> None:
        """`typed` and `base`: what a buffer kept, shown in place of the words that stand."""
        self.by = by
        self.standing = submission.current
        self.signer = Signer(salt=f'lead picture of {submission.pk}')
        self.lead: Picture | None = self.standing.lead_picture
        initial = {
            name: getattr(self.standing, name) for name in (*TYPED_IN_IT, 'lead_decorative', 'language')
        }
        initial |= {'base': self.standing.number, 'tags': ', '.join(self.standing.tag_words)}
        if typed is not None:
            initial |= {name: typed[name] for name in self.base_fields if name in typed}
            initial |= {name: name in typed for name in ('lead_decorative', 'lead_remove')}
            initial['base'] = base
            self.lead = self._kept(typed.get('lead_kept'))
        initial['lead_kept'] = self._sign(self.lead)
        super().__init__(data, files, initial=initial)
        mark_language(self)
        lead: Any = self.fields['lead_file']
        lead.by = by

    def _sign(self, picture: Picture | None) -> str:
        return self.signer.sign(str(picture.pk)) if picture else ''

    def _kept(self, token: str | None) -> Picture | None:
        """The picture that was chosen before; the standing one where the form does not say."""
        if token is None:
            return self.standing.lead_picture
        try:
            return Picture.objects.filter(pk=self.signer.unsign(token)).first() if token else None
        except BadSignature:
            return self.standing.lead_picture

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        self.lead = given.get('lead_file') or self._kept(self.data.get('lead_kept'))
        if given.get('lead_remove') and not self.files.get('lead_file'):
            self.lead = None
        self._hold_on_to(lead_kept=self._sign(self.lead), lead_remove='')
        return given

    def _hold_on_to(self, **values: str) -> None:
        """So that a form that comes back holds these instead of what was sent."""
        held: Any = self.data.copy()  # type: ignore[attr-defined]  # a QueryDict, or the data of a draft
        for name, value in values.items():
            held[name] = value
            if not value:
                del held[name]
        held.setdefault('lead_kept', '')
        self.data = held

    def go_on_from(self, number: int) -> None:
        """After a refused save: what was typed stays, and the next save starts from what stands now."""
        self._hold_on_to(base=str(number))
        self.initial['base'] = number

    def words(self) -> Words:
        given = self.cleaned_data
        words = Words(
            lead_picture_id=self.lead.pk if self.lead else None,
            lead_decorative=given['lead_decorative'],
            tag_words=given['tags'],
            language=given['language'] or self.standing.language,
            **{name: given[name] for name in TEXTS},
            **{name: one_line(given[name]) for name in LINES},
        )
        return words if self.lead else words.without_lead_texts()

    def says(self, version: Version) -> bool:
        """Whether these are the words of that version."""
        return version.words() == self.words()

    def as_version(self) -> Version:
        """To be compared with another, never saved. What could not be read counts as it stands."""
        words = self.words() if self.is_valid() else self.standing.words()
        return self.standing.with_words(words)

    def notices(self) -> list[str]:
        """What was left out of the text and what came in changed, in sentences."""
        fields: Any = self.fields
        return (fields['body'].told + fields['references'].told).sentences()


def typed_in(data: Any) -> dict[str, list[str]]:
    """The fields as typed, of a posted form, for a buffer; nothing else that somebody sends."""
    mine = {f'me-{name}' for name in BylineNameForm.base_fields}
    wanted = (set(WordsForm.base_fields) | mine) - set(NOT_TYPED)
    return {name: data.getlist(name) for name in wanted if name in data}


def base_of(data: Mapping[str, Any]) -> int:
    """The version's number that a posted form names; 0, which no version has, where it names none."""
    return _number(data.get('base', ''))


def began_of(data: Mapping[str, Any]) -> int:
    """The same for what is kept and not saved: where two texts are shown, the version that one began from.

    Until one of them is saved they are shown as two, however often the page is loaded.
    """
    return _number(data.get('began') or data.get('base', ''))


def _number(typed: str) -> int:
    return int(typed) if re.fullmatch('[0-9]{1,6}', typed) else 0
