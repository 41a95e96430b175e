"""How many messages are not read, on rows of lists: as many as their page shows as new, and told to nobody else."""

import re

import pytest
from django.urls import reverse

from blog import conversation, workflow
from blog.conversation import unread
from blog.models import Message, State, Submission
from tests.conftest import make_submission

EDITORS = Message.Audience.EDITORS


def row(submission, person) -> Submission:
    return unread.knowing(Submission.objects.with_names(), person).get(pk=submission.pk)


def new(submission, person) -> int:
    return unread.of(row(submission, person))


def said(page) -> list[str]:
    return re.findall(r'(\d+ unread messages?)', page.content.decode())


@pytest.fixture
def talked(author, coauthor, editor, other_editor, society):
    """Three from the author's side, two to the author, three among editors; one of each taken back."""
    submission = make_submission(author, State.IN_REVIEW, editor=editor, coauthors=(coauthor,))
    for number in range(3):
        workflow.say(submission, by=author, text=f'From me, {number}.')
    for number in range(2):
        workflow.say(submission, by=editor, text=f'To you, {number}.')
    for number in range(3):
        workflow.say(submission, by=other_editor, text=f'Between us, {number}.', audience=EDITORS)
    for who, audience in ((author, 'authors'), (editor, 'authors'), (other_editor, EDITORS)):
        last = Message.objects.filter(by=who, audience=audience).last()
        workflow.take_back_message(submission, by=who, message=last.pk)
    return submission


def test_each_is_told_as_many_as_their_page_shows_as_new(
    talked, author, coauthor, editor, other_editor, chief
):
    # Of five that stand: two of the author's, one to the author, two among editors.
    wanted = {author: 1, coauthor: 3, editor: 4, other_editor: 3, chief: 5}

    found = {who: new(talked, who) for who in wanted}

    assert found == wanted
    assert {who: conversation.of(row(talked, who), who).new for who in wanted} == wanted


def test_what_is_read_is_not_counted_and_another_has_not_read_it_by_that(talked, author, coauthor, editor):
    told = Message.objects.get(by=editor, taken_back_at=None)

    workflow.mark_read(talked, by=author, up_to=told.pk)

    assert (new(talked, author), new(talked, coauthor)) == (0, 3)


def test_an_editor_who_is_named_is_told_of_nothing_among_editors(author, editor, chief, society):
    theirs = make_submission(author, State.IN_REVIEW, editor=chief, coauthors=(editor,))
    another = make_submission(author, State.IN_REVIEW, editor=chief)
    for submission in (theirs, another):
        workflow.say(submission, by=chief, text='Between us.', audience=EDITORS)
        workflow.say(submission, by=chief, text='To all.')

    assert (new(theirs, editor), new(another, editor)) == (1, 2)


def test_a_note_is_counted_when_its_letter_has_left(author, editor, society):
    submission = make_submission(author, State.CHANGES_REQUESTED, editor=editor, told=False)
    before = new(submission, author)
    Message.objects.update(told_at='2026-01-01T00:00Z')

    assert (before, new(submission, author)) == (0, 1)


@pytest.mark.parametrize('page', ['account', 'write', 'admin:desk', 'admin:desk_board'])
def test_rows_say_it_in_words_and_lead_there(page, talked, author, chief, signed_in):
    of_authors = page in ('account', 'write')
    client = signed_in(author if of_authors else chief)

    shown = client.get(reverse(page))

    assert said(shown) == ['1 unread message' if of_authors else '5 unread messages']
    view = 'submission' if of_authors else 'admin:desk_submission'
    assert f'href="{reverse(view, args=[talked.pk])}#conversation"' in shown.content.decode()
