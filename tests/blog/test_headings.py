"""Where a submission's words are shown, its title is a heading, and the words' own rank below it: no level is skipped.

And the titles of pages: each names the submission or the queue that it is of.
"""

import itertools
import re

import pytest
from django.urls import reverse

from blog import workflow
from blog.models import State
from tests.conftest import make_submission

pytestmark = pytest.mark.usefixtures('society')
WORDS = {
    'title': 'Careful change',
    'body': '<h2>Of its own</h2><p>Words.</p><h3>Deeper</h3><p>More.</p>',
    'references': '<p>A book.</p>',
}


def outline(page: str) -> list[tuple[int, str]]:
    page = re.sub(r'(?s)<(textarea|noscript)\b.*?</\1>', '', page.partition('<body')[2])
    page = re.sub(r'<a class="here".*?</a>', '', page)
    found = re.findall(r'(?s)<h([1-6])[^>]*>(.*?)</h\1>', page)
    return [(int(level), re.sub('<[^>]+>', '', words).strip()) for level, words in found]


def well_ranked(page: str) -> bool:
    levels = outline(page)
    own = [number for number, (_, words) in enumerate(levels) if words == 'Of its own']
    titles = [number for number, (_, words) in enumerate(levels) if 'Careful change' in words]
    if not own or [level for level, _ in levels].count(1) != 1:
        return False
    for number in own:
        title = max(before for before in titles if before < number)
        assert levels[number][0] == levels[title][0] + 1, levels
        assert levels[number + 1] == (levels[number][0] + 1, 'Deeper')
    return all(after[0] - before[0] <= 1 for before, after in itertools.pairwise(levels))


@pytest.fixture
def changed(author, editor):
    submission = make_submission(author, State.EDITING, editor=editor, words=WORDS)
    workflow.save_words(
        submission,
        by=editor,
        base=submission.current.number,
        words=submission.current.words().but(standfirst='Why patience pays off.'),
    )
    return submission


@pytest.mark.parametrize('marks', ['on', 'off'])
def test_on_the_page_of_approval(author, editor, signed_in, marks) -> None:
    submission = make_submission(author, State.AUTHOR_APPROVAL, editor=editor, words=WORDS)

    page = signed_in(author).get(reverse('submission_approve', args=[submission.pk]), {'marks': marks})

    assert well_ranked(page.text)


@pytest.mark.parametrize('name', ['submission_preview', 'submission_differences'])
def test_on_the_other_pages_of_its_author(changed, author, signed_in, name) -> None:
    assert well_ranked(signed_in(author).get(reverse(name, args=[changed.pk])).text)


def test_beside_a_text_that_was_saved_meanwhile(author, signed_in) -> None:
    submission = make_submission(author, words=WORDS)
    sent = {'base': '1', 'title': 'Careful change', 'body': WORDS['body'], 'tags': 'one'}

    page = signed_in(author).post(reverse('submission_edit', args=[submission.pk]), sent)

    assert page.status_code == 409
    assert well_ranked(page.text)


@pytest.mark.parametrize('name', ['desk_submission', 'desk_differences', 'desk_preview'])
def test_on_the_desk(changed, editor, signed_in, name) -> None:
    assert well_ranked(signed_in(editor).get(reverse(f'admin:{name}', args=[changed.pk])).text)


def test_on_the_desk_beside_a_text_that_was_saved_meanwhile(changed, editor, signed_in) -> None:
    sent = {'base': '1', 'language': 'en-GB', **WORDS, 'standfirst': 'Mine.'}

    page = signed_in(editor).post(reverse('admin:desk_edit', args=[changed.pk]), sent)

    assert page.status_code == 409
    assert well_ranked(page.text)


def test_where_a_typo_is_shown_before_it_is_published(author, editor, signed_in) -> None:
    live = make_submission(author, 'live', editor=editor, words=WORDS)
    sent = {'base': live.current.number, 'language': 'en-GB', **WORDS, 'reason': 'A slip.'}
    sent['standfirst'] = live.current.standfirst.replace('.', '!', 1)

    page = signed_in(editor).post(reverse('admin:desk_typo', args=[live.pk]), sent)

    assert 'Before it is published' in page.text
    assert well_ranked(page.text)


def title_of(page: str) -> str:
    return ' '.join(re.search('(?s)<title>(.*?)</title>', page)[1].split())


@pytest.mark.parametrize(
    'name', ['', '_edit', '_byline', '_submit', '_preview', '_differences', '_withdraw', '_delete']
)
def test_pages_of_an_author_are_titled_with_the_submission(author, signed_in, name) -> None:
    submission = make_submission(author, words=WORDS)

    assert 'Careful change' in title_of(
        signed_in(author).get(reverse(f'submission{name}', args=[submission.pk])).text
    )


def test_pages_of_the_desk_are_titled_with_the_submission_or_the_queue(changed, editor, signed_in) -> None:
    client = signed_in(editor)
    pages = [
        client.get(reverse(f'admin:desk_{name}', args=[changed.pk])).text
        for name in ('submission', 'differences', 'edit', 'byline', 'print')
    ]
    pages.append(client.get(reverse('admin:desk_move', args=[changed.pk, 'decline'])).text)
    queues = [
        title_of(client.get(reverse('admin:desk'), {'queue': key}).text) for key in ('mine', 'unassigned')
    ]

    assert all('Careful change' in title_of(page) for page in pages)
    assert ['Waiting for me' in queues[0], 'Needs an editor' in queues[1]] == [True, True]
