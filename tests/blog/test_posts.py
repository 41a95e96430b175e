"""The list of posts, a post's page, and what they are drawn from."""

import json
import re
from datetime import timedelta

import pytest
from django.contrib.contenttypes.models import ContentType
from django.utils import timezone

from blog import post_page, workflow
from blog.given_out import structured
from blog.models import Correction, Post
from tests.conftest import make_organisation, make_person, make_post, make_submission
from ukis.society.models import Society

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _known_content_types(society):
    """Asked for once in the life of a process, so not counted here."""
    ContentType.objects.get_for_model(Post)


def body(client, address, status=200):
    answer = client.get(address)
    assert answer.status_code == status
    return answer.content.decode()


def titles(page):
    return re.findall(r'<h2><a href="/blog/[^"]+">([^<]+)</a></h2>', page)


# --- The list ---


def test_the_list_shows_live_posts_newest_first(client):
    now = timezone.now()
    make_post('Older', published_at=now - timedelta(days=9))
    make_post('Newer', published_at=now - timedelta(days=2))
    make_post('To come', published_at=now + timedelta(days=2))
    archived = make_post('Archived')
    gone = make_post('Gone')
    Post.objects.filter(pk=archived.pk).update(archived_at=now)
    Post.objects.filter(pk=gone.pk).update(taken_down_at=now, taken_down_why='A slip.')

    assert titles(body(client, '/blog/')) == ['Newer', 'Older']


def test_the_list_has_twenty_on_a_page(client):
    for number in range(21):
        make_post(f'Post {number}', published_at=timezone.now() - timedelta(days=number + 1))

    assert len(titles(body(client, '/blog/'))) == 20
    assert titles(body(client, '/blog/?page=2')) == ['Post 20']


@pytest.mark.parametrize('page', ['0', '3', '-1', 'last', '1.5', '', '９', '9' * 5000])
def test_a_page_that_is_not_there_is_a_404_with_help(client, page):
    make_post()

    assert 'Read the blog' in body(client, f'/blog/?page={page}', 404)


def test_an_empty_blog_says_what_to_do(client):
    assert 'how to contribute' in body(client, '/blog/')


def test_several_tags_find_the_posts_that_carry_all_of_them(client):
    make_post('Both', tags=('coaching', 'equity'))
    make_post('One', tags=('coaching', 'ethics'))

    assert titles(body(client, '/blog/?tag=coaching&tag=equity')) == ['Both']
    assert sorted(titles(body(client, '/blog/?tag=coaching'))) == ['Both', 'One']
    assert titles(body(client, '/blog/?tag=coaching&tag=equity&tag=ethics')) == []


def test_tags_are_links_and_combined_by_a_plain_form_that_remembers_what_was_ticked(client):
    make_post('Both', tags=('coaching', 'equity'))

    page = body(client, '/blog/?tag=coaching')

    assert '<a href="/blog/tags/equity/">equity <span class="count">1</span></a>' in page
    assert '<details open><summary>Combine several tags</summary>' in page
    assert '<details><summary>Combine several tags</summary>' in body(client, '/blog/')
    assert '<form method="get" action="/blog/">' in page
    assert 'value="coaching" id="tag-coaching" checked' in page
    assert 'value="equity" id="tag-equity">' in page


@pytest.mark.parametrize('tag', ['nothing-like-it', '<script>', '%00', 'a' * 3000])
def test_an_unknown_tag_gives_an_empty_page_that_says_what_to_do(client, tag):
    make_post()

    answer = client.get('/blog/', {'tag': tag} if tag != '%00' else {'tag': 'a\0'})

    page = answer.content.decode()
    assert answer.status_code in (200, 400)
    if answer.status_code == 200:
        assert titles(page) == []
        assert 'the tags in use' in page
        assert '<script>' not in page


def test_a_hundred_tags_at_once_are_no_trouble(client):
    tags = [f'tag{number}' for number in range(100)]
    make_post('All', tags=tuple(tags))

    assert titles(body(client, '/blog/?' + '&'.join(f'tag={tag}' for tag in tags))) == ['All']


@pytest.mark.parametrize('count', [1, 5])
def test_the_list_asks_five_questions_whatever_it_shows(client, django_assert_num_queries, count):
    """The Society, the pages of the footer, the tags in use, the posts with their number, the bylines."""
    for number in range(count):
        make_post(f'Post {number}', organisation=make_organisation())

    with django_assert_num_queries(5):
        page = body(client, '/blog/')
    assert len(titles(page)) == count


# --- A post ---


def test_a_post_shows_its_words_and_what_stands_around_them(client, society):
    society.licence = 'Quote it freely.'
    society.commissioning_editor = make_person('Cora Chief')
    society.save()
    organisation = make_organisation('Institute for Careful Change', short_name='ICC')
    person = make_person('Ada Author', biography='Ada Author studies change.')
    other = make_post('Another post')
    post = make_post(
        'Careful change',
        people=(person,),
        organisation=organisation,
        body='<h2>One</h2><p>All the words.</p>',
    )
    Post.objects.filter(pk=post.pk).update(interests='Paid by a trust.', published_at='2025-03-04T09:00:00Z')
    Correction.objects.create(post=post, note='The year was wrong.')
    Post.objects.filter(pk=post.pk).update(revised_at=timezone.now())
    Correction.objects.create(post=post, note='A typo.', printed=False)

    page = body(client, '/blog/careful-change/')

    assert '<h1>Careful change</h1>' in page
    assert 'What careful change is about.' in page
    assert (
        '<h2 id="part-one">One <a class="here" href="#part-one" aria-label="Link to this part">#</a></h2>'
        in page
    )
    assert '<p>All the words.</p>' in page
    assert f'<a href="/blog/authors/{person.slug}/">Ada Author</a>' in page
    assert f'<a href="{organisation.get_absolute_url()}">Institute for Careful Change</a>' in page
    assert 'ICC' not in page
    assert 'Ada Author studies change.' in page
    assert '4 March 2025' in page
    assert '1 minute to read' in page
    assert 'The year was wrong.' in page
    assert 'A typo.' not in page
    assert 'Interests declared: Paid by a trust.' in page
    assert society.views_own in page
    assert '© UK Implementation Society, 2025. Quote it freely.' in page
    assert (
        'write to Cora Chief, Commissioning Editor for Blogs, at <a href="mailto:blogs@society.example">'
        in page
    )
    assert f'<a href="{other.get_absolute_url()}">Another post</a>' in page
    assert 'rel="tag">leadership</a>' in page
    assert 'mailto:?subject=Careful%20change&amp;body=http://testserver/blog/careful-change/' in page


@pytest.mark.parametrize('views', ['own', 'organisation', 'society'])
def test_a_post_says_whose_views_they_are(client, society, views):
    make_post('Views', views=views)

    assert society.views_line(views) in body(client, '/blog/views/')


def test_a_post_in_welsh_says_so(client):
    post = make_post('Dwy iaith')
    type(post.version).objects.filter(pk=post.version_id).update(language='cy')

    page = body(client, '/blog/dwy-iaith/')

    assert '<h1><span lang="cy">Dwy iaith</span></h1>' in page
    assert '<div class="prose" lang="cy">' in page


def test_a_post_speaks_to_machines(client):
    organisation = make_organisation('Institute of Care')
    person = make_person('Ada Author', orcid='0000-0002-1825-0097')
    make_post('Say </script> & more', people=(person,), organisation=organisation, slug='machines')

    page = body(client, '/blog/machines/')

    assert '<link rel="canonical" href="http://testserver/blog/machines/">' in page
    assert '<meta property="og:title" content="Say &lt;/script&gt; &amp; more">' in page
    assert re.search(
        r'<meta property="og:image" content="http://testserver/blog/machines/card\.[0-9a-f]{16}\.png">', page
    )
    assert '<meta name="z:itemType" content="blogPost">' in page
    assert '<meta name="DC.creator" content="Author, Ada">' in page
    assert 'citation_' not in page
    told = json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)[1])
    assert told['@type'] == 'BlogPosting'
    assert told['headline'] == 'Say </script> & more'
    assert told['author'] == [
        {
            '@type': 'Person',
            'name': 'Ada Author',
            'jobTitle': 'Researcher',
            'affiliation': {
                '@type': 'Organization',
                'name': 'Institute of Care',
                'url': 'http://testserver/organisations/institute-of-care/',
            },
            'url': 'http://testserver/blog/authors/ada-author/',
            'sameAs': 'https://orcid.org/0000-0002-1825-0097',
        }
    ]
    assert re.search(r'T\d\d:\d\d:\d\d.*\+0[01]:00$', told['datePublished'])


@pytest.mark.parametrize('links_for', ['members', 'nobody'])
def test_machines_are_told_no_orcid_that_is_not_for_everybody(client, links_for):
    person = make_person('Ada Author', orcid='0000-0002-1825-0097', links_for=links_for)
    make_post('Machines', people=(person,), slug='machines')

    assert '0000-0002-1825-0097' not in body(client, '/blog/machines/')


def test_a_submission_that_appeared_elsewhere_first_names_that_address_as_its_own(client):
    post = make_post('Twice')
    Post.objects.filter(pk=post.pk).update(
        elsewhere_url='https://elsewhere.example/twice', elsewhere_on='2024-02-01'
    )

    page = body(client, '/blog/twice/')

    assert '<link rel="canonical" href="https://elsewhere.example/twice">' in page
    assert 'on 1 February 2024.' in page


def test_an_organisation_that_speaks_itself_is_an_organisation_for_machines(society):
    organisation = make_organisation('Institute of Care')
    post = make_post('A statement')
    post.bylines.update(person=None, organisation=organisation, name='Institute of Care', affiliation='')
    post.shelve()

    shown = post_page.post_at(post.slug, society)
    told = json.loads(structured.of_post(shown, 'https://x.example').json_ld)

    assert told['author'] == [
        {
            '@type': 'Organization',
            'name': 'Institute of Care',
            'url': 'https://x.example/organisations/institute-of-care/',
        }
    ]


def test_a_group_without_a_page_of_its_own_is_nobody_for_machines_either(society):
    """As BibTeX and reference managers have it: no person, whose name would be parted."""
    post = make_post('A statement')
    post.bylines.update(person=None, name='The Tide Group', affiliation='Institute of Care')
    post.shelve()

    shown = post_page.post_at(post.slug, society)
    told = json.loads(structured.of_post(shown, 'https://x.example').json_ld)

    assert told['author'] == [
        {
            '@type': 'Organization',
            'name': 'The Tide Group',
            'parentOrganization': {'@type': 'Organization', 'name': 'Institute of Care'},
        }
    ]


def test_an_archived_post_stays_at_its_address_and_says_so(client):
    post = make_post('Old')
    Post.objects.filter(pk=post.pk).update(archived_at='2025-05-06T10:00:00Z')

    assert 'Archived on 6 May 2025.' in body(client, '/blog/old/')


def test_a_post_taken_down_answers_410_with_title_date_and_reason(client):
    post = make_post('Gone')
    Post.objects.filter(pk=post.pk).update(
        taken_down_at='2025-05-06T10:00:00Z', taken_down_why='A person asked for it.'
    )

    page = body(client, '/blog/gone/', 410)

    assert 'Gone' in page
    assert '6 May 2025' in page
    assert 'A person asked for it.' in page
    assert 'Some words.' not in page


def test_a_scheduled_post_is_not_there_until_its_time(client):
    post = make_post('Soon', published_at=timezone.now() + timedelta(hours=1))

    body(client, '/blog/soon/', 404)
    assert list(Post.objects.live(timezone.now() + timedelta(hours=2))) == [post]


def test_an_old_address_leads_to_the_new_one(client, chief):
    post = make_post('Moved')
    workflow.readdress(post, by=chief, slug='moved-on')

    answer = client.get('/blog/moved/')

    assert (answer.status_code, answer['Location']) == (301, '/blog/moved-on/')


@pytest.mark.parametrize('count', [1, 5])
def test_a_post_asks_seven_questions_whatever_it_shows(client, django_assert_num_queries, count):
    """The Society, the footer, the post, its bylines, its tags, its corrections, the recent posts."""
    people = tuple(make_person(biography='Writes.') for _ in range(count))
    post = make_post(
        'Counted', people=people, organisation=make_organisation(), tags=tuple(f't{n}' for n in range(count))
    )
    for number in range(count):
        make_post(f'Other {number}')
        Correction.objects.create(post=post, note='Corrected.')
    Post.objects.filter(pk=post.pk).update(revised_at=post.published_at)

    with django_assert_num_queries(7):
        body(client, '/blog/counted/')


# --- What holds for every public page ---


def test_reading_sets_no_cookie_and_is_the_same_for_everybody(client):
    make_post('Read')

    for address in (
        '/',
        '/blog/',
        '/blog/read/',
        '/blog/tags/',
        '/blog/archive/',
        '/blog/contribute/',
        '/blog/feed/',
    ):
        answer = client.get(address)
        assert not answer.cookies, address
        assert 'cookie' not in answer.get('Vary', '').lower(), address
        assert answer['Cache-Control'] == 'public, max-age=0, must-revalidate', address
        again = client.get(address, headers={'if-none-match': answer['ETag']})
        assert again.status_code == 304, address


@pytest.mark.parametrize(
    'address', ['/', '/blog/', '/blog/read/', '/blog/tags/', '/blog/feed/', '/sitemap.xml', '/about/']
)
def test_public_pages_answer_head_and_refuse_to_be_posted_to(client, address):
    make_post('Read')

    assert client.head(address).status_code == 200
    assert client.post(address).status_code == 405
    assert client.delete(address).status_code == 405


# --- Words that are not in print ---


def test_words_not_in_print_are_shown_by_the_same_page_marked_and_without_links(author, rf):
    from django.shortcuts import render

    submission = make_submission(author, 'submitted')
    shown = post_page.of_version(submission.current, submission)

    page = render(rf.get('/'), 'blog/posts/post.html', shown.context()).content.decode()

    assert 'Not published.' in page
    assert '<meta name="robots" content="noindex, nofollow">' in page
    assert 'Careful change takes time' in page
    assert 'The second year is for doing.' in page
    assert 'Ada Author' in page
    assert '/blog/authors/' not in page
    assert 'application/ld+json' not in page
    assert Society.get().views_own in page


def test_draft_tags_lead_somewhere_only_where_they_are_tags_already(author):
    make_post('Leads', tags=('Leadership', 'other'))
    submission = make_submission(author)

    shown = post_page.of_version(submission.current, submission)

    assert [(tag.name, tag.address) for tag in shown.tags] == [
        ('Leadership', '/blog/tags/leadership/'),
        ('scaling', ''),
    ]


def test_reading_time_counts_in_minutes(society):
    post = make_post('Long', body=f'<p>{"word " * 1100}</p>')

    assert post_page.post_at(post.slug, society).minutes == 5
