"""What a commission meets: others that ask for the same piece, whoever is asked, and the words begun for it."""

from django.db.models import Q, QuerySet

from blog.models import Commission, Submission
from blog.states import CLOSED
from blog.states.commission_states import CommissionState as State
from blog.states.commission_states import where
from members import owners
from ukis.erasing import ERASED

TAKEN = (State.SENT, State.ACCEPTED, State.FULFILLED)


def open_words(row: Commission) -> QuerySet[Submission]:
    """Not those that came to nothing."""
    return row.submissions.exclude(state__in=CLOSED)


def is_forgotten(row: Commission) -> str:
    if row.email == ERASED:
        return 'Whoever was asked is forgotten, and their address with them. Copy it, to ask somebody else.'
    return ''


def is_its_editors_own(row: Commission) -> str:
    owner = owners.owner_of(row.email)
    if owner is not None and owner.pk == row.editor_id:
        return 'Its editor cannot be asked to write it. Choose another editor, or ask somebody else.'
    return ''


def asked_already(row: Commission) -> str:
    """One address once for one piece, however often it was passed on, copied or saved."""
    keys: list[int] = []
    before = row.follows
    while before is not None and len(keys) < 50:
        keys.append(before.pk)
        before = before.follows
    same = Q(pk__in=keys) | Q(follows__in=keys)
    same |= Q(working_title=row.working_title, state__in=where(lambda one: one.open))
    others = Commission.objects.filter(email=row.email).exclude(pk=row.pk).exclude(state=State.DRAFT)
    asked = others.filter(same).first()
    if asked is None:
        return ''
    return f'{asked.name} was asked for this already, under the same address. Ask somebody else.'


def taken_meanwhile(row: Commission) -> bool:
    """Whether somebody else was asked since it was open: whoever came before them, after them, or beside them."""
    near = Q(follows=row) | Q(pk=row.follows_id) | Q(follows__isnull=False, follows=row.follows_id)
    others = Commission.objects.exclude(pk=row.pk).filter(state__in=TAKEN)
    return not row.is_open and others.filter(near).exists()
