"""What the desk asks for: each move's own questions."""

import json
from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from typing import Any, cast

from django import forms
from django.http import QueryDict
from django.utils import timezone
from django.utils.html import format_html, format_html_join

from blog import absences, wording
from blog.checklist import fairness
from blog.desk import queues
from blog.forms.beside import VIEWS
from blog.forms.conversation import ChosenField, shortened
from blog.forms.seen import SeenField
from blog.forms.tags import tag_fields, together
from blog.forms.unnamed import hold_back_notes
from blog.models import Absence, QuotedPassage, Submission
from blog.models.posts import Views
from blog.models.series import guests_of
from blog.states import row_of
from blog.workflow import MORE_TIME, Move
from members.models import Person
from ukis import days, tags
from ukis.unsaved import both

MOVED_ON = (
    'It has moved on, or its words have changed, since you opened this page. It is now: {}. Look at it, and press the '
    'button again if you still mean it.'
)
TIME = forms.TimeInput(attrs={'type': 'time'}, format='%H:%M')


def point_out_away(form: forms.Form | forms.ModelForm, editor: Person) -> None:
    """Refuses once somebody who is away; the same answer sent again is meant."""
    last = absences.until(editor)
    if last and form.data.get('away') != str(editor.pk):
        form.data = cast(QueryDict, form.data).copy()
        form.data['away'] = str(editor.pk)
        form.add_error('editor', absences.WARNING.format(editor.printed_name, days.in_words(last)))


def _long_text(label: str, hint: str = '', *, required: bool = True, rows: int = 8) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=hint,
        required=required,
        max_length=10_000,
        widget=forms.Textarea(attrs={'rows': rows}),
    )


class NearDayField(days.DayField):
    """A day within reach: nothing is planned further ahead than three years."""

    HINT = days.EXAMPLE_AHEAD
    default_error_messages = {'invalid': days.WRITTEN_AHEAD}

    def validate(self, value: date | None) -> None:
        super().validate(value)
        if value and value > days.today() + timedelta(days=3 * 365):
            raise forms.ValidationError('Choose a day within the next three years.')


class WhoField(forms.ModelChoiceField):
    """One of the editors who have no part in writing the submission."""

    absent: Mapping[int, Absence] = {}

    def label_from_instance(self, person: Person) -> str:
        row = self.absent.get(person.pk)
        return f'{person.printed_name} (away {row})' if row else person.printed_name


class MoveForm(forms.Form):
    """The questions of one move, put together from what the table says it asks.

    `answer()` gives the keyword arguments of its verb.
    """

    def __init__(self, *args: Any, move: Move, submission: Submission, by: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.move, self.submission, self.by = move, submission, by
        for question in move.asks:
            ASKED[question](self)
        if move.decides:
            _ask_why_fair(self, by)
        if 'when' in self.fields and self.data.get('when') == 'now':
            self.fields['day'].required = self.fields['time'].required = False
        if 'tags' in self.fields and self.data.get('more_tags'):
            self.fields['tags'].required = False
        if 'tags' in move.asks:
            self.fields['shown'] = forms.CharField(required=False, widget=forms.HiddenInput)
            self.fields['shown'].initial = json.dumps(self._standing())
        if move.decision:
            # The state and the words for which the page was opened: what is decided is decided of these.
            standing = f'{submission.state}-{getattr(submission.current, "number", "")}'
            self.fields['opened'] = SeenField(required=False, initial=standing)
        self.chosen = set(CONFIRMED)
        self.is_overtaken = False

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get('opened') and data['opened'] != self.fields['opened'].initial:
            self.is_overtaken = True
            self.add_error(None, MOVED_ON.format(wording.editor_words(self.submission)))
        if 'tags' in self.move.asks:
            data['all_tags'] = together(self)
            self._point_out_changes(data)
        if data.get('editor'):
            point_out_away(self, data['editor'])
        hold_back_notes(self, data)
        if 'when' in self.move.asks and not self.errors:
            data['at'] = self._moment(data)
            if not self.errors:
                self._point_out_clash(data['at'] or timezone.now())
        return data

    def _standing(self) -> dict[str, Any]:
        return {name: self.fields[name].initial for name in CONFIRMED}

    def _point_out_changes(self, data: dict[str, Any]) -> None:
        """Tags and views were set in another tab since the page was opened. What was not changed here is left as it
        stands now; of what was, both are shown, and the same answer sent again is meant."""
        shown, standing = _read(data.get('shown')), self._standing()
        typed = {'tags': data['all_tags'], 'views': data.get('views')}
        if self.errors or not shown:
            return
        self.chosen = {
            name for name in CONFIRMED if not standing[name] or _folded(typed[name]) != _folded(shown[name])
        }
        for name in sorted(self.chosen):
            if _folded(standing[name]) not in (_folded(shown[name]), _folded(typed[name])):
                self.is_overtaken = True
                now, here = (_said(self.fields[name], one[name]) for one in (standing, typed))
                self.add_error(name, f'{OVERTAKEN} Now: {now}. Chosen here: {here}.')
        if self.is_overtaken:
            self.data = cast(QueryDict, self.data).copy()
            self.data['shown'] = json.dumps(standing)

    def _moment(self, data: dict[str, Any]) -> datetime | None:
        """The time that was chosen, as London's clock means it; None for now."""
        if data.get('when', 'later') == 'now':
            return None
        at = days.in_london(datetime.combine(data['day'], data['time']))
        if at <= timezone.now():
            self.add_error('day', 'This time is past. Choose one that is to come.')
        return at

    def _point_out_clash(self, at: datetime) -> None:
        """Refuses once a day on which another post comes out; the same answer sent again is meant."""
        day = timezone.localdate(at, days.LONDON)
        others = queues.clashes(self.submission, day)
        if others and self.data.get('clash') != day.isoformat():
            self.data = cast(QueryDict, self.data).copy()
            self.data['clash'] = day.isoformat()
            named = queues.that_may_be_named(others, self.by)
            titles: list[tuple[str]] = [(format_html('“{}”', wording.titled(other)),) for other in named[:3]]
            if len(named) < len(others):
                titles.append(('something that is not of your series',))
            raise forms.ValidationError(
                format_html(
                    '{} {} out on the same day, {}. Choose another day, or press the button again if you mean it.',
                    format_html_join(' and ', '{}', titles),
                    'comes' if len(titles) == 1 else 'come',
                    days.in_words(day),
                )
            )

    def answer(self) -> dict[str, Any]:
        given = self.cleaned_data
        left = set(CONFIRMED) - self.chosen
        answer: dict[str, Any] = {name: given[name] for name in PLAIN if name in given and name not in left}
        if 'when' in self.move.asks:
            answer['at'] = given['at']
        if 'tags' in self.move.asks and 'tags' in self.chosen:
            answer['tags'] = given['all_tags']
        return answer


# What the desk sets beside the words at any time, and confirms here.
CONFIRMED = ('tags', 'views')
OVERTAKEN = (
    'It was changed elsewhere since you opened this page. Press the button again to take what you chose here.'
)
PLAIN = ('note', 'quoting', 'reason', 'due_on', 'editor', 'views', 'correction', 'fair')


def _ask_note(form: MoveForm) -> None:
    form.fields['note'] = _long_text('Your note', form.move.note_hint)


def _ask_quoting(form: MoveForm) -> None:
    """Where some wait: those that the editor chose on the page of the words."""
    waiting = list(QuotedPassage.objects.waiting_for(form.by, form.submission)) if form.by else []
    if waiting:
        field = form.fields['quoting'] = ChosenField(label='Passages that the note is about')
        field.choices, field.initial = shortened(waiting), [one.pk for one in waiting]


def _ask_optional_note(form: MoveForm) -> None:
    form.fields['note'] = _long_text(
        'Your note', 'If you write one it stands in the letter.', required=False, rows=4
    )


def _ask_reason(form: MoveForm) -> None:
    form.fields['reason'] = forms.CharField(
        label='The reason',
        help_text=form.move.reason_hint,
        max_length=300,
        widget=forms.Textarea(attrs={'rows': 3}),
    )


def _ask_due_on(form: MoveForm) -> None:
    today = days.today()
    if form.move.to:
        row = row_of(form.move.to)
        starts = (row.due_if_promised or row.due)(today)
    else:
        starts = max(form.submission.due_on or today, today) + MORE_TIME
    form.fields['due_on'] = NearDayField(label='Due on', initial=starts)


def _ask_editor(form: MoveForm) -> None:
    people = [
        person.pk
        for person in form.submission.editors_not_writing()
        if person.pk != form.submission.editor_id
    ]
    if form.submission.series_id:
        people += [
            person.pk for person in guests_of(form.submission) if person.pk != form.submission.editor_id
        ]
    editors = Person.objects.filter(pk__in=people)
    who = form.fields['editor'] = WhoField(
        editors,
        label='The editor',
        help_text='Editors who are named on this submission are not in the list.',
        widget=forms.RadioSelect,
        empty_label=None,
    )
    who.absent = absences.among(editors, days.today())
    form.fields['away'] = forms.CharField(required=False, widget=forms.HiddenInput)


def _ask_when(form: MoveForm) -> None:
    tomorrow, at = days.today() + timedelta(days=1), '09:00'
    if form.move.now_too:
        form.fields['when'] = forms.ChoiceField(
            label='When it comes out',
            choices=[('later', 'On a day and at a time'), ('now', 'Now')],
            initial='later',
            widget=forms.RadioSelect,
        )
    else:
        post = form.submission.post_or_none
        if post is not None and post.published_at:
            local = timezone.localtime(post.published_at, days.LONDON)
            tomorrow, at = local.date(), f'{local:%H:%M}'
    form.fields['day'] = NearDayField(label='Day', initial=tomorrow)
    form.fields['time'] = forms.TimeField(label='Time (UK time)', initial=at, widget=TIME)
    form.fields['clash'] = forms.CharField(required=False, widget=forms.HiddenInput)


def _ask_tags(form: MoveForm) -> None:
    chosen = form.submission.tags_to_print()
    words = form.submission.current.tag_words if form.submission.current else []
    shown = _read(form.data.get('shown')).get('tags', [])  # those ticked on the page may be on it no more
    form.fields |= tag_fields([*chosen, *words, *map(str, shown)], chosen=chosen)


def _ask_views(form: MoveForm) -> None:
    post = form.submission.post_or_none
    form.fields['views'] = forms.ChoiceField(
        label='Whose views these are',
        help_text='As the author declared it. The line under the post follows from it.',
        choices=VIEWS,
        initial=post.views if post else Views.OWN,
        widget=forms.RadioSelect,
    )


def _ask_correction(form: MoveForm) -> None:
    form.fields['correction'] = _long_text(
        'The note that readers see',
        'What changed, and why. It stands under the post with today’s date.',
        rows=4,
    )


ASKED: dict[str, Callable[[MoveForm], None]] = {
    'note': _ask_note,
    'quoting': _ask_quoting,
    'optional_note': _ask_optional_note,
    'reason': _ask_reason,
    'due_on': _ask_due_on,
    'editor': _ask_editor,
    'when': _ask_when,
    'tags': _ask_tags,
    'views': _ask_views,
    'correction': _ask_correction,
}


def _ask_why_fair(form: MoveForm, by: Person) -> None:
    """Where somebody of one's own organisation writes. What was typed while they did is not lost when they do not."""
    found = fairness.shared(form.submission, by)
    if found or form.data.get('fair'):
        hint = f'{fairness.sentence(found)} The other editors read this in the history; the author does not.'
        label = 'Why it is fair that you decide'
        form.fields['fair'] = _long_text(label, hint.strip(), required=bool(found), rows=3)


def _read(shown: str | None) -> dict[str, Any]:
    """What the page was shown with; nothing where it does not say."""
    try:
        found = json.loads(shown or '')
    except (ValueError, RecursionError):
        return {}
    whole = isinstance(found, dict) and isinstance(found.get('tags'), list) and 'views' in found
    return found if whole else {}


def _said(field: forms.Field, value: Any) -> str:
    return ', '.join(value) if isinstance(value, list) else both.shown(field, value)


def _folded(value: Any) -> Any:
    return {tags.fold(str(name)) for name in value} if isinstance(value, list) else value
