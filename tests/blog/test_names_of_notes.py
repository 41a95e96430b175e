"""A name on a page is there once, wherever a text and its references stand together and number their notes alike."""

import re
from collections import Counter

import pytest
from django.urls import reverse

from blog import workflow
from blog.models import State, Words
from tests.conftest import WORDS, form_of, has_been_told, make_submission

pytestmark = pytest.mark.django_db(transaction=True)

NOTED = (
    '<p>{} once<a href="#fn-1" id="fnref-1"><sup>1</sup></a>.</p>'
    '<ol><li id="fn-1">In {}. <a href="#fnref-1">↑</a></li></ol>'
)
NOTES = {'body': NOTED.format('Said', 'a letter'), 'references': NOTED.format('Cited', 'a book')}


def names_of(answer) -> Counter[str]:
    assert answer.status_code in (200, 409), answer.status_code
    return Counter(re.findall(r' id="(fn(?:ref)?-[^"]*)"', answer.text))


def led_nowhere(answer) -> set[str]:
    return {*re.findall(r'href="#(fn[^"]*)"', answer.text)} - {*re.findall(r' id="([^"]*)"', answer.text)}


@pytest.fixture
def editing(author, editor, society):
    submission = make_submission(author, State.EDITING, editor=editor, words=NOTES)
    better = Words(**{**WORDS, **NOTES, 'body': NOTED.format('Said twice,', 'two letters')})
    workflow.save_words(submission, by=editor, base=submission.current.number, words=better)
    return submission


def test_pages_that_show_the_words(editing, author, editor, signed_in):
    key, desk, own = editing.pk, signed_in(editor), signed_in(author)
    has_been_told(workflow.send_for_approval(editing, by=editor))
    pages = {
        'words': desk.get(reverse('submission_words', args=[key])),
        'desk': desk.get(reverse('admin:desk_submission', args=[key])),
        'changes on the desk': desk.get(reverse('admin:desk_differences', args=[key]) + '?old=2&new=3'),
        'changes': own.get(reverse('submission_differences', args=[key]) + '?old=2&new=3'),
        'preview': own.get(reverse('submission_preview', args=[key])),
        'approval': own.get(reverse('submission_approve', args=[key])),
    }

    for name, page in pages.items():
        names = names_of(page)
        assert sum(names.values()) >= 4, name
        assert [one for one, times in names.items() if times > 1] == [], name
        assert led_nowhere(page) == set(), name


def test_two_texts_side_by_side(editing, editor, signed_in):
    desk, address = signed_in(editor), reverse('admin:desk_edit', args=[editing.pk])
    opened = form_of(desk.get(address))
    other = Words(**{**WORDS, **NOTES, 'title': 'Another title'})
    workflow.save_words(editing, by=editor, base=3, words=other)

    both = desk.post(address, opened | {'title': 'A third title', **NOTES})

    assert both.status_code == 409
    names = names_of(both)
    assert len(names) >= 8
    assert [one for one, times in names.items() if times > 1] == []
    assert led_nowhere(both) == set()
