"""A promise whose words came to nothing, and a date that waits for the editor: no page says that the invitee is late, or
that anything is hoped for of them."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from blog import commissioning, workflow
from blog.desk import calendar, calendar_file, commission_queues
from blog.desk.topic_map.found import asked_for
from blog.models import Commission
from blog.states.commission_states import CommissionState as S
from tests.blog.test_commission_corners import handed_in
from tests.blog.test_commission_pages import link_of
from tests.commissions import LINK, brought_to
from tests.conftest import has_been_told, make_person
from ukis import days

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures('society')]


@pytest.fixture
def ivo():
    return make_person('Ivo Invitee', email='ivo@far.example')


@pytest.fixture
def declined(editor, ivo):
    row = brought_to(S.ACCEPTED, editor, invitee=ivo)
    submission = handed_in(row, ivo)
    workflow.decline(submission, by=editor, note='It does not fit.')
    Commission.objects.filter(pk=row.pk).update(
        answer_by=days.today() - timedelta(days=9), deadline=days.today() - timedelta(days=3)
    )
    return Commission.objects.get(pk=row.pk), submission


def test_until_its_letter_has_left_no_page_of_theirs_tells_a_refusal(declined, ivo, signed_in):
    row, _ = declined

    page = Client().get(link_of(row))

    assert 'You said yes, and sent us your words: thank you.' in page.text
    assert list(commissioning.waiting().filter(invitee=ivo)) == []
    assert 'We hope for your words' not in signed_in(ivo).get(reverse('my_commission', args=[row.pk])).text


def test_of_what_came_to_nothing_nothing_more_is_hoped_for(declined, ivo, signed_in):
    row, submission = declined
    has_been_told(submission)

    page = Client().get(link_of(row))

    assert 'what you wrote is closed: you need do nothing more' in page.text
    assert ('Read what you wrote' in page.text, 'Go on with it' in page.text) == (True, False)
    assert 'We hope for your words' not in page.text


def test_the_desk_says_that_it_came_to_nothing_and_not_that_anybody_is_late(declined, editor, signed_in):
    row, _ = declined
    due = row.deadline

    found = list(commission_queues.rows('mine', editor))

    assert found == [row]
    assert (row.late, row.desk_kind) == ('', 'you')
    assert row.editor_sentence == 'Ivo Invitee said yes, and it came to nothing. Ask again, or take it back.'
    month = calendar.month_of(editor, due.year, due.month, by='deadline')
    assert [one.commission for week in month for day in week for one in day.entries if one.commission] == []
    assert b'What the second year needs' not in calendar_file.of(editor, name='The desk', host='x.example')
    assert asked_for(editor) == set()


def test_who_proposed_another_date_is_not_late_while_the_editor_says_nothing(editor):
    row = brought_to(S.SENT, editor)
    commissioning.propose(row, by=LINK, day=row.deadline + timedelta(days=30))
    Commission.objects.filter(pk=row.pk).update(answer_by=days.today() - timedelta(days=2))
    row.refresh_from_db()
    day = row.answer_by

    month = calendar.month_of(editor, day.year, day.month, by='deadline')

    assert (row.late, row.desk_kind) == ('', 'you')
    [entry] = [one for week in month for on in week for one in on.entries]
    assert (entry.words, entry.late) == ('Ivo Invitee waits for an answer', '')
    assert b'Another date asked for' in calendar_file.of(editor, name='The desk', host='x.example')


def test_what_was_taken_down_again_is_not_said_to_be_published(editor):
    row = brought_to(S.FULFILLED, editor)

    assert row.invitee_sentence == 'What you wrote has been published: thank you.'
