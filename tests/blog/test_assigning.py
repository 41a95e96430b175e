"""Several submissions given to one editor: what cannot be is named, and each editor hears once."""

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse

from blog.models import State, Step
from blog.workflow import assigning
from tests.conftest import make_seat, make_submission
from ukis.letters.models import Letter

pytestmark = pytest.mark.usefixtures('society')

ASSIGN = '/admin/desk/assign/'


def titled(author, title: str, state: str = State.SUBMITTED, editor=None, **given):
    return make_submission(author, state, editor=editor, words={'title': title}, **given)


def said(response) -> list[str]:
    return [str(one) for one in get_messages(response.wsgi_request)]


@pytest.fixture
def rows(author, editor, other_editor, chief, organisation) -> dict:
    make_seat(other_editor, organisation)
    make_seat(chief, organisation)
    found = {
        'new': titled(author, 'New'),
        'another': titled(author, 'Another'),
        'reading': titled(author, 'Reading', State.IN_REVIEW, editor),
        'theirs': titled(other_editor, 'Theirs'),
        'had': titled(author, 'Had', State.IN_REVIEW, other_editor),
        'closed': titled(author, 'Closed', State.DECLINED, editor),
        'pitch': make_submission(author, 'pitch'),
        'mine': titled(chief, 'By the chief'),
    }
    Letter.objects.all().delete()
    return found


def test_what_would_be_done_is_shown_first_and_what_would_not_be_is_named(
    rows, chief, other_editor, signed_in
):
    keys = [row.pk for row in rows.values()]

    page = signed_in(chief).get(ASSIGN, {'row': keys, 'editor': other_editor.pk})

    assert {one.pk for one in page.context['planned'].done} == {
        rows[name].pk for name in ('new', 'another', 'reading')
    }
    assert {one.submission.pk: one.why for one in page.context['skipped']} == {
        rows['theirs'].pk: 'Olga Othereditor is named on it.',
        rows['had'].pk: 'Olga Othereditor is its editor already.',
        rows['closed'].pk: 'It is “Declined”, and is not given to another there.',
        rows['pitch'].pk: 'It is “New pitch”, and is not given to another there.',
        rows['mine'].pk: 'You are named on it: another editor gives it away.',
    }
    assert not Step.objects.filter(move__in=('assign', 'change_editor'), by=chief).exists()


def test_each_moves_by_its_own_move_and_each_editor_gets_one_letter(
    rows, chief, editor, other_editor, signed_in
):
    given = [
        f'{rows[name].pk}-{rows[name].editor_id or 0}' for name in ('new', 'another', 'reading', 'theirs')
    ]

    answer = signed_in(chief).post(ASSIGN, {'row': given, 'editor': other_editor.pk})

    moved = Step.objects.filter(by=chief, move__in=('assign', 'change_editor'))
    assert dict(moved.values_list('submission__working_title', 'move')) == {
        'New': 'assign',
        'Another': 'assign',
        'Reading': 'change_editor',
    }
    letters = Letter.objects.exclude(state=Letter.State.RECALLED)
    assert sorted(letters.values_list('kind', 'to_name')) == [
        ('assigned_several', 'Olga Othereditor'),
        ('editor_changed', 'Ada Author'),
        ('editor_changed_several', 'Ed Editor'),
        ('taken', 'Ada Author'),
        ('taken', 'Ada Author'),
    ]
    body = letters.get(kind='assigned_several').body
    assert [title in body for title in ('New', 'Another', 'Reading', 'Theirs')] == [True, True, True, False]
    assert said(answer) == [
        '3 submissions given to Olga Othereditor. One letter tells them of all. Each author hears by letter.',
        'Left as it is: “Theirs”. Olga Othereditor is named on it.',
    ]


def test_a_second_click_gives_nothing_twice_and_says_so(rows, chief, other_editor, signed_in):
    given, desk = {'row': f'{rows["new"].pk}-0', 'editor': other_editor.pk}, signed_in(chief)

    desk.post(ASSIGN, given)
    again = desk.post(ASSIGN, given)

    assert Step.objects.filter(move='assign').count() == 1
    assert Letter.objects.filter(kind='assigned_several').count() == 1
    assert said(again)[-2:] == [
        'Nothing was given to Olga Othereditor.',
        'Left as it is: “New”. Olga Othereditor is its editor already.',
    ]


def test_what_another_took_meanwhile_is_left_to_them(rows, chief, editor, other_editor):
    from blog import workflow

    workflow.take(rows['new'], by=editor)

    given = assigning.give({rows['new'].pk: 0, rows['another'].pk: 0}, by=chief, editor=other_editor)

    rows['new'].refresh_from_db()
    assert rows['new'].editor == editor
    assert [(one.submission.pk, one.why) for one in given.skipped] == [
        (rows['new'].pk, 'Ed Editor is its editor since you looked.')
    ]


def test_an_editor_gives_away_their_own_alone_and_whoever_is_no_editor_none(
    rows, editor, other_editor, administrator, signed_in
):
    ticks = signed_in(editor).get('/admin/desk/?queue=everything').context['ticks']
    given = assigning.plan(rows.values(), by=editor, editor=other_editor)

    assert ticks == {rows['reading'].pk}
    assert [one.pk for one in given.done] == [rows['reading'].pk]
    assert signed_in(administrator).get(ASSIGN, {'row': rows['new'].pk}).status_code == 403
    assert signed_in(administrator).get('/admin/desk/?queue=everything').context['ticks'] == set()


@pytest.mark.parametrize('row', ['', 'x', '-', '1-2-3', '9' * 30, '٣'])
def test_what_is_no_row_is_none(row, chief, signed_in):
    answer = signed_in(chief).get(ASSIGN, {'row': row})

    assert (answer.status_code, answer.url) == (302, reverse('admin:desk'))


def test_the_letter_is_its_editor_s_alone(rows, chief, other_editor, secretary, signed_in):
    assigning.give({rows['new'].pk: 0}, by=chief, editor=other_editor)
    letter = Letter.objects.get(kind='assigned_several')
    address = reverse('admin:ukis_letter_change', args=[letter.pk])

    assert [signed_in(one).get(address).status_code for one in (other_editor, secretary)] == [200, 302]


def test_fifty_are_looked_at_with_as_many_questions_as_one(
    author, chief, editor, signed_in, django_assert_max_num_queries
):
    new = [titled(author, f'Number {number}') for number in range(5)]
    desk = signed_in(chief)
    desk.get(ASSIGN, {'row': new[0].pk, 'editor': editor.pk})

    with django_assert_max_num_queries(19):
        desk.get(ASSIGN, {'row': [one.pk for one in new], 'editor': editor.pk})
