"""For a co-author who has not answered somebody says how they agreed: on that, and never on silence, a name stands."""

from django.db import transaction
from django.utils import timezone

from blog import letters
from blog.models import Authorship, State, Submission
from blog.states import row_of
from blog.workflow.engine import locked, record
from blog.workflow.moves import EVENTS
from blog.workflow.rights import roles_of
from blog.workflow.roles import CORRESPONDING, EDITORS, Role
from members.models import Person
from ukis.refusals import NotAllowed, NotNow


def may_vouch(submission: Submission, person: Person, roles: frozenset[Role] | None = None) -> bool:
    """Whoever answers for the submission, and the editors of it; `roles` where known."""
    return bool((roles_of(submission, person) if roles is None else roles) & (CORRESPONDING | EDITORS))


def vouch(submission: Submission, *, by: Person, authorship: Authorship, words: str) -> None:
    """`words` say how and when they agreed. The co-author hears of it, and can object or take the name off."""
    with transaction.atomic():
        held = locked(submission)
        at = timezone.now()
        if not may_vouch(held, by):
            raise NotAllowed(
                'The corresponding author says how somebody agreed, or an editor of the submission.'
            )
        theirs = held.authorships.filter(pk=authorship.pk).first()
        if theirs is None or theirs.came_off_at:
            raise NotNow('Their name is not on this submission any more.')
        if not theirs.is_silent:
            raise NotNow(f'{theirs.name} needs nobody to say so any more: their yes is there.')
        if row_of(held.state).closed:
            raise NotNow('The submission is closed.')
        if not words.strip():
            raise NotNow('Say how and when they agreed.')
        theirs.stated_at, theirs.statement = at, words.strip()
        theirs.save(update_fields=['stated_at', 'statement'])
        note = f'{theirs.name}: {theirs.statement}'
        step = record(held, 'vouch', State(held.state), by=by, at=at, note=note)
        facts = letters.Facts(name=theirs.name, words=theirs.statement)
        letters.tell_of_step(EVENTS['vouch'].letters, held, step=step, by=by, hold=False, facts=facts)
        letters.tell_named('vouched', theirs, held, by=by, key=f'step {step.pk}', facts=facts)
