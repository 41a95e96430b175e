"""Quoted passages: they point at their words, or say that these are gone; never at a lookalike."""

import html
import re
import time

import pytest
from django.urls import reverse
from hypothesis import given, settings
from hypothesis import strategies as st

from blog import conversation, workflow
from blog.differences.following import Alignment, aligned
from blog.messages import passages
from blog.models import Message, QuotedPassage, State, Version
from tests.conftest import make_submission
from ukis.letters.models import Letter
from ukis.refusals import NotNow

SAME = 'The Society should say so plainly to its members.'
FIRST = f'{SAME} We have waited for a year and more.'
SECOND = 'Hospitals in the north were asked in May about their wards.'
THIRD = f'{SAME} Nobody has answered the letter that was sent.'
TEXT = [FIRST, SECOND, THIRD]

WORD = st.text('abcdefgh', min_size=2, max_size=5)
SENTENCE = st.lists(WORD, min_size=4, max_size=9).map(lambda words: ' '.join(words) + '.')
PARAGRAPH = st.lists(SENTENCE, min_size=1, max_size=3).map(' '.join)
PARAGRAPHS = st.lists(PARAGRAPH, min_size=2, max_size=7, unique=True)


def follow(old: list[str], new: list[str], block: int, words: str) -> tuple[int, int] | None:
    return Alignment(old, new).follow(block, old[block].index(words), words)


@pytest.mark.parametrize(
    ('new', 'found'),
    [
        (TEXT, (0, 0)),
        (['A new beginning.', *TEXT], (1, 0)),
        ([FIRST.replace('a year', 'two years'), SECOND, THIRD], (0, 0)),
        ([f'As it is, {FIRST}', SECOND, THIRD], (0, 10)),
        ([SAME, 'We have waited for a year and more.', SECOND, THIRD], (0, 0)),
        ([SECOND, THIRD], None),
        ([SECOND, THIRD.replace('Nobody', 'Not one')], None),
        (['We have waited for a year and more.', SECOND, THIRD], None),
        ([FIRST.replace('plainly', 'loudly'), SECOND, THIRD], None),
        ([], None),
        ([''], None),
    ],
    ids=[
        'nothing changed', 'a paragraph before', 'an edit beside', 'words before', 'cut in two',
        'the paragraph is gone and its words stand elsewhere', 'and the other was edited too',
        'the sentence is gone and stands elsewhere', 'a word of it changed', 'all is gone', 'all is empty',
    ],
)  # fmt: skip
def test_a_passage_is_where_its_words_stayed_or_gone(new, found):
    assert follow(TEXT, new, 0, SAME) == found


def test_of_two_sentences_that_are_the_same_nobody_can_tell_which_went():
    assert [follow([SAME, SAME], [SAME], block, SAME) for block in (0, 1)] == [None, None]


@pytest.mark.parametrize(
    ('old', 'new', 'words', 'block', 'start'),
    [
        (
            '<p>We met in March. It was cold.</p><p>We met in March. It was warm.</p>',
            '<p>We met in March. It was warm.</p><p>We met in March. It was cold.</p>',
            'We met in March.',
            1,
            0,
        ),
        (
            '<p>First. We met in March. It was cold. We met in March. It was warm. Last.</p>',
            '<p>First. We met in March. It was warm. We met in March. It was cold. Last.</p>',
            'We met in March.',
            0,
            37,
        ),
    ],
)
def test_where_two_that_begin_alike_changed_places_nobody_points_at_the_other(old, new, words, block, start):
    both = aligned(old, new)
    assert both.old[block][start:].startswith(f'{words} It was warm.')

    assert both.follow(block, start, words) is None


def test_a_long_paragraph_that_was_moved_whole_is_followed_and_a_short_one_is_gone():
    long = f'{SECOND} They have all answered.'

    assert follow([long, FIRST, 'So it is.'], [FIRST, 'So it is.', long], 0, SECOND) == (2, 0)
    assert follow(['It is so.', FIRST, long], [FIRST, long, 'It is so.'], 0, 'so') is None


@settings(max_examples=150, deadline=None)
@given(PARAGRAPHS, PARAGRAPHS, st.data())
def test_whatever_is_found_are_the_words_and_whatever_was_not_touched_is_found(old, new, data):
    block = data.draw(st.integers(0, len(old) - 1))
    start = data.draw(st.integers(0, len(old[block]) - 1))
    words = old[block][start : start + data.draw(st.integers(1, 60))].strip()
    start = old[block].find(words) if words else 0

    found = Alignment(old, new).follow(block, start, words)
    at_the_end = Alignment(old, [*old, 'Quite another one at the end.']).follow(block, start, words)

    assert found is None or new[found[0]][found[1] : found[1] + len(words)] == words
    assert at_the_end == ((block, start) if words else None)


@settings(max_examples=150, deadline=None)
@given(PARAGRAPHS, SENTENCE, st.data())
def test_a_deleted_sentence_never_becomes_the_same_sentence_elsewhere(others, sentence, data):
    """It stands in two paragraphs, far enough apart; one of them is deleted, and the other edited or not."""
    between = ['Here something else is said, of which', *others, 'and here the other one begins.']
    last = f'{sentence} Then there follow these words that nobody has taken out of it.'
    edited = data.draw(st.sampled_from(['', ' And these were added.']))
    old = [f'{sentence} That was the first of the two, before it went.', *between, last]

    found = follow(old, [*between, last + edited], 0, sentence)

    assert found is None


@settings(max_examples=100, deadline=None)
@given(
    st.text(max_size=300), st.text(max_size=300), st.integers(0, 9), st.integers(0, 300), st.text(max_size=30)
)
def test_no_text_however_odd_stops_anything(old, new, block, start, words):
    both = aligned(old, new)

    found = both.follow(block, start, words)
    shown = passages.marked(old, 'body', [passages.Spot(1, block, start, start + len(words))])

    assert found is None or both.new[found[0]][found[1] :].startswith(words)
    assert isinstance(shown, str)


def test_marks_go_through_tags_and_around_them_and_names_stand_once():
    source = '<h2>One</h2><p>It is <em>not so</em> &lt;here&gt;.<br>Yes</p><ul><li>a</li></ul>'
    spots = [passages.Spot(7, 1, 3, 14), passages.Spot(8, 1, 6, 9), passages.Spot(9, 2, 0, 1)]

    shown = passages.marked(source, 'body', spots, deeper=1)

    assert shown == (
        '<h3 data-part="body" data-block="0">One</h3><p data-part="body" data-block="1">It '
        '<mark class="passage" id="passage-7">is </mark><em><mark class="passage"><mark class="passage" '
        'id="passage-8">not</mark></mark><mark class="passage"> so</mark></em><mark class="passage"> '
        '&lt;</mark>here&gt;.<br>Yes</p><ul><li data-part="body" data-block="2">'
        '<mark class="passage" id="passage-9">a</mark></li></ul>'
    )


def test_fifty_passages_of_a_long_text_cost_little():
    words = [f'word{n}' for n in range(997)]
    old = [' '.join(words[(n * 31 + m * 7) % 997] for m in range(80)) for n in range(150)]
    new = [text.replace(' word5', ' other', 1) if n % 3 else text for n, text in enumerate(old)]
    sources = [''.join(f'<p>{text}</p>' for text in one) for one in (old, new)]
    began = time.process_time()

    both = aligned(*sources)
    found = [both.follow(n, 0, old[n][:40]) for n in range(0, 150, 3)]

    assert time.process_time() - began < 0.6  # a hundred milliseconds where nothing else runs
    assert found == [(n, 0) for n in range(0, 150, 3)]


# --- On pages -----------------------------------------------------------------------------------------

BODY = f'<p>{FIRST}</p><p>{SECOND} &lt;b&gt; “so”.</p><p>{THIRD}</p>'


@pytest.fixture
def submission(author, editor):
    submission = make_submission(author, State.IN_REVIEW, editor=editor)
    Version.objects.filter(pk=submission.current_id).update(body=BODY)
    submission.refresh_from_db()
    return submission


def edit(submission, body: str) -> None:
    """Other words, as any verb that saves them leaves them."""
    old = submission.current
    version = Version.objects.create(
        submission=submission, number=old.number + 1, body=body, title=old.title, why='edit', hash='x'
    )
    submission.current = version
    submission.save(update_fields=['current'])


def quote(client, submission, **more):
    given = {'version': submission.current.number, 'part': 'body', 'block': 0, 'words': SAME}
    return client.post(reverse('submission_quote', args=[submission.pk]), given | more)


@pytest.mark.parametrize('whose', ['author', 'editor'])
def test_a_passage_is_chosen_waits_goes_with_a_message_and_says_when_its_words_are_gone(
    whose, submission, author, editor, signed_in
):
    client = signed_in(author if whose == 'author' else editor)
    page = reverse('submission' if whose == 'author' else 'admin:desk_submission', args=[submission.pk])
    words = reverse('submission_words', args=[submission.pk]) if whose == 'author' else page
    send = reverse('submission_message' if whose == 'author' else 'admin:desk_message', args=[submission.pk])

    answer = quote(client, submission)
    passage = QuotedPassage.objects.get()
    waiting = client.get(page).content.decode()
    client.post(send, {'text': 'Is that so?', 'quoting': passage.pk, 'audience': 'authors'})
    here = client.get(page).content.decode()
    edit(submission, f'<p>{SECOND}</p><p>{THIRD}</p>')
    gone = client.get(page).content.decode()
    where = client.get(f'{words}?version={passage.version.number}').content.decode()

    typed_before = {'author': 'Message+to+the+editors', 'editor': 'Message'}[whose]
    assert answer.url == f'{page}?unsaved={typed_before}#say'
    assert (passage.before, passage.words, passage.after) == ('', SAME, FIRST.removeprefix(SAME)[:120])
    assert f'value="{passage.pk}"' in waiting
    assert f'href="{words}#passage-{passage.pk}"' in here
    assert 'These words are gone' not in here
    assert 'These words are gone' in gone
    assert f'href="{words}?version={passage.version.number}#passage-{passage.pk}"' in gone
    assert f'id="passage-{passage.pk}">{SAME}</mark>' in where
    assert f'id="passage-{passage.pk}"' not in client.get(words).content.decode()
    assert f'About these words: “{SAME}”' in Letter.objects.get(kind='message').body


@pytest.mark.parametrize(
    ('given', 'said'),
    [
        ({'words': 'lookalike'}, 'do not stand in that paragraph'),
        ({'words': 'a'}, 'more than once in that paragraph'),
        ({'block': 99}, 'not in this version'),
    ],
)
def test_words_that_do_not_stand_there_are_refused_and_given_back(given, said, submission, author, signed_in):
    answer = quote(signed_in(author), submission, **given)

    assert (answer.status_code, said in answer.content.decode()) == (409, True)
    assert html.escape(str(given.get('words', SAME))) in answer.content.decode()
    assert not QuotedPassage.objects.exists()


def test_a_script_says_where_the_words_begin_and_hears_what_was_quoted(submission, author, signed_in):
    at = FIRST.index(' a ')
    answer = signed_in(author).post(
        reverse('submission_quote', args=[submission.pk]),
        {'version': submission.current.number, 'part': 'body', 'block': 0, 'words': 'a', 'start': at + 1},
        headers={'accept': 'application/json'},
    )

    assert answer.json() == {'key': QuotedPassage.objects.get().pk, 'words': 'a'}
    assert QuotedPassage.objects.get().start == at + 1


def test_changes_are_asked_for_on_a_passage(submission, author, editor, signed_in):
    client = signed_in(editor)
    quote(client, submission, block=1, words='“so”')
    passage = QuotedPassage.objects.get()
    move = reverse('admin:desk_move', args=[submission.pk, 'request_changes'])
    asked = client.get(move).content.decode()

    client.post(move, {'note': 'Say how.', 'quoting': passage.pk, 'due_on': '2099-01-01'})
    refused = client.get(move)

    assert ('Passages that the note is about' in asked, refused.status_code) == (True, 200)
    assert not Message.objects.exists()  # a day so far ahead is refused, and the passage waits on
    assert QuotedPassage.objects.get().message is None

    workflow.request_changes(submission, by=editor, note='Say how.', quoting=[passage.pk])

    assert QuotedPassage.objects.get().message.text == 'Say how.'
    letter = Letter.objects.get(kind='changes_requested')
    assert 'About these words: “““so”””' not in letter.body
    assert 'About these words: ““so””' in letter.text()


def test_what_editors_quote_among_themselves_is_marked_for_no_author(submission, author, editor, signed_in):
    passage = workflow.quote(
        submission, by=editor, version=submission.current, part='body', block=0, words=SAME
    )
    workflow.say(submission, by=editor, text='Hm.', audience='editors', quoting=[passage.pk])

    words = signed_in(author).get(reverse('submission_words', args=[submission.pk])).content.decode()

    assert ('passage-' in words, SAME in words) == (False, True)
    assert conversation.of(submission, author).said == []


def test_where_words_are_quoted_from_their_headings_stand_as_in_print(submission, author, signed_in):
    Version.objects.filter(pk=submission.current_id).update(
        body='<h2>Winter</h2><p>Snow.</p><h3>Ice</h3><p>Thaw.</p>', references='<p>Frost, J.</p>'
    )

    page = signed_in(author).get(reverse('submission_words', args=[submission.pk])).content.decode()

    ranks = re.findall(r'<h([1-6])[^>]*>(The words|Winter|Ice|References|Quote a)', page)
    assert ranks == [('1', 'The words'), ('2', 'Winter'), ('3', 'Ice'), ('2', 'References'), ('2', 'Quote a')]


def test_nobody_else_sends_what_somebody_chose(submission, author, editor):
    passage = workflow.quote(submission, by=author, version=submission.current, part='body', block=0)

    said = workflow.say(submission, by=editor, text='Mine.', quoting=[passage.pk])

    assert list(said.passages.all()) == []


def test_too_many_that_wait_are_refused(submission, author):
    for _ in range(20):
        workflow.quote(submission, by=author, version=submission.current, part='body', block=0)

    with pytest.raises(NotNow, match='20 passages wait'):
        workflow.quote(submission, by=author, version=submission.current, part='body', block=0)
