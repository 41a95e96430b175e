"""The words on the desk: the assigned editor's copy-edit, and a typo in a post that is out."""

from typing import Any, cast

from django import forms
from django.http import QueryDict

from blog.models import Version
from blog.models.versions import LANGUAGES
from ukis import markup
from ukis.editor import ProseField, ProseWidget

WORDS = (
    'title',
    'standfirst',
    'body',
    'references',
    'lead_alt',
    'lead_decorative',
    'lead_caption',
    'lead_credit',
    'language',
)
OF_THE_PICTURE = ('lead_alt', 'lead_decorative', 'lead_caption', 'lead_credit')


class WordsForm(forms.Form):
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

    def __init__(self, data: Any = None, *, version: Version) -> None:
        initial = {name: getattr(version, name) for name in WORDS} | {'base': version.number}
        super().__init__(data, initial=initial)
        if version.lead_picture_id is None:
            for name in OF_THE_PICTURE:
                del self.fields[name]

    def words(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in WORDS if name in self.cleaned_data}

    def notices(self) -> list[str]:
        """What was left out of the text and what came in changed, in sentences."""
        body, references = (cast(ProseField, self.fields[name]).told for name in ('body', 'references'))
        return (body + references).sentences()

    def go_on_from(self, current: Version) -> None:
        """After a refused save: what was typed stays, and the next save starts from what stands now."""
        self.data = cast(QueryDict, self.data).copy()
        self.data['base'] = str(current.number)


def as_shown(words: dict[str, Any]) -> dict[str, Any]:
    """Words as they would be kept, for showing beside others."""
    return words | {name: markup.render(words[name]) for name in ('body', 'references')}


class CopyEditForm(WordsForm):
    typo = forms.BooleanField(
        label='Only typos put right',
        required=False,
        help_text='A change marked so lapses no approval; it is listed to the author.',
    )
    note = forms.CharField(
        label='A note on what you changed',
        max_length=300,
        required=False,
        help_text='It stands in the history, where the author can read it.',
    )


class TypoForm(WordsForm):
    reason = forms.CharField(
        label='What was wrong',
        max_length=300,
        help_text='A few words. They stand in the letter to the author.',
    )
