from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from blog import workflow
from blog.desk import queues
from blog.models import Post, Series, State, Submission
from members.roles import COMMISSIONING_EDITOR, GUEST_EDITOR
from tests.conftest import form_of, make_person, make_post, make_submission
from ukis import days

EVERY_STATE = [*State.values[:8], 'promised', 'scheduled', 'live', State.DECLINED, State.WITHDRAWN]


@pytest.fixture
def one_of_each(author, editor, society):
    submissions = {state: make_submission(author, state, editor=editor) for state in EVERY_STATE}
    taken_back = make_submission(author, State.SUBMITTED)
    workflow.take_back(taken_back, by=author)
    return {**submissions, 'taken back': taken_back}


def late(submission):
    Submission.objects.filter(pk=submission.pk).update(due_on=days.today() - timedelta(days=1))


def test_the_parts_add_up_to_everything_open_for_every_kind_of_editor(
    one_of_each, chief, editor, administrator
):
    for person in (chief, editor, administrator):
        counted = queues.counts(person)

        assert sum(counted[queue.key] for queue in queues.PARTS) == counted['everything']


def test_every_open_submission_stands_in_exactly_one_part(one_of_each, editor):
    for submission in queues.rows('everything', editor):
        holding = [
            queue.key
            for queue in queues.PARTS
            if queues.rows(queue.key, editor).filter(pk=submission.pk).exists()
        ]

        assert len(holding) == 1, (submission.state, holding)


def test_a_queue_shows_as_many_rows_as_it_counts(one_of_each, editor):
    late(one_of_each[State.IN_REVIEW])
    shown = {key: queues.rows(key, editor).count() for key in queues.QUEUES}

    assert {**shown, **queues.counts(editor)} == shown


def test_the_counts_are_one_query(one_of_each, editor, django_assert_num_queries):
    assert editor.opens_the_admin  # asked once a person, as the admin has by then
    editor.is_in(COMMISSIONING_EDITOR)

    with django_assert_num_queries(1):
        queues.counts(editor)


def test_where_each_state_stands(one_of_each, editor):
    where = {
        'unassigned': {State.PITCH, State.SUBMITTED},
        'editors': {State.IN_REVIEW, State.EDITING},
        'authors': {State.CHANGES_REQUESTED, 'taken back', 'promised'},
        'approval': {State.AUTHOR_APPROVAL},
        'ready': {State.READY},
        'scheduled': {'scheduled'},
        'published': {'live'},
        'closed': {State.DECLINED},
    }
    for key, names in where.items():
        assert set(queues.rows(key, editor)) == {one_of_each[name] for name in names}, key


def test_an_unsent_draft_is_on_nobodys_desk(one_of_each, chief, editor, administrator):
    for person in (chief, editor, administrator):
        assert one_of_each[State.DRAFTING] not in Submission.objects.on_the_desk_of(person)


def test_ones_own_submissions_are_not_on_ones_desk(author, editor, chief, society):
    submission = make_submission(author, State.SUBMITTED, coauthors=(editor,))

    assert submission not in queues.rows('everything', editor)
    assert queues.counts(editor)['everything'] == 0
    assert submission in queues.rows('everything', chief)


def test_a_submission_without_an_editor_waits_for_the_commissioning_editor(
    author, chief, editor, administrator, society
):
    make_submission(author, State.SUBMITTED)

    assert [queues.counts(person)['mine'] for person in (chief, editor, administrator)] == [1, 0, 0]


def test_it_waits_for_the_other_editors_where_the_commissioning_editor_wrote_it(
    author, chief, editor, administrator, society
):
    make_submission(author, State.SUBMITTED, coauthors=(chief,))

    assert [queues.counts(person)['mine'] for person in (chief, editor, administrator)] == [0, 1, 0]


def test_it_waits_for_an_administrator_where_no_editor_is_left(author, chief, administrator, society):
    make_submission(author, State.SUBMITTED, coauthors=(chief,))

    assert queues.counts(administrator)['mine'] == 1


def test_an_editors_own_submissions_wait_for_them_and_no_others(one_of_each, editor, other_editor):
    mine = {one_of_each[state] for state in (State.IN_REVIEW, State.EDITING, State.READY)}
    make_person('Nobody Else')

    assert set(queues.rows('mine', editor)) - {one_of_each[State.PITCH], one_of_each[State.SUBMITTED]} == mine
    assert queues.rows('mine', other_editor).filter(editor=editor).count() == 0


def test_the_oldest_wait_comes_first(author, editor, society):
    younger, older = make_submission(author, State.SUBMITTED), make_submission(author, State.SUBMITTED)
    Submission.objects.filter(pk=older.pk).update(held_since=timezone.now() - timedelta(days=3))

    assert list(queues.rows('unassigned', editor)) == [older, younger]


def test_a_submission_is_late_from_midnight_after_its_day(author, editor, society):
    submission = make_submission(author, State.SUBMITTED)
    Submission.objects.filter(pk=submission.pk).update(due_on=days.today())
    assert queues.counts(editor)['overdue'] == 0

    late(submission)

    assert queues.counts(editor)['overdue'] == 1


def test_search_finds_title_author_and_organisation_and_needs_every_word(author, editor, society):
    submission = make_submission(author, State.SUBMITTED)
    everything = Submission.objects.on_the_desk_of(editor)

    for words in ('careful', 'ada', 'ICC', 'careful ada'):
        assert list(queues.search(everything, words)) == [submission], words
    assert list(queues.search(everything, 'careful nobody')) == []


def test_a_guest_editor_is_told_of_every_clash_and_reads_the_titles_of_their_series_alone(
    author, editor, signed_in, society
):
    series, guest = Series.objects.create(title='Ten years on'), make_person('Gwen Guest', group=GUEST_EDITOR)
    series.guests.create(person=guest)
    submission = make_submission(author, State.READY, editor=editor)
    ours, theirs = (make_submission(author, 'scheduled', editor=editor, words={'title': one}) for one in 'AB')
    Submission.objects.filter(pk__in=[submission.pk, ours.pk]).update(series=series, editor=guest)
    at = timezone.now() + timedelta(days=9)
    Post.objects.filter(submission__in=[ours, theirs]).update(published_at=at)
    page = reverse('admin:desk_move', args=[submission.pk, 'release'])
    day = days.london_day(at)
    typed = {'when': 'later', 'day': day.isoformat(), 'time': '09:00'}

    said = signed_in(guest).post(page, {**form_of(signed_in(guest).get(page)), **typed}).text

    assert (
        f'“A” and something that is not of your series come out on the same day, {days.in_words(day)}' in said
    )


def test_a_clash_is_another_post_on_the_same_london_day(author, editor, society):
    submission = make_submission(author, State.READY, editor=editor)
    # In summer London's day begins at 23:00 in UTC.
    at = days.in_london(datetime(2026, 6, 10, 0, 30))  # noqa: DTZ001
    other = make_post('The other', published_at=at)

    assert queues.clashes(submission, at.date()) == [other.submission]
    assert queues.clashes(submission, at.date() - timedelta(days=1)) == []
    assert queues.clashes(other.submission, at.date()) == []
    other.taken_down_at, other.taken_down_why = at, 'A wrong figure.'
    other.save(update_fields=['taken_down_at', 'taken_down_why'])
    assert queues.clashes(submission, at.date()) == []


@pytest.mark.skipif(connection.vendor != 'postgresql', reason='SQLite unites two indexes of holders instead')
@pytest.mark.parametrize('key', ['mine', 'everything'])
def test_what_waits_longest_is_looked_for_among_what_somebody_holds(author, editor, chief, society, key):
    """Along all submissions it stands behind what is in print: with 100,000 that was half of what the desk cost."""
    make_submission(author, State.IN_REVIEW, editor=editor)
    first = queues.rows(key, chief).values('pk')[:1]

    with connection.cursor() as cursor:
        cursor.execute('SET LOCAL enable_bitmapscan = off; SET LOCAL enable_sort = off')
    plan = first.explain()

    assert 'submission_in_hand' in plan, plan
