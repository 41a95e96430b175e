"""Two at one letter that came in: it enters once, and one editor decides on it."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connections
from django.utils import timezone

from blog import workflow
from blog.conversation import incoming
from blog.models import IncomingLetter, Message, State
from tests.blog.test_incoming import came, reply, sent_to
from tests.conftest import make_submission
from tests.ukis.imap_server import Mailbox, serving
from ukis.refusals import NotNow

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures('society')]


@pytest.fixture
def asked(settings, author, editor):
    settings.ANSWERS_TO = 'answers@society.example'
    submission = make_submission(author, State.IN_REVIEW, editor=editor)
    workflow.say(submission, by=editor, text='Could you say more of the second year?')
    return sent_to(author)


def both(*calls) -> list:
    """What each answers, or NotNow; they begin together."""
    barrier = threading.Barrier(len(calls))

    def call(one):
        barrier.wait()
        try:
            return one()
        except NotNow as refusal:
            return refusal
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(calls)) as pool:
        return [one.result() for one in [pool.submit(call, one) for one in calls]]


def test_two_readers_of_one_mailbox_take_a_letter_in_once(asked, author):
    raw = reply(asked, sender=author.email).as_bytes()

    rows = both(lambda: incoming.take(raw), lambda: incoming.take(raw))

    assert [row is None for row in rows].count(True) == 1
    assert IncomingLetter.objects.get().state == 'entered'
    assert Message.objects.filter(by=author, text='Yes, by Monday.').count() == 1


def test_two_workers_empty_one_mailbox_and_each_letter_enters_once(asked, author, settings):
    box = Mailbox()
    for number in range(6):
        made = reply(asked, f'Answer {number}.', sender=author.email)
        made.replace_header('Message-ID', f'<{number}@people.example>')
        box.put(made.as_bytes())
    with serving(box) as port:
        settings.ANSWERS_URL = f'imap://answers:secret@127.0.0.1:{port}/INBOX'
        both(*[lambda: incoming.read_answers(timezone.now())] * 2)

    said = Message.objects.filter(by=author).values_list('text', flat=True)
    assert (sorted(said), box.messages) == ([f'Answer {number}.' for number in range(6)], {})
    assert IncomingLetter.objects.count() == 6


def test_of_two_editors_one_decides(asked, author, editor, chief):
    held = came(reply(asked, sender='colleague@people.example'))

    answers = both(
        lambda: incoming.take_in(held, by=editor, as_note=False), lambda: incoming.put_aside(held, by=chief)
    )

    refused = [isinstance(one, NotNow) for one in answers]
    entered = Message.objects.filter(by=author, text='Yes, by Monday.').count()
    assert refused.count(True) == 1
    assert (IncomingLetter.objects.get().state, entered) == (('aside', 0) if refused[0] else ('entered', 1))
