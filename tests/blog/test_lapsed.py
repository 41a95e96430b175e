"""Whose membership lapsed while they write: what was begun goes on to its end, and nothing new begins."""

from datetime import timedelta

import pytest

from blog import workflow
from members.models import Term
from tests.blog.test_workflow import MATRIX, bring_to, expected
from tests.blog.test_workflow import cast as cast  # noqa: PLC0414
from tests.conftest import make_submission
from ukis import days
from ukis.refusals import NotAllowed

pytestmark = pytest.mark.usefixtures('society')


def lapse(person) -> None:
    long_ago = days.today() - timedelta(days=500)
    Term.objects.update(start=long_ago - timedelta(days=364), end=long_ago, cover_end=long_ago)
    assert not type(person).objects.get(pk=person.pk).may_submit()


@pytest.mark.parametrize('situation', MATRIX)
def test_an_author_whose_membership_lapsed_may_do_with_it_what_an_author_may(situation, cast):
    submission = bring_to(situation, cast)
    lapse(cast['author'])
    author = type(cast['author']).objects.get(pk=cast['author'].pk)
    submission = type(submission).objects.get(pk=submission.pk)

    offered = {offer.move.name for offer in workflow.moves_for(submission, author) if offer.possible}

    assert offered == expected(situation, 'author')


def test_nothing_new_is_begun(author):
    lapse(author)
    person = type(author).objects.get(pk=author.pk)

    with pytest.raises(NotAllowed):
        workflow.start(by=person)
    with pytest.raises(NotAllowed):
        workflow.pitch(by=person, title='A new one', note='word ' * 60)


def test_what_lapsed_members_began_is_still_theirs_to_hand_in(author):
    submission = make_submission(author, 'drafting')
    lapse(author)

    assert workflow.can_edit(submission, type(author).objects.get(pk=author.pk))
