"""The form of a letter's text, with a field for each passage, and how what is typed would read."""

from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from ukis import days
from ukis.letters.models import LINK, NOTE, Letter
from ukis.letters.subjects import kept_from
from ukis.letters.texts import filling
from ukis.letters.texts.filling import Fails, Texts
from ukis.letters.texts.house import House, Passage
from ukis.letters.texts.models import LetterText
from ukis.letters.texts.writing import texts_of
from ukis.unsaved.both import Both

# Of so many letters of a kind one can be chosen for the preview.
LIKE = 10


def field_of(key: str) -> str:
    return 'passage_' + key.replace('.', '__')


class TextForm(forms.Form):
    """`base`: the edition that was on the page when it was shown. Of the passages each has a field."""

    base = forms.IntegerField(min_value=0, max_value=10_000_000, widget=forms.HiddenInput)
    subject = forms.CharField(max_length=250, help_text='One line.', strip=True)
    body = forms.CharField(
        label='Words',
        max_length=filling.MOST,
        widget=forms.Textarea(attrs={'rows': 18}),
        help_text='Plain text. Where a variable stands, its value goes in; everything else goes out as it is typed.',
    )

    def __init__(self, of_house: House, row: LetterText | None, data: Any = None) -> None:
        self.house, self.row = of_house, row
        said = texts_of(row) if row is not None and not row.is_of_house else filling.of_house(of_house)
        super().__init__(
            data,
            initial={
                'base': row.number if row else 0,
                'subject': said.subject,
                'body': said.body,
                **self._initial(said),
            },
        )
        for key, passage in of_house.passages.items():
            if passage.text:
                self.fields[field_of(key)] = forms.CharField(
                    label=f'{{{key.rpartition(".")[0]}}} – {passage.when}',
                    required=False,
                    max_length=filling.MOST,
                    widget=forms.Textarea(
                        attrs={'rows': min(8, 2 + passage.text.count('\n') + len(passage.text) // 90)}
                    ),
                    help_text=_may_name(passage),
                )

    def _initial(self, said: Texts) -> dict[str, str]:
        return {
            field_of(key): said.passages.get(key, passage.text)
            for key, passage in self.house.passages.items()
        }

    @property
    def texts(self) -> Texts:
        said = self.cleaned_data
        return Texts(
            said['subject'],
            said['body'],
            {key: said[field_of(key)] for key in self.house.passages if field_of(key) in said},
        )

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        if not self.errors:
            texts = self.texts
            texts.passages = {
                key: '\n'.join(text.splitlines())
                for key, text in texts.passages.items()
                if text.split() != self.house.passages[key].text.split()
            }
            texts.body = '\n'.join(texts.body.splitlines())
            for name, wrong in filling.faults(self.house, texts).items():
                self.add_error(name if name in ('subject', 'body') else field_of(name), list(wrong))
        return said

    def add_faults(self, wrong: ValidationError) -> None:
        for name, said in wrong.message_dict.items():
            self.add_error(name if name in ('subject', 'body') else field_of(name), said)

    def knowingly(self, standing: LetterText | None) -> 'TextForm':
        """The same words, beside what somebody saved meanwhile: sent once more they go over that."""
        data = self.data.copy()  # type: ignore[attr-defined]
        data['base'] = str(standing.number if standing else 0)
        form = TextForm(self.house, standing, data)
        form.is_valid()
        form.is_stale = True
        return form

    is_stale = False

    def main(self) -> list[Any]:
        return [self['subject'], self['body']]

    def passages(self) -> list[Any]:
        return [self[name] for name in self.fields if name.startswith('passage_')]


def _may_name(passage: Passage) -> str:
    own = ', '.join(one.placed + ('*' if one.is_required else '') for one in passage.variables.values())
    return f'Its variables: {own}.' if own else ''


def boths(form: TextForm) -> list[Both]:
    """Each field of which what stands now and what was typed say something else."""
    return [
        Both(str(bound.label), str(bound.initial), str(bound.value()))
        for bound in [*form.main(), *form.passages()]
        if str(bound.initial).split() != str(bound.value()).split()
    ]


@dataclass
class Preview:
    """`letter` gave the values; none where no letter of this kind can be read."""

    subject: str = ''
    body: str = ''
    letter: Letter | None = None
    like: list[tuple[int, str, bool]] = field(default_factory=list)
    empty: list[str] = field(default_factory=list)
    why_not: str = ''


def preview_of(person: Any, of_house: House, form: TextForm, *, like: str) -> Preview:
    """As a letter that was written would read with these words. Nothing is written, no link is made."""
    letters = list(_like(person, of_house.kind))
    letter = next((one for one in letters if str(one.pk) == like), letters[0] if letters else None)
    found = Preview(like=[(one.pk, _called(one), one == letter) for one in letters], letter=letter)
    if form.is_bound and form.errors and not form.is_stale:
        found.why_not = 'Put right what is wrong above, and see it then.'
        return found
    texts = _typed(form)
    if letter is None:
        found.subject, found.body = filling.examples(of_house, texts)
        return found
    try:
        subject, body = filling.fill(of_house, texts, letter.filled_with)
    except Fails as why:
        found.why_not = f'That letter cannot be read with these words: {why}'
        return found
    note = letter.note or '[what somebody wrote]'
    found.subject = subject
    found.body = body.replace(LINK, '[a private link, made when it is sent]').replace(NOTE, note)
    used = ' '.join([texts.subject, texts.body])
    found.empty = [
        f'{{{name}}}'
        for name, value in letter.filled_with.items()
        if value in ('', 0) and f'{{{name}}}' in used
    ]
    return found


def _typed(form: TextForm) -> Texts:
    if form.is_bound:
        return Texts(form.texts.subject, form.texts.body.replace('\r\n', '\n'), form.texts.passages)
    said = form.initial
    return Texts(said['subject'], said['body'], {key: said[field_of(key)] for key in form.house.passages})


def _like(person: Any, kind: str) -> Any:
    """The last that were written and that this person may read."""
    rows = Letter.objects.filter(kind=kind).exclude(filled_with={}).exclude(kept_from(person))
    return rows.order_by('-queued_at', '-pk')[:LIKE]


def _called(letter: Letter) -> str:
    return f'{letter.subject} – to {letter.to_name or letter.to_address}, {days.moment_in_words(letter.queued_at)}'
