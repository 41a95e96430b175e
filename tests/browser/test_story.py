"""A real post goes in by the member's form, through every move, and out to the public page and the feeds.

The file that REAL_POST names holds a post as a page once showed it: the title; a paragraph with the
standfirst and the text; a call to action; the biography; the copyright line; the disclaimer; what stood in
the page's margin; how to contribute. What is expected is read from the file; nothing of it stands here.
"""

import html
import json
import os
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

import pytest
from django.utils import timezone
from playwright.sync_api import Locator, Page, expect

from blog import workflow
from blog.models import State, Submission
from blog.workflow import MOVES
from members.roles import COMMISSIONING_EDITOR
from tests.conftest import PASSWORD, letters_leave, make_organisation, make_person, make_seat
from ukis.letters.models import Letter
from ukis.society.models import Society

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

ATOM = '{http://www.w3.org/2005/Atom}'
ENCODED = '{http://purl.org/rss/1.0/modules/content/}encoded'
EDITORS_SOURCE = 'A source that the editor put in.'
ASKED = 'A third tag, please.'


def sentences(text: str) -> list[str]:
    return re.split(r'(?<=[.?!])\s+', ' '.join(text.split()))


def words(markup: str) -> str:
    """The words of some HTML, with single blanks."""
    return ' '.join(html.unescape(re.sub(r'<[^>]+>', ' ', markup)).split())


@dataclass
class RealPost:
    title: str
    standfirst: str
    body: str
    call: str
    biography: str
    society: str
    disclaimer: str
    address: str
    name: str
    role: str
    organisation: str
    tags: list[str]

    @property
    def given(self) -> str:
        return self.name.split(' ', 1)[1]


def read(text: str) -> RealPost:
    paragraphs = [part.strip() for part in re.split(r'\n\s*\n', text) if part.strip()]
    title, long, call, biography, copyright_line, disclaimer, *_, contribute = paragraphs
    assert len(long) > 2000, 'the long paragraph comes second'
    all_sentences = sentences(long)
    cut = len(' '.join(all_sentences[:2]))
    byline = re.search(r'(Professor [A-Z]\w+ [A-Z]\w+), ((?:[A-Z]\w+ ?)+) of ([A-Z]{3,})', text)
    copyright_said = re.fullmatch(r'© (.+), (\d{4})', copyright_line)
    address = re.search(r'[\w.]+@[\w.]+\w', contribute)
    for found in (byline, copyright_said, address):
        assert found, 'byline, copyright line and address are where they should be'
    return RealPost(
        title=title,
        standfirst=long[:cut],
        body=long[cut:].strip(),
        call=call,
        biography=biography,
        society=copyright_said[1],
        disclaimer=disclaimer,
        address=address[0],
        name=byline[1],
        role=byline[2],
        organisation=byline[3],
        tags=sorted(set(re.findall(r'[A-Za-z]+', title)), key=lambda word: (len(word), word))[-3:],
    )


@pytest.fixture
def real() -> RealPost:
    path = os.environ.get('REAL_POST')
    if not path:
        pytest.skip('REAL_POST names no file: the real post is not tried')
    return read(Path(path).read_text(encoding='utf-8'))


@pytest.fixture
def cast(real: RealPost, db) -> dict:
    chief = make_person('Cora Chief', group=COMMISSIONING_EDITOR)
    Society.objects.create(
        pk=1,
        name=real.society,
        views_own=real.disclaimer,
        contributions_address=real.address,
        office_address='office@society.example',
        commissioning_editor=chief,
    )
    author = make_person(real.given)
    make_seat(author, make_organisation(real.organisation))
    return {'chief': chief, 'author': author}


@pytest.mark.real_post
def test_the_real_post_goes_in_by_the_form_and_comes_out_whole(real: RealPost, cast: dict, opened) -> None:
    author, editor, visitor = opened(), opened(cast['chief']), opened()

    sign_in(author, cast['author'].email)
    write(author, real)
    declare(author, real)
    submission = Submission.objects.get()
    stands(submission, State.SUBMITTED)
    at_desk = f'/admin/desk/{submission.pk}/'

    editor.goto('/admin/desk/')
    editor.get_by_role('button', name='Take it').first.click()
    stands(submission, State.IN_REVIEW)
    make(editor, at_desk, 'request_changes', note=ASKED)
    letters_leave()  # the author knows of it when its letter has left
    stands(submission, State.CHANGES_REQUESTED)

    change_and_send_back(author, submission, real)
    stands(submission, State.IN_REVIEW)
    accept_and_edit(editor, at_desk)
    make(editor, at_desk, 'send_for_approval')
    stands(submission, State.AUTHOR_APPROVAL)
    letters_leave()
    approve(author, submission, real)
    stands(submission, State.READY)
    make(editor, at_desk, 'release', when='now')
    stands(submission, State.RELEASED)

    address = submission.post.get_absolute_url()
    look_at_the_page(visitor, address, real, cast)
    look_at_the_feeds(visitor, real)
    told = set(Letter.objects.values_list('kind', 'to__name'))
    chief, writer = cast['chief'].name, cast['author'].name
    assert told >= {
        ('arrived', chief),
        ('received', writer),
        ('taken', writer),
        ('changes_requested', writer),
        ('resubmitted', chief),
        ('accepted', writer),
        ('final_copy', writer),
        ('approved', chief),
        ('scheduled', writer),
    }


def test_a_blog_is_written_submitted_and_approved_without_scripts(author, editor, society, opened) -> None:
    page = opened(author, scripts=False)

    page.goto('/write/')
    page.get_by_role('button', name='Write a blog').click()
    expect(page.get_by_text('Paste from Word')).to_be_hidden()  # that the editor does alone
    page.get_by_label('Title').first.fill('By hand')
    page.get_by_label('Standfirst').fill('Without a script.')
    page.get_by_role('textbox', name='Text').fill('The first paragraph.\n\nThe second paragraph.')
    page.get_by_label('Tags').fill('one, two')
    page.get_by_role('button', name='Continue to submit').click()
    page.get_by_label('I hold the rights').check()
    page.get_by_label('None: there is nothing to declare').check()
    page.get_by_role('button', name='Submit to the editors').click()

    expect(page.get_by_role('heading', name='It is with the editors')).to_be_visible()
    submission = Submission.objects.get()
    assert submission.current.body == '<p>The first paragraph.</p>\n<p>The second paragraph.</p>'
    workflow.take(submission, by=editor)
    workflow.accept_as_it_stands(submission, by=editor)
    letters_leave()
    page.goto(f'/write/{submission.pk}/')
    page.get_by_role('link', name='Approve these exact words').click()
    page.get_by_role('button', name='Approve these exact words').click()
    stands(submission, State.READY)


def stands(submission: Submission, state: str) -> None:
    submission.refresh_from_db()
    assert submission.state == state


# --- The author ---------------------------------------------------------------------------------------


def sign_in(page: Page, email: str) -> None:
    page.goto('/write/')
    page.get_by_label('Email').fill(email)
    page.get_by_label('Password').first.fill(PASSWORD)
    page.get_by_role('button', name='Sign in', exact=True).click()
    expect(page.get_by_role('heading', name='My blogs', level=1)).to_be_visible()


def paste(page: Page, paragraphs: list[str]) -> None:
    """By the real clipboard, as plain text."""
    page.evaluate(
        """text => document.addEventListener('copy', event => {
            event.preventDefault()
            event.clipboardData.setData('text/plain', text)
        }, {once: true})""",
        '\n\n'.join(paragraphs),
    )
    page.locator('.body .ProseMirror').click()
    page.keyboard.press('Control+c')
    page.keyboard.press('Control+v')


def write(page: Page, real: RealPost) -> None:
    page.get_by_role('button', name='Write a blog').click()
    expect(page.get_by_text('Paste from Word')).to_be_visible()
    page.get_by_label('Title').first.fill(real.title)
    page.get_by_label('Standfirst').fill(real.standfirst)
    paste(page, [real.body, real.call])
    page.get_by_label('Tags').fill(', '.join(real.tags[:2]))
    page.get_by_label('Name to print').fill(real.name)
    page.get_by_label('Job title to print').fill(real.role)
    page.get_by_label('Organisation to print').select_option(label=real.organisation)
    page.get_by_label('Biography').fill(real.biography)
    page.get_by_role('button', name='Continue to submit').click()
    expect(page.get_by_role('heading', name='Check before you submit')).to_be_visible()


def declare(page: Page, real: RealPost) -> None:
    for said in (real.title, real.standfirst, real.name, real.role, real.biography):
        expect(page.locator('main')).to_contain_text(said)
    expect(page.get_by_text('Still missing')).to_have_count(0)
    page.get_by_label('I hold the rights').check()
    page.get_by_label('None: there is nothing to declare').check()
    page.get_by_label('My own').check()
    page.get_by_role('button', name='Submit to the editors').click()
    expect(page.get_by_role('heading', name='It is with the editors')).to_be_visible()


def change_and_send_back(page: Page, submission: Submission, real: RealPost) -> None:
    page.goto(f'/write/{submission.pk}/')
    expect(page.locator('main')).to_contain_text(ASKED)
    page.get_by_role('link', name='Go on writing').click()
    page.get_by_label('Tags').fill(', '.join(real.tags))
    page.get_by_role('button', name='Continue to send it back').click()
    page.get_by_label('What I changed').fill('There are three now.')
    page.get_by_label('I hold the rights').check()
    page.get_by_role('button', name='Send it back to the editor').click()
    expect(page.get_by_role('heading', name='It is with the editor', exact=True)).to_be_visible()


def approve(page: Page, submission: Submission, real: RealPost) -> None:
    page.goto(f'/write/{submission.pk}/')
    page.get_by_role('link', name='Approve these exact words').click()
    expect(page.locator('ins', has_text=EDITORS_SOURCE)).to_be_visible()
    page.get_by_role('link', name='Clean').click()
    seen = ' '.join(page.locator('main').inner_text().split())
    assert [line for line in everything(real) if line not in seen] == []
    page.get_by_role('button', name='Approve these exact words').click()
    expect(page.get_by_text('You approved these exact words.')).to_be_visible()


# --- The editor ---------------------------------------------------------------------------------------


def make(page: Page, at_desk: str, name: str, **answers: str) -> None:
    """A move from the submission's page at the desk: the button, its questions, and again the button."""
    label = MOVES[name].label
    page.goto(at_desk)
    for summary in page.locator('#moves summary').all():
        summary.click()
    page.locator('#moves').get_by_role('link', name=f'{label}…', exact=True).click()
    for question, answer in answers.items():
        field = page.locator(f'[name={question}]')
        field.and_(page.locator(f'[value={answer}]')).check() if question == 'when' else field.fill(answer)
    page.get_by_role('button', name=label, exact=True).click()
    expect(page.get_by_text(f'Done: “{label}”')).to_be_visible()


def accept_and_edit(page: Page, at_desk: str) -> None:
    make(page, at_desk, 'accept')
    page.locator('#moves').get_by_role('link', name='Copy-edit the words').click()
    page.locator('.ProseMirror').last.click()
    page.keyboard.type(EDITORS_SOURCE)
    page.get_by_label('A note on what you changed').fill('A source')
    page.get_by_role('button', name='Save and go back to the submission').click()
    expect(page.locator('.messagelist')).to_contain_text('Saved as version')


# --- The public ---------------------------------------------------------------------------------------


def everything(real: RealPost) -> list[str]:
    """Every sentence that a reader must find, and who wrote it."""
    text = [
        *sentences(real.standfirst),
        *sentences(real.body),
        *sentences(real.call),
        *sentences(real.biography),
    ]
    return [real.title, *text, real.name, real.role, real.organisation]


def look_at_the_page(page: Page, address: str, real: RealPost, cast: dict) -> None:
    page.goto(address)
    expect(page.get_by_role('heading', level=1)).to_have_text(real.title)
    expect(page.locator('.standfirst').first).to_have_text(real.standfirst)
    byline = f'{real.name}, {real.role}, {real.organisation}'
    expect(page.locator('.by').first).to_contain_text(byline)
    paragraphs = [words(text) for text in page.locator('.prose > p').all_inner_texts()]
    assert paragraphs == [' '.join(real.body.split()), ' '.join(real.call.split())]
    expect(under(page, 'About the author')).to_contain_text(real.biography)
    tags = under(page, 'Tags').get_by_role('link').all_inner_texts()
    assert sorted(tags, key=str.lower) == sorted(real.tags, key=str.lower)
    year = timezone.localdate().year
    for line in (real.disclaimer, f'© {real.society}, {year}', EDITORS_SOURCE):
        expect(page.locator('article')).to_contain_text(line)
    expect(under(page, 'Write for the blog')).to_contain_text(
        f'{cast["chief"].name}, Commissioning Editor for Blogs, at {real.address}'
    )
    seen = ' '.join(page.locator('article').inner_text().split())
    assert [line for line in everything(real) if line not in seen] == []


def under(page: Page, heading: str) -> Locator:
    return page.locator('section', has=page.get_by_role('heading', name=heading))


def look_at_the_feeds(page: Page, real: RealPost) -> None:
    lines = [f'© {real.society}, {timezone.localdate().year}', real.disclaimer, EDITORS_SOURCE, real.address]
    for name, content, title in feeds(page.request.get):
        assert title == real.title, name
        seen = words(content)
        assert [line for line in [*everything(real)[1:], *lines] if line not in seen] == [], name


def feeds(get: Callable) -> list[tuple[str, str, str]]:
    """Of each format the one entry: its name, its HTML and its title."""
    atom = ElementTree.fromstring(get('/blog/feed/').text()).find(f'{ATOM}entry')
    rss = ElementTree.fromstring(get('/blog/feed/rss/').text()).find('channel/item')
    item = json.loads(get('/blog/feed.json').text())['items'][0]
    return [
        ('Atom', atom.findtext(f'{ATOM}content'), atom.findtext(f'{ATOM}title')),
        ('RSS', rss.findtext(ENCODED), rss.findtext('title')),
        ('JSON', item['content_html'], item['title']),
    ]
