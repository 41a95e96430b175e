"""The jobs of author, editor and secretary with the keyboard alone; the editor's once more without scripts."""

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from blog.models import State, Submission
from members.models import Category, Membership
from tests.conftest import make_organisation, make_submission

pytestmark = [pytest.mark.browser, pytest.mark.looks, pytest.mark.django_db(transaction=True)]

# What the element that has the focus is called, as far as it can be seen.
CALLED = """() => { const one = document.activeElement
  const by = one.getAttribute('aria-labelledby')?.split(' ').map(id => document.getElementById(id)?.textContent ?? '').join(' ')
  return (by || one.getAttribute('aria-label') || one.labels?.[0]?.innerText || one.innerText || one.value || '').trim() }"""


def reach(page: Page, name: str) -> None:
    """By Tab, as often as it takes."""
    met = []
    for _ in range(150):
        page.keyboard.press('Tab')
        met.append(page.evaluate(CALLED))
        if met[-1].startswith(name):
            return
    raise AssertionError((name, met))


def press(page: Page, name: str, key: str = 'Enter') -> None:
    reach(page, name)
    page.keyboard.press(key)


def follow(page: Page, name: str) -> None:
    reach(page, name)
    with page.expect_navigation():
        page.keyboard.press('Enter')


def answer(page: Page, name: str, text: str) -> None:
    reach(page, name)
    page.keyboard.type(text)


def stands(submission: Submission, state: str) -> None:
    submission.refresh_from_db()
    assert submission.state == state


def test_a_blog_is_written_and_submitted(author, society, opened) -> None:
    page = opened(author)
    page.goto(reverse('write'))

    follow(page, 'Write a blog')
    answer(page, 'Title', 'By key')
    answer(page, 'Standfirst', 'Without a mouse.')
    reach(page, 'Text')
    page.keyboard.type('The first paragraph.')
    page.keyboard.press('Escape')
    answer(page, 'Tags', 'one, two')
    follow(page, 'Continue to submit')
    press(page, 'I hold the rights', 'Space')
    press(page, 'None: there is nothing to declare', 'Space')
    follow(page, 'Submit to the editors')

    submission = Submission.objects.get()
    stands(submission, State.SUBMITTED)
    assert submission.current.body == '<p>The first paragraph.</p>'


def test_a_submission_is_taken_edited_and_sent_for_approval(author, editor, society, opened) -> None:
    submission = make_submission(author, State.SUBMITTED)
    page = opened(editor)
    page.goto(reverse('admin:desk_submission', args=[submission.pk]))

    follow(page, 'Take it')
    stands(submission, State.IN_REVIEW)
    follow(page, 'Accept')
    follow(page, 'Accept')
    stands(submission, State.EDITING)
    follow(page, 'Copy-edit the words')
    reach(page, 'Standfirst')
    page.keyboard.press('Control+a')
    page.keyboard.type('Shorter.')
    follow(page, 'Save and go back to the submission')
    press(page, 'Other moves')
    follow(page, 'Send the final copy for approval')
    follow(page, 'Send the final copy for approval')

    stands(submission, State.AUTHOR_APPROVAL)
    assert submission.current.standfirst == 'Shorter.'


def test_the_same_without_scripts(author, editor, society, opened) -> None:
    submission = make_submission(author, State.SUBMITTED)
    page = opened(editor, scripts=False)
    page.goto(reverse('admin:desk'))

    page.get_by_role('button', name='Take it').first.click()
    page.goto(reverse('admin:desk_submission', args=[submission.pk]))
    page.get_by_role('link', name='Accept…').first.click()
    page.get_by_role('button', name='Accept').click()
    page.get_by_role('link', name='Copy-edit the words').first.click()
    page.get_by_role('textbox', name='Text').fill('One paragraph.\n\n<h2>A heading</h2>')
    page.get_by_role('button', name='Save and go back to the submission').click()
    page.get_by_text('Other moves').first.click()
    page.get_by_role('link', name='Send the final copy for approval…').first.click()
    page.get_by_role('button', name='Send the final copy for approval').click()

    stands(submission, State.AUTHOR_APPROVAL)
    assert submission.current.body == '<p>One paragraph.</p>\n<h2>A heading</h2>'


def test_a_membership_is_begun(secretary, society, opened) -> None:
    make_organisation('Institute of Care')
    Category.objects.create(name='Organisation', holders='organisations', fee=450, seats=2)
    page = opened(secretary)
    page.goto(reverse('admin:members_membership_add'))

    press(page, 'Organisation')
    page.keyboard.type('Institute')
    expect(page.get_by_role('option', name='Institute of Care')).to_be_visible()
    page.keyboard.press('Enter')
    answer(page, 'Category', 'Organisation')
    answer(page, 'Start', '1 April 2026')
    answer(page, 'End', '31 March 2027')
    follow(page, 'Save')

    membership = Membership.objects.get()
    assert (membership.organisation.name, membership.terms.get().fee) == ('Institute of Care', 450)
