"""Lists of the desk narrowed, and kept under a name: each sees what their own desk shows of them."""

import pytest
from django.urls import reverse

from blog.desk import filters, saving
from blog.models import SavedQueue, State
from tests.conftest import make_organisation, make_person, make_seat, make_submission
from ukis.refusals import NotNow

pytestmark = pytest.mark.usefixtures('society')

DESK = '/admin/desk/'


def shown(client, asked: str) -> list[int]:
    return [line.submission.pk for line in client.get(f'{DESK}?{asked}').context['lines']]


def test_the_list_is_narrowed_by_each_of_its_ways(author, editor, other_editor, signed_in):
    reading = make_submission(author, State.IN_REVIEW, editor=editor)
    waiting = make_submission(author, State.CHANGES_REQUESTED, editor=other_editor)
    nobodys = make_submission(author, State.SUBMITTED)
    elsewhere = make_organisation('Elsewhere')
    reading.authorships.update(organisation=elsewhere)
    type(reading).objects.filter(pk=waiting.pk).update(due_on='2020-01-02', held_since='2020-01-01T12:00Z')
    desk = signed_in(editor)

    assert {
        asked: shown(desk, asked)
        for asked in (
            'state=in_review',
            f'editor={other_editor.pk}',
            'editor=nobody',
            f'organisation={elsewhere.pk}',
            'late=yes',
            'waits=14',
            'due_by=2020-01-02',
            'order=newest',
            'queue=editors&order=newest',
            f'state=in_review&editor={other_editor.pk}',
        )
    } == {
        'state=in_review': [reading.pk],
        f'editor={other_editor.pk}': [waiting.pk],
        'editor=nobody': [nobodys.pk],
        f'organisation={elsewhere.pk}': [reading.pk],
        'late=yes': [waiting.pk],
        'waits=14': [waiting.pk],
        'due_by=2020-01-02': [waiting.pk],
        'order=newest': [nobodys.pk, reading.pk, waiting.pk],
        'queue=editors&order=newest': [reading.pk],
        f'state=in_review&editor={other_editor.pk}': [],
    }


@pytest.mark.parametrize(
    'nonsense',
    [
        'state=xyzzy',
        'editor=99999',
        'editor=١',
        'late=no',
        'waits=-1',
        'due_by=2026-02-31',
        'order=',
        'fig=1',
        'waits=99999999999',
    ],
)
def test_what_means_nothing_is_left_out(nonsense, author, editor, signed_in):
    submission = make_submission(author, State.IN_REVIEW, editor=editor)

    assert shown(signed_in(editor), f'queue=everything&{nonsense}') == [submission.pk]


def test_a_list_is_saved_as_it_is_shown_and_counted_beside_the_queues(
    author, editor, other_editor, signed_in
):
    submission = make_submission(author, State.IN_REVIEW, editor=editor)
    make_submission(author, State.IN_REVIEW, editor=other_editor)
    desk = signed_in(editor)
    asked = f'queue=editors&q=careful&editor={editor.pk}&order=due'
    form = desk.get(f'{reverse("admin:save_queue")}?{asked}').context['form']

    answer = desk.post(reverse('admin:save_queue'), {'name': 'Mine, by date', 'asked': form['asked'].value()})

    queue = SavedQueue.objects.get()
    assert (queue.person, queue.asked, queue.shared) == (editor, asked, False)
    assert answer.url == f'{DESK}?saved={queue.pk}'
    assert shown(desk, f'saved={queue.pk}') == [submission.pk]
    # What looks for words says no number: it is looked for when it is opened.
    assert desk.get(DESK).context['kept'] == [(queue, '')]


def test_a_shared_queue_shows_each_what_their_own_desk_does_and_names_what_is_theirs(
    author, editor, other_editor, organisation, signed_in
):
    make_seat(other_editor, organisation)
    theirs = make_submission(other_editor, State.IN_REVIEW, editor=editor, words={'title': 'By an editor'})
    other = make_submission(author, State.IN_REVIEW, editor=editor)
    queue = saving.save(by=editor, name='Reading', asked='state=in_review', shared=True)

    savers, writers = signed_in(editor), signed_in(other_editor)

    assert shown(savers, f'saved={queue.pk}') == [theirs.pk, other.pk]
    assert shown(writers, f'saved={queue.pk}') == [other.pk]
    assert [count for _, count in savers.get(DESK).context['kept']] == ['2']
    assert [count for _, count in writers.get(DESK).context['kept']] == ['1']
    assert 'you are named on it: “By an editor”' in writers.get(f'{DESK}?saved={queue.pk}').text
    assert 'you are named on' not in savers.get(f'{DESK}?saved={queue.pk}').text


def test_a_queue_of_one_s_own_is_nobody_else_s_to_see_or_change(editor, other_editor, author, signed_in):
    private = saving.save(by=editor, name='Private', asked='late=yes', shared=False)
    shared = saving.save(by=editor, name='Shared', asked='late=yes', shared=True)
    other = signed_in(other_editor)

    assert other.get(f'{DESK}?saved={private.pk}').status_code == 404
    assert other.get(f'{DESK}?saved={shared.pk}').status_code == 200
    for queue in (private, shared):
        assert other.get(reverse('admin:saved_queue', args=[queue.pk])).status_code == 404
        assert other.post(reverse('admin:saved_queue', args=[queue.pk]), {'delete': 'yes'}).status_code == 404
    assert [other.get(f'{DESK}?saved={key}').status_code for key in ('x', '0', '9' * 30)] == [404] * 3


def test_it_is_renamed_shared_and_deleted(editor, signed_in):
    queue, desk = saving.save(by=editor, name='Late', asked='late=yes', shared=False), signed_in(editor)
    saving.save(by=editor, name='Other', asked='late=yes', shared=False)
    address = reverse('admin:saved_queue', args=[queue.pk])

    taken = desk.post(address, {'name': 'Other', 'shared': 'on'})
    changed = desk.post(address, {'name': 'Very late', 'shared': 'on'})
    queue.refresh_from_db()

    assert (taken.status_code, taken.context['form'].errors['name']) == (
        409,
        ['You have a queue of this name already.'],
    )
    assert (changed.status_code, queue.name, queue.shared) == (302, 'Very late', True)
    desk.post(address, {'delete': 'yes'})
    assert list(SavedQueue.objects.values_list('name', flat=True)) == ['Other']


def test_there_is_room_for_twelve(editor):
    for number in range(12):
        saving.save(by=editor, name=f'Queue {number}', asked='late=yes', shared=False)

    with pytest.raises(NotNow, match='You keep 12 queues'):
        saving.save(by=editor, name='One more', asked='late=yes', shared=False)


def test_what_a_queue_was_saved_with_and_the_desk_knows_no_more_is_told(author, editor, signed_in):
    submission = make_submission(author, State.IN_REVIEW, editor=editor)
    queue = SavedQueue.objects.create(person=editor, name='Old', asked='queue=gone&colour=red&editor=999999')

    page = signed_in(editor).get(f'{DESK}?saved={queue.pk}')

    assert [line.submission for line in page.context['lines']] == [submission]
    assert [str(one) for one in page.context['messages']] == [
        '“Old” was saved with what the desk does not know any more: queue=gone, colour=red, editor=999999. The list is '
        'without it.'
    ]


def test_all_are_counted_in_two_questions_however_many(author, editor, django_assert_num_queries):
    make_submission(author, State.IN_REVIEW, editor=editor)
    asked = [
        'late=yes',
        'state=in_review',
        'q=careful&editor=nobody',
        'queue=published',
        'q=%22%22',
        'waits=7&order=due',
    ]
    for number, one in enumerate(asked * 2):
        saving.save(by=editor, name=str(number), asked=one, shared=False)
    other = make_person('Eve Editor', group='Editor')
    assert other.opens_the_admin
    saving.save(by=other, name='hers', asked='state=in_review', shared=True)
    editor.opens_the_admin, editor.is_on_the_desk  # noqa: B018  # asked once a person

    with django_assert_num_queries(2):
        counted = [count for _, count in saving.with_counts(editor)]

    # What looks for words is counted when it is opened.
    assert sorted(counted) == [''] * 4 + ['0'] * 6 + ['1'] * 3
    assert filters.counts([], editor) == []
