"""Each letter to an editor says at its foot why they get it, and says it once; authors and guests are told no such thing."""

import pytest

from blog import workflow
from blog.models import State
from members.models import Person
from tests.conftest import DECLARED, letters_leave, make_submission

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
