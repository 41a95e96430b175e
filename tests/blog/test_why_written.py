"""Each letter to an editor says at its foot why they get it, and says it once; authors and guests are told no such thing."""

import re
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone

from blog import workflow
from blog.models import State
from members.models import Person
from members.signing_in import from_letters
from tests.conftest import DECLARED, letters_leave, make_submission
from tests.members.test_signing_in import code_in
from ukis.letters import answering
from ukis.letters.models import Letter

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures('society')]

WHY = 'You get this letter because'


@pytest.fixture
def said(mailoutbox):
    def now() -> dict[tuple[str, str], tuple[str, ...]]:
        """By reader and subject every reason that the letter gives, in its plain words and in its HTML alike."""
        mailoutbox.clear()
        letters_leave()
        found = {}
        for one in mailoutbox:
            plain, html = one.body, one.alternatives[0].content
            assert plain.count('You get this') == html.count('You get this')
            reasons = tuple(line for line in plain.splitlines() if 'You get this' in line)
            found[one.to[0].partition(' <')[0], one.subject] = reasons
        return found

    return now


def test_an_editor_reads_why_and_an_author_does_not(author, chief, editor, other_editor, said, monkeypatch):
    monkeypatch.setattr(Person, 'may_submit', lambda person: True)
    submission = make_submission(author, State.DRAFTING)
    said()

    workflow.submit(submission, by=author, version=submission.current.number, declarations=DECLARED)
    handed_in = said()
    workflow.take(submission, by=editor)
    said()
    workflow.say(submission, by=author, text='Is it too long?')
    asked = said()
    workflow.change_editor(submission, by=editor, editor=other_editor)
    given = said()

    title = submission.title
    assert {who: why for (who, _), why in handed_in.items()} == {
        'Ada Author': (),
        'Cora Chief': (f'{WHY} you decide as Commissioning Editor.',),
    }
    assert asked == {('Ed Editor', f'A message about “{title}”'): (f'{WHY} you are its editor.',)}
    assert {who: why for (who, _), why in given.items()} == {
        'Ada Author': (),
        'Olga Othereditor': (f'{WHY} you are its editor.',),
    }
    workflow.change_editor(submission, by=chief, editor=editor)
    assert {who: why for (who, _), why in said().items()}['Olga Othereditor'] == (
        f'{WHY} you were its editor.',
    )


def test_one_that_says_so_itself_says_it_once(author, chief, editor, other_editor, said):
    submission = make_submission(author, State.PITCH)
    reasons = {who: why for (who, _), why in said().items()}

    assert submission.state == State.PITCH
    assert reasons['Cora Chief'] == (f'{WHY} you decide as Commissioning Editor.',)
    assert reasons['Ada Author'] == ()


@pytest.mark.parametrize('has_password', [True, False])
def test_an_author_without_a_password_reads_how_to_sign_in(author, editor, mailoutbox, has_password):
    if not has_password:
        author.set_unusable_password()
        author.save(update_fields=['password'])
    submission = make_submission(author, State.SUBMITTED)
    letters_leave()
    mailoutbox.clear()

    workflow.take(submission, by=editor)
    letters_leave()

    (to_author,) = [one for one in mailoutbox if one.to[0].startswith('Ada Author')]
    assert ('You need no password to sign in' in to_author.body) is not has_password
    assert ('You need no password to sign in' in to_author.alternatives[0].content) is not has_password


def test_its_link_leads_to_the_code_with_the_address_filled_in_and_on_to_the_blog(author, editor, mailoutbox):
    author.set_unusable_password()
    author.save(update_fields=['password'])
    submission, client = make_submission(author, State.SUBMITTED), Client()
    letters_leave()
    mailoutbox.clear()
    workflow.take(submission, by=editor)
    letters_leave()
    (letter,) = [one for one in mailoutbox if one.to[0].startswith('Ada Author')]
    (link,) = re.findall(rf'{settings.LETTERS_URL}(/account/login/code/\S+)', letter.body)
    assert f'<a href="{settings.LETTERS_URL}{link}"'.replace('&', '&amp;') in letter.alternatives[0].content
    assert author.email not in link

    page = client.get(link)
    client.post(link, {'email': page.context['form'].initial['email'], 'next': submission.get_absolute_url()})
    code = code_in(mailoutbox[-1])
    answer = client.post(
        '/account/login/code/confirm/', {'code': code, 'next': submission.get_absolute_url()}, follow=True
    )

    assert f'value="{author.email}"' in page.text
    assert answer.status_code == 200
    assert answer.redirect_chain == [(submission.get_absolute_url(), 302)]


def test_quoted_in_an_answer_it_fills_in_nothing_for_those_who_read_that():
    letter = Letter(pk=4)
    link = from_letters.asks_for_code(letter, '/write/1/')

    kept = answering.without_secrets(f'Yes.\n> Ask here: {link}\n> and {link.replace("%3A", ":")} too')

    assert kept.count('letter=…') == 2
    assert from_letters.address_of(kept.partition('letter=')[2].split()[0]) == ''


def test_its_link_fills_in_nothing_once_it_is_old(author, time_machine):
    make_submission(author, State.SUBMITTED)
    link = from_letters.asks_for_code(Letter.objects.filter(to=author).first(), '/write/1/')
    signed = parse_qs(urlsplit(link).query)['letter'][0]
    fresh = from_letters.address_of(signed)
    time_machine.move_to(timezone.now() + timedelta(days=91))

    assert (fresh, from_letters.address_of(signed)) == (author.email, '')


@pytest.mark.parametrize('signed', ['', 'x', '1:x', ':'])
def test_a_link_that_none_of_our_letters_bore_fills_in_nothing(signed):
    page = Client().get('/account/login/code/', {'letter': signed})

    assert page.context['form'].initial['email'] == ''
