"""What the desk asks for a commission: the invitation itself, and each move's own questions."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.db.models import Q

from blog.commissioning import CommissionMove
from blog.forms.desk import NearDayField, point_out_away
from blog.forms.seen import SeenDay, SeenField
from blog.letters import commission_letters
from blog.models import Commission, Series
from blog.models.series import looked_after_by
from members import owners
from members.models import Person
from ukis import days
from ukis.tags import TagNamesField
from ukis.unsaved.standing import began_from

MOST_TAGS = 12
DAYS = ('answer_by', 'deadline', 'window_from', 'window_to')
OFF = {'autocomplete': 'off'}


class EditorField(forms.ModelChoiceField):
    def label_from_instance(self, person: Person) -> str:
        return person.printed_name


class CommissionForm(forms.ModelForm):
    """An invitation as it is drafted."""

    answer_by = NearDayField(label='Answer by')
    deadline = NearDayField(label='Words wanted by')
    window_from = NearDayField(label='To be published from', required=False)
    window_to = NearDayField(label='To be published until', required=False)
    away = forms.CharField(required=False, widget=forms.HiddenInput)
    tag_words = TagNamesField(
        label='Tags', most=MOST_TAGS, required=False, max_length=1_500, help_text='With commas between them.'
    )
    editor = EditorField(queryset=Person.objects.none(), empty_label=None)

    class Meta:
        model = Commission
        fields = [
            'name',
            'email',
            'working_title',
            'brief',
            'angle',
            'words_from',
            'words_to',
            'tag_words',
            'series',
            'answer_by',
            'deadline',
            'window_from',
            'window_to',
            'editor',
            'letter',
        ]
        widgets = {
            'name': forms.TextInput(attrs=OFF),
            'email': forms.EmailInput(attrs=OFF),
            'brief': forms.Textarea(attrs={'rows': 8}),
            'angle': forms.Textarea(attrs={'rows': 3}),
            'letter': forms.Textarea(attrs={'rows': 5}),
        }
        help_texts = {
            'letter': 'They stand first in the invitation, after “Dear …,”. The brief, the dates and the link follow '
            'by themselves.'
        }

    def __init__(self, data: Mapping | None = None, *, by: Person, **options: Any) -> None:
        super().__init__(data, **options)
        self.by = by
        editors: Any = self.fields['editor']
        its_own = Q(pk=self.instance.editor_id)
        is_editor = Q(pk__in=Person.objects.editors().values('pk')) if by.is_editor else Q(pk=by.pk)
        editors.queryset = Person.objects.filter(is_editor | its_own).order_by('name')
        self._offer_series(by)
        if not self.instance.pk:
            answer_by, deadline = (days.add_working_days(days.today(), count) for count in (10, 30))
            self.initial = {'editor': by.pk, 'deadline': deadline, **self.initial, 'answer_by': answer_by}
            if self.initial['deadline'] < answer_by:  # copied from one that was long ago
                self.initial['deadline'] = deadline
        self.initial['tag_words'] = ', '.join(self.initial.get('tag_words') or [])
        if self.instance.pk:
            self.fields['began'] = began_from(self)

    def _offer_series(self, by: Person) -> None:
        """What is running, to guest editors theirs; and its own stays to be chosen."""
        series: Any = self.fields['series']
        running = Series.objects.running()
        if by.is_guest_editor:
            running = running.filter(pk__in=looked_after_by(by))
            series.required = True
            series.empty_label = None
        series.queryset = Series.objects.filter(
            Q(pk__in=running.values('pk')) | Q(pk=self.instance.series_id)
        )

    def clean_email(self) -> str:
        return self.cleaned_data['email'].strip().lower()

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        answer_by, deadline = given.get('answer_by'), given.get('deadline')
        if answer_by and answer_by < days.today():
            self.add_error('answer_by', 'Choose a day that is not past.')
        if answer_by and deadline and answer_by > deadline:
            self.add_error('deadline', 'The words cannot be wanted before the answer is.')
        editor, email = given.get('editor'), given.get('email')
        if editor and editor.pk not in (self.by.pk, self.instance.editor_id):
            point_out_away(self, editor)
        owner = owners.owner_of(email) if email else None
        if owner == self.by:
            self.add_error(
                'email', 'This is your own address. To write it yourself, start a blog under My blogs.'
            )
        elif editor and owner and editor == owner:
            self.add_error('editor', 'They are asked to write it themselves. Choose another editor.')
        return given

    def asked(self) -> dict[str, Any]:
        """Columns for `commissioning.draft` and `.change`."""
        given = {name: self.cleaned_data[name] for name in self.Meta.fields}
        return given | {'invitee': owners.owner_of(given['email'])}


class CommissionMoveForm(forms.Form):
    """The questions of one move, put together from what the table says it asks."""

    def __init__(self, data: Any = None, *, move: CommissionMove, commission: Commission) -> None:
        super().__init__(data)
        for question in move.asks:
            for name, field in _ASKED[question](commission).items():
                self.fields[name] = field

    def answer(self) -> dict[str, Any]:
        return self.cleaned_data


def _words(label: str, hint: str, *, required: bool) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=hint,
        required=required,
        max_length=5_000,
        widget=forms.Textarea(attrs={'rows': 5}),
    )


def _dates(commission: Commission) -> dict[str, forms.Field]:
    today = days.today()
    answer_by = max(commission.answer_by, days.add_working_days(today, 5))
    return {
        'answer_by': NearDayField(label='Answer by', initial=answer_by),
        'deadline': NearDayField(
            label='Words wanted by', initial=commission.proposed_on or max(commission.deadline, answer_by)
        ),
    }


def _other_dates(commission: Commission) -> dict[str, forms.Field]:
    """Who has said yes is asked for no answer any more."""
    fields = _dates(commission)
    if commission.is_promised:
        del fields['answer_by']
        fields['deadline'].initial = commission.proposed_on or max(commission.deadline, days.today())
    return fields


def _address(commission: Commission) -> dict[str, forms.Field]:
    return {
        'name': forms.CharField(
            label='Their name', max_length=200, initial=commission.name, widget=forms.TextInput(attrs=OFF)
        ),
        'email': forms.EmailField(
            label='Their email address',
            max_length=254,
            initial=commission.email,
            widget=forms.EmailInput(attrs=OFF),
        ),
    }


def _proposed(commission: Commission) -> dict[str, forms.Field]:
    on = commission.proposed_on
    return {'seen': SeenDay(required=False, initial=on.isoformat() if on else '')}


def _letter(commission: Commission) -> dict[str, forms.Field]:
    return {'seen': SeenField(required=False, initial=commission_letters.fingerprint(commission))}


_NOTE = 'It stands in the letter, word for word.'
_ASKED: dict[str, Any] = {
    'note': lambda commission: {'note': _words('Your words', _NOTE, required=True)},
    'optional_note': lambda commission: {'note': _words('Your words', _NOTE, required=False)},
    'reason': lambda commission: {'reason': _words('Why', _NOTE, required=True)},
    'dates': _dates,
    'other_dates': _other_dates,
    'proposed': _proposed,
    'letter': _letter,
    'address': _address,
}
