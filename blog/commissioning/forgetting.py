"""Somebody is forgotten who was asked to write, or who asked."""

from datetime import datetime, timedelta

from django.contrib.contenttypes.models import ContentType
from django.db.models import Q, QuerySet

from blog.commissioning.engine import locked, record
from blog.commissioning.moves import MOVES, CommissionParty
from blog.letters import commission_letters
from blog.models import Commission, CommissionStep
from blog.states.commission_states import CommissionState as State
from blog.states.commission_states import where
from members.models import Person
from members.roles import COMMISSIONING_EDITOR
from ukis.erasing import ERASED, FORMER
from ukis.letters.models import PrivateLink
from ukis.personal import Leaving

CAME_TO_NOTHING = timedelta(days=3 * 365)


def asked(person: Person, addresses: frozenset[str] | set[str] = frozenset()) -> QuerySet[Commission]:
    theirs = Q(invitee=person)
    if addresses:
        theirs |= Q(email__in=addresses)
    return Commission.objects.filter(theirs).order_by('pk')


def long_over(now: datetime) -> QuerySet[Commission]:
    """What came to nothing, and of which nothing was written."""
    over = Commission.objects.filter(
        state__in=where(lambda row: not row.open), held_since__lte=now - CAME_TO_NOTHING
    )
    return over.filter(submissions=None)


def forget(leaving: Leaving) -> None:
    """In the transaction that erases, each commission held as by any verb. What they were asked stays, and whether;
    who it was, and what they said, goes, and no letter of it leaves."""
    addresses = {address.lower() for address in leaving.addresses}
    for key in asked(leaving.person, addresses).values_list('pk', flat=True):
        _forget_in(locked(Commission(pk=key)), leaving)
    for row in Commission.objects.filter(editor=leaving.person).open().order_by('pk'):
        _hand_on(locked(row), leaving)
    CommissionStep.objects.filter(by=leaving.person).update(by_name=FORMER)


def _forget_in(row: Commission, leaving: Leaving) -> None:
    commission_letters.overtaken(row)
    kind = ContentType.objects.get_for_model(Commission)
    PrivateLink.objects.filter(content_type=kind, object_id=row.pk).delete()
    was, name = row.state, row.name
    row.name, row.email, row.letter, row.answer = FORMER, ERASED, '', ''
    row.first_title = row.first_words = row.reason = ''
    row.ask_after = row.proposed_on = None
    if row.is_open:
        row.state, row.held_since = State.TAKEN_BACK, leaving.at
        row.sent_at = row.sent_at or leaving.at
    row.save()
    if row.state != was:
        record(row, 'forgotten', was, by=None, at=leaving.at)
    of_theirs = [name for name, move in MOVES.items() if CommissionParty.INVITEE in move.who]
    row.steps.filter(Q(by_name=name) | Q(move__in=of_theirs)).update(by_name=FORMER)
    for following in row.followed_by.filter(steps__move='draft', steps__by=None):
        following.steps.filter(move='draft').update(by_name=FORMER)
        if following.is_draft:
            following.letter = ''  # it says who named them
            following.save(update_fields=['letter'])
    row.steps.exclude(note='').update(note=ERASED)


def _hand_on(row: Commission, leaving: Leaving) -> None:
    """To whoever decides as Commissioning Editor; where there is none, it stays where it is and anybody of them may."""
    chiefs = Person.objects.in_group(COMMISSIONING_EDITOR).exclude(
        pk__in=[leaving.person.pk, row.invitee_id or 0]
    )
    heir = chiefs.order_by('pk').first()
    if heir is not None:
        row.editor = heir
        row.save(update_fields=['editor'])
