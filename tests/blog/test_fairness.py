"""Whoever decides on writing of their own organisation says why that is fair."""

from datetime import timedelta

import pytest
from django.db import transaction
from django.urls import reverse

from blog import workflow
from blog.checklist import fairness
from blog.models import State, Step
from blog.workflow import MOVES
from members.models import Affiliation
from tests.blog.test_workflow import MATRIX, ROLES, bring_to, expected, make
from tests.blog.test_workflow import cast as cast  # noqa: PLC0414
from tests.conftest import make_organisation, make_submission
from ukis import days
from ukis.refusals import NotNow

pytestmark = pytest.mark.usefixtures('society')

DECIDE = {
    'take_up', 'assign_pitch', 'decline_pitch', 'accept', 'accept_as_it_stands', 'decline', 'release', 'release_revision',
    'proceed_without_reply', 'note_approval', 'take_down', 'put_back',
}  # fmt: skip
WHY = 'I left that department ten years ago, and nobody else is free this month.'


def at(person, organisation, **dates) -> Affiliation:
    return Affiliation.objects.create(person=person, organisation=organisation, **dates)


def test_the_moves_that_decide_are_these_and_each_of_them_asks_on_a_page_of_its_own():
    deciding = [move for move in MOVES.values() if move.decides]

    assert {move.name for move in deciding} == DECIDE
    assert [move.name for move in deciding if not move.asks] == []


@pytest.mark.parametrize('situation', MATRIX)
def test_whoever_belongs_to_an_author_s_organisation_decides_with_a_note_and_does_the_rest_without(
    situation, cast, organisation, monkeypatch
):
    submission = bring_to(situation, cast)
    for role in ('editor', 'other_editor', 'chief', 'administrator'):
        at(cast[role], organisation)
    for role in ROLES:
        for name in expected(situation, role):
            savepoint = transaction.savepoint_create()
            if name in DECIDE:
                with pytest.raises(NotNow, match='Ada Author and you belong to ICC'):
                    make(name, submission, cast[role])
                submission.refresh_from_db()
                with monkeypatch.context() as patch:
                    verb = getattr(workflow, name)
                    patch.setattr(
                        workflow, name, lambda row, *, verb=verb, **given: verb(row, fair=WHY, **given)
                    )
                    make(name, submission, cast[role])
            else:
                make(name, submission, cast[role])
            step = Step.objects.filter(submission=submission).latest('pk')
            assert (step.move, step.fair) == (name, WHY if name in DECIDE else '')
            transaction.savepoint_rollback(savepoint)
            submission.refresh_from_db()


def test_only_organisations_of_today_count_and_the_one_that_an_author_is_named_for(
    author, editor, other_editor, organisation
):
    submission, former, elsewhere = (
        make_submission(author),
        make_organisation(),
        make_organisation('Elsewhere'),
    )
    yesterday = days.today() - timedelta(days=1)
    at(editor, organisation, until=yesterday)
    at(author, former, until=yesterday)
    at(editor, former)
    at(other_editor, elsewhere)
    submission.authorships.create(name='Nia Named', organisation=elsewhere, affiliation='Elsewhere', order=2)

    assert fairness.shared(submission, editor) == []
    assert fairness.shared(submission, other_editor) == [fairness.Shared('Elsewhere', ('Nia Named',))]


def test_the_desk_says_so_before_asks_on_the_move_s_page_and_keeps_the_answer_from_the_author(
    author, editor, organisation, signed_in
):
    at(editor, organisation)
    submission = make_submission(author, State.IN_REVIEW, editor=editor)
    desk, url = signed_in(editor), reverse('admin:desk_move', args=[submission.pk, 'accept'])
    page = desk.get(reverse('admin:desk_submission', args=[submission.pk])).text

    without = desk.post(url, {'note': 'Thank you for this.'})
    within = desk.post(url, {'note': 'Thank you for this.', 'fair': WHY})

    assert 'From your own organisation.' in page
    assert (without.status_code, 'Thank you for this.' in without.text) == (200, True)
    assert without.context['form'].errors == {'fair': ['Fill this in.']}
    assert within.status_code == 302
    assert submission.steps.latest('pk').fair == WHY
    assert WHY in desk.get(within.url).text
    assert WHY not in signed_in(author).get(submission.get_absolute_url()).text


def test_what_was_typed_while_it_was_asked_for_is_not_lost_when_it_is_asked_for_no_more(
    author, editor, organisation, signed_in
):
    here = at(editor, organisation)
    submission = make_submission(author, State.IN_REVIEW, editor=editor)
    here.delete()

    signed_in(editor).post(reverse('admin:desk_move', args=[submission.pk, 'accept']), {'fair': WHY})

    assert submission.steps.latest('pk').fair == WHY
