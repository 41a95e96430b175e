"""A former version's words stand again, as a new version; nothing that others saved or somebody typed is lost."""

import pytest
from django.urls import reverse

from blog import workflow
from blog.models import State, Submission
from tests.conftest import make_submission
from tests.tabs import Tab
from ukis.refusals import NotAllowed

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures('society')]


def titled(submission: Submission, by, *titles: str) -> Submission:
    for title in titles:
        words = submission.current.words().but(title=title)
        workflow.save_words(submission, by=by, base=submission.current.number, words=words)
    return submission


@pytest.fixture
def draft(author):
    return titled(make_submission(author), author, 'Third', 'Fourth')


@pytest.fixture
def editing(author, editor):
    return titled(make_submission(author, State.EDITING, editor=editor), editor, 'Third', 'Fourth')


def at(submission: Submission, number: int, name: str = 'submission_go_back') -> str:
    return f'{reverse(name, args=[submission.pk])}?version={number}'


def test_the_difference_is_shown_first_and_one_button_makes_the_new_version(author, draft, signed_in):
    client = signed_in(author)

    shown = client.get(at(draft, 3))
    answer = client.post(at(draft, 3), {'base': 4}, follow=True)

    assert shown.context['marked']['between'].changed == ['title']
    assert '<button class="button" type="submit">Go back to version 3</button>' in shown.text
    assert 'The words of version 3 stand again, as version 5.' in answer.text
    draft.refresh_from_db()
    new = draft.current
    assert (new.number, new.title, new.why, new.note, new.made_by) == (
        5,
        'Third',
        'restored',
        'As version 3',
        author,
    )
    assert list(draft.versions.values_list('number', flat=True)) == [1, 2, 3, 4, 5]


def test_where_somebody_saved_since_nothing_changes_and_both_are_shown(author, draft, signed_in):
    titled(draft, author, 'Fifth')
    client = signed_in(author)

    answer = client.post(at(draft, 3), {'base': 4})

    assert answer.status_code == 409
    assert 'saved version 5' in answer.text
    assert f'{reverse("submission_differences", args=[draft.pk])}?from=4&amp;to=5' in answer.text
    assert '<input type="hidden" name="base" value="5">' in answer.text
    draft.refresh_from_db()
    assert draft.current.title == 'Fifth'


def test_a_button_that_is_pressed_twice_makes_one_version(author, draft, signed_in):
    client = signed_in(author)

    answers = [client.post(at(draft, 3), {'base': 4}) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [302, 302]
    assert draft.versions.count() == 5


def test_what_was_typed_and_not_saved_stays_and_is_shown_beside(author, draft, signed_in):
    client, sheet = signed_in(author), reverse('submission_edit', args=[draft.pk])
    Tab(client, sheet, 'words', 'me').type(body='<p>Typed over lunch.</p>')

    shown = client.get(at(draft, 3))
    client.post(at(draft, 3), {'base': 4})
    page = client.get(sheet)

    assert 'You have text that was typed and not saved as a version.' in shown.text
    assert 'Typed over lunch.' in page.text
    assert (page.context['theirs'].number, page.context['theirs'].title) == (5, 'Third')


def test_the_editor_goes_back_on_the_desk_and_what_they_typed_stays(editing, editor, signed_in):
    client, sheet = signed_in(editor), reverse('admin:desk_edit', args=[editing.pk])
    Tab(client, sheet, 'form').type(body='<p>Typed over lunch.</p>')
    first = editing.current.number - 1

    answer = client.post(at(editing, first, 'admin:desk_go_back'), {'base': first + 1}, follow=True)

    assert f'The words of version {first} stand again, as version {first + 2}.' in answer.text
    editing.refresh_from_db()
    assert (editing.current.title, editing.current.why) == ('Third', 'restored')
    assert 'Typed over lunch.' in client.get(sheet).text


def test_a_stale_page_on_the_desk_is_refused_with_both(editing, editor, signed_in):
    base = editing.current.number
    titled(editing, editor, 'Fifth')

    answer = signed_in(editor).post(at(editing, base - 1, 'admin:desk_go_back'), {'base': base})

    assert answer.status_code == 409
    assert f'name="base" value="{base + 1}"' in answer.text


def test_only_whoever_may_save_words_goes_back(author, editing, other_editor, chief, coauthor, signed_in):
    base = editing.current.number
    version = editing.versions.get(number=base - 1)

    answer = signed_in(author).post(at(editing, base - 1), {'base': base}, follow=True)

    assert 'The text cannot be changed now: it is with somebody else.' in answer.text
    with pytest.raises(NotAllowed):
        workflow.go_back_to(version, editing, by=coauthor, base=base)
    assert signed_in(other_editor).get(at(editing, base - 1, 'admin:desk_go_back')).status_code == 403
    editing.refresh_from_db()
    assert editing.current.number == base


def test_an_approval_holds_again_where_one_goes_back_to_what_was_approved(author, editor):
    submission = make_submission(author, State.READY, editor=editor)
    approved = submission.current
    workflow.send_back(submission, by=editor, note='Once more.')
    titled(submission, editor, 'Another')
    lapsed = workflow.offer_of('keep_approval', submission, editor)

    workflow.go_back_to(approved, submission, by=editor, base=submission.current.number)

    assert lapsed.why_not == (
        'The text was changed since the approval, and not every change is marked as a typo.'
    )
    assert workflow.offer_of('keep_approval', submission, editor).possible


@pytest.mark.parametrize('number', ['99', 'x', '²'])
def test_a_version_that_is_not_there_is_404(number, author, draft, signed_in):
    assert signed_in(author).get(at(draft, number)).status_code == 404


def test_what_says_the_same_has_no_button(author, draft, signed_in):
    titled(draft, author, 'Third')

    shown = signed_in(author).get(at(draft, 3))

    assert 'Version 3 says the same as the words that stand now.' in shown.text
    assert 'Go back to version 3</button>' not in shown.text
