"""Submissions are found on the desk by their words: those that stand, and that the editors may read."""

import pytest
from django.db import connection
from django.urls import reverse

from blog import workflow
from blog.desk import queues
from blog.models import State, Submission
from members import erasing
from tests.blog.test_workflow import MATRIX, bring_to
from tests.blog.test_workflow import cast as cast  # noqa: PLC0414
from tests.conftest import DECLARED, make_submission
from ukis import search
from ukis.search.asking import asked
from ukis.search.models import Document

pytestmark = pytest.mark.usefixtures('society')


def found(typed: str, person) -> list[int]:
    desk = Submission.objects.on_the_desk_of(person)
    return list(queues.search(desk, typed).order_by('pk').values_list('pk', flat=True))


def with_words(author, state=State.SUBMITTED, **words) -> Submission:
    given = {
        'title': 'A quiet start',
        'standfirst': 'What we saw in Ynys Môn.',
        'body': '<p>Evidence-based care in Łódź needs <em>two</em> children’s nurses.</p><p>On it goes.</p>',
        'references': '<p>Ó Briain, 2019.</p>',
        'tag_words': ['leadership', 'scaling'],
    }
    return make_submission(author, state, words=given | words)


HITS = [
    *(
        'nurses',
        'nurse',
        'NURSES',
        'lodz',
        'Łódź',
        'môn',
        'mon',
        'o briain',
        '2019',
        'saw',
    ),
    *(
        'evidence-based',
        'evidence based',
        '"evidence based care"',
        '“care in lodz”',
        'childrens',
        "children's",
    ),
    *('author nurses', 'ICC quiet lodz', 'the nurses', '"on it goes"', 'on it', 'leadership', 'quie nurs'),
]
MISSES = [
    *(
        '"based evidence"',
        '"care lodz"',
        'urses',
        'on',
        'nurses xyzzy',
        '???',
        '"',
        '""',
        '" "',
        "'",
        '*',
        'NOT nurses x',
    ),
    *(
        'nurses OR',
        '-nurses (',
        'words:nurses:',
        "nurs'); DROP TABLE x",
        'a' * 200,
        '\u202e',
        '%',
        '_',
        ':*',
    ),
]


def test_words_are_found_whatever_their_accents_and_capitals(author, editor):
    submission = with_words(author)

    assert {typed: found(typed, editor) for typed in HITS} == {typed: [submission.pk] for typed in HITS}


def test_whatever_is_typed_is_looked_for_as_words_and_breaks_nothing(author, editor, signed_in):
    submission = with_words(author)
    desk, page = signed_in(editor), reverse('admin:desk')

    statuses = {typed: desk.get(page, {'q': typed}).status_code for typed in [*HITS, *MISSES, 'x ' * 300]}
    hits = {typed for typed in MISSES if found(typed, editor)}

    assert set(statuses.values()) == {200}
    # Signs that stand in no word are no signs of a language of queries, nor is a word that stands everywhere.
    assert hits == {'-nurses (', 'nurses OR', 'on'}
    assert found('nurses OR', editor) == [submission.pk]


@pytest.mark.parametrize(
    'page', ['admin:desk', 'admin:blog_submission_changelist', 'admin:blog_post_changelist']
)
@pytest.mark.parametrize(
    ('typed', 'told'), [('“quiet start”', True), ('evidence-based', True), ('quiet start', False)]
)
def test_of_words_in_a_row_the_lists_say_where_they_were_looked_for(
    page, typed, told, author, editor, signed_in
):
    with_words(author)

    answer = signed_in(editor).get(reverse(page), {'q': typed})

    assert ('Words in a row are looked for in the newest 2,000 that have all of them.' in answer.text) is told


def test_what_was_typed_comes_apart_in_words_and_what_stands_in_a_row():
    wanted = asked('the “second year” of covid-19 at it')

    assert [term.words for term in wanted.required] == [('second', 'year'), ('covid', '19')]
    assert [term.words for term in wanted.also] == [('the',), ('of',), ('at',), ('it',)]
    assert [term.words for term in asked('the of').required] == [('the',), ('of',)]


def test_a_draft_s_words_are_not_found_before_it_is_handed_in_and_those_that_stand_after(author, editor):
    draft = with_words(author, State.DRAFTING)
    promised = make_submission(author, 'promised', editor=editor)
    workflow.save_words(
        promised,
        by=author,
        base=promised.current.number,
        words=promised.current.words().but(body='<p>Zebra.</p>'),
    )

    before = found('nurses', editor), found('zebra', editor)
    workflow.submit(draft, by=author, version=draft.current.number, declarations=DECLARED)
    after = found('nurses', editor)

    assert (before, after) == (([], []), [draft.pk])


def test_words_that_were_changed_are_found_and_those_that_went_are_not(author, editor):
    submission = make_submission(author, State.EDITING, editor=editor)
    words = submission.current.words().but(body='<p>A platypus.</p>')

    workflow.save_words(submission, by=editor, base=submission.current.number, words=words)

    assert (found('platypus', editor), found('"first year is for learning"', editor)) == ([submission.pk], [])


def test_nobody_finds_their_own_submission_by_its_words(editor, other_editor, organisation):
    from tests.conftest import make_seat

    make_seat(editor, organisation)
    submission = with_words(editor)

    assert (found('nurses', editor), found('nurses', other_editor)) == ([], [submission.pk])


@pytest.mark.parametrize('situation', MATRIX)
def test_the_words_that_are_known_are_those_that_stand_in_every_situation(situation, cast):
    submission = bring_to(situation, cast)

    assert search.slips() == []
    assert bool(found('careful', cast['chief'])) == submission.is_known_to_editors


def test_they_are_made_anew_where_rows_were_written_by_other_means(author, editor):
    submission = with_words(author)
    Document.objects.all().delete()

    before = found('nurses', editor)
    search.put_right()

    assert (before, found('nurses', editor), search.slips()) == ([], [submission.pk], [])


def test_of_words_that_were_erased_nothing_stays_in_the_index(author, editor):
    with_words(author, body='<p>A platypus.</p>')

    row = erasing.ask(author, by=author, bylines='contributor')
    erasing.carry_out_due(row.due_at)

    assert (found('platypus', editor), search.slips()) == ([], [])
    assert not Document.objects.filter(rest__contains='platypus').exists()
    if connection.vendor == 'sqlite':
        with connection.cursor() as cursor:
            cursor.execute('SELECT block FROM ukis_document_words_data')
            assert not any(b'atypus' in block for (block,) in cursor.fetchall())
