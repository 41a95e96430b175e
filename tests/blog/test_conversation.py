"""Messages between authors and editors, on the author's side."""

import pytest
from django.urls import reverse

from blog import workflow
from blog.models import Message, State
from tests.conftest import make_person, make_submission
from ukis.letters.models import Letter


def say(client, submission, text: str, **more):
    return client.post(reverse('submission_message', args=[submission.pk]), {'text': text, **more})


def test_a_message_reaches_the_editor_and_stands_in_the_conversation(author, editor, signed_in):
    submission = make_submission(author, State.IN_REVIEW, editor=editor)
    client = signed_in(author)

    answer = say(client, submission, 'Is a table all right?')

    assert answer.url == reverse('submission', args=[submission.pk]) + '#conversation'
    message = Message.objects.get()
    assert (message.by, message.audience, message.text) == (author, 'authors', 'Is a table all right?')
    assert [letter.to for letter in Letter.objects.filter(kind='message')] == [editor]
    assert 'Is a table all right?' in client.get(reverse('submission', args=[submission.pk])).content.decode()


@pytest.mark.parametrize(('text', 'said'), [('', 'Fill this in.'), ('x' * 5001, 'at most 5000 characters')])
def test_a_refused_message_is_given_back_as_typed(text, said, author, signed_in):
    submission = make_submission(author)

    answer = say(signed_in(author), submission, text)

    assert (answer.status_code, said in answer.content.decode(), text in answer.content.decode()) == (
        200,
        True,
        True,
    )
    assert Message.objects.count() == 0


def test_an_author_cannot_speak_among_the_editors(author, editor, signed_in):
    submission = make_submission(author, State.IN_REVIEW, editor=editor)

    say(signed_in(author), submission, 'Hello.', audience='editors')

    assert Message.objects.get().audience == 'authors'


def test_an_editor_who_is_an_author_reads_and_writes_as_an_author(author, editor, signed_in):
    writing = make_person('Wri Editor', group='Editor')
    submission = make_submission(author, State.IN_REVIEW, editor=editor, coauthors=(writing,))
    workflow.say(submission, by=editor, text='Among us.', audience='editors')
    client = signed_in(writing)

    say(client, submission, 'From an author.')

    said = client.get(reverse('submission', args=[submission.pk])).content.decode()
    assert ('Among us.' in said, 'From an author.' in said) == (False, True)


def test_what_is_typed_is_text_and_not_html(author, signed_in):
    submission = make_submission(author)
    client = signed_in(author)

    say(client, submission, '<script>alert(1)</script> https://example.org/')

    said = client.get(reverse('submission', args=[submission.pk])).content.decode()
    assert '<script>alert' not in said
    assert '<a href="https://example.org/" rel="nofollow">' in said
