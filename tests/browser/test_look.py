"""What a page looks like where a test can say it: where things begin, how wide lines run, what paper leaves out."""

import io

import pytest
from django.urls import reverse
from PIL import Image
from playwright.sync_api import Page, expect

from blog import workflow
from blog.models import State, Version
from tests.conftest import make_membership, make_post, make_submission
from ukis import letters, pictures

pytestmark = [pytest.mark.browser, pytest.mark.looks, pytest.mark.django_db(transaction=True)]

BODY = (
    '<p>One sentence with <em>weight</em>, <strong>force</strong> and <a href="/blog/">a link</a>.</p>'
    '<h2>A heading</h2><p>Another.</p><h3>A smaller one</h3>'
    '<blockquote><p>Somebody said so.</p></blockquote>'
    '<ul><li>First</li><li>Second</li></ul><ol><li>One</li></ol>'
    '<table><thead><tr><th scope="col">What</th></tr></thead><tbody><tr><td>This</td></tr></tbody></table>'
)


def make_picture():
    out = io.BytesIO()
    Image.new('RGB', (1600, 900), 'teal').save(out, 'JPEG')
    out.seek(0)
    return pictures.accept(out, None)


def top_of(page: Page, selector: str) -> float:
    return page.locator(selector).first.evaluate('element => element.getBoundingClientRect().top')


def test_the_first_submission_of_a_queue_stands_within_the_first_screen(opened, author, editor) -> None:
    for number in range(12):
        make_submission(
            author,
            State.IN_REVIEW,
            editor=editor,
            words={'title': f'A title of some length, number {number}'},
        )
    page = opened(editor)
    page.set_viewport_size({'width': 1280, 'height': 800})

    page.goto(reverse('admin:desk'))

    assert page.locator('.desk-row').count() == 12
    assert page.locator('.desk-row').first.evaluate('row => row.getBoundingClientRect().bottom') < 540


def test_the_words_of_a_submission_begin_within_the_first_screen(opened, author, editor) -> None:
    lead = {'lead_picture_id': make_picture().pk, 'lead_alt': 'A bridge', 'lead_caption': 'Over the river.'}
    submission = make_submission(author, State.IN_REVIEW, editor=editor, words=lead)
    page = opened(editor)
    page.set_viewport_size({'width': 1280, 'height': 800})

    page.goto(reverse('admin:desk_submission', args=[submission.pk]))

    assert top_of(page, '#words .prose > p:not(.standfirst, .desk-title)') < 700
    # The moves stand above the words and once more below them, apart from them on the smallest screen too.
    assert top_of(page, '#moves') < top_of(page, '#words .prose') < top_of(page, '#moves-after')
    page.set_viewport_size({'width': 320, 'height': 256})
    assert page.locator('#words').evaluate(
        """words => {
          const end = words.querySelector('.prose').getBoundingClientRect().bottom
          return [...document.querySelectorAll('body *')].filter((one) => ['sticky', 'fixed'].includes(
            getComputedStyle(one).position)).length === 0 && words.querySelector('.desk-moves').getBoundingClientRect().top >= end
        }"""
    )


@pytest.mark.parametrize(
    'title', ['One record', 'What to pay a panel, and how not to ruin somebody’s Thursday']
)
def test_on_a_phone_the_words_begin_on_the_first_screen(opened, author, editor, title) -> None:
    submission = make_submission(author, State.IN_REVIEW, editor=editor, words={'title': title})
    page = opened(editor)
    page.set_viewport_size({'width': 375, 'height': 812})

    page.goto(reverse('admin:desk_submission', args=[submission.pk]))

    assert top_of(page, '#words .desk-title') < 700


def test_marks_for_ears_are_not_seen(opened, author, editor) -> None:
    submission = make_submission(author, State.EDITING, editor=editor)
    words = submission.current.words().but(body='<p>Something else altogether.</p>', title='Another')
    workflow.save_words(submission, by=editor, base=submission.current.number, words=words)

    for person, address in (
        (editor, reverse('admin:desk_differences', args=[submission.pk])),
        (author, reverse('submission_differences', args=[submission.pk])),
    ):
        page = opened(person)
        page.goto(address)
        widths = page.locator('main .sr').evaluate_all(
            'all => all.map(one => one.getBoundingClientRect().width)'
        )
        assert len(widths) > 4
        assert max(widths) <= 1


LOOKS = """words => Object.fromEntries(
  [':is(h2, h4) + p', 'em', 'strong', 'a', 'blockquote', 'blockquote p', 'ul', 'ul li', 'ol li', 'th', 'td'].map(one => {
    const style = getComputedStyle(words.querySelector(one)), size = parseFloat(getComputedStyle(words).fontSize)
    return [one, ['fontFamily', 'fontStyle', 'fontWeight', 'color', 'textTransform', 'letterSpacing', 'listStyleType',
      'borderLeftColor', 'borderLeftWidth', 'textDecorationLine', 'backgroundColor'].map(name => style[name])
      .concat(['fontSize', 'marginTop', 'marginBottom', 'marginLeft', 'paddingLeft'].map(name =>
        one[0] === 't' || !style[name].endsWith('px') ? 0 : Math.round(10 * parseFloat(style[name]) / size)))]
  }))"""


def test_words_on_the_desk_look_as_they_do_in_print(opened, author, editor) -> None:
    submission = make_submission(author, State.EDITING, editor=editor, words={'body': BODY})
    page = opened(editor)

    page.goto(reverse('admin:desk_preview', args=[submission.pk]))
    in_print = page.locator('.prose').first.evaluate(LOOKS)
    page.goto(reverse('admin:desk_submission', args=[submission.pk]))
    on_the_desk = page.locator('#words .prose').evaluate(LOOKS)

    assert on_the_desk == in_print
    sizes = page.locator('#words .prose').evaluate(
        "words => ['h4', 'h5', 'h4 + p'].map(one => parseFloat(getComputedStyle(words.querySelector(one)).fontSize))"
    )
    assert sizes[0] > sizes[1] > sizes[2]


SPACED_OUT = """(() => { const sheet = new CSSStyleSheet()
  sheet.replaceSync(`* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important }
    p { margin-bottom: 2em !important }`)
  document.adoptedStyleSheets = [sheet] })()"""

# How many signs stand on each line of the paragraphs of some length.
LINES = """all => all.filter(one => one.textContent.trim().length > 200).flatMap(one => {
  const found = [], range = document.createRange(), walker = document.createTreeWalker(one, NodeFilter.SHOW_TEXT)
  let top = null, count = 0, node
  while ((node = walker.nextNode())) for (let at = 0; at < node.length; at++) {
    range.setStart(node, at); range.setEnd(node, at + 1)
    const box = range.getClientRects()[0]
    if (!box || !box.width) continue
    if (top !== null && box.top > top + 5) { found.push(count); count = 0 }
    top = box.top; count++
  }
  return found
})"""
PROSE = (
    'Each nation of the United Kingdom has its own way of giving children something to eat before school. '
    'She had breakfast in all four in one week, and came home thinking less about food than about who unlocks '
    'the door, who lays the tables, who knows the names, and who is thanked for any of it in the end.'
)


@pytest.mark.parametrize('width', [1280, 768])
def test_what_is_read_runs_sixty_to_sixty_eight_signs_wide(opened, author, organisation, width) -> None:
    author.biography, organisation.description = PROSE, PROSE
    author.save()
    organisation.save()
    post = make_post('Careful', people=(author,), body=f'<p>{PROSE}</p>', organisation=organisation)
    Version.objects.filter(pk=post.version_id).update(standfirst=PROSE)
    page = opened()
    page.set_viewport_size({'width': width, 'height': 800})
    read = {
        post.get_absolute_url(): '.prose p, .post-head .standfirst',
        reverse('blog'): '.standfirst',
        reverse('author', args=[author.slug]): '.biography',
        reverse('person', args=[author.slug]): '.biography',
        organisation.get_absolute_url(): '.lede',
    }

    for path, where in read.items():
        page.goto(path)
        lines = page.locator(where).evaluate_all(LINES)
        assert 58 <= sum(lines) / len(lines) <= 68, (path, lines)


def too_wide(page: Page, paths: list[str], width: int = 375) -> list[tuple[str, int]]:
    """With text twice as large, and spaced out as WCAG 1.4.12 says."""
    page.set_viewport_size({'width': width, 'height': 800})
    found = []
    for path in paths:
        page.goto(path)
        page.evaluate(SPACED_OUT)
        page.evaluate("document.documentElement.style.fontSize = '200%'")
        if (wide := page.evaluate('document.documentElement.scrollWidth')) > width:
            found.append((path, wide))
    return found


def test_text_twice_as_large_makes_no_page_scroll_sideways_on_a_phone(
    opened, author, editor, organisation
) -> None:
    post = make_post('Careful', people=(author,), organisation=organisation)
    public = [
        reverse(name) for name in ('home', 'blog', 'organisations', 'contribute', 'join', 'account_login')
    ]
    author.biography = 'Ada Author has studied internationalisation and institutionalisation.'
    author.save()
    approval = make_submission(author, State.AUTHOR_APPROVAL, editor=editor)
    theirs = [reverse(name, args=[approval.pk]) for name in ('submission', 'submission_approve')]
    at_desk = [reverse('admin:desk'), reverse('admin:desk_submission', args=[approval.pk])]

    assert too_wide(opened(), [*public, post.get_absolute_url(), organisation.get_absolute_url()]) == []
    assert too_wide(opened(author), theirs) == []
    at_its_desk = opened(editor)
    assert too_wide(at_its_desk, at_desk) == []
    assert too_wide(at_its_desk, at_desk, 1280) == []


@pytest.mark.parametrize('width', [1280, 768, 375, 320])
def test_the_band_of_the_home_page_leaves_the_screen_to_members_and_posts(opened, society, width) -> None:
    society.strapline = 'Putting what works into practice, across the United Kingdom'
    society.mission = (
        'We are the people who see to it that what is known to help is done, and goes on being done: those who '
        'study it, those who lead it, and those who do it on a Tuesday. Here our members compare what they tried, '
        'and find one another.'
    )
    society.save()
    page = opened()
    page.set_viewport_size({'width': width, 'height': 800})

    page.goto(reverse('home'))

    assert page.locator('.band').evaluate('band => band.getBoundingClientRect().height') <= 320
    for button in ('Join', 'Read the blog'):
        expect(page.locator('.band').get_by_role('link', name=button, exact=True)).to_be_visible()


def test_paper_shows_the_article_and_where_it_stands(opened, author) -> None:
    post = make_post('Careful', people=(author,))
    make_post('Another one')
    page = opened()
    page.goto(post.get_absolute_url())

    page.emulate_media(media='print')

    for gone in ('.masthead nav', '.foot', '#share', '#recent', '#invitation', '.skip'):
        expect(page.locator(gone)).to_be_hidden()
    for there in ('h1', '.by', '.prose', '.lines', '.printed'):
        expect(page.locator(there).first).to_be_visible()
    assert post.get_absolute_url() in page.locator('.printed').inner_text()


def test_on_paper_nothing_is_light(opened, organisation) -> None:
    page = opened()
    page.goto(reverse('home'))

    page.emulate_media(media='print')

    inks = page.locator('.band :is(h1, .lede, .lede *)').evaluate_all(
        'all => all.map(one => getComputedStyle(one).color)'
    )
    assert set(inks) == {'rgb(0, 0, 0)'}


def test_forced_colours_leave_what_is_current_a_border(opened, organisation, editor) -> None:
    page = opened(editor)
    page.emulate_media(forced_colors='active')
    organisation.nations = ['scotland']
    organisation.save()
    make_membership(organisation)
    page.goto(f'{reverse("organisations")}?nation=scotland')

    current = page.locator('nav [aria-current]')
    assert current.count() == 2
    assert current.evaluate_all('all => all.map(one => getComputedStyle(one).outlineStyle)') == ['solid'] * 2
    page.goto(reverse('admin:desk'))
    current = page.locator('.desk-queues [aria-current]')
    assert current.evaluate('one => getComputedStyle(one).outlineStyle') == 'solid'


def test_nothing_is_cut_off_in_a_row_with_an_error_on_a_phone(opened, secretary) -> None:
    page = opened(secretary)
    page.set_viewport_size({'width': 375, 'height': 812})
    page.goto(reverse('admin:members_seat_add'))
    page.evaluate('() => { for (const form of document.forms) form.noValidate = true }')

    page.locator('input[name=_save]').click()

    rows = page.locator('.form-row:has(.errors)')
    expect(rows).to_have_count(2)
    assert rows.evaluate_all('all => all.filter(one => one.scrollWidth > one.clientWidth).length') == 0


def test_the_summary_of_errors_keeps_clear_of_what_follows(opened, author) -> None:
    submission = make_submission(author, State.SUBMITTED)
    page = opened(author)
    page.goto(reverse('submission_withdraw', args=[submission.pk]))

    page.get_by_role('button', name='Withdraw this submission').click()

    gap = page.locator('.errors').evaluate(
        'one => one.nextElementSibling.getBoundingClientRect().top - one.getBoundingClientRect().bottom'
    )
    assert gap >= 16


def test_paper_shows_the_words_that_are_being_written(opened, author) -> None:
    submission = make_submission(author, words={'title': 'As it is written', 'body': '<p>Every word.</p>'})
    page = opened(author)
    page.goto(reverse('submission_edit', args=[submission.pk]))
    expect(page.locator('.ProseMirror').first).to_be_visible()

    page.emulate_media(media='print')

    expect(page.locator('.ProseMirror').first).to_be_visible()
    for gone in ('.prose-menubar', '.writing .panel', '.writing .savebar', '.writing .hint'):
        expect(page.locator(gone).first).to_be_hidden()


def test_what_nobody_holds_is_not_said_to_be_held(opened, author, editor) -> None:
    submission = make_submission(author, 'live', editor=editor)
    page = opened(editor)

    for path in (
        reverse('admin:desk_submission', args=[submission.pk]),
        f'{reverse("admin:desk")}?queue=published',
    ):
        page.goto(path)
        expect(page.get_by_text('Held by')).to_have_count(0)


def test_a_long_address_in_a_title_of_the_admin_makes_nothing_scroll_sideways(
    opened, administrator, society
) -> None:
    letter = letters.queue(
        kind='trial',
        key='trial',
        about=society,
        to_address='somebody.with.a.long.name@a.department.of.a.university.example',
        subject='Hello',
        body='…',
    )
    page = opened(administrator)

    assert too_wide(page, [reverse('admin:ukis_letter_history', args=[letter.pk])]) == []
