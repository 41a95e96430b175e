"""The paper for the editors' meeting."""

from datetime import timedelta

from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from blog import workflow
from blog.desk import queues
from blog.models import Message, State, Submission
from tests.commissions import brought_to
from tests.conftest import make_submission
from ukis import days

MEETING = reverse('admin:desk_meeting')
KINDS = (State.SUBMITTED, State.IN_REVIEW, 'promised', State.AUTHOR_APPROVAL, State.READY, 'scheduled')


def test_each_queue_stands_on_it_with_its_rows(author, editor, chief, signed_in, society):
    for kind in KINDS:
        make_submission(author, kind, editor=editor)

    page = signed_in(chief).get(MEETING)

    assert [(part.queue, part.count, len(points)) for part, points in page.context['parts']] == [
        (queue, 1, 1) for queue in queues.PARTS
    ]


def test_a_row_says_who_since_when_until_when_and_the_last_word(author, editor, chief, signed_in, society):
    submission = make_submission(author, State.IN_REVIEW, editor=editor)
    Submission.objects.filter(pk=submission.pk).update(due_on=days.today() - timedelta(days=2))
    workflow.say(submission, by=author, text='Is it too long?')
    workflow.say(submission, by=editor, text='I would take it.', audience=Message.Audience.EDITORS)

    page = signed_in(chief).get(MEETING).text

    for words in (
        'Careful change',
        'Ada Author (ICC)',
        'Ed Editor',
        '<strong>2 days late</strong>',
        'Take it, Ed Editor',
        'among editors: “I would take it.”',
        'by Cora Chief. For editors only.',
    ):
        assert words in page, words
    assert 'Is it too long?' not in page


def test_ones_own_submissions_and_commissions_are_not_on_it(author, editor, chief, signed_in, society):
    make_submission(author, State.IN_REVIEW, editor=chief, coauthors=(editor,))
    brought_to('sent', chief, invitee=editor, email=editor.email, name='Ed Editor')

    page = signed_in(editor).get(MEETING)

    assert [part.count for part, _ in page.context['parts']] == [0] * len(queues.PARTS)
    assert page.context['awaited'].count == 0
    assert 'Everybody who was asked has answered.' in page.text


def test_who_has_yet_to_answer_stands_on_it(editor, signed_in, society):
    brought_to('sent', editor, working_title='Asked of Ivo')
    brought_to('accepted', editor, email='else@far.example')

    page = signed_in(editor).get(MEETING)

    assert [one.working_title for one in page.context['awaited'].commissions] == ['Asked of Ivo']


def test_it_asks_as_much_for_five_of_each_as_for_one(author, editor, chief, signed_in, society):
    client, asked = signed_in(chief), []
    for number in range(5):
        cache.clear()
        for kind in KINDS:
            make_submission(author, kind, editor=editor)
        brought_to('sent', editor, email=f'{number}@far.example')
        if number in (0, 4):
            client.get(MEETING)
            with CaptureQueriesContext(connection) as questions:
                client.get(MEETING)
            asked.append(len(questions))

    assert asked == [16, 16]
