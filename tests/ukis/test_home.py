import re
from datetime import date, datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from members.organisations import counting
from tests.conftest import make_membership, make_organisation, make_person, make_post
from ukis import days
from ukis.clock import run_due
from ukis.society.notices import Notice

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures('society')]


def titles(page):
    return re.findall(r'<h3><a href="/blog/[^"]+">([^<]+)</a></h3>', page)


def test_home_says_what_the_society_is_and_invites(client, society):
    society.mission = '<p>We bring <em>people</em> together.</p><script>no()</script>'
    society.commissioning_editor = make_person('Cora Chief')
    society.save()
    member = make_organisation('Institute of Care', nations=['wales'])
    make_membership(member)
    make_organisation('No member')

    page = client.get('/').content.decode()

    assert '<p>We bring <em>people</em> together.</p>' in page
    assert 'no()' not in page
    assert 'Cora Chief, Commissioning Editor for Blogs' in page
    assert 'href="/organisations/institute-of-care/"' in page
    assert 'No member' not in page
    assert 'Nothing is published yet.' in page


def test_home_shows_the_featured_posts_and_then_the_latest_each_once(client):
    for number in range(7):
        make_post(
            f'Post {number}', published_at=timezone.now() - timedelta(days=number + 1), featured=number == 3
        )

    assert titles(client.get('/').content.decode()) == [
        'Post 3',
        'Post 0',
        'Post 1',
        'Post 2',
        'Post 4',
        'Post 5',
    ]


def test_home_without_a_society_row_still_answers(client, society):
    society.delete()

    assert client.get('/').status_code == 200


@pytest.mark.parametrize('count', [1, 5])
def test_home_asks_nine_questions(client, django_assert_num_queries, count):
    """The Society, the footer, featured posts and their bylines, latest posts and theirs, the members, their number,
    the notices."""
    for number in range(count):
        organisation = make_organisation()
        make_membership(organisation)
        make_post(f'Featured {number}', organisation=organisation, featured=True)
        make_post(f'Post {number}', organisation=organisation)

    with django_assert_num_queries(9):
        client.get('/')


def test_home_says_how_many_members_work_in_which_nation_as_last_counted(client):
    def member(*nations, **membership):
        make_membership(make_organisation(nations=list(nations)), **membership)

    member('england', 'wales')
    member('england')
    member('scotland', status='lapsed')
    counting.count_by_nation(timezone.now())
    member('wales')

    page = client.get('/').content.decode()

    counts = re.findall(r'nation=([a-z-]+)"><strong>(\d+)</strong> in ([A-Za-z ]+)<', page)
    assert counts == [('england', '2', 'England'), ('wales', '1', 'Wales')]
    run_due(timezone.now() + timedelta(minutes=11))
    assert '<strong>2</strong> in Wales' in client.get('/').content.decode()


@pytest.mark.parametrize('count', [1, 5])
def test_counting_by_nation_asks_as_much_however_many_members_there_are(django_assert_num_queries, count):
    for _ in range(count):
        make_membership(make_organisation(nations=['england', 'scotland']))
    counting.count_by_nation(timezone.now())

    with django_assert_num_queries(20):
        counting.count_by_nation(timezone.now())


def notices(client):
    page = client.get('/').content.decode()
    shown = page.partition('id="notices"')[2].partition('</section>')[0]
    return re.findall(r'<p class="callout">(.*?)</p>', shown)


def test_a_notice_stands_from_its_first_day_to_its_last_and_goes_by_itself(client, time_machine):
    notice = {'first_day': date(2027, 3, 2), 'last_day': date(2027, 3, 3)}
    Notice.objects.create(words='The office moves.', **notice)
    seen = {}
    for at in ('2027-03-01T23:59', '2027-03-02T00:01', '2027-03-03T23:59', '2027-03-04T00:01'):
        time_machine.move_to(datetime.fromisoformat(f'{at}:00+00:00'), tick=False)
        seen[at] = notices(client)

    assert list(seen.values()) == [[], ['The office moves.'], ['The office moves.'], []]


def test_a_notice_in_welsh_says_so_and_leads_where_its_words_say(client):
    Notice.objects.create(
        words='Dewch i’r gynhadledd <yn> Aber.',
        language='cy',
        link='example.org/cynhadledd',
        link_words='Cofrestru',
        last_day=days.today(),
    )

    assert notices(client) == [
        '<span lang="cy">Dewch i’r gynhadledd &lt;yn&gt; Aber.</span> '
        '<a href="https://example.org/cynhadledd"><span lang="cy">Cofrestru</span></a>'
    ]


def test_of_many_notices_those_that_are_over_first_stand(client):
    for number in (3, 1, 4, 2):
        Notice.objects.create(words=f'Notice {number}', last_day=days.today() + timedelta(days=number))

    assert notices(client) == ['Notice 1', 'Notice 2', 'Notice 3']


@pytest.mark.parametrize(
    ('typed', 'said'),
    [
        ({'link': 'javascript:alert(1)', 'link_words': 'Here'}, 'This is no address that a link can have.'),
        ({'link': '/join/', 'link_words': ''}, 'A link has an address and words. Give both, or neither.'),
        ({'first_day': '5 March 2027'}, 'The last day is before the first. Change one of them.'),
        ({'words': 'x' * 301}, 'at most 300 characters'),
    ],
)
def test_a_notice_that_cannot_stand_is_refused_in_words(typed, said, chief, signed_in):
    given = {
        'words': 'A notice.',
        'language': 'en-GB',
        'link': '',
        'link_words': '',
        'first_day': '2 March 2027',
        'last_day': '4 March 2027',
    }

    answer = signed_in(chief).post(reverse('admin:ukis_notice_add'), given | typed)

    assert said in answer.text
    assert not Notice.objects.exists()
