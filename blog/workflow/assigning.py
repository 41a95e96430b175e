"""Several submissions given to one editor: each by its own move, and those that cannot be are named."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from django.db import transaction
from django.utils import timezone

from blog.letters import list_letters
from blog.models import Submission
from blog.states import State
from blog.workflow.desk import assign, change_editor
from blog.workflow.moves import MOVES
from blog.workflow.moves.row import Move
from blog.workflow.rights import moment
from blog.workflow.roles import Role
from members.models import Person
from members.roles import COMMISSIONING_EDITOR
from ukis.engine import Situation, hold
from ukis.refusals import NotAllowed, NotNow

MOST_AT_ONCE = 50
VERBS = {'assign': assign, 'change_editor': change_editor}
NAMED_ON_IT = 'You are named on it: another editor gives it away.'


@dataclass(frozen=True)
class Skipped:
    submission: Submission
    why: str


@dataclass
class Given:
    """What was, or would be, given, and what not."""

    done: list[Submission] = field(default_factory=list)
    skipped: list[Skipped] = field(default_factory=list)


def move_that_gives(submission: Submission) -> Move:
    return MOVES['assign' if submission.state in MOVES['assign'].frm else 'change_editor']


def why_not_given(submission: Submission, *, by: Person, editor: Person | None = None) -> str:
    """Why not together with others, or nothing. Asks nothing of the database where names come with the row.
    Whoever only stands in for the Commissioning Editor gives each from its own page."""
    named = {row.person_id for row in submission.authorships.all()}
    if by.pk in named:
        return NAMED_ON_IT
    move = move_that_gives(submission)
    if submission.state not in move.frm:
        return f'It is “{State(submission.state).label}”, and is not given to another there.'
    roles = {Role.CHIEF} if by.is_in(COMMISSIONING_EDITOR) else set()
    if by.is_editor and submission.editor_id == by.pk:
        roles.add(Role.EDITOR)
    if not move.who & roles:
        return f'“{move.label}” is not yours to do on it.'
    if why := moment(move, Situation(submission, frozenset(roles), timezone.now())):
        return why
    if editor is None:
        return ''
    if editor.pk in named:
        return f'{editor.printed_name} is named on it.'
    return f'{editor.printed_name} is its editor already.' if editor.pk == submission.editor_id else ''


def plan(rows: Iterable[Submission], *, by: Person, editor: Person) -> Given:
    """What giving them would do, as they stand."""
    given = Given()
    for submission in rows:
        if why := why_not_given(submission, by=by, editor=editor):
            given.skipped.append(Skipped(submission, why))
        else:
            given.done.append(submission)
    return given


def give(shown: Mapping[int, int], *, by: Person, editor: Person) -> Given:
    """`shown`: the keys of the submissions, and who was the editor of each (0: nobody) when `by` decided. What has gone
    to somebody else since is left. All in one transaction, with one letter for each editor that lists theirs."""
    given = Given()
    was: dict[Person, list[Submission]] = {}
    with transaction.atomic():
        hold(Submission.objects.on_the_desk_of(by), shown)
        rows = (
            Submission.objects.on_the_desk_of(by).with_title().with_names().select_related('editor', 'post')
        )
        for submission in rows.filter(pk__in=shown).order_by('pk'):
            before = submission.editor
            why = why_not_given(submission, by=by, editor=editor)
            if not why and (submission.editor_id or 0) != shown[submission.pk]:
                why = f'{before.printed_name if before else "Nobody"} is its editor since you looked.'
            try:
                if not why:
                    verb = VERBS[move_that_gives(submission).name]
                    with transaction.atomic():
                        verb(submission, by=by, editor=editor, listed=True)
            except (NotAllowed, NotNow) as refusal:
                why = str(refusal)
            if why:
                given.skipped.append(Skipped(submission, why))
                continue
            given.done.append(submission)
            if before:
                was.setdefault(before, []).append(submission)
        list_letters.tell_of_given(given.done, was, editor=editor, by=by)
    return given
