"""What the editors await before anything was handed in: they see that it is promised, by whom and until when, and
none of its words."""

from datetime import timedelta
from itertools import product

import pytest
from django.urls import reverse
from django.utils import timezone

from blog import workflow
from blog.desk import queues
from blog.models import LastRead, Message, State, Submission, Words
from tests.conftest import DECLARED, WORDS, make_submission
from ukis import days
from ukis.letters.models import Letter

SECRET = 'Sesquipedalian'


@pytest.fixture
def promised(author, editor, society) -> Submission:
    """Taken up under its working title, and drafted since under another."""
    submission = workflow.start(by=author, working_title='Small surgeries')
    Submission.objects.filter(pk=submission.pk).update(
        promised_at=timezone.now(), due_on=days.today() + timedelta(days=10), editor=editor
    )
    submission.refresh_from_db()
    body, note = f'<p>{SECRET} body.</p>', f'{SECRET} note'
    words = Words(**{**WORDS, 'title': f'{SECRET} title', 'standfirst': f'{SECRET} first', 'body': body})
    words = words.but(tag_words=[f'{SECRET} tag', 'other'], references=f'<p>{SECRET} reference.</p>')
    workflow.save_words(submission, by=author, base=1, words=words, note=note)
    return submission


def hand_in(submission, author):
    return workflow.submit(
        submission, by=author, version=submission.current.number, declarations=DECLARED, note=''
    )


def test_it_stands_on_the_desk_with_authors_and_the_counts_add_up(promised, author, editor, chief):
    make_submission(author)  # which nobody promised

    for person in (editor, chief):
        assert list(queues.rows('authors', person)) == [promised]
        counted = queues.counts(person)
        assert (counted['authors'], counted['everything'], counted['mine']) == (1, 1, 0)
        assert sum(counted[queue.key] for queue in queues.PARTS) == counted['everything']


def test_it_is_late_when_its_day_is_past(promised, editor):
    Submission.objects.filter(pk=promised.pk).update(due_on=days.today() - timedelta(days=2))

    assert list(queues.rows('overdue', editor)) == [promised]


def test_the_queue_says_promised_with_its_working_title_and_day(promised, editor, signed_in):
    page = signed_in(editor).get(reverse('admin:desk') + '?queue=authors').content.decode()

    assert 'Promised / drafting' in page
    assert 'Small surgeries' in page
    assert days.in_words(promised.due_on) in page
    assert SECRET not in page


@pytest.mark.parametrize('words', [SECRET, 'title'])
def test_search_on_the_desk_does_not_find_its_words(promised, editor, words):
    assert not queues.search(Submission.objects.on_the_desk_of(editor), words).exists()


PAGES = (
    'admin:desk_submission',
    'admin:desk_differences',
    'admin:desk_preview',
    'admin:desk_edit',
    'admin:desk_typo',
    'admin:desk_byline',
    'admin:blog_submission_change',
    'submission',
    'submission_edit',
    'submission_preview',
    'submission_differences',
)


def test_no_page_shows_an_editor_its_words(promised, editor, signed_in):
    client = signed_in(editor)
    for address, query in product(PAGES, ('', '?version=2', '?from=1&to=2')):
        answer = client.get(reverse(address, args=[promised.pk]) + query, follow=True)

        assert answer.status_code in (200, 404), (address, query)
        assert SECRET not in answer.content.decode(), (address, query)


@pytest.mark.parametrize('address', ['admin:desk_edit', 'admin:desk_typo', 'admin:desk_byline'])
def test_an_editor_changes_none_of_it(promised, editor, signed_in, address):
    answer = signed_in(editor).post(reverse(address, args=[promised.pk]), {'base': 2, 'title': 'Mine'})

    assert answer.status_code == 404
    assert promised.versions.count() == 2


def test_its_page_says_whose_the_words_are_and_remembers_no_reading_of_them(promised, editor, signed_in):
    page = signed_in(editor).get(reverse('admin:desk_submission', args=[promised.pk])).content.decode()

    assert 'The words are their author’s alone until they hand them in.' in page
    assert 'Before it can come out' not in page
    assert not LastRead.objects.exists()


def test_no_letter_to_an_editor_says_them(promised, author, editor):
    workflow.say(promised, by=author, text='How long may it be?')
    workflow.extend(promised, by=author, due_on=promised.due_on + timedelta(days=3))
    workflow.withdraw(promised, by=author, reason='Not this year.')

    letters = Letter.objects.filter(to=editor)
    assert {letter.kind for letter in letters} == {'message', 'extended', 'withdrawn'}
    for letter in letters:
        assert 'Small surgeries' in letter.subject + letter.body
        assert SECRET not in f'{letter.subject} {letter.body} {letter.languages}'


def test_its_author_reads_the_title_that_they_wrote(promised, author, signed_in):
    client = signed_in(author)

    for address in (reverse('write'), promised.get_absolute_url()):
        assert f'{SECRET} title' in client.get(address).content.decode()


def test_once_handed_in_it_is_read_as_any_other_and_goes_by_its_title(promised, author, editor, signed_in):
    hand_in(promised, author)

    assert promised.state == State.IN_REVIEW
    assert (promised.working_title, promised.title) == (f'{SECRET} title', f'{SECRET} title')
    page = signed_in(editor).get(reverse('admin:desk_submission', args=[promised.pk])).content.decode()
    assert f'{SECRET} body' in page


def test_it_is_withdrawn_not_deleted_and_reopened_with_a_date(promised, author, signed_in):
    page = signed_in(author).get(promised.get_absolute_url()).content.decode()
    assert 'Withdraw this submission' in page
    assert 'Delete this draft' not in page

    workflow.withdraw(promised, by=author, reason='Too busy.')
    workflow.reopen(promised, by=author)

    assert (promised.state, promised.due_on) == (State.DRAFTING, days.add_working_days(days.today(), 20))


def test_the_editor_may_say_no_to_it_and_its_words_stay_unseen(promised, author, editor, signed_in):
    workflow.decline(promised, by=editor, note='The series is full.')

    page = signed_in(editor).get(reverse('admin:desk_submission', args=[promised.pk])).content.decode()
    assert 'Declined' in page
    assert SECRET not in page


def test_a_message_of_its_author_reaches_the_editor_in_the_conversation(promised, author, editor, chief):
    workflow.say(promised, by=author, text='A question.')

    [letter] = Letter.objects.filter(kind='message')
    assert letter.to == editor
    assert list(Message.objects.visible_to(editor, promised).values_list('text', flat=True)) == [
        'A question.'
    ]
