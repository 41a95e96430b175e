"""The sheet in a real browser: what is typed is kept here and with the Society, whatever goes wrong between."""

import re

import pytest
from playwright.sync_api import Page, expect

from blog import workflow
from blog.models import State
from tests.conftest import PASSWORD, make_post, make_submission
from ukis.unsaved.models import Buffer

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

SAVED = '[data-saved][role=status]'
LOCAL = '[data-copy]'


@pytest.fixture
def submission(author, society):
    return make_submission(author)


@pytest.fixture
def sheet(opened, author, submission) -> Page:
    page = opened(author)
    page.goto(f'/write/{submission.pk}/edit/')
    expect(page.locator('.body .ProseMirror')).to_be_visible()
    return page


def type_at_the_end(page: Page, words: str) -> None:
    page.locator('.body .ProseMirror').click()
    page.keyboard.press('Control+End')
    page.keyboard.type(words)


def test_what_is_typed_is_saved_in_both_places_and_said_in_words(sheet, submission) -> None:
    type_at_the_end(sheet, ' More to come.')

    expect(sheet.locator(SAVED)).to_have_text(
        re.compile(r'^Saved at \d\d:\d\d on this computer and with the Society$')
    )
    expect(sheet.locator('[data-words]')).to_have_text('15 words')
    assert 'More to come.' in Buffer.objects.get().data['body']
    assert submission.versions.count() == 2


def test_a_page_closed_without_saving_is_found_again(sheet) -> None:
    type_at_the_end(sheet, ' Unsaved.')
    expect(sheet.locator(SAVED)).to_contain_text('with the Society')

    sheet.reload()

    expect(sheet.get_by_role('heading', name='You have text that was not saved as a version')).to_be_visible()
    expect(sheet.locator('.body .ProseMirror')).to_contain_text('Unsaved.')
    expect(sheet.locator(LOCAL)).to_be_hidden()


def test_saving_leaves_nothing_to_ask_about(sheet, submission) -> None:
    type_at_the_end(sheet, ' Now saved.')
    sheet.get_by_role('button', name='Save', exact=True).last.click()

    expect(sheet.get_by_text('Saved as version 3 at')).to_be_visible()
    expect(sheet.locator('.body .ProseMirror')).to_contain_text('Now saved.')
    expect(sheet.locator(LOCAL)).to_be_hidden()
    assert not Buffer.objects.kept().exists()


def test_without_a_connection_the_text_is_kept_here_and_offered_again(sheet, wrong) -> None:
    sheet.route('**/unsaved/', lambda route: route.abort())
    type_at_the_end(sheet, ' Typed in a tunnel.')
    expect(sheet.locator(SAVED)).to_contain_text('Not saved with the Society; kept on this computer at')
    wrong.clear()  # the browser reports the lost connection
    sheet.unroute('**/unsaved/')

    sheet.reload()
    expect(sheet.locator('.body .ProseMirror')).not_to_contain_text('tunnel')
    sheet.get_by_role('button', name='Put it in').click()

    expect(sheet.locator('.body .ProseMirror')).to_contain_text('Typed in a tunnel.')
    expect(sheet.locator(LOCAL)).to_be_hidden()


def test_a_session_that_runs_out_is_said_and_signing_in_beside_it_mends_it(sheet, author, wrong) -> None:
    sheet.context.clear_cookies(name='sessionid')
    type_at_the_end(sheet, ' After the end.')
    expect(sheet.locator(SAVED)).to_contain_text('You are no longer signed in')

    with sheet.context.expect_page() as opening:
        sheet.locator(SAVED).get_by_role('link', name='Sign in').click()
    beside = opening.value
    beside.get_by_label('Email').fill(author.email)
    beside.get_by_label('Password').first.fill(PASSWORD)
    beside.get_by_role('button', name='Sign in', exact=True).click()
    beside.wait_for_url('**/account/**')
    sheet.bring_to_front()
    type_at_the_end(sheet, ' And on.')

    expect(sheet.locator(SAVED)).to_contain_text('and with the Society')
    assert 'After the end. And on.' in Buffer.objects.get().data['body']
    wrong[:] = [line for line in wrong if '401' not in line and '403' not in line]


def test_two_people_at_once_see_both_texts(sheet, submission, author, wrong) -> None:
    workflow.save_words(
        submission, by=author, base=2, words=submission.current.words().but(title='Their title')
    )
    sheet.get_by_label('Title').first.fill('My title')
    sheet.get_by_role('button', name='Save', exact=True).last.click()

    expect(sheet.get_by_role('heading', name='Two texts')).to_be_visible()
    expect(sheet.get_by_label('Title').first).to_have_value('My title')
    sheet.get_by_role('button', name='Save mine').last.click()
    expect(sheet.get_by_text('Saved as version 4 at')).to_be_visible()
    wrong[:] = [line for line in wrong if '409' not in line]


def test_tags_in_use_are_switches(opened, author, submission) -> None:
    make_post(tags=('Evidence', 'Schools'))
    page = opened(author)
    page.goto(f'/write/{submission.pk}/edit/')
    page.get_by_label('Tags', exact=True).fill('schools')
    evidence, schools = (
        page.get_by_role('button', name='Evidence'),
        page.get_by_role('button', name='Schools'),
    )

    evidence.click()
    schools.click()

    expect(page.get_by_label('Tags', exact=True)).to_have_value('Evidence')
    expect(evidence).to_have_attribute('aria-pressed', 'true')
    expect(schools).to_have_attribute('aria-pressed', 'false')


def test_a_language_that_is_chosen_is_that_of_what_is_typed(opened, author, editor, society) -> None:
    sheet, desk = opened(author), opened(editor)
    sheet.goto(f'/write/{make_submission(author).pk}/edit/')
    desk.goto(f'/admin/desk/{make_submission(author, State.EDITING, editor=editor).pk}/edit/')

    for page in (sheet, desk):
        text = page.locator('.ProseMirror').first
        expect(text).to_be_visible()
        page.locator('[name=language]').select_option('cy')

        expect(text).to_have_attribute('lang', 'cy')
        expect(page.locator('[name=title]')).to_have_attribute('lang', 'cy')
        text.click()
        page.keyboard.type('Newid')
        expect(text).to_have_attribute('lang', 'cy')
