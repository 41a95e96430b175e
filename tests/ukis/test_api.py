"""What is published, as data: what it says, to whom, and that its description says the same."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.contenttypes.models import ContentType
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from jsonschema import Draft202012Validator, FormatChecker
from openapi_spec_validator import validate

from blog import workflow
from blog.models import Post
from members import erasing
from members.models import Organisation, Person
from members.models.people import Nation
from tests.conftest import make_membership, make_organisation, make_person, make_post
from ukis import addresses, tags
from ukis.site.api import asking, describing
from ukis.tags.models import Tag

pytestmark = pytest.mark.django_db

HERE = 'http://testserver'
EVERYTHING = ('posts', 'tags', 'organisations', 'people')


@pytest.fixture(autouse=True)
def _known_content_types(society):
    for model in (Post, Person, Organisation):
        ContentType.objects.get_for_model(model)


@pytest.fixture
def person():
    found = make_person(
        'Ada Author',
        biography='Ada studies change.',
        page_for='public',
        nation=Nation.WALES,
        orcid='0000-0002-1825-0097',
    )
    make_membership(found)
    found.topics.set(['Change'])
    return found


@pytest.fixture
def place(person):
    found = make_organisation('Institute of Care', nations=['wales'], website='https://care.example/')
    make_membership(found)
    person.affiliations.create(organisation=found, job_title='Reader', main=True)
    return found


@pytest.fixture
def post(person, place):
    return make_post(
        'Careful change',
        people=(person,),
        organisation=place,
        body='<h2>One</h2><p>Words with a <a href="/blog/">link</a>.</p>',
        published_at=datetime(2025, 3, 4, 9, tzinfo=UTC),
    )


def get(client, address, status=200, **headers):
    answer = client.get(address if address.startswith('/') else f'/api/v1/{address}', headers=headers)
    assert answer.status_code == status, (address, answer.content)
    assert answer['Content-Type'] == 'application/json'
    return json.loads(answer.content)


def errors(data, schema, document):
    """What of an answer its description does not say."""
    whole = schema | {'components': document['components']}
    validator = Draft202012Validator(whole, format_checker=FormatChecker())
    return [f'{"/".join(map(str, one.path))}: {one.message}' for one in validator.iter_errors(data)]


# --- What it says of itself --------------------------------------------------------------------------------


def test_the_description_is_one_and_no_answer_says_what_it_does_not(client, person, place, post, society):
    society.licence = 'Quote it freely.'
    society.save()
    make_post('Bare', tags=(), people=(make_person('Bo Bare', email=None),))
    Tag.objects.filter(slug='leadership').update(description='Who leads.')
    document = get(client, 'openapi.json')
    asked = {
        'posts': ('posts/', 'posts/?full=yes', 'posts/?tag=leadership&size=1', 'posts/?page=99'),
        'post': ('posts/careful-change/', 'posts/bare/'),
        'tags': ('tags/', 'tags/?size=1'),
        'tag': ('tags/leadership/', 'tags/scaling/'),
        'organisations': ('organisations/', 'organisations/?after=999'),
        'organisation': (f'organisations/{place.slug}/',),
        'people': ('people/',),
        'person': (f'people/{person.slug}/',),
    }
    refused = {400: 'posts/?page=0', 404: 'posts/never-was/'}

    validate(document)
    operations = {path['get']['operationId']: path['get']['responses'] for path in document['paths'].values()}
    assert set(operations) == set(asked)
    for name, paths in asked.items():
        schema = operations[name]['200']['content']['application/json']['schema']
        for path in paths:
            assert errors(get(client, path), schema, document) == [], path
    for status, path in refused.items():
        schema = operations['post'][str(status)]['content']['application/json']['schema']
        assert errors(get(client, path, status), schema, document) == []


def test_a_description_with_another_word_in_it_would_be_found_out(client, post):
    document = get(client, 'openapi.json')
    schema = describing.THINGS['Post']
    one = get(client, 'posts/careful-change/')

    assert errors(one, schema, document) == []
    assert errors(one | {'submission': 7}, schema, document) != []
    assert errors({name: value for name, value in one.items() if name != 'id'}, schema, document) != []


def test_every_address_of_the_api_is_described_and_every_parameter_is_read(client, post):
    document = get(client, 'openapi.json')
    paths = {one.path for one in describing.ENDPOINTS}

    assert set(document['paths']) == paths
    assert {f'/api/v1/{name}/' for name in EVERYTHING} | {
        f'/api/v1/{name}/{{address}}/' for name in EVERYTHING
    } == paths
    for one in describing.ENDPOINTS:
        given = document['paths'][one.path]['get']['parameters']
        if one.is_list:
            assert [row['name'] for row in given] == [row.name for row in one.parameters]
            for row in one.parameters:
                assert client.get(one.path, {row.name: '!'}).status_code == 400, row


def test_people_read_of_it_on_a_page(client, post):
    page = client.get('/api/').content.decode()

    assert all(one.path in page for one in describing.ENDPOINTS)
    assert reverse('api_openapi') in page
    assert f'a whole number from 1 to {asking.MOST}' in page
    assert page.count('<pre role="region" tabindex="0" aria-label=') == page.count('<pre')


# --- What it gives -----------------------------------------------------------------------------------------


def test_a_post_is_given_as_in_the_json_feed_with_more_beside_it(client, post):
    [entry] = json.loads(client.get('/blog/feed.json').content)['items']

    one = get(client, 'posts/careful-change/')

    shared = {name: one[name] for name in entry if name != 'authors'}
    assert shared == {name: value for name, value in entry.items() if name != 'authors'}
    assert one['authors'] == [
        entry['authors'][0]
        | {
            'job_title': 'Researcher',
            'affiliation': 'Institute of Care',
            'organisation_url': f'{HERE}/organisations/institute-of-care/',
            'orcid': '0000-0002-1825-0097',
        }
    ]
    assert one['api_url'] == f'{HERE}/api/v1/posts/careful-change/'
    assert [tag['name'] for tag in one['tagged']] == ['leadership', 'scaling']
    assert f'href="{HERE}/blog/"' in one['content_html']


def test_a_list_has_the_text_of_posts_only_where_it_is_asked_for(client, post):
    [bare], [whole] = (get(client, f'posts/{query}')['items'] for query in ('', '?full=yes'))

    assert 'content_html' not in bare
    assert whole == get(client, 'posts/careful-change/')
    assert {name: value for name, value in whole.items() if name != 'content_html'} == bare


def test_posts_come_by_page_and_each_page_names_the_next(client):
    for day in range(1, 6):
        make_post(f'Post {day}', published_at=datetime(2025, 1, day, tzinfo=UTC))

    found, address, pages = [], '/api/v1/posts/?tag=leadership&size=2', []
    while address:
        page = get(client, address)
        found += [one['title'] for one in page['items']]
        pages.append((page['page'], page['pages'], page['total']))
        address = page['next'] and page['next'].removeprefix(HERE)

    assert found == ['Post 5', 'Post 4', 'Post 3', 'Post 2', 'Post 1']
    assert pages == [(1, 3, 5), (2, 3, 5), (3, 3, 5)]
    assert page['previous'] == f'{HERE}/api/v1/posts/?tag=leadership&size=2&page=2'
    assert get(client, 'posts/?page=999999')['items'] == []


def test_what_is_sorted_by_no_name_comes_each_once(client):
    for number in range(5):
        make_membership(make_organisation('The very same name', slug=f'same-{number}'))

    found, address = [], '/api/v1/organisations/?size=2'
    while address:
        page = get(client, address)
        found += [one['url'] for one in page['items']]
        address = page['next'] and page['next'].removeprefix(HERE)

    assert found == [f'{HERE}/organisations/same-{number}/' for number in range(5)]


def test_posts_are_narrowed_by_one_thing(client, person, place, post):
    make_post('Another', tags=('leadership',))

    def titles(query):
        return [one['title'] for one in get(client, f'posts/?{query}')['items']]

    assert titles(f'author={person.slug}') == ['Careful change']
    assert titles(f'organisation={place.slug}') == ['Careful change']
    assert titles('tag=leadership') == ['Another', 'Careful change']
    assert titles('tag=leadership&tag=scaling') == ['Careful change']
    for query in (
        'tag=leadership&author=ada-author',
        'tag=no-such',
        'author=no-such',
        'organisation=no-such',
    ):
        assert get(client, f'posts/?{query}', 400)['error']


def test_a_tag_an_organisation_and_a_person_are_given_as_their_pages_show_them(client, person, place, post):
    tag, organisation, somebody = (
        get(client, path)
        for path in ('tags/leadership/', f'organisations/{place.slug}/', f'people/{person.slug}/')
    )

    assert (tag['name'], tag['posts'], tag['posts_url']) == (
        'leadership',
        1,
        f'{HERE}/api/v1/posts/?tag=leadership',
    )
    assert (organisation['member'], organisation['nations'], organisation['website']) == (
        True, ['wales'], 'https://care.example/',
    )  # fmt: skip
    assert somebody['work'] == [
        {
            'organisation': place.name,
            'job_title': 'Reader',
            'organisation_url': f'{HERE}{place.get_absolute_url()}',
        }
    ]
    assert (somebody['biography'], somebody['nation'], somebody['topics']) == (
        'Ada studies change.',
        'wales',
        [],
    )
    assert [one['api_url'] for one in get(client, 'people/')['items']] == [somebody['api_url']]


# --- What it does not give ---------------------------------------------------------------------------------


def test_a_person_is_given_as_far_as_they_show_themselves(client, person, post):
    address = f'people/{person.slug}/'
    parts = {'biography': 'biography', 'nation': 'nation', 'links': 'orcid'}
    for part, name in parts.items():
        assert name in get(client, address)
        Person.objects.filter(pk=person.pk).update(**{f'{part}_for': 'members'})
        assert name not in get(client, address)
    Person.objects.filter(pk=person.pk).update(work_for='nobody')
    assert get(client, address)['work'] == []

    Person.objects.filter(pk=person.pk).update(indexed=False)
    assert get(client, 'people/')['items'] == []
    assert get(client, address)['name'] == 'Ada Author'

    Person.objects.filter(pk=person.pk).update(page_for='members')
    get(client, address, 404)
    signed_in = Client()
    signed_in.force_login(person)
    get(signed_in, address, 404)


def test_what_is_not_out_is_nowhere_and_what_was_taken_down_is_gone_at_once(client, editor, post):
    make_post('Tomorrow', tags=('plans',), published_at=timezone.now() + timedelta(days=1))
    whole = [client.get(f'/api/v1/{name}/?size=50').content.decode() for name in EVERYTHING]
    assert 'omorrow' not in ''.join(whole)
    assert 'plans' not in ''.join(whole)
    get(client, 'posts/tomorrow/', 404)
    get(client, 'tags/plans/', 404)

    workflow.take_down(post.submission, by=editor, reason='Asked by its author.')

    assert get(client, 'posts/')['items'] == []
    assert get(client, 'tags/')['items'] == []
    assert get(client, 'posts/careful-change/', 410) == {
        'status': 410,
        'error': 'This post is no longer published. Asked by its author.',
    }


def test_who_is_erased_is_gone(client, person, post):
    row = erasing.ask(person, by=person, bylines='contributor')
    erasing.carry_out_due(row.due_at)

    get(client, f'people/{person.slug}/', 410)
    assert get(client, 'people/')['items'] == []
    assert 'Ada' not in json.dumps(get(client, 'posts/careful-change/'))


def test_a_former_address_leads_to_the_new_one(client, post):
    tag = Tag.objects.get(slug='leadership')
    before = get(client, 'tags/leadership/')['id']
    addresses.change(tag, 'leading', remember=True)
    addresses.change(post, 'more-careful', remember=True)

    of_tag, of_post = client.get('/api/v1/tags/leadership/'), client.get('/api/v1/posts/careful-change/')

    assert (of_tag.status_code, of_tag['Location']) == (301, '/api/v1/tags/leading/')
    assert (of_post.status_code, of_post['Location']) == (301, '/api/v1/posts/more-careful/')
    assert get(client, 'tags/leading/')['id'] == before
    assert len(get(client, 'posts/?tag=leadership')['items']) == 1
    tags.merge(tag, Tag.objects.get(slug='scaling'))
    assert client.get('/api/v1/tags/leading/')['Location'] == '/api/v1/tags/scaling/'


# --- How it answers ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ('query', 'sentence'),
    [
        ('size=51', '“size” is a whole number from 1 to 50.'),
        ('size=0', '“size” is a whole number from 1 to 50.'),
        ('size=٣', '“size” is a whole number from 1 to 50.'),
        ('page=1&page=2', 'Give “page” once.'),
        ('full=perhaps', '“full” is “yes” or “no”.'),
        ('tga=a', 'There is no parameter “tga” here. There are: tag, author, organisation, full, size, page.'),
        ('&'.join(f'tag=t{n}' for n in range(6)), 'Give “tag” at most 5 times.'),
        ('tag=A%20b', '“tag” is the last part of the address of a tag, in small letters, digits and single hyphens.'),
    ],
)  # fmt: skip
def test_what_cannot_be_answered_is_refused_with_a_sentence(client, query, sentence):
    assert get(client, f'posts/?{query}', 400) == {'status': 400, 'error': sentence}


def test_no_bytes_are_answered_otherwise_than_by_200_or_400(client, post):
    client.raise_request_exception = False
    odd = (
        '%00',
        '%ff%fe',
        '%u0000',
        '%F0%9F%92%A9',
        '%E2%80%AE',
        '[]',
        "'--",
        '1e9',
        '%ED%A0%80',
        'x' * 5000,
    )
    wrong = {}
    for path in ('posts/', 'posts/careful-change/', 'tags/', 'organisations/', 'people/', 'openapi.json'):
        queries = [*odd, *(f'{name}={one}' for name in ('page', 'tag', 'after', 'zzz', '') for one in odd)]
        for query in [*queries, '&', '=', '&&=&', ';', '?', '&'.join(f'a{n}=1' for n in range(1200))]:
            answer = client.generic('GET', f'/api/v1/{path}', QUERY_STRING=query)
            if answer.status_code not in (200, 400) or answer['Content-Type'] != 'application/json':
                wrong[path, query] = answer.status_code

    assert wrong == {}


def test_other_sites_may_read_it_and_whatever_is_refused(client, post):
    etag = client.get('/api/v1/posts/')['ETag']
    answers = {
        200: client.get('/api/v1/posts/', headers={'origin': 'https://partner.example'}),
        204: client.options(
            '/api/v1/posts/', headers={'origin': 'https://partner.example', 'access-control-request-method': 'GET'}
        ),
        301: client.get('/api/v1/posts'),
        304: client.get('/api/v1/posts/', headers={'if-none-match': etag}),
        400: client.get('/api/v1/posts/?page=%00'),
        404: client.get('/api/v1/nothing/here/'),
        405: client.post('/api/v1/posts/'),
    }  # fmt: skip

    assert {status: answer.status_code for status, answer in answers.items()} == {one: one for one in answers}
    assert {answer['Access-Control-Allow-Origin'] for answer in answers.values()} == {'*'}
    assert not any('Access-Control-Allow-Credentials' in answer for answer in answers.values())
    assert answers[204]['Allow'] == 'GET, HEAD, OPTIONS'
    assert 'If-None-Match' in answers[204]['Access-Control-Allow-Headers']
    assert answers[405]['Allow'] == 'GET, HEAD, OPTIONS'
    assert all(not answer.cookies for answer in answers.values())
    assert client.get('/blog/feed.json')['Access-Control-Allow-Origin'] == '*'
    assert 'Access-Control-Allow-Origin' not in client.get('/blog/')
    assert client.head('/api/v1/posts/').status_code == 200
    assert answers[200]['X-Robots-Tag'] == 'noindex'


def test_what_fails_with_us_is_said_in_json_too(client, post, monkeypatch):
    from django.db import OperationalError

    client.raise_request_exception = False
    for error, status in ((RuntimeError, 500), (OperationalError, 503)):
        monkeypatch.setattr(
            'blog.post_page.with_all', lambda rows, error=error: (_ for _ in ()).throw(error('x'))
        )
        assert get(client, 'posts/', status)['error']


@pytest.mark.parametrize(
    ('path', 'most'),
    [('posts/', 9), ('posts/careful-change/', 6), ('tags/', 1), ('organisations/', 3), ('people/', 7)],
)
def test_it_asks_no_more_of_many_than_of_one(
    client, person, place, post, path, most, django_assert_num_queries
):
    def count():
        with django_assert_num_queries(most, exact=False) as asked:
            get(client, path)
        return len(asked)

    get(client, path)
    one = count()
    for number in range(4):
        other = make_person(f'Other {number}', page_for='public', email=None)
        organisation = make_organisation(f'Other {number}')
        other.affiliations.create(organisation=organisation, job_title='Reader', main=True)
        make_post(f'Other {number}', people=(other,), organisation=organisation, tags=(f'tag {number}',))

    assert count() <= one
