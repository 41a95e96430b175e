"""A letter of a decision leaves while somebody makes the next move: two real processes at one submission."""

import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from blog import workflow
from blog.models import State, Submission
from blog.told import as_told
from tests.conftest import make_submission
from tests.processes import cookie_of, wait_until
from ukis.letters.models import Letter

pytestmark = pytest.mark.django_db(transaction=True)

STARTS = 3  # seconds, at most, until a worker stands before the lock
GONE = (Letter.State.SENT, Letter.State.RECALLED)


def desk_move(name):
    return lambda submission: reverse('admin:desk_move', args=[submission.pk, name])


NEXT = {
    'another decision': ('editor', desk_move('send_for_approval'), {}, State.AUTHOR_APPROVAL, 'final_copy'),
    'sent back': ('editor', desk_move('send_back'), {'note': 'Too quick.'}, State.IN_REVIEW, None),
    'withdrawn': (
        'author',
        lambda submission: reverse('submission_withdraw', args=[submission.pk]),
        {'reason': 'We publish it elsewhere.'},
        State.WITHDRAWN,
        None,
    ),
}


@pytest.mark.parametrize('worker_first', [True, False])
@pytest.mark.parametrize('name', NEXT)
def test_a_letter_leaves_while_the_next_move_is_made(
    site, society, author, editor, signed_in, name, worker_first
):
    who, address, form, leads_to, next_letter = NEXT[name]
    submission = make_submission(author, State.IN_REVIEW, editor=editor)
    workflow.accept(submission, by=editor)
    letter = Letter.objects.get(kind='accepted')
    cookie = cookie_of(signed_in({'author': author, 'editor': editor}[who]))
    web = site.web()

    Letter.objects.filter(pk=letter.pk).update(send_after=timezone.now())

    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            Submission.objects.select_for_update().get(pk=submission.pk)
            if worker_first:
                site.worker()
                time.sleep(STARTS)
            made = pool.submit(web.ask, 'POST', address(submission), cookie=cookie, form=form)
            time.sleep(0.5)
            if not worker_first:
                site.worker()
        answer = made.result()

    assert answer[0] == 302, answer
    wait_until(lambda: Letter.objects.get(pk=letter.pk).state in GONE)
    wait_until(lambda: not Letter.objects.filter(unheard=True).exists())
    row = Submission.objects.get(pk=submission.pk)
    left = Letter.objects.get(pk=letter.pk).state == Letter.State.SENT
    assert row.state == leads_to
    if next_letter:
        # Of the second decision nobody has heard; of the first, if its letter left.
        assert Letter.objects.get(kind=next_letter).state == Letter.State.WAITING
        assert as_told(row).state == (State.EDITING if left else State.IN_REVIEW)
    else:
        assert row.told_state == ''
