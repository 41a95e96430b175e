"""The page of search: posts, people, organisations and pages together, and nothing that is hidden."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from blog import workflow
from blog.models import Post, PrintedName, Words
from members import erasing
from members.models import Organisation, Person
from tests.conftest import make_membership, make_organisation, make_person, make_post, make_submission
from ukis import search
from ukis.search.models import Document, Word
from ukis.site.search import SEARCHES
from ukis.society.models import Page

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures('society')]


def shown(client, **asked) -> list[str]:
    page = client.get('/blog/search/', asked)
    assert page.status_code == 200
    return [
        re.sub('<.*?>', '', title)
        for title in re.findall(r'<h2><a [^>]*>(.*?)</a></h2>', page.content.decode())
    ]


def words(client, **asked) -> str:
    page = client.get('/blog/search/', asked)
    assert page.status_code == 200
    return page.content.decode()


def test_nothing_typed_no_word_and_nothing_found_are_three_pages(client):
    make_post('Careful wards')

    pages = [words(client), words(client, q='???'), words(client, q='xyzzy')]

    heads = [re.search('<h1>(.*?)</h1>', page).group(1) for page in pages]
    assert heads == ['Search', 'There is no word in that', 'Nothing found for “xyzzy”']
    assert all('noindex' in page and 'Careful wards' not in page for page in pages)
    # Of what Lighthouse looks at for search engines nothing is missing but that they are let in.
    assert all('<meta name="description" content="Search all of ' in page for page in pages)


def test_posts_people_organisations_and_pages_are_found_together(client):
    organisation = make_organisation('Zebra Institute', public=True, description='All about stripes.')
    make_membership(organisation)
    person = make_person('Zoe Zebra', page_for='public', biography='She counts.')
    make_membership(person)
    make_post('A zebra crosses', people=(person,), organisation=organisation)
    Page.objects.create(title='Zebra rules', address='zebra-rules', body='<p>None.</p>', published=True)
    search.put_right()

    assert sorted(shown(client, q='zebra')) == [
        'A zebra crosses',
        'Zebra Institute',
        'Zebra rules',
        'Zoe Zebra',
    ]
    assert shown(client, q='zebra', kind='people') == ['Zoe Zebra']
    assert shown(client, q='zebra', kind='pages') == ['Zebra rules']


def under(client, **asked) -> list[str]:
    return re.findall(r'Found under (.*?)</p>', words(client, **asked))


def test_what_is_found_by_a_topic_or_a_name_alone_says_by_which(client):
    institute = make_organisation('Institute of Stripes', short_name='ZB', public=True)
    zoe = make_person('Zoe Small', page_for='public', topics_for='public')
    for holder in (institute, zoe):
        make_membership(holder)
        holder.topics.set(['Zebra care'])
    make_post('Hooves', tags=('Zebra care', 'Paint'), organisation=institute)
    search.put_right()

    assert under(client, q='zebra') == ['<mark>Zebra</mark> care'] * 3
    assert under(client, q='hooves') == []
    assert under(client, q='hooves zebra') == ['<mark>Zebra</mark> care']
    assert under(client, q='ZB', kind='organisations') == ['<mark>ZB</mark>']
    assert under(client, q='zebra ZB', kind='people') == []
    assert under(client, q='zebra "institute of stripes"', kind='posts') == [
        '<mark>Zebra</mark> care; <mark>Institute of Stripes</mark>'
    ]


def test_a_person_is_found_under_the_short_name_of_where_they_work_and_no_topic_that_waits(client):
    institute = make_organisation('Institute of Stripes', short_name='Zebra', public=True)
    zoe = make_person('Zoe Small', page_for='public', topics_for='public', work_for='public')
    make_membership(zoe)
    zoe.affiliations.create(organisation=institute, job_title='Keeper')
    zoe.topics.set(['Zebra care'])
    search.put_right()

    assert under(client, q='zebra', kind='people') == ['<mark>Zebra</mark>']


def test_a_topic_that_its_person_shows_nobody_is_no_reason_either(client):
    zoe = make_person('Zoe Small', page_for='public', topics_for='nobody')
    make_membership(zoe)
    zoe.topics.set(['Zebra care'])
    make_post('Hooves', tags=('Zebra care', 'Paint'))
    search.put_right()

    assert shown(client, q='zoe') == ['Zoe Small']
    assert under(client, q='zoe') == []
    assert shown(client, q='zebra') == ['Hooves']


def test_what_is_hidden_is_in_no_result_no_count_no_choice_and_no_other_spelling(client, author, editor):
    now = timezone.now()
    make_post('Quagga to come', published_at=now + timedelta(days=2), tags=('quagga tag',))
    for title, column in (('Quagga archived', 'archived_at'), ('Quagga gone', 'taken_down_at')):
        post = make_post(title)
        Post.objects.filter(pk=post.pk).update(
            **{column: now}, **({'taken_down_why': 'A slip.'} if 'gone' in title else {})
        )
    make_submission(author, 'in_review', editor=editor, words={'title': 'Quagga in review'})
    make_person('Quentin Quagga', page_for='nobody')
    Page.objects.create(title='Quagga draft', address='quagga', body='<p>Quagga.</p>')
    make_organisation('Quagga Trust', public=False)
    search.put_right()

    page = words(client, q='quagga')

    assert 'Nothing found' in page
    assert 'Did you mean' not in words(client, q='quaga')
    assert not Word.objects.filter(word__startswith='quag').exists()


def test_whoever_hides_is_found_no_more_at_once(client):
    person = make_person('Zoe Zebra', page_for='public')
    make_membership(person)
    search.put_right()
    before = shown(client, q='zebra')

    Person.objects.filter(pk=person.pk).update(page_for='members')

    assert (before, shown(client, q='zebra')) == (['Zoe Zebra'], [])
    assert 'Nothing found' in words(client, q='zebra')


def test_a_post_is_found_from_the_moment_it_is_out_with_the_words_that_stand(client):
    post = make_post('Careful wards', body='<p>A platypus sleeps.</p>')
    before = shown(client, q='platypus')
    Post.objects.filter(pk=post.pk).update(archived_at=timezone.now())

    assert (before, shown(client, q='platypus'), search.slips()) == (['Careful wards'], [], [])


def test_choices_narrow_with_counts_and_lead_back(client):
    one = make_organisation('First Institute')
    make_post(
        'Zebra one', organisation=one, tags=('care',), published_at=timezone.now() - timedelta(days=800)
    )
    make_post('Zebra two', tags=('care', 'wards'))
    make_post('Zebra three', tags=('wards',))

    page = words(client, q='zebra')
    choices = dict(re.findall(r'<a href="([^"]+)">([^<]+ <span class="count">\d+</span>)</a>', page))

    assert any(
        'tag=care' in address and 'care <span class="count">2<' in choice
        for address, choice in choices.items()
    )
    assert sorted(shown(client, q='zebra', tag='care')) == ['Zebra one', 'Zebra two']
    assert shown(client, q='zebra', tag=['care', 'wards']) == ['Zebra two']
    assert shown(client, q='zebra', organisation=one.slug) == ['Zebra one']
    assert shown(client, q='zebra', year=str((timezone.now() - timedelta(days=800)).year)) == ['Zebra one']
    assert shown(client, q='zebra', order='newest') == ['Zebra two', 'Zebra three', 'Zebra one'] or shown(
        client, q='zebra', order='newest'
    ) == ['Zebra three', 'Zebra two', 'Zebra one']


def test_another_spelling_is_one_press_away(client):
    make_post('Implementation on wards')

    page = words(client, q='implmentation')

    assert '<a href="/blog/search/?q=implementation">implementation</a>?' in page


def test_a_welsh_post_is_marked_as_welsh_and_the_page_stays_english(client):
    submission = workflow.import_submission(
        by=None,
        source='test:cy',
        words=Words(
            title='Gofal iechyd', standfirst='Yn y gogledd.', body='<p>Mae gofal yma.</p>', language='cy'
        ),
        names=[PrintedName(name='Siân Jones')],
        published_at=timezone.now() - timedelta(days=1),
    )

    page = words(client, q='gofal')

    assert f'<a href="/blog/{submission.post.slug}/" lang="cy"><mark>Gofal</mark> iechyd</a>' in page
    assert '<p class="standfirst" lang="cy">' in page
    assert '<html lang="en-GB">' in page


@pytest.mark.parametrize(
    'typed', [b'%00', b'%ff%fe', b'"%27%5c*', b'%f0%9f%a6%93', b'a' * 10_000, b'C:%5Cx', b'50%25', b'%']
)
def test_any_bytes_are_answered(client, typed):
    for path in (b'/blog/search/?q=', b'/blog/search/?tag=%00&order=%ff&year=%00&kind=x&organisation=%00&q='):
        assert client.get((path + typed).decode()).status_code == 200


@pytest.mark.parametrize(
    ('typed', 'is_told'),
    [
        ('implementation science', False),
        (f'{"implementation " * 300}science', True),  # letters
        (' '.join(f'word{number}' for number in range(13)), True),
        (' '.join(f'word{number}' for number in range(12)), False),
        (f'{"* " * 250}implementation', True),  # what is a word comes after what is looked for
    ],
)
def test_where_more_is_typed_than_is_looked_for_the_page_says_so(client, typed, is_told):
    make_post(title='Implementation science')

    page = client.get('/blog/search/', {'q': typed}).text

    assert ('Only the beginning is looked for: 400 letters and 12 words at most.' in page) == is_told
    assert 'maxlength' not in page  # a browser would cut what is pasted, and say nothing


def test_a_page_that_is_not_there_is_a_404_and_many_are_leafed_through(client):
    for number in range(21):
        make_post(f'Zebra {number}')

    assert len(shown(client, q='zebra')) == 20
    assert len(shown(client, q='zebra', page='2')) == 1
    assert [
        client.get('/blog/search/', {'q': 'zebra', 'page': page}).status_code for page in ('3', '0', 'x')
    ] == [404] * 3


def test_one_household_searches_so_often_a_minute(client, monkeypatch):
    monkeypatch.setattr('ukis.site.search.SEARCHES', type(SEARCHES)('search_tried', 2, SEARCHES.every))

    codes = [client.get('/blog/search/', {'q': 'care'}).status_code for _ in range(3)]

    assert codes == [200, 200, 429]


def test_the_page_asks_the_same_number_of_questions_for_one_result_and_for_twenty(
    client, django_assert_num_queries
):
    make_post('Zebra first')
    words(client, q='zebra')
    with django_assert_num_queries(11):
        words(client, q='zebra')
    for number in range(19):
        make_post(
            f'Zebra {number}', tags=(f'tag {number}',), organisation=make_organisation(f'Institute {number}')
        )
    with django_assert_num_queries(12):
        words(client, q='zebra')


def test_of_whoever_is_erased_nothing_is_found(client):
    person = make_person('Zoe Zebra', page_for='public', biography='Keeps a platypus.')
    make_membership(person)
    search.put_right()
    row = erasing.ask(person, by=person, bylines='contributor')
    erasing.carry_out_due(row.due_at)

    assert shown(client, q='platypus') == []
    assert not Document.objects.filter(rest__contains='platypus').exists()
    assert not Word.objects.filter(word__in=('platypus', 'zebra')).exists()


def test_a_renamed_organisation_is_found_by_its_new_name(client, django_capture_on_commit_callbacks):
    organisation = make_organisation('Old Institute', public=True)
    make_membership(organisation)
    search.put_right()
    with django_capture_on_commit_callbacks(execute=True):
        organisation.name = 'Okapi Institute'
        organisation.save()

    assert shown(client, q='okapi') == ['Okapi Institute']
    assert Organisation.objects.get().name == 'Okapi Institute'


def test_the_box_stands_in_the_head_of_every_page(client):
    for path in ('/', '/blog/', '/organisations/', '/blog/search/?q=x', '/nowhere/'):
        assert (
            'action="/blog/search/" role="search" aria-label="The whole site"'
            in client.get(path).content.decode()
        ), path


def test_suggestions_are_the_best_of_what_is_found_in_plain_words(client, author):
    make_post('Careful <wards> & nurses')
    make_submission(author, words={'title': 'Careful secrets'})

    answer = client.get('/blog/search/suggestions/', {'q': 'careful'})

    assert [(one['title'], one['kind']) for one in answer.json()['found']] == [
        ('Careful <wards> & nurses', 'Post')
    ]
    assert [
        client.get('/blog/search/suggestions/', {'q': typed}).json() for typed in ('', '???', 'secrets')
    ] == [{'found': []}] * 3


def test_suggestions_are_given_so_often_a_minute(client, monkeypatch):
    monkeypatch.setattr('ukis.site.search.SUGGESTIONS', type(SEARCHES)('suggested', 1, SEARCHES.every))

    codes = [client.get('/blog/search/suggestions/', {'q': 'care'}).status_code for _ in range(2)]

    assert codes == [200, 429]


def test_words_in_the_address_of_the_blog_lead_to_the_posts_that_have_them(client):
    answer = client.get('/blog/', {'q': 'care', 'tag': 'wards'})

    assert (answer.status_code, answer.headers['Location']) == (
        302,
        '/blog/search/?q=care&tag=wards&kind=posts',
    )
