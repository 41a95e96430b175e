"""A session that ran out loses nothing that was typed."""

import pytest
from django.test import Client
from django.urls import reverse

from blog.models import Message, State
from tests.conftest import PASSWORD, make_submission


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


def signs_in_after(answer, person) -> Client:
    """Follows the way to the sign-in page and through it; the client with what it was shown last."""
    client = Client()
    client.shown = client.post(answer.url, {'login': person.email, 'password': PASSWORD}, follow=True)
    return client.shown


def test_reading_signed_out_leads_to_the_page_after_signing_in(author, society):
    page = reverse('submission', args=[make_submission(author).pk])

    answer = Client().get(page + '?version=1')

    assert signs_in_after(answer, author).redirect_chain[-1][0] == page + '?version=1'


def test_a_button_pressed_signed_out_leads_to_the_page_it_stood_on(author, society):
    submission = make_submission(author, State.SUBMITTED)
    page, button = (reverse(name, args=[submission.pk]) for name in ('submission', 'submission_take_back'))

    answer = Client().post(button, headers={'referer': f'http://testserver{page}?version=2'})

    shown = signs_in_after(answer, author)
    assert (shown.status_code, shown.redirect_chain[-1][0]) == (200, f'{page}?version=2')


def test_a_form_may_name_the_page_it_stands_on(author, society):
    submission = make_submission(author, State.SUBMITTED)
    page = reverse('submission', args=[submission.pk])

    answer = Client().post(reverse('submission_take_back', args=[submission.pk]), {'next': page})

    assert signs_in_after(answer, author).redirect_chain[-1][0] == page


@pytest.mark.parametrize(
    'elsewhere',
    [
        '',
        'http://evil.example/write/',
        '//evil.example/write/',
        'http://testserver.evil.example/',
        'http://[broken/',
        'javascript:alert(1)',
        '\\\\evil.example',
    ],
)
def test_no_other_site_says_where_a_button_stood(author, society, elsewhere):
    button = reverse('submission_take_back', args=[make_submission(author, State.SUBMITTED).pk])

    answers = [
        Client().post(button, headers={'referer': elsewhere}),
        Client().post(button, {'next': elsewhere}),
    ]

    for answer in answers:
        assert signs_in_after(answer, author).redirect_chain[-1][0] == reverse('account')


def test_a_button_of_the_admin_pressed_signed_out_leads_back_to_its_page(author, editor, society):
    submission = make_submission(author, State.SUBMITTED)
    page = reverse('admin:desk_submission', args=[submission.pk])

    answer = Client().post(
        reverse('admin:desk_message', args=[submission.pk]), headers={'referer': f'http://testserver{page}'}
    )

    assert answer.url == f'{reverse("account_login")}?next={page}'


def test_a_password_is_never_given_back(society):
    client = Client(enforce_csrf_checks=True, headers={'origin': 'http://testserver'})

    answer = client.post(
        reverse('account_login'), {'login': 'somebody@people.example', 'password': 'a secret word'}
    )

    assert answer.status_code == 403
    assert 'somebody@people.example' in answer.text
    assert 'a secret word' not in answer.text


def test_words_beyond_what_is_kept_for_the_signed_out_are_given_back(author, society, monkeypatch):
    """Thirty of one office in an hour, or more than a blog can hold: not kept for them, and not lost."""
    submission = make_submission(author)
    address = reverse('submission_edit', args=[submission.pk])
    monkeypatch.setattr('ukis.limits.Limit.take', lambda self, who: False)
    page = Client().post(address, {'title': 'The thirty-first', 'base': '1'})
    assert page.status_code == 401
    assert 'The thirty-first</textarea>' in page.text
