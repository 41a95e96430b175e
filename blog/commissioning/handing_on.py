"""Commissions of a guest editor who is none any more: the Commissioning Editor has them from then on."""

from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from blog.commissioning.engine import locked, record
from blog.letters import commission_letters
from blog.letters.recipients import by_account
from blog.models import Commission, SeriesEditor
from blog.models.commissions import CommissionQuerySet
from blog.states.commission_states import CommissionState, where
from members.models import Person
from members.roles import COMMISSIONING_EDITOR, GUEST_EDITOR


def left_by_guests() -> CommissionQuerySet:
    """Of a series, with something still to come of it, and an editor who looks after it no more."""
    looks_after = SeriesEditor.objects.current().filter(
        series=OuterRef('series'),
        person=OuterRef('editor'),
        person__is_active=True,
        person__groups__name=GUEST_EDITOR,
    )
    again = Q(state=CommissionState.DECLINED, ask_after__isnull=False)
    going_on = Commission.objects.filter(
        Q(state__in=where(lambda row: row.open)) | again, series__isnull=False
    )
    return going_on.exclude(editor__in=Person.objects.editors().values('pk')).exclude(Exists(looks_after))


def hand_on_from_guests(*, by: Person | None) -> int:
    """How many went to whoever decides; one that is asked of whoever decides stays where it is, on their queue."""
    count = 0
    for key in list(left_by_guests().order_by('pk').values_list('pk', flat=True)):
        with transaction.atomic():
            row = locked(Commission(pk=key))
            chiefs = Person.objects.in_group(COMMISSIONING_EDITOR).exclude(pk=row.invitee_id).order_by('pk')
            chief = chiefs.first() if left_by_guests().filter(pk=key).exists() else None
            if chief is not None:
                _hand_on(row, chief, by=by)
                count += 1
    return count


def _hand_on(row: Commission, chief: Person, *, by: Person | None) -> None:
    old, row.editor = row.editor, chief
    row.save(update_fields=['editor'])
    note = f'from {old.printed_name} to {chief.printed_name}'
    step = record(row, 'handed_on', row.state, by=by, note=note, at=timezone.now())
    if chief != by:
        commission_letters.tell(
            'commission_handed_on',
            by_account(chief),
            row,
            key=f'commission step {step.pk}',
            by=by,
            before=old.printed_name,
        )
