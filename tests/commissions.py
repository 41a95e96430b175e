"""Commissions of the cast: one that is drafted, or brought into a state by the moves that lead there."""

from datetime import timedelta

from django.contrib.contenttypes.models import ContentType
from django.utils import timezone

from blog import commissioning
from blog.commissioning import ByLink
from blog.letters import commission_letters
from blog.models import Commission
from blog.states.commission_states import CommissionState as S
from ukis import days
from ukis.clock.models import Reminded
from ukis.letters.models import Letter

LINK = ByLink()


def make_commission(editor, **fields):
    today = days.today()
    given = {
        'name': 'Ivo Invitee',
        'email': 'ivo@far.example',
        'working_title': 'What the second year needs',
        'brief': 'For those who lead a change: what is different in the second year.',
        'words_from': 800,
        'words_to': 1_000,
        'tag_words': ['leadership', 'scaling'],
        'answer_by': today + timedelta(days=14),
        'deadline': today + timedelta(days=60),
        'letter': 'We met in Cardiff.',
    }
    return commissioning.draft(by=editor, **{**given, **fields})


def brought_to(state: str, editor, **fields) -> Commission:
    row = make_commission(editor, **fields)
    if state == S.DRAFT:
        return row
    commissioning.send(row, by=editor)
    match state:
        case S.ACCEPTED:
            commissioning.accept(row, by=LINK)
        case S.DECLINED:
            commissioning.decline(row, by=LINK)
        case S.TAKEN_BACK:
            commissioning.take_back(row, by=editor, reason='It is not needed.')
        case S.EXPIRED:
            Commission.objects.filter(pk=row.pk).update(answer_by=days.today() - timedelta(days=1))
            Letter.objects.about(row).filter(state=Letter.State.WAITING).update(state=Letter.State.SENT)
            commissioning.expire_due(timezone.now())
        case S.FULFILLED:
            commissioning.accept(row, by=LINK)
            Commission.objects.filter(pk=row.pk).update(state=S.FULFILLED)
    row.refresh_from_db()
    assert row.state == state
    return row


def reminded(row: Commission) -> Letter:
    """By the first of the reminders, as if its letter had left."""
    step = row.steps.get(move='send')
    judged_by = {'plan': 'commission answer', 'row': step.pk, 'step': '+4'}
    letter = commission_letters.tell(
        'commission_reminder', commission_letters.invitee(row), row, key='+4', by=None, judged_by=judged_by
    )
    Letter.objects.filter(pk=letter.pk).update(state=Letter.State.SENT)
    Reminded.objects.create(
        plan='commission answer',
        content_type=ContentType.objects.get_for_model(step),
        object_id=step.pk,
        step='+4',
        due_on=days.today(),
        outcome=Reminded.Outcome.SENT,
        letters=1,
    )
    return letter
