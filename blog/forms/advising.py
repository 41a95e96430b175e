"""What a second reader answers: yes, no, or their advice, as a choice with none chosen; and notes kept for later."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms

from blog import readings
from blog.models import Reading
from blog.readings import Actor, Advice, ReadingMove
from ukis import days

KEEP = 'keep'
ADVICE = ('recommendation', 'for_author', 'for_editor', 'may_name')
# What each answer asks beside the choice; the rest is not read.
ASKS: dict[str, tuple[str, ...]] = {
    'agree': ('words',),
    'decline': ('reason', 'other_name', 'other_email', 'words'),
    'return_advice': ADVICE,
    KEEP: ADVICE,
}
NAMED = [('yes', 'Yes, you may tell the author that it was me'), ('no', 'No, the author is not to know')]


def _long(label: str, hint: str, *, rows: int) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=hint,
        required=False,
        max_length=20_000,
        widget=forms.Textarea(attrs={'rows': rows}),
    )


class AdviceForm(forms.Form):
    """`answers`: the moves that are open, each with why it cannot be made just now, or ''."""

    answer = forms.ChoiceField(
        label='Your answer',
        widget=forms.RadioSelect,
        error_messages={
            'required': 'Choose one of the answers.',
            'invalid_choice': 'Choose one of the answers.',
        },
    )
    recommendation = forms.ChoiceField(
        label='What you would do',
        choices=Reading.Recommendation.choices,
        widget=forms.RadioSelect,
        required=False,
    )
    for_author = _long(
        'A note for the author',
        'What would make it better. The editor reads it first, and shares it or a part of it.',
        rows=8,
    )
    for_editor = _long('A note for the editor alone', 'The author never sees this one.', rows=5)
    may_name = forms.ChoiceField(
        label='May the author learn that it was you?',
        choices=NAMED,
        widget=forms.RadioSelect,
        required=False,
    )
    reason = forms.ChoiceField(
        label='Why, if you like to say it',
        choices=[('', 'I would rather not say'), *Reading.Reason.choices],
        required=False,
    )
    other_name = forms.CharField(label='Somebody else whom we could ask', max_length=200, required=False)
    other_email = forms.EmailField(label='Their email address', max_length=254, required=False)
    words = _long('Anything else for the editor', '', rows=3)
    # What notes stood on the page when it was opened.
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(
        self,
        data: Mapping | None = None,
        *,
        reading: Reading,
        answers: Sequence[tuple[ReadingMove, str]],
    ) -> None:
        named = {True: 'yes', False: 'no'}.get(reading.may_name)  # type: ignore[arg-type]
        super().__init__(
            data,
            initial={
                'recommendation': reading.recommendation,
                'for_editor': reading.for_editor,
                'for_author': reading.for_author,
                'may_name': named,
                'seen': reading.notes_seen,
            },
        )
        due = days.in_words(reading.due_on)
        choice: Any = self.fields['answer']
        choice.choices = [
            (move.name, move.answer.format(due=due)) for move, why_not in answers if not why_not
        ]
        if reading.is_returned:
            choice.choices = [(name, 'Here is my advice, changed') for name, _ in choice.choices]
        elif any(name == 'return_advice' for name, _ in choice.choices):
            choice.choices = [*choice.choices, (KEEP, 'Not yet: keep my notes here, to go on later')]
        self.why_nots = [(move.answer.format(due=due), why_not) for move, why_not in answers if why_not]
        for name in ('other_name', 'other_email'):
            self.fields[name].widget.attrs['autocomplete'] = 'off'

    @property
    def is_open(self) -> bool:
        choice: Any = self.fields['answer']
        return bool(choice.choices)

    @property
    def offered(self) -> set[str]:
        choice: Any = self.fields['answer']
        return {name for name, _ in choice.choices}

    @property
    def advice(self) -> list[forms.BoundField]:
        return [self[name] for name in ADVICE] if self._asks('for_author') else []

    @property
    def refusal(self) -> list[forms.BoundField]:
        names = ('reason', 'other_name', 'other_email')
        return [self[name] for name in names] if self._asks('reason') else []

    @property
    def asks_words(self) -> bool:
        return self._asks('words')

    def _asks(self, name: str) -> bool:
        return any(name in ASKS[answer] for answer in self.offered)

    @property
    def typed(self) -> list[tuple[str, str]]:
        """What somebody wrote here, to copy it where the form cannot take it any more."""
        given = [(self.fields[name].label or '', self.data.get(name, '')) for name in LONG]
        return [(str(label), text) for label, text in given if str(text).strip()]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        answer = given.get('answer', '')
        for name in set(self.errors) - {'answer', *ASKS.get(answer, ())}:
            del self.errors[name]  # of an answer that was not chosen
        if answer == 'return_advice':
            if not given.get('may_name') and 'may_name' not in self.errors:
                self.add_error('may_name', 'Say whether the author may learn that it was you.')
            if not given.get('recommendation') and 'recommendation' not in self.errors:
                self.add_error('recommendation', 'Choose one: “I would rather not say” is one of them.')
            written = given.get('for_editor', '').strip() or given.get('for_author', '').strip()
            if not written and not {'for_editor', 'for_author'} & set(self.errors):
                self.add_error('for_author', 'Write a line here, or in the note for the editor.')
        return given

    def given_advice(self) -> Advice:
        given = self.cleaned_data
        named = {'yes': True, 'no': False}.get(given.get('may_name') or '')
        # As they are kept: a browser sends its own ends of lines.
        text = {name: _lines(given.get(name, '')) for name in LONG}
        if given.get('answer') in (
            'return_advice',
            KEEP,
        ):  # typed under another answer, and meant all the same
            text['for_editor'] = '\n\n'.join(filter(None, (text['for_editor'], text['words'])))
        return Advice(given.get('recommendation', ''), text['for_editor'], text['for_author'], named)

    def show_what_stands(self, row: Reading) -> None:
        """Both are on the page now: what is sent next knows of it."""
        data: Any = self.data
        self.data = data = data.copy()
        data['seen'] = row.notes_seen

    def give(self, row: Reading, *, by: Actor) -> None:
        """Raises NotNow with a sentence where it cannot be."""
        given = self.cleaned_data
        advice, seen = self.given_advice(), given.get('seen', '')
        if 'for_author' not in ASKS[given['answer']] and (advice.for_editor or advice.for_author):
            readings.keep_notes(row, by=by, advice=advice, seen=seen)
        match given['answer']:
            case 'agree':
                readings.agree(row, by=by, words=given['words'])
            case 'decline':
                other = {name: given.get(name, '') for name in ('other_name', 'other_email')}
                readings.decline(row, by=by, reason=given.get('reason', ''), words=given['words'], **other)
            case 'return_advice':
                readings.return_advice(row, by=by, advice=advice, seen=seen)
            case _:
                readings.keep_notes(row, by=by, advice=advice, seen=seen)


LONG = ('for_author', 'for_editor', 'words')


def _lines(text: str) -> str:
    return text.replace('\r\n', '\n').strip()
