"""One commission from the first letter to the revision after print, by the pages that each of them sees, with the clock
moved: whoever is asked has no account, no mouse and no scripts."""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
import time_machine
from django.core import mail
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, expect

from blog import chasers, commissioning
from blog.models import Commission, Post, State, Submission
from blog.workflow import MOVES
from blog.writing import word_files
from tests.browser.test_membership import press
from tests.browser.test_story import stands
from tests.conftest import letters_leave, make_post
from ukis import days
from ukis.letters.models import Letter

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
FILE = Path(__file__).parents[1] / 'ukis' / 'files' / 'libreoffice.docx'
# Later than any real clock, so that no browser takes a cookie of these days for an old one.
BEGIN = datetime(2035, 4, 17, 10, tzinfo=UTC)
INVITEE, READER = 'ottoline@drawers.example', 'ivo@readers.example'
TITLE = 'A rota that people keep'


@pytest.fixture
def story(society, editor, opened, wrong):
    with time_machine.travel(BEGIN) as traveller:
        yield CommissioningStory(traveller, editor, opened, wrong)


class CommissioningStory:
    def __init__(self, clock, editor, opened: Callable[..., Page], wrong: list[str]) -> None:
        self.clock, self.editor, self.opened, self.wrong = clock, editor, opened, wrong
        self.desk = opened(editor)
        self.invitee, self.visitor = opened(scripts=False), opened()

    def on(self, day: date, hour: int = 10) -> None:
        """Another day: what is due is asked for, and what waits leaves."""
        self.clock.move_to(datetime(day.year, day.month, day.day, hour, tzinfo=UTC))
        chasers.remind(timezone.now())
        commissioning.fulfil_due(timezone.now())
        letters_leave()
        self.desk = self.opened(self.editor)  # nobody stays signed in over weeks

    @property
    def submission(self) -> Submission:
        return Submission.objects.get(commission__isnull=False)

    def link_to(self, address: str, path: str) -> str:
        """The newest private link of this kind that left for somebody."""
        letters_leave()
        [*_, last] = [one for one in mail.outbox if address in one.to[0] and path in one.body]
        return re.search(rf'({path}\S+/)', last.body)[1]

    def types_the_code(self) -> None:
        [*_, letter] = [one for one in mail.outbox if INVITEE in one.to[0]]
        code = re.search(r'^\s*([A-Z0-9]{3,}-?[A-Z0-9]{3,})\s*$', letter.body, re.MULTILINE)[1]
        self.invitee.locator('[name=code]').fill(code)
        self.invitee.locator('main form').first.get_by_role('button').click()

    def move(self, name: str, **answers: str) -> None:
        """A move from the page at the desk: the button, its questions, and again the button."""
        label, page = MOVES[name].label, self.desk
        page.goto(reverse('admin:desk_submission', args=[self.submission.pk]))
        for summary in page.locator('#moves summary').all():
            summary.click()
        page.locator('#moves').get_by_role('link', name=f'{label}…', exact=True).click()
        for question, answer in answers.items():
            field = page.locator(f'[name={question}]')
            if question == 'when':
                field.and_(page.locator(f'[value={answer}]')).check()
            else:
                field.fill(answer)
        page.get_by_role('button', name=label, exact=True).click()

    def opens_the_words(self) -> None:
        self.desk.goto(reverse('admin:desk_submission', args=[self.submission.pk]))
        self.desk.locator('#moves').get_by_role('link', name='Copy-edit the words').click()

    def done(self, name: str, state: str) -> None:
        expect(self.desk.get_by_text(f'Done: “{MOVES[name].label}”')).to_be_visible()
        stands(self.submission, state)
        letters_leave()


def test_a_commission_goes_out_is_written_read_printed_and_revised(story):
    asks_somebody_without_an_account(story)
    answers_with_a_later_day_and_then_yes(story)
    begins_by_a_code_and_brings_a_word_file(story)
    is_reminded_once_and_submits(story)
    is_advised_by_a_second_reader(story)
    is_asked_for_changes(story)
    sees_the_final_copy_twice(story)
    comes_out_after_a_clash(story)
    is_revised_after_publication(story)


def asks_somebody_without_an_account(story):
    page = story.desk
    page.goto(reverse('admin:commission_new'))
    page.get_by_label('Name').first.fill('Ottoline Parr')
    page.locator('[name=email]').fill(INVITEE)
    page.locator('[name=working_title]').fill(TITLE)
    page.locator('[name=brief]').fill('How a small hospice came to a rota that its people keep.')
    page.locator('[name=words_from]').fill('50')
    page.locator('[name=words_to]').fill('200')
    page.locator('[name=tag_words]').fill('rotas, hospices')
    page.locator('[name=answer_by]').fill('2035-05-01')
    page.locator('[name=deadline]').fill('2035-06-01')
    press(page, 'Save the draft')
    page.get_by_role('link', name='Send the invitation…').click()
    expect(page.locator('main')).to_contain_text('How a small hospice came to a rota')
    press(page, 'Send the invitation')
    assert Commission.objects.get().state == 'sent'


def answers_with_a_later_day_and_then_yes(story):
    page, link = story.invitee, story.link_to(INVITEE, '/commission/')
    page.goto(link)
    press(page, 'Send my answer')  # a machine that presses buttons says nothing
    expect(page.get_by_text('Choose one of the answers.').first).to_be_visible()
    assert '422' in story.wrong.pop()
    assert Commission.objects.get().state == 'sent'

    page.locator('[name=answer][value=propose]').check()
    page.locator('[name=day]').fill('2035-06-20')
    page.locator('[name=words]').fill('After our inspection, gladly.')
    press(page, 'Send my answer')
    row = Commission.objects.get()
    story.desk.goto(reverse('admin:commission', args=[row.pk]))
    expect(story.desk.locator('main')).to_contain_text('After our inspection, gladly.')
    story.desk.get_by_role('link', name='Agree to the date…').click()
    press(story.desk, 'Agree to the date')
    letters_leave()

    page.goto(link)  # the first one, which they find first
    page.locator('[name=answer][value=accept]').check()
    press(page, 'Send my answer')
    row.refresh_from_db()
    assert (row.state, row.deadline) == ('accepted', date(2035, 6, 20))


def begins_by_a_code_and_brings_a_word_file(story):
    page = story.invitee
    page.get_by_role('link', name='Start writing').click()
    page.locator('[name=body]').fill('The old rota was kept in a drawer.')
    press(page, 'Save, and send me the code')
    story.types_the_code()
    press(page, 'Go on writing')
    submission = story.submission
    assert submission.current.body == '<p>The old rota was kept in a drawer.</p>'

    expect(page.locator('main')).to_contain_text('How a small hospice came to a rota')
    press(page, 'Save and bring in a Word file')
    page.get_by_label('The Word document').set_input_files(
        {'name': 'Rota.docx', 'mimeType': word_files.KINDS['.docx'], 'buffer': FILE.read_bytes()}
    )
    press(page, 'Read this file')
    told = page.get_by_role('region', name='What came in').inner_text()
    assert 'Words of the document as its reader sees it: 66; here: 66.' in told
    page.get_by_label('Put them in place of the words that are there').check()
    page.get_by_label('No: the words are enough').check()
    press(page, 'Save')
    submission.refresh_from_db()
    assert (
        submission.current.body.count('href="#fn-'),
        'alt="A drawer half open"' in submission.current.body,
    ) == (
        2,
        True,
    )


def is_reminded_once_and_submits(story):
    page, submission = story.invitee, story.submission
    before = Letter.objects.filter(to_address=INVITEE).latest('pk')
    story.on(date(2035, 6, 13))  # a week before
    story.on(date(2035, 6, 13), hour=11)
    reminders = Letter.objects.filter(to_address=INVITEE, pk__gt=before.pk)
    assert [(one.kind, one.state) for one in reminders] == [('draft_due', Letter.State.SENT)]

    page.goto(story.link_to(INVITEE, '/commission/'))  # they are signed out by now
    page.get_by_role('link', name='Go on with it').click()
    press(page, 'Send me the code')
    story.types_the_code()
    page.goto(reverse('submission_edit', args=[submission.pk]))
    page.get_by_label('Tags').fill('rotas, hospices')
    press(page, 'Continue to submit')
    page.get_by_label('I hold the rights').check()
    page.get_by_label('None: there is nothing to declare').check()
    press(page, 'Submit to your editor, Ed Editor')
    stands(submission, State.IN_REVIEW)  # the commission has an editor


def is_advised_by_a_second_reader(story):
    """By link alone, and their name stays with the editors."""
    desk, reader, submission = story.desk, story.opened(scripts=False), story.submission
    at_desk = reverse('admin:desk_submission', args=[submission.pk])
    desk.goto(at_desk)
    desk.get_by_role('link', name='Ask a second reader…').click()
    desk.get_by_label('Their name').fill('Ivo Marsh')
    desk.get_by_label('Their email address').fill(READER)
    press(desk, 'Ask them')

    reader.goto(story.link_to(READER, '/reading/'))
    expect(reader.locator('main')).to_contain_text('kept in a drawer by the door')
    reader.get_by_label('Here is my advice').check()
    reader.get_by_label('Publish it after small changes').check()
    reader.get_by_label('A note for the author').fill('Say where the drawer is. And who has its key?')
    reader.get_by_label('A note for the editor alone').fill('I know that hospice.')
    reader.get_by_label('No, the author is not to know').check()
    press(reader, 'Send my answer')
    letters_leave()

    desk.goto(at_desk)
    expect(desk.locator('#readings')).to_contain_text('I know that hospice.')
    desk.get_by_role('link', name='Share it with the author').click()
    desk.get_by_role('link', name='Share it with the author…').click()
    desk.locator('[name=for_author]').fill('Say where the drawer is.')
    press(desk, 'Share it with the author')
    letters_leave()
    page = story.invitee
    page.goto(submission.get_absolute_url())
    expect(page.locator('main')).to_contain_text('Say where the drawer is.')
    seen = page.content()
    assert [word for word in ('Ivo', 'Marsh', READER, 'its key', 'that hospice') if word in seen] == []


def is_asked_for_changes(story):
    """On a passage of the words, which is gone once they were changed, and not found elsewhere instead."""
    desk, page, submission = story.desk, story.invitee, story.submission
    desk.goto(reverse('submission_words', args=[submission.pk]))
    desk.locator('summary', has_text='Something between.').click()
    desk.locator('details[open] textarea').fill('Something between')
    press(desk, 'Quote in a message')
    story.move('request_changes', note='Between what?')  # the passage is ticked already
    story.done('request_changes', State.CHANGES_REQUESTED)

    page.goto(submission.get_absolute_url())
    quoted = page.locator('.quoted').first
    expect(quoted).to_contain_text('“Something between”')
    expect(quoted.get_by_role('link', name='Where these words stand')).to_be_visible()
    page.goto(reverse('submission_edit', args=[submission.pk]))
    body = page.locator('[name=body]').input_value()
    page.locator('[name=body]').fill(body.replace('Something between.', 'A pause, and something beyond.'))
    press(page, 'Continue to send it back')
    page.get_by_label('What I changed').fill('A pause.')
    page.get_by_label('I hold the rights').check()
    press(page, 'Send it back to the editor')
    stands(submission, State.IN_REVIEW)
    desk.goto(reverse('admin:desk_submission', args=[submission.pk]))
    expect(desk.locator('.quoted').first).to_contain_text('These words are gone.')
    story.move('accept')
    story.done('accept', State.EDITING)


def sees_the_final_copy_twice(story):
    page, submission = story.invitee, story.submission
    story.move('send_for_approval')
    story.done('send_for_approval', State.AUTHOR_APPROVAL)
    page.goto(reverse('submission_approve', args=[submission.pk]))
    page.locator('#correction textarea').first.fill('It is a cupboard, not a drawer.')
    press(page, MOVES['ask_for_correction'].label)
    stands(submission, State.EDITING)
    letters_leave()

    story.opens_the_words()
    story.desk.locator('[name=standfirst]').fill('Notes from a small hospice with a cupboard')
    press(story.desk, 'Save and go back to the submission')
    expect(story.desk.locator('.messagelist')).to_contain_text('Saved as version')
    story.move('send_for_approval')
    story.done('send_for_approval', State.AUTHOR_APPROVAL)
    page.goto(reverse('submission_approve', args=[submission.pk]))
    expect(page.locator('ins', has_text='cupboard').first).to_be_visible()
    press(page, 'Approve these exact words')
    stands(submission, State.READY)
    letters_leave()


def comes_out_after_a_clash(story):
    day = days.today() + timedelta(days=12)
    make_post(title='Another', published_at=datetime(day.year, day.month, day.day, 12, tzinfo=UTC))
    when = {'when': 'later', 'day': day.isoformat(), 'time': '09:00'}
    story.move('release', **when)
    expect(story.desk.locator('main')).to_contain_text(
        'Another'
    )  # it is pointed out, and nothing has happened
    stands(story.submission, State.READY)
    press(story.desk, MOVES['release'].label)  # and meant
    story.done('release', State.RELEASED)
    later = day + timedelta(days=1)
    story.move('reschedule', day=later.isoformat(), time='09:00')
    story.done('reschedule', State.RELEASED)
    story.move('unschedule')
    story.done('unschedule', State.READY)
    assert story.visitor.goto(Post.objects.get(submission=story.submission).get_absolute_url()).status == 404
    assert '404' in story.wrong.pop()
    story.move('release', when='now')
    story.done('release', State.RELEASED)
    story.visitor.goto(story.submission.post.get_absolute_url())
    expect(story.visitor.locator('.standfirst').first).to_have_text(
        'Notes from a small hospice with a cupboard'
    )
    expect(story.visitor.locator('article')).to_contain_text('An endnote.')
    commissioning.fulfil_due(timezone.now())
    assert Commission.objects.get().state == 'fulfilled'


def is_revised_after_publication(story):
    submission = story.submission
    story.move('revise', note='The year was wrong.')
    story.done('revise', State.EDITING)
    story.opens_the_words()
    story.desk.locator('[name=standfirst]').fill('Notes from a large hospice with a cupboard')
    press(story.desk, 'Save and go back to the submission')
    story.move('send_for_approval')
    story.done('send_for_approval', State.AUTHOR_APPROVAL)
    story.invitee.goto(reverse('submission_approve', args=[submission.pk]))
    press(story.invitee, 'Approve these exact words')
    story.visitor.goto(submission.post.get_absolute_url())
    expect(story.visitor.locator('.standfirst').first).to_have_text(
        'Notes from a small hospice with a cupboard'
    )
    story.move('release_revision', correction='The hospice is large, not small.')
    story.done('release_revision', State.RELEASED)
    story.visitor.goto(submission.post.get_absolute_url())
    expect(story.visitor.locator('.standfirst').first).to_have_text(
        'Notes from a large hospice with a cupboard'
    )
    expect(story.visitor.locator('article')).to_contain_text('The hospice is large, not small.')
