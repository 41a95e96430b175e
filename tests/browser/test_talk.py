"""Words are chosen on the page and quoted, and what was looked at counts as read."""

import pytest
from django.urls import reverse

from blog import workflow
from blog.models import Message, QuotedPassage, ReadMark, State
from tests.blog.test_passages import BODY, FIRST, SAME, edit
from tests.browser.test_pages import complaints
from tests.conftest import make_submission

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
CHOOSE = """(words) => {
  const found = [...document.querySelectorAll('[data-part=body][data-block="0"]')][0];
  const text = document.createTreeWalker(found, NodeFilter.SHOW_TEXT).nextNode();
  const range = document.createRange();
  range.setStart(text, text.data.indexOf(words));
  range.setEnd(text, text.data.indexOf(words) + words.length);
  getSelection().removeAllRanges();
  getSelection().addRange(range);
}"""


@pytest.fixture
def submission(author, editor, society):
    submission = make_submission(author, State.IN_REVIEW, editor=editor)
    edit(submission, BODY)
    workflow.say(submission, by=author, text='Please look at the beginning.')
    return submission


def test_an_editor_chooses_words_quotes_them_and_sends(submission, editor, author, opened):
    page = opened(editor)
    page.goto(reverse('admin:desk_submission', args=[submission.pk]))

    assert not page.get_by_text(
        'Quote in a message'
    ).is_visible()  # it stands over the words only where some are chosen
    page.evaluate(CHOOSE, SAME)
    page.get_by_role('button', name='Quote in a message').click()
    page.get_by_label(f'“{SAME}”').wait_for()
    page.get_by_label('Your message').fill('Is that so?')
    page.get_by_role('button', name='Send to the author and the editors').click()
    page.get_by_text('Your message is in the conversation').wait_for()
    page.get_by_role('link', name='Where these words stand').click()

    passage = QuotedPassage.objects.get()
    assert (passage.words, passage.start, passage.message) == (SAME, 0, Message.objects.last())
    assert page.locator(f'mark#passage-{passage.pk}').inner_text() == SAME
    assert FIRST.startswith(passage.words)
    assert ReadMark.objects.filter(person=editor).exists()


def test_there_is_nothing_to_complain_of_where_words_are_quoted_and_gone(submission, editor, author, opened):
    passage = workflow.quote(
        submission, by=editor, version=submission.current, part='body', block=0, words=SAME
    )
    asked = workflow.say(submission, by=editor, text='Is that so?', quoting=[passage.pk])
    workflow.quote(submission, by=author, version=submission.current, part='body', block=1)
    edit(submission, '<p>Other words.</p>')

    theirs, mine = opened(editor), opened(author)
    found = complaints(theirs, reverse('admin:desk_submission', args=[submission.pk]) + f'?answer={asked.pk}')
    found += complaints(mine, reverse('submission', args=[submission.pk]) + f'?answer={asked.pk}')
    found += complaints(mine, reverse('submission_words', args=[submission.pk]) + '?version=3')

    assert found == []
