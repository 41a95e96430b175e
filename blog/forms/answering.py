"""What somebody answers who is asked to write: four answers as a choice with none chosen, and what each needs."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms

from blog import commissioning
from blog.commissioning import Actor, CommissionMove, Suggested
from blog.forms.desk import NearDayField
from blog.forms.seen import SeenField
from blog.models import Commission
from ukis import days
from ukis.editor import ProseField
from ukis.lines import one_line

# What each answer asks beside the choice; the rest is not read.
ASKS = {
    'accept': (),
    'propose': ('day',),
    'decline': ('reason', 'ask_after'),
    'suggest': ('other_name', 'other_email', 'other_why'),
}


class CommissionAnswerForm(forms.Form):
    """`answers`: the moves that are open, each with why it cannot be made just now, or ''."""

    answer = forms.ChoiceField(
        label='Your answer',
        widget=forms.RadioSelect,
        error_messages={
            'required': 'Choose one of the answers.',
            'invalid_choice': 'Choose one of the answers.',
        },
    )
    day = NearDayField(label='By when could you write it?', required=False)
    reason = forms.ChoiceField(
        label='Why, if you like to say it',
        choices=[('', 'I would rather not say'), *Commission.Reason.choices],
        required=False,
    )
    ask_after = NearDayField(
        label='You may ask me again after',
        required=False,
        help_text='Leave it empty if you would rather not be asked.',
    )
    other_name = forms.CharField(label='Their name', max_length=200, required=False)
    other_email = forms.EmailField(label='Their email address', max_length=254, required=False)
    other_why = forms.CharField(
        label='Why they are the right one',
        max_length=1_000,
        required=False,
        widget=forms.Textarea(attrs={'rows': 2}),
        help_text='The editor reads it, and they may too. They are asked in the Society’s name.',
    )
    seen = forms.DateField(required=False, widget=forms.HiddenInput)
    words = forms.CharField(
        label='Anything else for the editor',
        max_length=2_000,
        required=False,
        widget=forms.Textarea(attrs={'rows': 3}),
    )

    def __init__(
        self,
        data: Mapping | None = None,
        *,
        commission: Commission,
        answers: Sequence[tuple[CommissionMove, str]],
    ) -> None:
        super().__init__(data)
        self.commission = commission
        deadline = days.in_words(commission.deadline)
        choice: Any = self.fields['answer']
        choice.choices = [
            (move.name, move.answer.format(deadline=deadline)) for move, why_not in answers if not why_not
        ]
        self.why_nots = [
            (move.answer.format(deadline=deadline), why_not) for move, why_not in answers if why_not
        ]
        for name in ('other_name', 'other_email'):
            self.fields[name].widget.attrs['autocomplete'] = 'off'
        offered = {name for name, _ in choice.choices}
        for answer, asked in ASKS.items():
            for name in asked if answer not in offered else ():
                del self.fields[name]

    @property
    def is_open(self) -> bool:
        """Whether there is anything to answer; what cannot be chosen just now is said too."""
        choice: Any = self.fields['answer']
        return bool(choice.choices or self.why_nots)

    def asked(self, answer: str) -> list[forms.BoundField]:
        return [self[name] for name in ASKS[answer] if name in self.fields]

    @property
    def parts(self) -> list[tuple[str, str, list[forms.BoundField]]]:
        """What stands below each answer: its name, its words, its fields."""
        choice: Any = self.fields['answer']
        return [(name, words, self.asked(name)) for name, words in choice.choices if self.asked(name)]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        answer = given.get('answer', '')
        for name in set(self.errors) - {'answer', 'words', *ASKS.get(answer, ())}:
            del self.errors[name]  # of an answer that was not chosen
        needed = {
            'propose': [('day', 'Name the day.')],
            'suggest': [('other_name', 'Write their name.'), ('other_email', 'Write their email address.')],
        }
        for name, sentence in needed.get(answer, ()):
            if not given.get(name) and name not in self.errors:
                self.add_error(name, sentence)
        return given

    def give(self, row: Commission, *, by: Actor) -> None:
        """Raises NotNow with a sentence where it cannot be."""
        given, words = self.cleaned_data, self.cleaned_data['words']
        match given['answer']:
            case 'accept':
                commissioning.accept(row, by=by, words=words, seen=given.get('seen'))
            case 'propose':
                commissioning.propose(row, by=by, day=given['day'], words=words)
            case 'decline':
                commissioning.decline(
                    row, by=by, reason=given['reason'], words=words, ask_after=given['ask_after']
                )
            case 'suggest':
                name = one_line(given['other_name'])
                other = Suggested(name, given['other_email'], given['other_why'].strip())
                commissioning.suggest(row, by=by, other=other, words=words)


class FirstWordsForm(forms.Form):
    """The beginning of a text; nearly nothing is asked of it."""

    seen = SeenField(required=False)
    title = forms.CharField(max_length=200, required=False)
    body = ProseField(
        label='Text',
        required=False,
        help_text='A few sentences are enough, or none: you go on in the full editor, with headings, links and '
        'pictures or with a Word file, as soon as the code has shown that this address is yours.',
        widget=forms.Textarea(attrs={'rows': 12}),
    )

    def __init__(self, data: Mapping | None = None, *, commission: Commission) -> None:
        initial = {
            'title': commission.first_title or commission.working_title,
            'body': commission.first_words,
            'seen': commission.first_words_seen,
        }
        super().__init__(data, initial=initial)

    def words(self) -> dict[str, str]:
        return {name: self.cleaned_data[name] for name in ('title', 'body', 'seen')}
