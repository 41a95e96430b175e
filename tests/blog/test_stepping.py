"""Changes gone through one by one: numbered, in words, and never where they would break the page."""

import re

import pytest
from django.urls import reverse

from blog import workflow
from blog.models import State
from tests.conftest import make_submission
from ukis.differences import blocks
from ukis.differences.comparing import Budget
from ukis.differences.stepping import numbered


def changes(old: str, new: str):
    done, found = numbered({'body': ('text', blocks.marked(old, new, Budget()))})
    return done['body'], [(one.what, one.excerpts) for one in found]


def test_each_change_says_in_words_what_it_is():
    _, found = changes(
        '<p>One plain sentence stands here.</p><p>Another stays as it was, word for word.</p><p>A last one with a tail.</p>',
        '<p>One quite plain sentence stands here.</p><p>Another stays as it is, word for word.</p><p>A last one.</p>',
    )

    assert found == [
        ('Added (text)', ['quite']),
        ('Replaced (text)', ['was', 'is']),
        ('Removed (text)', ['with a tail']),
    ]


def test_what_was_moved_is_said_to_be_moved_and_where():
    first, second, third = (
        '<p>Patience is what most programmes lack.</p>',
        '<p>A ward in the north tried something else entirely.</p>',
        '<p>Nobody had asked the night shift before that.</p>',
    )

    _, found = changes(first + second + third, second + third + first)

    words = ['Patience is what most programmes lack.']
    assert found == [
        ('Moved from here, to change 2 (text)', words),
        ('Moved here, from change 1 (text)', words),
    ]


def test_what_was_moved_beside_something_new_is_still_said_to_be_moved():
    moved, stays, gone, new = (
        '<p>Patience is what <strong>most</strong> programmes lack.</p>',
        '<p>A ward in the north tried something else entirely.</p><p>It went on with that for a year.</p>',
        '<p>Nobody had asked the night shift before that.</p>',
        '<p>Brand new words.</p>',
    )

    _, found = changes(moved + stays + gone, stays + new + moved)

    words = ['Patience is what most programmes lack.']
    assert found == [
        ('Moved from here, to change 3 (text)', words),
        ('Added (text)', ['Brand new words.']),
        ('Moved here, from change 1 (text)', words),
        ('Removed (text)', ['Nobody had asked the night shift before that.']),
    ]


def test_each_leads_to_the_next_and_to_the_one_before():
    body, _ = changes('<p>One two three four five six.</p>', '<p>One 2 three four 5 six.</p>')

    anchors = re.findall(r'<span class="change" id="(.*?)".*?<span class="ways">(.*?)</span>', body)
    assert anchors == [
        ('change-1', ' of 2, replaced: <a href="#change-2">next</a>, <a href="#changes">to the list</a>'),
        ('change-2', ' of 2, replaced: <a href="#change-1">previous</a>, <a href="#changes">to the list</a>'),
    ]


def test_a_change_inside_a_link_has_its_number_before_the_link():
    body, _ = changes(
        '<p>Read <a href="https://a.example/">the old long report</a> today.</p>',
        '<p>Read <a href="https://a.example/">the new long paper</a> today.</p>',
    )

    assert re.search(r'<a href="https[^>]*>(?:(?!</a>).)*<a ', body) is None
    assert (
        body.index('id="change-1"') < body.index('id="change-2"') < body.index('<a href="https://a.example/')
    )


def test_text_that_nobody_changed_is_as_it_was():
    body, found = changes('<p>The same.</p>', '<p>The same.</p>')

    assert (body, found) == ('<p>The same.</p>', [])


@pytest.mark.django_db
@pytest.mark.usefixtures('society')
def test_both_pages_list_the_changes(author, editor, signed_in):
    submission = make_submission(author, State.EDITING, editor=editor)
    words = submission.current.words().but(title='Another title', tag_words=['leadership', 'wards'])
    workflow.save_words(submission, by=editor, base=submission.current.number, words=words)
    query = f'?from={submission.current.number - 1}&to={submission.current.number}'

    desk = signed_in(editor).get(reverse('admin:desk_differences', args=[submission.pk]) + query)
    workflow.send_for_approval(submission, by=editor)
    theirs = signed_in(author).get(reverse('submission_differences', args=[submission.pk]) + query)

    for page in (desk, theirs):
        shown = page.context['marked']['changes']
        assert [one.where for one in shown][:1] == ['title']
        assert f'{len(shown)} changes</h2>' in page.text
        assert [f'id="change-{one.number}"' in page.text for one in shown] == [True] * len(shown)
