"""Who somebody is to a submission, and what the table lets them do with it as it stands."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from blog.models import Authorship, Holder, State, Submission
from blog.models.series import looks_after
from blog.states import Savers, row_of
from blog.workflow.moves import MOVES
from blog.workflow.moves.row import Move
from blog.workflow.roles import Role
from members.models import Person
from members.roles import ADMINISTRATOR, COMMISSIONING_EDITOR
from ukis.engine import Situation


def knowing_who_is_free(submissions: QuerySet[Submission]) -> QuerySet[Submission]:
    """Each with whether a Commissioning Editor, and whether any editor, has no part in it: `stand_in` need not ask."""
    named = Authorship.objects.filter(submission=OuterRef(OuterRef('pk')), person__isnull=False)
    free = Person.objects.editors().exclude(pk__in=named.values('person'))
    chiefs = free.filter(groups__name=COMMISSIONING_EDITOR)
    return submissions.annotate(chief_is_free=Exists(chiefs), editor_is_free=Exists(free))


def _who_is_free(submission: Submission, editors: Sequence[Person] | None) -> tuple[bool, bool]:
    """A Commissioning Editor; any editor."""
    if hasattr(submission, 'chief_is_free') and hasattr(submission, 'editor_is_free'):
        return submission.chief_is_free, submission.editor_is_free
    free = submission.editors_not_writing(editors)
    return any(editor.is_in(COMMISSIONING_EDITOR) for editor in free), bool(free)


def stand_in(submission: Submission, person: Person, editors: Sequence[Person] | None = None) -> bool:
    """Whether somebody who has no part in the submission may make the Commissioning Editor's moves without being one:
    another editor where no Commissioning Editor is free of a part in it, and where no editor is, an Administrator."""
    chief, editor = _who_is_free(submission, editors)
    if chief:
        return False
    return person.is_editor or (not editor and person.is_in(ADMINISTRATOR))


def roles_of(
    submission: Submission, person: Person | None, editors: Sequence[Person] | None = None
) -> frozenset[Role]:
    """Everything somebody is to this submission. Who is named on it is an author there and nothing else. `editors`:
    all there are, where a page of many submissions knows them."""
    if person is None:
        return frozenset({Role.SYSTEM})
    named = [row for row in submission.authorships.all() if row.person_id == person.pk]
    if named:
        roles = {Role.AUTHOR if named[0].can_edit else Role.NAMED}
        if named[0].corresponding:
            roles.add(Role.CORRESPONDING)
        return frozenset(roles)
    roles = set()
    if person.is_editor:
        roles.add(Role.DESK)
        if submission.editor_id == person.pk:
            roles.add(Role.EDITOR)
    elif looks_after(person, submission):
        # An editor of this one: never the Commissioning Editor's stand-in.
        return frozenset({Role.DESK, Role.EDITOR} if submission.editor_id == person.pk else {Role.DESK})
    if person.is_in(COMMISSIONING_EDITOR):
        roles.add(Role.CHIEF)
    if person.is_in(ADMINISTRATOR):
        roles.add(Role.ADMINISTRATOR)
    if roles and Role.CHIEF not in roles and stand_in(submission, person, editors):
        roles.add(Role.CHIEF)
    return frozenset(roles)


def moment(move: Move, case: Situation[Submission, Role]) -> str:
    """Why the move cannot be made just now, or nothing."""
    submission, live = case.row, case.row.is_live_at(case.at)
    if submission.state not in move.frm:
        return f'“{move.label}” is not possible now: the submission is “{State(submission.state).label}”.'
    if move.live is True and not live:
        return f'“{move.label}” is for a submission that is out, and this one is not.'
    if move.live is False and live:
        return f'“{move.label}” is not possible: the post is out.'
    return move.guard(case)


@dataclass(frozen=True)
class Offer:
    """A move as a button: drawn where person and state fit, pressed only where nothing stands against it."""

    move: Move
    why_not: str

    @property
    def possible(self) -> bool:
        return not self.why_not


def moves_for(submission: Submission, person: Person, roles: frozenset[Role] | None = None) -> list[Offer]:
    """The buttons for this person on the submission as it stands, in the table's order; `roles` where known."""
    roles = roles_of(submission, person) if roles is None else roles
    case = Situation(submission, roles, timezone.now())
    return [Offer(move, move.guard(case)) for move in moves_of(submission, roles, case.at)]


def moves_of(submission: Submission, roles: frozenset[Role], at: datetime) -> list[Move]:
    """What the table lets these roles do with it as it stands, whatever else may stand against it: asks nothing of
    the database."""
    live = submission.is_live_at(at)
    return [
        move
        for move in MOVES.values()
        if move.who & roles and submission.state in move.frm and move.live in (None, live)
    ]


def offer_of(name: str, submission: Submission, person: Person) -> Offer | None:
    """One move as it is offered to this person, if it is at all."""
    return next((offer for offer in moves_for(submission, person) if offer.move.name == name), None)


def can_edit(submission: Submission, person: Person) -> bool:
    """Who may save words, as the state's row says; on one's own submission one is an author and nothing else."""
    named = next((row for row in submission.authorships.all() if row.person_id == person.pk), None)
    match row_of(submission.state).savers:
        case Savers.AUTHORS:
            return named is not None and named.can_edit
        case Savers.EDITOR:
            its_own = named is None and submission.editor_id == person.pk
            return its_own and (not person.is_guest_editor or looks_after(person, submission))
        case Savers.NOBODY:
            return False


def in_whose_hands(submission: Submission, person: Person) -> bool:
    """Whether it waits for this author: the corresponding one, or one who may save words just now."""
    return submission.holder == Holder.AUTHOR and (
        Role.CORRESPONDING in roles_of(submission, person) or can_edit(submission, person)
    )
