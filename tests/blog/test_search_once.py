"""Whatever a move changes of a text, the index hears of it once."""

from collections import Counter
from contextlib import contextmanager
from datetime import timedelta

import pytest
from django.utils import timezone

from blog import workflow
from blog.models import Words
from members import merging
from tests.conftest import DECLARED, WORDS, make_organisation, make_person, make_post, make_submission
from ukis import search, tags
from ukis.search import keeping
from ukis.tags.models import Tag

pytestmark = pytest.mark.django_db


@pytest.fixture
def once(monkeypatch, django_capture_on_commit_callbacks):
    """Within it no document is written twice; says which were."""
    written: Counter[tuple[str, int]] = Counter()
    write = keeping._write

    def counted(kind, rows, new):
        written.update((kind.name, row) for row in rows)
        write(kind, rows, new)

    monkeypatch.setattr(keeping, '_write', counted)

    @contextmanager
    def looking():
        written.clear()
        seen = set()
        with django_capture_on_commit_callbacks(execute=True):
            yield seen
        seen |= {kind for kind, _ in written}
        assert [one for one, times in written.items() if times > 1] == []

    return looking


def test_every_move_on_the_way_into_print_and_after_it(once, author, editor):
    submission = make_submission(author)
    tomorrow = timezone.now() + timedelta(days=1)
    better = Words(**{**WORDS, 'title': 'Careful change takes two years'})
    moves = (
        ('submit', {'by': author, 'version': 2, 'declarations': DECLARED}),
        ('take', {'by': editor}),
        ('accept', {'by': editor}),
        ('send_for_approval', {'by': editor}),
        ('approve', {'by': author, 'fingerprint': submission.current.hash}),
        ('release', {'by': editor, 'at': tomorrow}),
        ('publish_now', {'by': editor}),
        ('revise', {'by': editor, 'note': 'A figure was wrong.'}),
        ('save_words', {'by': editor, 'base': 2, 'words': better}),
        ('drop_revision', {'by': editor}),
        ('archive', {'by': editor, 'reason': 'Out of date.'}),
        ('restore', {'by': editor, 'reason': 'It is not.'}),
        ('take_down', {'by': editor, 'reason': 'At the author’s wish.'}),
        ('put_back', {'by': editor, 'reason': 'They changed their mind.'}),
    )

    for name, asked in moves:
        with once():
            getattr(workflow, name)(submission, **asked)

    assert submission.has_live_post
    assert search.slips() == []


def test_words_that_are_corrected_in_print(once, author, editor):
    submission = make_submission(author, 'live', editor=editor)
    better = Words(
        **{**WORDS, 'body': '<p>The first year is for learning.</p><p>The second is for doing.</p>'}
    )
    workflow.revise(submission, by=editor, note='A word too many.')
    workflow.save_words(submission, by=editor, base=2, words=better)
    workflow.send_for_approval(submission, by=editor)
    workflow.approve(submission, by=author, fingerprint=submission.current.hash)

    with once() as kinds:
        workflow.release_revision(submission, by=editor, correction='A word was too many.')

    assert kinds == {'posts', 'submissions'}
    assert search.slips() == []


def test_what_stands_beside_the_words(once, author, editor):
    post = make_submission(author, 'live', editor=editor).post

    with once() as kinds:
        workflow.set_beside(
            post, by=editor, slug='slowly', tags=['listening', 'patience'], details={'featured': True}
        )

    assert kinds == {'posts'}
    assert search.slips() == []


def test_two_tags_become_one(once):
    for title in ('Zebra', 'Okapi'):
        make_post(title, tags=('leadership', 'scaling'))
    tag, into = (Tag.objects.get(name=name) for name in ('scaling', 'leadership'))

    with once() as kinds:
        tags.merge(tag, into)

    assert kinds == {'posts'}
    assert search.slips() == []


@pytest.mark.parametrize('noun', ['people', 'organisations'])
def test_two_entries_become_one(noun, once, secretary):
    kept, gone = (
        (make_person('Ada Author'), make_person('A. Author'))
        if noun == 'people'
        else (make_organisation('The Institute'), make_organisation('The Old Institute'))
    )
    named = {'people': (gone,)} if noun == 'people' else {'organisation': gone}
    make_post('Zebra', **named)
    make_post('Okapi', **named)
    looked = getattr(merging, f'look_at_{noun}')(kept, gone, by=secretary)
    answers = {choice.name: choice.initial for choice in looked.choices}

    with once() as kinds:
        getattr(merging, f'merge_{noun}')(kept, gone, by=secretary, state=looked.state, answers=answers)

    assert kinds >= {'posts', noun}
    assert search.slips() == []
