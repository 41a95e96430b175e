"""What becomes of a commission's letters: those that do not arrive, and those that an editor changed or recalled."""

from datetime import datetime, time, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from blog import chasers, commissioning
from blog.commissioning import chased
from blog.states.commission_states import CommissionState as S
from tests.commissions import brought_to
from ukis import days, letters
from ukis.clock.models import Reminded
from ukis.letters.bouncing import came_back
from ukis.letters.models import Letter
from ukis.letters.refusing import Cause
from ukis.letters.reports import Meaning, Report

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures('society')]


def test_an_editor_hears_that_a_letter_did_not_arrive(editor):
    row = brought_to(S.SENT, editor)
    letter = Letter.objects.get(kind='commission_invited')
    Letter.objects.filter(pk=letter.pk).update(state=Letter.State.SENT)

    came_back(letter, Report(letter.to_address, Meaning.DEAD, 'No such user here.'), timezone.now())

    told = Letter.objects.get(kind='commission_not_reached')
    assert (told.to, told.subject) == (editor, 'Our letter to Ivo Invitee did not arrive')
    assert 'No such user here.' in told.text()
    commissioning.correct_address(row, by=editor, name='Ivo Invitee', email='no@far.example')
    letters.suppress('ivo@near.example', Cause.BOUNCED, 'Asked for none.')
    commissioning.correct_address(row, by=editor, name='Ivo Invitee', email='ivo@near.example')
    assert Letter.objects.filter(kind='commission_not_reached').count() == 2


def test_a_reminder_that_an_editor_recalled_reminded_nobody_and_still_lets_the_time_end(editor, time_machine):
    row = brought_to(S.SENT, editor)
    Letter.objects.update(state=Letter.State.SENT)
    first = chased.first_on(row.steps.last())
    time_machine.move_to(days.in_london(datetime.combine(first, time(10))))
    chasers.remind(timezone.now())

    letters.recall(Letter.objects.get(kind='commission_reminder'), editor)

    entry = Reminded.objects.get(plan='commission answer', step='+4')
    assert (entry.outcome, entry.why) == ('skipped', chased.RECALLED)
    assert chased.is_done(row, timezone.now() + timedelta(days=3))


def test_an_invitation_edited_in_the_outbox_keeps_its_words_when_the_dates_move(editor):
    row = brought_to(S.SENT, editor)
    letter = Letter.objects.get(kind='commission_invited')
    edited = letter.body.replace('We met in Cardiff.', 'We met in Bangor, on the pier.').replace(
        'Please answer by', 'It would be kind to answer by'
    )
    letters.edit(letter, editor, subject=f'{letter.subject}!', body=edited)
    sooner = row.deadline - timedelta(days=10)
    answer_by = row.answer_by + timedelta(days=2)

    commissioning.move_dates(row, by=editor, answer_by=answer_by, deadline=sooner, note='Sooner, if you can.')

    anew = Letter.objects.filter(kind='commission_invited').latest('pk')
    text = anew.text()
    assert anew.subject == f'{letter.subject}!'
    assert 'We met in Bangor, on the pier.' in text
    assert f'It would be kind to answer by {days.in_words(answer_by)}' in text
    assert f'Wanted by: {days.in_words(sooner)}' in text
    assert 'Sooner, if you can.' in text
    commissioning.move_dates(row, by=editor, answer_by=answer_by, deadline=sooner + timedelta(days=1))
    third = Letter.objects.filter(kind='commission_invited').latest('pk').text()
    assert ('Sooner, if you can.' in third, 'Bangor' in third) == (True, True)
    assert f'Wanted by: {days.in_words(sooner + timedelta(days=1))}' in third


def test_who_said_yes_is_given_no_day_to_answer_by(editor, signed_in):
    row = brought_to(S.ACCEPTED, editor)
    page = reverse('admin:commission_move', args=[row.pk, 'move_dates'])
    client, later = signed_in(editor), row.deadline + timedelta(days=7)

    assert list(client.get(page).context['form'].fields) == ['deadline', 'note']
    client.post(page, {'deadline': days.in_words(later)})

    row.refresh_from_db()
    assert (row.deadline, row.state) == (later, S.ACCEPTED)
