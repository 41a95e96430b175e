"""A burst of messages meets another tab, and the worker that would send its letter."""

import time
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connections, transaction
from django.urls import reverse
from django.utils import timezone

from blog import workflow
from blog.models import Message, State, Submission
from tests.conftest import make_submission
from tests.processes import cookie_of
from ukis.letters import sending
from ukis.letters.models import Letter

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures('society')]


def test_what_two_tabs_say_at_once_is_one_letter(site, author, editor, signed_in):
    submission = make_submission(author, State.IN_REVIEW, editor=editor)
    tabs, cookie = (site.web(), site.web()), cookie_of(signed_in(author))
    path = reverse('submission_message', args=[submission.pk])

    with ThreadPoolExecutor(2) as pool:
        with transaction.atomic():
            Submission.objects.select_for_update().get(pk=submission.pk)
            sent = [
                pool.submit(tab.ask, 'POST', path, cookie=cookie, form={'text': text})
                for tab, text in zip(tabs, ('From one tab.', 'From the other.'), strict=True)
            ]
            time.sleep(0.4)
        codes = [one.result()[0] for one in sent]

    letter = Letter.objects.get(kind='message')
    assert codes == [302, 302]
    assert sorted(letter.judged_by['messages']) == sorted(Message.objects.values_list('pk', flat=True))
    assert ('From one tab.' in letter.body, 'From the other.' in letter.body) == (True, True)


def test_a_worker_that_comes_while_a_message_joins_a_letter_leaves_it(author, editor):
    submission = make_submission(author, State.IN_REVIEW, editor=editor)
    workflow.say(submission, by=author, text='One.')
    Letter.objects.update(send_after=timezone.now() - timedelta(seconds=1))
    letter = Letter.objects.get(kind='message')

    def claim() -> Letter | None:
        try:
            return sending._claim(letter.pk)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            workflow.say(submission, by=author, text='Two.')
            claimed = pool.submit(claim)
            time.sleep(0.4)
        first = claimed.result()

    letter.refresh_from_db()
    assert (first, letter.state) == (None, Letter.State.WAITING)
    assert ('One.' in letter.body, 'Two.' in letter.body) == (True, True)
    assert not Letter.objects.filter(kind='message').exclude(pk=letter.pk).exists()
