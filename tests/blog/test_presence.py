"""Who else has a submission open on the desk: for editors, never a lock, and gone by itself."""

from datetime import timedelta

import pytest
from allauth.usersessions.models import UserSession
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone

from blog.models import LastRead, State
from tests.conftest import make_submission

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures('society')]
OPEN = 'Open now by Ed Editor'


@pytest.fixture
def submission(author, editor):
    return make_submission(author, State.IN_REVIEW, editor=editor)


def page(submission, name: str = 'desk_submission') -> str:
    return reverse(f'admin:{name}', args=[submission.pk])


def test_an_editor_sees_who_else_has_it_open_and_not_themselves(submission, editor, chief, signed_in):
    first = signed_in(editor).get(page(submission))
    second = signed_in(chief).get(page(submission))

    assert 'Open now by' not in first.text
    assert OPEN in second.text


def test_90_seconds_after_the_last_sign_it_is_gone(submission, editor, chief, signed_in, time_machine):
    start = timezone.now()
    time_machine.move_to(start, tick=False)
    theirs, mine = signed_in(editor), signed_in(chief)
    theirs.get(page(submission))
    time_machine.move_to(start + timedelta(seconds=60), tick=False)
    theirs.post(page(submission, 'desk_still_open'))

    time_machine.move_to(start + timedelta(seconds=149), tick=False)
    assert mine.post(page(submission, 'desk_still_open')).json() == {'words': OPEN}
    time_machine.move_to(start + timedelta(seconds=150), tick=False)
    assert mine.post(page(submission, 'desk_still_open')).json() == {'words': ''}


def test_the_sign_counts_neither_as_reading_nor_as_use_of_the_session(submission, editor, signed_in):
    client = signed_in(editor)
    cache.clear()
    before = list(UserSession.objects.filter(user=editor).values_list('last_seen_at'))

    answer = client.post(page(submission, 'desk_still_open'))

    assert answer.status_code == 200
    assert 'sessionid' not in answer.cookies
    assert list(UserSession.objects.filter(user=editor).values_list('last_seen_at')) == before
    assert not LastRead.objects.filter(person=editor).exists()


def test_its_author_neither_sees_it_nor_is_seen(submission, author, editor, chief, signed_in):
    signed_in(editor).get(page(submission))
    theirs = signed_in(author)

    own = theirs.get(reverse('submission', args=[submission.pk]))

    assert 'Open now' not in own.text
    assert theirs.post(page(submission, 'desk_still_open')).status_code == 403
    assert 'Ada Author' not in signed_in(chief).post(page(submission, 'desk_still_open')).text


def test_where_the_cache_has_forgotten_nothing_is_shown(submission, editor, chief, signed_in):
    signed_in(editor).get(page(submission))
    cache.clear()

    assert 'Open now by' not in signed_in(chief).get(page(submission)).text
