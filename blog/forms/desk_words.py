"""The words on the desk: the assigned editor's copy-edit, and a typo in a post that is out."""

from collections.abc import Sequence
from typing import Any, cast

from django import forms
from django.http import QueryDict

from blog import workflow
from blog.checklist import typos
from blog.forms.unnamed import KNOWINGLY, hold_back
from blog.forms.writing import mark_language
from blog.models import Version, Words
from blog.models.words import OF_THE_LEAD, TEXTS, WORDS
from members.models import Person
from ukis import markup
from ukis.editor import ProseField, ProseWidget
from ukis.markup.languages import LANGUAGES
from ukis.pictures.fields import PictureField

THE_TEXT = ('title', 'standfirst', 'body')


class EditorsWordsForm(forms.Form):
    """Every text of a version. `base` is the number one started from; a stale save is refused by it."""

    base = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=100_000)
    title = forms.CharField(max_length=200, widget=forms.Textarea(attrs={'rows': 2}))
    standfirst = forms.CharField(max_length=2_000, required=False, widget=forms.Textarea(attrs={'rows': 3}))
    body = ProseField(label='Text', max_length=1_000_000, required=False)
    references = ProseField(max_length=200_000, required=False, widget=ProseWidget({'rows': 6}, guide=False))
    lead_alt = forms.CharField(label='What the lead picture shows', max_length=300, required=False)
    lead_decorative = forms.BooleanField(
        label='The lead picture is decorative: it says nothing', required=False
    )
    lead_caption = forms.CharField(label='Caption of the lead picture', max_length=300, required=False)
    lead_credit = forms.CharField(label='Credit of the lead picture', max_length=200, required=False)
    language = forms.ChoiceField(choices=LANGUAGES)

    def __init__(self, data: Any = None, files: Any = None, *, version: Version) -> None:
        super().__init__(data, files, initial=vars(version.words()) | {'base': version.number})
        self.version = version
        mark_language(self)

    def _fields(self, among: Sequence[str]) -> list[forms.BoundField]:
        return [self[name] for name in among if name in self.fields]

    @property
    def the_text(self) -> list[forms.BoundField]:
        return self._fields(THE_TEXT)

    @property
    def of_the_picture(self) -> list[forms.BoundField]:
        return self._fields(('lead_file', 'lead_remove', *OF_THE_LEAD))

    @property
    def after_the_picture(self) -> list[forms.BoundField]:
        return self._fields(('language', 'typo', 'note', 'reason', KNOWINGLY))

    def words(self) -> Words:
        """Those of the version, and over them what the form asks for."""
        given = {name: self.cleaned_data[name] for name in WORDS if name in self.cleaned_data}
        return self.version.words().but(**given)

    def notices(self) -> list[str]:
        """What was left out of the text and what came in changed, in sentences."""
        body, references = (cast(ProseField, self.fields[name]).told for name in ('body', 'references'))
        return (body + references).sentences()

    def go_on_from(self, current: Version) -> None:
        """After a refused save: what was typed stays, and the next save starts from what stands now."""
        self.data = cast(QueryDict, self.data).copy()
        self.data['base'] = str(current.number)


def as_shown(words: Words, *, side: str, from_level: int = 4) -> Words:
    """As they would be kept, for showing beside others under a title of their own; `side`: a word of its own for each
    of the two."""
    shown = {
        name: markup.render(getattr(words, name), from_level=from_level, part=f'{side}-{name}')
        for name in TEXTS
    }
    return words.but(**shown)


class CopyEditForm(EditorsWordsForm):
    """The lead picture too: another in its place, or none."""

    lead_file = PictureField(label='A lead picture')
    lead_remove = forms.BooleanField(label='Take the lead picture out', required=False)
    typo = forms.BooleanField(
        label='Only typos put right',
        required=False,
        help_text=f'A change marked so undoes no approval; it is listed to the author. {typos.RULE}',
    )
    note = forms.CharField(
        label='A note on what you changed',
        max_length=300,
        required=False,
        help_text='It stands in the history, where the author can read it.',
    )

    def __init__(self, *args: Any, version: Version, by: Person, **kwargs: Any) -> None:
        super().__init__(*args, version=version, **kwargs)
        cast(PictureField, self.fields['lead_file']).by = self.by = by
        if version.lead_picture_id is None:
            del self.fields['lead_remove']
        else:
            self.fields['lead_file'].label = 'Another lead picture in its place'

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get('note'):
            hold_back(self, 'note', self.version.submission, by=self.by, text=given['note'])
        return given

    def words(self) -> Words:
        words = super().words()
        if picture := self.cleaned_data.get('lead_file'):
            return words.but(lead_picture_id=picture.pk)
        if self.cleaned_data.get('lead_remove'):
            words = words.but(lead_picture_id=None)
        return words if words.lead_picture_id else words.without_lead_texts()

    def answer(self) -> dict[str, Any]:
        given = self.cleaned_data
        return {
            'base': given['base'],
            'words': self.words(),
            'note': given['note'],
            'typo': given.get('typo', False),
        }


class TypoForm(EditorsWordsForm):
    reason = forms.CharField(
        label='What was wrong',
        max_length=300,
        help_text='A few words. They stand in the letter to the author.',
    )
    # The words that were shown beside those in print: only these are published.
    seen = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, version: Version, by: Person) -> None:
        super().__init__(data, version=version)
        self.by = by
        if version.lead_picture_id is None:
            for name in OF_THE_LEAD:
                del self.fields[name]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get('reason'):
            hold_back(self, 'reason', self.version.submission, by=self.by, text=given['reason'])
        if self.errors or given['base'] != self.version.number:
            return given
        words = workflow.words_to_keep(self.words())
        if why_more := typos.why_more(self.version, words):
            raise forms.ValidationError(why_more)
        return given

    def as_version(self) -> Version:
        """The words as they would be published, to be shown beside those in print; never saved."""
        words = workflow.words_to_keep(self.words())
        version = self.version.with_words(words)
        version.hash = version.fingerprint()
        return version

    def go_on_from_seen(self, seen: str) -> None:
        self.data = cast(QueryDict, self.data).copy()
        self.data['seen'] = seen
