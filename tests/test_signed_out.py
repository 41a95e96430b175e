"""A session that ran out loses nothing that was typed."""

from django.test import Client
from django.urls import reverse

from blog.models import Message, State
from tests.conftest import make_submission


def test_a_message_sent_signed_out_is_given_back(author, editor, society):
    submission = make_submission(author, State.IN_REVIEW, editor=editor)

    answer = Client().post(
        reverse('submission_message', args=[submission.pk]), {'text': 'A long & careful answer'}
    )

    assert answer.status_code == 401
    assert 'A long &amp; careful answer' in answer.text
    assert Message.objects.count() == 0


def test_an_editors_note_sent_signed_out_is_given_back(author, editor, society):
    submission = make_submission(author, State.IN_REVIEW, editor=editor)

    answer = Client().post(
        reverse('admin:desk_move', args=[submission.pk, 'decline']), {'note': 'Why it does not fit.'}
    )

    assert (answer.status_code, 'Why it does not fit.' in answer.text) == (401, True)
    submission.refresh_from_db()
    assert submission.state == State.IN_REVIEW


def test_signed_out_without_words_leads_to_the_sign_in_page(author, society):
    submission = make_submission(author)

    answers = [
        Client().get(reverse('submission', args=[submission.pk])),
        Client().post(reverse('submission_take_back', args=[submission.pk])),
    ]

    assert [(answer.status_code, answer.url.split('?')[0]) for answer in answers] == [
        (302, '/account/login/')
    ] * 2


def test_a_password_is_never_given_back(society):
    client = Client(enforce_csrf_checks=True, headers={'origin': 'http://testserver'})

    answer = client.post(
        reverse('account_login'), {'login': 'somebody@people.example', 'password': 'a secret word'}
    )

    assert answer.status_code == 403
    assert 'somebody@people.example' in answer.text
    assert 'a secret word' not in answer.text
