"""A submission whose author is an editor: another decides, and where there is none an Administrator."""

import pytest

from blog import workflow
from blog.desk import queues
from blog.models import State
from tests.conftest import make_seat, make_submission
from ukis.refusals import NotNow

pytestmark = pytest.mark.usefixtures('society')


def moves(submission, person) -> set[str]:
    return {offer.move.name for offer in workflow.moves_for(submission, person) if offer.possible}


@pytest.fixture
def writing_chief(chief, organisation):
    make_seat(chief, organisation)
    return chief


def test_another_editor_has_the_chief_s_moves_on_the_chief_s_submission(
    writing_chief, editor, other_editor, administrator
):
    submission = make_submission(writing_chief, State.DECLINED, editor=editor)

    assert moves(submission, other_editor) == {'reopen'}
    assert moves(submission, administrator) == set()


def test_a_submission_whose_editor_is_gone_can_be_given_to_another(writing_chief, editor, other_editor):
    submission = make_submission(writing_chief, State.IN_REVIEW, editor=editor)
    editor.is_active = False
    editor.save()

    workflow.change_editor(submission, by=other_editor, editor=other_editor)

    assert (submission.editor, queues.counts(other_editor)['mine']) == (other_editor, 1)


def test_an_administrator_has_them_where_no_editor_is_left(writing_chief, administrator):
    submission = make_submission(writing_chief, State.SUBMITTED)

    assert moves(submission, administrator) == {'take', 'assign', 'decline', 'extend'}


def test_the_submission_s_own_editor_cannot_be_made_a_coauthor(author, editor):
    submission = make_submission(author, State.CHANGES_REQUESTED, editor=editor)
    names = [{'pk': submission.authorships.get().pk}, {'person': editor, 'name': 'Ed Editor'}]

    with pytest.raises(NotNow, match='is the editor of this submission'):
        workflow.change_byline(submission, by=author, names=names)

    assert submission.authorships.count() == 1


def test_what_one_editor_writes_to_another_is_not_shown_to_the_author(author, editor, chief, signed_in):
    submission = make_submission(author, State.IN_REVIEW, editor=editor)
    workflow.send_back(submission, by=editor, note='I know this author too well.')

    page = signed_in(author).get(submission.get_absolute_url()).text

    assert 'Sent back one step' in page
    assert 'I know this author too well.' not in page
