"""Who somebody is to a submission, and what the table lets them do with it as it stands."""

from dataclasses import dataclass

from django.utils import timezone

from blog.models import Holder, State, Submission
from blog.workflow.moves import MOVES, Move, Role
from members.models import Person
from members.roles import ADMINISTRATOR, COMMISSIONING_EDITOR, EDITOR
from ukis import days


def stand_in(submission: Submission, person: Person) -> bool:
    """Whether somebody may make the Commissioning Editor's moves here without being one: another editor where no
    Commissioning Editor is free of a part in the submission, and where no editor is, an Administrator."""
    free = submission.editors_not_writing()
    if any(editor.is_in(COMMISSIONING_EDITOR) for editor in free):
        return False
    return person in free or (not free and person.is_in(ADMINISTRATOR))


def roles_of(submission: Submission, person: Person | None) -> frozenset[Role]:
    """Everything somebody is to this submission. Who is named on it is an author there and nothing else."""
    if person is None:
        return frozenset({Role.SYSTEM})
    named = [row for row in submission.authorships.all() if row.person_id == person.pk]
    if named:
        roles = {Role.AUTHOR if named[0].can_edit else Role.NAMED}
        if named[0].corresponding:
            roles.add(Role.CORRESPONDING)
        return frozenset(roles)
    roles = set()
    if person.is_in(EDITOR) or person.is_in(COMMISSIONING_EDITOR):
        roles.add(Role.DESK)
        if submission.editor_id == person.pk:
            roles.add(Role.EDITOR)
    if person.is_in(COMMISSIONING_EDITOR):
        roles.add(Role.CHIEF)
    if person.is_in(ADMINISTRATOR):
        roles.add(Role.ADMINISTRATOR)
    if roles and Role.CHIEF not in roles and stand_in(submission, person):
        roles.add(Role.CHIEF)
    return frozenset(roles)


def moment(move: Move, submission: Submission, roles: frozenset[Role]) -> str:
    """Why the move cannot be made just now, or nothing."""
    if submission.state not in move.frm:
        return f'“{move.label}” is not possible now: the submission is “{State(submission.state).label}”.'
    if move.live is True and not submission.has_live_post:
        return f'“{move.label}” is for a submission that is out, and this one is not.'
    if move.live is False and submission.has_live_post:
        return f'“{move.label}” is not possible: the post is out.'
    return move.guard(submission, roles)


@dataclass(frozen=True)
class Offer:
    """A move as a button: drawn where person and state fit, pressed only where nothing stands against it."""

    move: Move
    why_not: str

    @property
    def possible(self) -> bool:
        return not self.why_not


def _fits(move: Move, submission: Submission) -> bool:
    if submission.state not in move.frm:
        return False
    return move.live is None or move.live == submission.has_live_post


def moves_for(submission: Submission, person: Person, roles: frozenset[Role] | None = None) -> list[Offer]:
    """The buttons for this person on the submission as it stands, in the table's order; `roles` where known."""
    roles = roles_of(submission, person) if roles is None else roles
    return [
        Offer(move, move.guard(submission, roles))
        for move in MOVES.values()
        if move.who & roles and _fits(move, submission)
    ]


def can_edit(submission: Submission, person: Person) -> bool:
    """Who may save words: authors while it is with them, the assigned editor while it is copy-edited."""
    named = next((row for row in submission.authorships.all() if row.person_id == person.pk), None)
    if submission.state in (State.DRAFTING, State.CHANGES_REQUESTED):
        return named is not None and named.can_edit
    return submission.state == State.EDITING and submission.editor_id == person.pk and named is None


def _day(day) -> str:
    return f'{day.day} {day:%B %Y}' if day else ''


def author_words(submission: Submission) -> str:
    """The state in the author's words, with the date that matters to them."""
    by = f' by {_day(submission.due_on)}' if submission.due_on else ''
    editor = submission.editor.printed_name if submission.editor_id else 'An editor'
    match submission.state:
        case State.DRAFTING:
            return f'You are writing{", due" + by if by else ""}'
        case State.SUBMITTED:
            return f'Received. An editor takes it up{by}'
        case State.IN_REVIEW:
            return f'{editor} is reading, reply expected{by}'
        case State.CHANGES_REQUESTED:
            return f'Changes asked for, due{by}'
        case State.EDITING:
            if submission.has_live_post:
                return f'Published. {editor} is preparing a revision'
            return f'{editor} is preparing the final copy, expected{by}'
        case State.AUTHOR_APPROVAL:
            return f'Please approve the final copy{by}'
        case State.READY:
            return 'Approved, date to come'
        case State.RELEASED:
            return _released_words(submission)
        case State.DECLINED:
            return 'Not taken up'
    return 'Withdrawn'


def _released_words(submission: Submission) -> str:
    post = submission.post
    on = _day(timezone.localdate(post.published_at, days.LONDON))
    if post.is_scheduled:
        at = timezone.localtime(post.published_at, days.LONDON)
        return f'Goes out on {on} at {at:%H:%M} UK time'
    if post.taken_down_at:
        return f'Published on {on}, taken down on {_day(timezone.localdate(post.taken_down_at, days.LONDON))}'
    return f'Published on {on}'


def next_for_author(submission: Submission, person: Person) -> str:
    """What comes next, for the author's list: a sentence."""
    if submission.holder == Holder.AUTHOR:
        mine = Role.CORRESPONDING in roles_of(submission, person) or can_edit(submission, person)
        match submission.state:
            case State.DRAFTING:
                return 'Write, save, and submit it when you are ready.'
            case State.CHANGES_REQUESTED:
                return 'Read the editor’s note, change the text and send it back.'
            case State.AUTHOR_APPROVAL if mine:
                return 'Read the final copy and approve it, or ask for a correction.'
        return 'It is with the corresponding author.'
    match submission.state:
        case State.SUBMITTED:
            return 'You will get a letter when an editor has taken it.'
        case State.IN_REVIEW:
            return 'The editor accepts it, asks for changes, or says why it does not fit.'
        case State.EDITING:
            return 'You will be asked to approve the final copy before anything goes out.'
        case State.READY:
            return 'The editor chooses the date, and you will get a letter with it.'
        case State.RELEASED:
            return ''
    return ''
