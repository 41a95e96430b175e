"""Two tabs, and leaving and coming back, in a real browser: for authors, on the desk and in the admin."""

import pytest
from django.urls import reverse
from playwright.sync_api import Page, Route, expect

from blog.models import State
from tests.conftest import make_submission
from ukis.society.models import Page as StaffPage
from ukis.unsaved.models import Buffer

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

SAVED = '[data-saved][role=status]'
KEPT = 'on this computer and with the Society'


def type_in(page: Page, words: str, editor: str = '.ProseMirror') -> None:
    page.locator(editor).first.click()
    page.keyboard.press('Control+End')
    page.keyboard.type(words)


def asked_on_leaving(page: Page, address: str) -> list[str]:
    """Which questions the browser asks when somebody goes elsewhere, and goes all the same."""
    asked: list[str] = []
    page.once('dialog', lambda dialog: (asked.append(dialog.type), dialog.accept()))
    page.goto(address)
    return asked


def test_two_tabs_lose_no_word_of_one_another(opened, author, society) -> None:
    first = opened(author)
    first.goto(reverse('write_start'))
    first.get_by_role('button', name='Start').or_(
        first.get_by_role('button', name='Write a blog')
    ).first.click()
    expect(first.locator('.body .ProseMirror')).to_be_visible()
    type_in(first, 'First.', '.body .ProseMirror')
    expect(first.locator(SAVED)).to_contain_text(KEPT)
    second = first.context.new_page()
    second.goto(first.url)
    expect(second.locator('.body .ProseMirror')).to_contain_text('First.')
    type_in(second, ' Written over lunch.', '.body .ProseMirror')
    expect(second.locator(SAVED)).to_contain_text(KEPT)

    type_in(first, 'x', '.body .ProseMirror')
    expect(first.locator(SAVED)).to_contain_text('Both are kept')
    address = first.url
    first.close()
    second.close()
    again = opened(author)
    again.goto(address)

    expect(again.locator('.body .ProseMirror')).to_contain_text('First.x')
    expect(again.get_by_role('heading', name='You had typed this on')).to_be_visible()
    expect(again.locator('.kept').first).to_contain_text('Written over lunch.')
    again.get_by_role('link', name='Use it').click()
    expect(again.locator('.body .ProseMirror')).to_contain_text('Written over lunch.')
    again.get_by_role('button', name='Save', exact=True).last.click()
    expect(again.get_by_text('Saved as version 2 at')).to_be_visible()
    again.goto(address)
    # The other is still there, until its writer says otherwise.
    expect(again.locator('.body .ProseMirror')).to_contain_text('First.x')
    again.get_by_role('link', name='Throw away what was not saved').click()
    again.get_by_role('button', name='Throw it away').click()
    expect(again.get_by_role('button', name='Put it back')).to_be_visible()
    again.get_by_role('link', name='Go on').click()
    expect(again.locator('.body .ProseMirror')).to_contain_text('Written over lunch.')


def test_a_copy_edit_is_kept_asked_about_on_leaving_and_offered_on_coming_back(
    opened, author, editor, society, wrong
) -> None:
    submission = make_submission(author, State.EDITING, editor=editor)
    address = reverse('admin:desk_edit', args=[submission.pk])
    page = opened(editor)
    page.goto(address)
    expect(page.locator('.ProseMirror').first).to_be_visible()

    page.route('**/unsaved/', lambda route: route.fulfill(status=503, body='away'))
    type_in(page, ' Edited at length.')
    expect(page.locator(SAVED)).to_contain_text('Not saved with the Society; kept on this computer at')
    asked = asked_on_leaving(page, reverse('admin:desk'))
    page.unroute('**/unsaved/')
    page.goto(address)
    # What a browser still sends as it leaves is answered to nobody: it came, or it stands on this computer.
    came = page.get_by_role('link', name='Use it')
    came.or_(page.get_by_role('button', name='Put it in')).first.click()
    expect(page.locator('.ProseMirror').first).to_contain_text('Edited at length.')
    page.locator('.ProseMirror').first.click()
    page.keyboard.type('And ')
    expect(page.locator(SAVED)).to_contain_text(KEPT)
    quiet = asked_on_leaving(page, reverse('admin:desk'))
    page.goto(address)
    expect(page.get_by_role('heading', name='You had typed this on')).to_be_visible()
    page.get_by_role('link', name='Use it').click()
    page.get_by_role('button', name='Save and go back to the submission').click()

    expect(page.get_by_text('Saved as version 3.')).to_be_visible()
    assert (asked, quiet) == (['beforeunload'], [])
    submission.refresh_from_db()
    assert 'Edited at length.' in submission.current.body
    assert not Buffer.objects.kept().exists()
    page.goto(address)
    expect(page.locator('.kept:visible')).to_have_count(0)
    wrong[:] = [line for line in wrong if '503' not in line]


def test_what_was_typed_before_the_script_came_is_kept(opened, author, society) -> None:
    submission = make_submission(author, State.DRAFTING)
    page = opened(author)
    held: list[Route] = []
    page.route('**/unsaved/keeping*.js', lambda route: held.append(route))
    page.goto(reverse('submission_edit', args=[submission.pk]), wait_until='commit')
    title = page.locator('[name=title]')

    title.fill('Quicker than the line')
    while not held:
        page.wait_for_timeout(50)
    held[0].continue_()

    expect(page.locator(SAVED)).to_contain_text(KEPT)
    assert Buffer.objects.kept().get().fields['title'] == ['Quicker than the line']


def test_two_tabs_of_the_admin_are_shown_both(opened, administrator, society, wrong) -> None:
    row = StaffPage.objects.create(title='Privacy', address='privacy', body='<p>Little.</p>')
    address = reverse('admin:ukis_page_change', args=[row.pk])
    first = opened(administrator)
    first.goto(address)
    second = first.context.new_page()
    second.goto(address)
    second.get_by_label('Title').fill('Theirs')
    second.get_by_role('button', name='Save', exact=True).click()

    first.get_by_label('Title').fill('Mine')
    first.get_by_role('button', name='Save', exact=True).click()

    expect(first.get_by_role('heading', name='Somebody saved this since you opened it')).to_be_visible()
    expect(first.locator('.both')).to_contain_text('Theirs')
    expect(first.get_by_label('Title')).to_have_value('Mine')
    row.refresh_from_db()
    assert row.title == 'Theirs'
    wrong[:] = [line for line in wrong if '409' not in line]
