"""What an author answers when handing a submission in, and the short forms of the submission's own page."""

from datetime import date
from typing import Any, cast

from django import forms
from django.utils.text import capfirst

from blog.checklist import declared
from blog.models import Declaration, Submission
from blog.models.posts import Views
from blog.workflow import MORE_TIME
from members.models import Person
from ukis import days
from ukis.society.models import Society

INTERESTS = 'Is there an interest that a reader should know of: money, a post, a product, a close tie?'
VIEWS = 'Whose views does this text give?'
NONE = 'none'


def long_text(
    label: str, *, help_text: str = '', rows: int = 4, required: bool = True, most: int = 5000
) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=help_text,
        required=required,
        max_length=most,
        widget=forms.Textarea(attrs={'rows': rows}),
    )


class SubmitForm(forms.Form):
    """The three declarations and a note: where it goes back to its editor, on what was changed; else if one likes.

    `version` is the number of the words that the author saw. `answer()` is what `workflow.submit` wants.
    """

    version = forms.IntegerField(
        min_value=0,
        widget=forms.HiddenInput,
        error_messages={'required': 'Load the page once more: it did not say which words you saw.'},
    )
    note = long_text(
        'What I changed',
        help_text='The editor reads this beside the differences. Say what you did with each request.',
    )
    rights = forms.BooleanField(
        error_messages={'required': 'Tick this if it is so. Without it the text cannot be published.'}
    )
    interests = forms.ChoiceField(
        label='Interests',
        help_text=INTERESTS,
        choices=[
            (NONE, 'None: there is nothing to declare'),
            ('some', 'Yes, and it may be printed under the text'),
        ],
        widget=forms.RadioSelect,
        error_messages={'required': 'Say “none” if there is none.'},
    )
    interests_text = long_text(
        'The interests to declare',
        help_text='Only if you answered yes. One or two sentences.',
        rows=3,
        required=False,
        most=1000,
    )
    views = forms.ChoiceField(label='Views', help_text=VIEWS, widget=forms.RadioSelect, initial='own')

    def __init__(
        self, data: Any = None, *, submission: Submission, person: Person, society: Society, again: bool
    ) -> None:
        """`again` is whether the submission goes back to its editor."""
        self.society = society
        before = dict(
            submission.declarations.filter(person=person).order_by('at', 'pk').values_list('kind', 'answer')
        )
        super().__init__(data, initial=self._said(before) | {'version': submission.current.number})
        if not again:
            self.fields['note'] = long_text(
                'A word to the editor',
                help_text='Only if you like: where it comes from, what you are unsure of. It is not printed.',
                rows=3,
                required=False,
            )
        self.fields['rights'].label = society.rights_sentence.rstrip('. ')  # what is wrong follows a colon
        offered = [Views.OWN, Views.ORGANISATION, *([Views.SOCIETY] if person.is_staff else [])]
        views = [
            (key.value, f'{capfirst(key.label)}. Printed as: {society.views_line(key)}') for key in offered
        ]
        cast(forms.ChoiceField, self.fields['views']).choices = views

    @staticmethod
    def _said(before: dict[str, str]) -> dict[str, Any]:
        """What was declared with earlier words; the rights are agreed to afresh each time."""
        said = {'views': before.get('views', 'own')}
        if 'interests' in before:
            none = declared.is_nothing(before['interests'])
            said |= {
                'interests': NONE if none else 'some',
                'interests_text': '' if none else before['interests'],
            }
        return said

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if (
            given.get('interests') == 'some'
            and not given.get('interests_text')
            and 'interests_text' not in self.errors
        ):
            self.add_error('interests_text', 'Write what there is to declare, or answer “none”.')
        return given

    def declarations(self) -> dict[str, tuple[str, str]]:
        given = self.cleaned_data
        interests = NONE if given['interests'] == NONE else given['interests_text']
        views = given['views']
        return {
            Declaration.Kind.RIGHTS: (self.society.rights_sentence, 'yes'),
            Declaration.Kind.INTERESTS: (INTERESTS, interests),
            Declaration.Kind.VIEWS: (f'{VIEWS} {self.society.views_line(views)}', views),
        }

    def answer(self) -> dict[str, Any]:
        given = self.cleaned_data
        return {'version': given['version'], 'declarations': self.declarations(), 'note': given['note']}


class WithdrawForm(forms.Form):
    reason = long_text(
        'Why', help_text='A line is enough. The editors and your co-authors read it.', rows=3, most=2000
    )


class ExtendForm(forms.Form):
    """Another date, once, within a week of the one there is."""

    due_on = days.DayField(label='The new date')

    def __init__(self, data: Any = None, *, due_on: date) -> None:
        last = due_on + MORE_TIME
        super().__init__(data, initial={'due_on': last})
        self.fields['due_on'].help_text = f'Up to {days.in_words(last)}, and once only.'


class ApproveForm(forms.Form):
    """`fingerprint` is that of the words on the page."""

    fingerprint = forms.CharField(
        max_length=64,
        widget=forms.HiddenInput,
        error_messages={'required': 'Load the page once more: it did not say which words you saw.'},
    )
    note = long_text('A line to the editor', rows=2, required=False, most=2000)


class CorrectionForm(forms.Form):
    note = long_text(
        'What should be different',
        help_text='Say where it stands and how it should read. The editor puts it right and asks you again.',
    )
