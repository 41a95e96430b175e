"""What the desk asks for a second reading: whom and what, and each move's own questions."""

import hashlib
from collections.abc import Callable, Mapping
from typing import Any

from django import forms

from blog import readings
from blog.forms.desk import NearDayField
from blog.forms.unnamed import KNOWINGLY, hold_back
from blog.models import Reading, Submission
from blog.readings import KnownReader, ReadingMove
from members.models import Person
from ukis import days

OFF = {'autocomplete': 'off'}
WORKING_DAYS = 10
QUESTION = (
    'Is what it says right, and does it say what a reader needs? Is anything missing, or too much? A few lines are '
    'enough.'
)
READ_FIRST = 'Read who this is, below. If you mean it, press the button again.'


def _text(
    label: str, hint: str = '', *, required: bool = True, rows: int = 5, **options: Any
) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=hint,
        required=required,
        max_length=20_000,
        widget=forms.Textarea(attrs={'rows': rows}),
        **options,
    )


def _name(initial: str = '') -> forms.CharField:
    return forms.CharField(
        label='Their name', max_length=200, initial=initial, widget=forms.TextInput(attrs=OFF)
    )


def _email(initial: str = '') -> forms.EmailField:
    return forms.EmailField(
        label='Their email address', max_length=254, initial=initial, widget=forms.EmailInput(attrs=OFF)
    )


class _OfReader(forms.Form):
    """Who an address already is, is read before anything goes there: the same answer sent again is meant."""

    known: KnownReader | None = None
    submission: Submission
    by: Person

    def point_out(self, given: dict[str, Any]) -> None:
        name, email = given.get('name'), given.get('email')
        if not name or not email:
            return
        self.known = readings.known_reader(self.submission, name=name, email=email, by=self.by)
        if self.known.refused:
            self.add_error('email', self.known.refused)
            return
        mark = hashlib.sha256(f'{email} {self.known}'.encode()).hexdigest()
        if self.known.warns and self.data.get('read') != mark and not self.errors:
            data: Any = self.data
            self.data = data = data.copy()
            data['read'] = mark
            self.add_error(None, READ_FIRST)


class ReadingForm(_OfReader):
    name = _name()
    email = _email()
    question = forms.CharField(
        label='What you ask them',
        help_text='It stands in the letter, and above the words.',
        max_length=5_000,
        widget=forms.Textarea(attrs={'rows': 5}),
    )
    due_on = NearDayField(label='Advice by')
    number = forms.IntegerField(required=False, widget=forms.HiddenInput)
    read = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(
        self,
        data: Mapping | None = None,
        *,
        submission: Submission,
        by: Person,
        initial: Mapping[str, Any] | None = None,
    ) -> None:
        assert submission.current is not None, 'a submission has words from the start on'
        first = {
            'question': QUESTION,
            'due_on': days.add_working_days(days.today(), WORKING_DAYS),
            'number': submission.current.number,
        }
        super().__init__(data, initial={**first, **(initial or {})})
        self.submission, self.by = submission, by

    def clean_due_on(self):
        day = self.cleaned_data['due_on']
        if day < days.today():
            raise forms.ValidationError('Choose a day that is not past.')
        return day

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        self.point_out(given)
        return given

    def asked(self) -> dict[str, Any]:
        """Keywords of `readings.ask`."""
        given = self.cleaned_data
        names = ('name', 'email', 'question', 'due_on')
        return {name: given[name] for name in names} | {'seen': given.get('number') or 0}


class ReadingMoveForm(_OfReader):
    """The questions of one move, put together from what the table says it asks."""

    def __init__(self, data: Any = None, *, move: ReadingMove, reading: Reading, by: Person) -> None:
        super().__init__(data)
        self.submission, self.by = reading.submission, by
        for question in move.asks:
            self.fields.update(_ASKED[question](reading))

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if 'email' in self.fields and self.data.get('email', '').strip().lower() != self._stood:
            self.point_out(given)
        if given.get('for_author'):
            hold_back(self, 'for_author', self.submission, by=self.by, text=given['for_author'])
        return given

    @property
    def _stood(self) -> str:
        return str(self.fields['email'].initial)

    def answer(self) -> dict[str, Any]:
        return {name: value for name, value in self.cleaned_data.items() if name not in ('read', KNOWINGLY)}


_NOTE = 'It stands in the letter, word for word.'
type Fields = dict[str, forms.Field]


def _address(reading: Reading) -> Fields:
    return {
        'name': _name(reading.name),
        'email': _email(reading.email),
        'read': forms.CharField(required=False, widget=forms.HiddenInput),
    }


def _due_on(reading: Reading) -> Fields:
    later = max(reading.due_on, days.add_working_days(days.today(), 5))
    return {'due_on': NearDayField(label='Advice by', initial=later)}


def _for_author(reading: Reading) -> Fields:
    hint = (
        'Shorten it as you like. What they wrote stays with the editors as it is. It goes to the authors as a message '
        f'in your name, which begins “{reading.named_to_author} writes:”.'
    )
    return {'for_author': _text('What the author reads', hint, rows=10, initial=reading.for_author)}


_ASKED: dict[str, Callable[[Reading], Fields]] = {
    'note': lambda reading: {'note': _text('What they said', 'For the editors alone.')},
    'optional_note': lambda reading: {'note': _text('Your words', _NOTE, required=False)},
    'reason': lambda reading: {'reason': _text('Why', _NOTE)},
    'due_on': _due_on,
    'address': _address,
    'for_author': _for_author,
}
