"""A Welsh title is marked as Welsh among English words, and only it, wherever a title stands."""

import json
import re
from email import message_from_bytes, policy
from html.parser import HTMLParser

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from blog import workflow
from blog.models import Post, State
from tests.conftest import DECLARED, make_post, make_submission
from ukis import days, letters, markup
from ukis.letters.models import Letter

pytestmark = pytest.mark.usefixtures('society')
TITLE = 'Newid gofalus'
STANDFIRST = 'Pam y mae amynedd yn talu.'
WELSH = {'title': TITLE, 'standfirst': STANDFIRST, 'language': 'cy'}
VOID = {'br', 'img', 'input', 'hr', 'meta', 'link', 'source', 'col', 'wbr'}


class Spoken(HTMLParser):
    """Each text of a page's body with the language in which it is said."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.open: list[tuple[str, str]] = []
        self.said: list[tuple[str, str, str]] = []
        self.feed(page.partition('<body')[2])

    def handle_starttag(self, tag: str, attrs: list) -> None:
        if tag not in VOID:
            self.open.append((tag, dict(attrs).get('lang') or (self.open[-1][1] if self.open else 'en-GB')))

    def handle_endtag(self, tag: str) -> None:
        while self.open and self.open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        if self.open and data.strip() and self.open[-1][0] != 'script':
            self.said.append((data, *self.open[-1]))


def marked(page: str, words: str = TITLE) -> bool:
    """Whether every showing of the words is said to be Welsh, and nothing beside them is."""
    shown = [(text, language) for text, _, language in Spoken(page).said if words in text]
    return bool(shown) and all(language == 'cy' and text.strip() == words for text, language in shown)


@pytest.fixture
def welsh(author):
    return make_submission(author, words=WELSH)


def of_the_desk(client, name: str, *args) -> str:
    return client.get(reverse(f'admin:{name}', args=args)).content.decode()


# --- On the author's side


@pytest.mark.parametrize(
    'name',
    ['submission', 'submission_submit', 'submission_byline', 'submission_withdraw', 'submission_delete'],
)
def test_on_the_pages_of_a_submission(welsh, author, signed_in, name) -> None:
    page = signed_in(author).get(reverse(name, args=[welsh.pk])).content.decode()

    assert marked(page)


@pytest.mark.parametrize('name', ['write', 'account'])
def test_on_the_lists_of_its_author(welsh, author, signed_in, name) -> None:
    assert marked(signed_in(author).get(reverse(name)).content.decode())


def test_in_the_fields_of_the_sheet(welsh, author, signed_in) -> None:
    page = signed_in(author).get(reverse('submission_edit', args=[welsh.pk])).content.decode()

    for name in ('title', 'standfirst', 'body', 'references'):
        assert re.search(rf'<textarea[^>]*name="{name}"[^>]*>', page)[0].count('lang="cy"') == 1
    for name in ('lead_alt', 'lead_caption', 'lead_credit'):
        assert re.search(rf'<input[^>]*name="{name}"[^>]*>', page)[0].count('lang="cy"') == 1
    assert 'lang=' not in re.search('<input[^>]*name="tags"[^>]*>', page)[0]


def test_a_form_that_comes_back_says_the_language_that_was_chosen_in_it(author, signed_in) -> None:
    submission = make_submission(author)
    data = {'base': '1', 'title': 'x' * 300, 'language': 'cy'}

    page = signed_in(author).post(reverse('submission_edit', args=[submission.pk]), data).content.decode()

    assert 'lang="cy"' in re.search('<textarea[^>]*name="title"[^>]*>', page)[0]


def test_in_what_is_said_after_a_deletion(welsh, author, signed_in) -> None:
    page = signed_in(author).post(reverse('submission_delete', args=[welsh.pk]), follow=True)

    assert marked(page.content.decode())


def test_in_the_final_copy_the_page_s_own_headings_stay_english(author, editor, signed_in) -> None:
    words = {**WELSH, 'body': '<h2>Pennawd</h2><p>Geiriau.</p>', 'references': '<p>Llyfr.</p>'}
    submission = make_submission(author, State.AUTHOR_APPROVAL, editor=editor, words=words)

    for marks in ('on', 'off'):
        page = signed_in(author).get(reverse('submission_approve', args=[submission.pk]), {'marks': marks})
        said = {text.strip(): language for text, _, language in Spoken(page.content.decode()).said}
        assert [said[text] for text in (TITLE, 'Pennawd', 'Geiriau.', 'Llyfr.')] == ['cy'] * 4
        assert said['References'] == 'en-GB'


# --- On the desk and in the admin


def test_in_the_rows_of_a_queue_and_in_what_a_search_finds(author, editor, signed_in) -> None:
    make_submission(author, State.EDITING, editor=editor, words=WELSH)
    client, desk = signed_in(editor), reverse('admin:desk')

    for asked in ({'queue': 'mine'}, {'queue': 'everything'}, {'q': 'gofalus'}):
        assert marked(client.get(desk, asked).content.decode())


def test_in_the_lines_that_open_the_desk(author, editor, signed_in) -> None:
    make_submission(author, State.READY, editor=editor, words=WELSH)
    client = signed_in(editor)

    assert marked(client.get(reverse('admin:index')).content.decode())
    assert marked(client.get(reverse('admin:desk'), {'queue': 'overdue'}).content.decode())


def test_on_every_page_of_a_submission_on_the_desk(author, editor, signed_in) -> None:
    editing = make_submission(author, State.EDITING, editor=editor, words=WELSH)
    client = signed_in(editor)

    for name in ('desk_submission', 'desk_differences', 'desk_edit', 'desk_byline'):
        assert marked(of_the_desk(client, name, editing.pk)), name
    assert marked(of_the_desk(client, 'desk_move', editing.pk, 'decline'))
    words = of_the_desk(client, 'desk_edit', editing.pk)
    assert 'lang="cy"' in re.search('<textarea[^>]*name="standfirst"[^>]*>', words)[0]


def test_beside_a_typo_and_the_address(author, editor, signed_in) -> None:
    live = make_submission(author, 'live', editor=editor, words=WELSH)
    client = signed_in(editor)

    assert marked(of_the_desk(client, 'desk_print', live.pk))
    assert marked(of_the_desk(client, 'desk_typo', live.pk))


def test_in_the_admins_lists_and_forms(author, editor, administrator, signed_in) -> None:
    live = make_submission(author, 'live', editor=editor, words=WELSH)
    client = signed_in(administrator)

    for model, key in (('submission', live.pk), ('post', live.post.pk)):
        assert marked(of_the_desk(client, f'blog_{model}_changelist')), model
        assert marked(of_the_desk(client, f'blog_{model}_change', key)), model


def test_in_the_history_of_a_row(author, editor, administrator, signed_in) -> None:
    live = make_submission(author, 'live', editor=editor, words=WELSH)
    client = signed_in(administrator)

    for model, key in (('submission', live.pk), ('post', live.post.pk)):
        page = of_the_desk(client, f'blog_{model}_history', key)
        assert page.count(f'<span lang="cy">{TITLE}</span>') == 2, model
        assert marked(page), model


def test_in_a_clash_of_dates(author, editor, signed_in) -> None:
    out = make_submission(author, 'scheduled', editor=editor, words=WELSH)
    ready = make_submission(author, State.READY, editor=editor)
    day = f'{timezone.localtime(out.post.published_at, days.LONDON):%Y-%m-%d}'
    data = {'when': 'later', 'day': day, 'time': '23:30', 'tags': ['leadership', 'scaling'], 'views': 'own'}

    page = signed_in(editor).post(reverse('admin:desk_move', args=[ready.pk, 'release']), data)

    assert 'out on the same day' in page.text
    assert f'“<span lang="cy">{TITLE}</span>”' in page.text


# --- In public


@pytest.fixture
def post(author) -> Post:
    post = make_post(TITLE, people=(author,))
    type(post.version).objects.filter(pk=post.version_id).update(language='cy', standfirst=STANDFIRST)
    return post


@pytest.mark.parametrize('name', ['blog', 'home'])
def test_in_lists_of_posts_only_what_is_welsh(post, client, name) -> None:
    page = client.get(reverse(name)).content.decode()

    assert marked(page)
    assert marked(page, STANDFIRST)


def test_over_the_post_and_among_the_recent_ones(post, client, author) -> None:
    other = make_post('Another', people=(author,))

    assert marked(client.get(post.get_absolute_url()).content.decode())
    assert marked(client.get(other.get_absolute_url()).content.decode())


def test_where_a_post_was_taken_down(post, client, author) -> None:
    Post.objects.filter(pk=post.pk).update(taken_down_at=post.published_at, taken_down_why='Wrong.')

    assert marked(client.get(post.get_absolute_url()).content.decode())


def test_in_feeds(post, client) -> None:
    atom, rss = (client.get(reverse(name)).content.decode() for name in ('feed', 'feed_rss'))
    [item] = json.loads(client.get(reverse('feed_json')).content)['items']

    assert '<entry xml:lang="cy"><title>Newid gofalus' in atom
    assert '&lt;div lang="cy"&gt;' in atom
    assert '<dc:language>cy</dc:language>' in rss
    assert item['language'] == 'cy'
    assert f'<strong><span lang="cy">{STANDFIRST}</span></strong>' in item['content_html']
    assert '<div lang="cy">' in item['content_html']


# --- In letters


def test_in_the_html_of_letters_and_where_staff_read_them(welsh, author, editor, administrator, signed_in):
    workflow.submit(welsh, by=author, version=welsh.current.number, declarations=DECLARED)
    Letter.objects.exclude(kind='received').delete()
    letters.send_due()
    sent = message_from_bytes(mail.outbox[0].message(policy=policy.SMTP).as_bytes(), policy=policy.default)

    assert f'that “<span lang="cy">{TITLE}</span>” has reached' in sent.get_body(('html',)).get_content()
    client = signed_in(administrator)
    letter = Letter.objects.get()
    for page in (
        of_the_desk(client, 'ukis_letter_changelist'),
        of_the_desk(client, 'ukis_letter_change', letter.pk),
        of_the_desk(client, 'desk_submission', welsh.pk),
    ):
        assert f'We have your blog “<span lang="cy">{TITLE}</span>”' in page
        assert marked(re.sub('(?s)<textarea.*?</textarea>', '', page))  # a field holds no marks


# --- The rule itself


@pytest.mark.parametrize(
    ('text', 'shown'),
    [
        ('“Un & dau” is out', '“<span lang="cy">Un &amp; dau</span>” is out'),
        ('Un & dau, by Ada', '<span lang="cy">Un &amp; dau</span>, by Ada'),
        ('See:\nUn & dau\n', 'See:\n<span lang="cy">Un &amp; dau</span>\n'),
        ('Of Un & dau nothing', 'Of Un &amp; dau nothing'),
        ('<b>“Un & dau”</b>', '&lt;b&gt;“<span lang="cy">Un &amp; dau</span>”&lt;/b&gt;'),
    ],
)
def test_words_are_found_in_quotation_marks_and_at_the_beginning_of_a_line(text, shown) -> None:
    assert markup.with_languages(text, {'cy': ['Un & dau', '']}) == shown


def test_english_is_not_marked_and_nothing_stays_nothing() -> None:
    assert markup.in_language('A & B', 'en-GB') == 'A &amp; B'
    assert markup.in_language('', 'cy') == ''
    assert markup.in_language('Un & dau', 'cy') == '<span lang="cy">Un &amp; dau</span>'


def test_in_which_language_a_post_is_stands_in_words_on_page_list_result_and_feed(post, client):
    make_post('Careful change')

    page, listed = client.get(post.get_absolute_url()).text, client.get('/blog/').text
    found, feed = client.get('/blog/search/', {'q': TITLE}).text, client.get('/blog/feed/').text

    assert 'minute to read, in Welsh</p>' in page
    assert [part.count('</time>, in Welsh</p>') for part in (listed, found)] == [1, 1]
    assert feed.count('This post is in Welsh.') == 1
