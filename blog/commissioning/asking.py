"""The editor's verbs: draft, ask, answer what was answered, take back, ask again."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from blog import workflow
from blog.commissioning.engine import MovingCommission, locked, moving, record, roles_of
from blog.commissioning.moves import EDITORS
from blog.letters import commission_letters
from blog.models import Commission, Series
from blog.models.series import looks_after_series
from blog.states import row_of
from blog.states.commission_states import CommissionState as State
from members import owners
from members.models import Person
from ukis import days
from ukis.erasing import ERASED
from ukis.letters.models import PrivateLink
from ukis.lines import one_line
from ukis.refusals import NotAllowed, NotNow

# What is asked for, and whom: what an editor types, and what is copied for the next.
ASKED = (
    'working_title', 'brief', 'angle', 'words_from', 'words_to', 'tag_words', 'answer_by', 'deadline', 'window_from',
    'window_to', 'letter', 'series',
)  # fmt: skip
OF_INVITEE = ('invitee', 'name', 'email')
_LINES = ('working_title', 'name')


def copied(row: Commission) -> dict[str, Any]:
    """The same to be asked of somebody else: without the words that were meant for the first alone."""
    return {name: getattr(row, name) for name in ASKED if name != 'letter'}


def _in_lines(asked: dict[str, Any]) -> dict[str, Any]:
    return asked | {name: one_line(asked[name]) for name in _LINES if name in asked}


def draft(*, by: Person, follows: Commission | None = None, **asked: Any) -> Commission:
    """A new one, which nobody hears of. `by` becomes its editor unless `asked` names another."""
    with transaction.atomic():
        editor = asked.pop('editor', None) or by
        _may_ask(by, asked.get('series'), editor)
        at = timezone.now()
        row = Commission(
            made_by=by, editor=editor, follows=follows, made_at=at, held_since=at, **_in_lines(asked)
        )
        _point_out(row)
        row.save()
        record(row, 'draft', '', by=by, at=at)
    return row


def change(commission: Commission, *, by: Person, **asked: Any) -> Commission:
    """What is asked for, and whom, until it is sent."""
    with transaction.atomic():
        row = _held_as_draft(commission, by)
        for name, value in _in_lines(asked).items():
            setattr(row, name, value)
        _may_ask(by, row.series, row.editor)
        _point_out(row)
        row.save()
        record(row, 'change', row.state, by=by, at=timezone.now())
    return row


def discard(commission: Commission, *, by: Person) -> None:
    """A draft of which nobody has heard."""
    with transaction.atomic():
        _held_as_draft(commission, by).delete()


def _held_as_draft(commission: Commission, by: Person) -> Commission:
    row = locked(commission)
    if not roles_of(row, by) & EDITORS:
        raise NotAllowed(
            'This commission is another editor’s. Its editor or the Commissioning Editor changes it.'
        )
    if not row.is_draft:
        raise NotNow('The invitation has been sent. Use the moves on its page.')
    return row


def _may_ask(by: Person, series: Series | None, editor: Person) -> None:
    """Editors for any series or none, guest editors for theirs; and its editor sees to it."""
    if not by.is_editor and not (series and looks_after_series(by, series)):
        raise NotAllowed('Commissions are drafted by the editors, and by guest editors for their series.')
    if not editor.is_editor and not (series and looks_after_series(editor, series)):
        raise NotNow(f'{editor.printed_name} is no editor of it. Choose another, or another series.')


def _point_out(row: Commission) -> None:
    if row.invitee_id and row.invitee_id == row.editor_id:
        raise NotNow(
            'Its editor cannot be asked to write it. Choose another editor, or start a blog of your own.'
        )


def send(commission: Commission, *, by: Person, seen: str = '') -> Commission:
    """`seen`: the letter that was read before it was sent."""
    with moving('send', commission, by=by) as made:
        if seen and seen != commission_letters.fingerprint(made.commission):
            raise NotNow('Somebody changed the invitation since you opened it. Read it again, then send it.')
        made.commission.sent_at = made.at
        made.commission.invitee = owners.owner_of(made.commission.email)
    return commission


def agree_date(commission: Commission, *, by: Person, note: str = '', seen: date | None = None) -> Commission:
    """`seen`: the date that was agreed to, as it stood on the page."""
    with moving('agree_date', commission, by=by, note=note) as made:
        row = made.commission
        assert row.proposed_on is not None
        _is_as_seen(row, seen)
        if row.proposed_on < days.london_day(made.at):
            raise NotNow('The day that they proposed is past by now. Move the dates instead.')
        row.deadline, row.proposed_on = row.proposed_on, None
        if row.state == State.SENT:  # they are asked once more, and have time for it
            row.answer_by = min(row.deadline, max(row.answer_by, _in_a_week(made)))
    return commission


def refuse_date(commission: Commission, *, by: Person, note: str, seen: date | None = None) -> Commission:
    with moving('refuse_date', commission, by=by, note=note) as made:
        row = made.commission
        _is_as_seen(row, seen)
        made.facts['proposed'] = row.proposed_on
        row.proposed_on = None
        if row.state == State.SENT:
            row.answer_by = min(row.deadline, max(row.answer_by, _in_a_week(made)))
            if row.answer_by < days.london_day(made.at):
                raise NotNow('The first date is past by now. Move the dates instead.')
    return commission


def _is_as_seen(row: Commission, seen: date | None) -> None:
    if row.proposed_on is not None and seen not in (None, row.proposed_on):
        raise NotNow(
            f'They propose another date by now, {days.in_words(row.proposed_on)}. Press again if you mean it.'
        )


def _in_a_week(made: MovingCommission) -> date:
    return days.add_working_days(days.london_day(made.at), 5)


def move_dates(
    commission: Commission, *, by: Person, deadline: date, answer_by: date | None = None, note: str = ''
) -> Commission:
    """`answer_by`: of whom has not answered yet."""
    with moving('move_dates', commission, by=by, note=note) as made:
        row = made.commission
        made.facts['was_due'] = row.deadline
        if row.is_promised:
            _set_dates(made, min(row.answer_by, deadline), deadline)
        elif answer_by is None:
            raise NotNow('Their answer is not there any more. Say by when you hope for one, too.')
        else:
            _set_dates(made, answer_by, deadline)
    return commission


def _set_dates(made: MovingCommission, answer_by: date, deadline: date) -> None:
    today = days.london_day(made.at)
    if deadline < today or (made.to == State.SENT and answer_by < today):
        raise NotNow('Choose days that are not past.')
    if answer_by > deadline:
        raise NotNow('The day to answer by is not after the deadline.')
    row = made.commission
    row.answer_by, row.deadline, row.proposed_on = answer_by, deadline, None


def correct_address(commission: Commission, *, by: Person, name: str, email: str) -> Commission:
    """A new letter goes to the right address; links that were sent to the wrong one lead nowhere from now on."""
    with moving('correct_address', commission, by=by) as made:
        row, name, email = made.commission, one_line(name), email.strip().lower()
        if (row.name, row.email) == (name, email):
            raise NotNow('This is the name and the address that it has.')
        made.history = f'{row.name}, {row.email}'  # where it went before
        kind = ContentType.objects.get_for_model(Commission)
        PrivateLink.objects.filter(content_type=kind, object_id=row.pk).delete()
        row.name, row.email = name, email
        row.invitee = owners.owner_of(email)
        _point_out(row)
    return commission


@dataclass(frozen=True)
class Known:
    """Who an address already is, and what they were asked before."""

    person: Person | None
    other_name: str  # where they go by another name than the one typed
    open: list[Commission]
    before: list[Commission]


def known(row: Commission, *, to: Person) -> Known:
    """Asked before it is sent: whose this address is, what is open with them, what they answered before, as far as it
    is on the desk of whoever asks."""
    person = row.invitee or owners.owner_of(row.email)
    theirs = Q(email=row.email) | Q(invitee=person) if person else Q(email=row.email)
    others = Commission.objects.on_the_desk_of(to).filter(theirs).exclude(email=ERASED).exclude(pk=row.pk)
    others = others.prefetch_related('submissions')
    others = others.exclude(state=State.DRAFT).order_by('-held_since', '-pk')
    found = list(others[:20])
    other_name = person.printed_name if person and person.printed_name != row.name else ''
    return Known(
        person, other_name, [one for one in found if one.is_open], [one for one in found if not one.is_open]
    )


def note_yes(commission: Commission, *, by: Person, note: str) -> Commission:
    """They answered by telephone, or by ordinary mail: their words are kept as the note."""
    with moving('note_yes', commission, by=by, note=note) as made:
        row = made.commission
        row.answer, row.reason, row.ask_after, row.proposed_on = made.note, '', None, None
        begin_for(made)
    return commission


def note_no(commission: Commission, *, by: Person, note: str) -> Commission:
    with moving('note_no', commission, by=by, note=note) as made:
        made.commission.answer, made.commission.proposed_on = made.note, None
        end_writing(made, note)
    return commission


def revive(
    commission: Commission, *, by: Person, answer_by: date, deadline: date, note: str = ''
) -> Commission:
    with moving('revive', commission, by=by, note=note) as made:
        _set_dates(made, answer_by, deadline)
        row = made.commission
        row.reason, row.answer, row.ask_after, row.sent_at = '', '', None, made.at
        row.invitee = row.invitee or owners.owner_of(row.email)
    return commission


def take_back(commission: Commission, *, by: Person, reason: str) -> Commission:
    """What they typed stays theirs to read."""
    with moving('take_back', commission, by=by, note=reason) as made:
        made.commission.proposed_on = None
        end_writing(made, reason)
    return commission


def begin_for(made: MovingCommission) -> None:
    """After a yes of somebody who has an account: their draft is there to be written in."""
    row = made.commission
    row.invitee = row.invitee or owners.owner_of(row.email)  # who may have joined since they were asked
    if row.invitee is None:
        return
    begun = row.begun
    over = begun is not None and row_of(begun.state).closed
    if begun is None or (over and begun.first_submitted_at):
        workflow.start_promised(row, author=row.invitee, at=made.at)
    elif over:
        workflow.renew_promised(begun, at=made.at)


def end_writing(made: MovingCommission, why: str) -> None:
    """What was begun and never handed in ends with the promise."""
    for submission in made.commission.submissions.all():
        workflow.end_promised(submission, by=made.by or made.commission.invitee, why=why)
