"""Who sees what of whom, and the list of people for members: each part is meant for somebody, everywhere."""

import pytest
from django.urls import reverse

from members import meeting, seeing
from members.meeting import Wanted, introducing
from members.models import Affiliation, Person, Sought
from tests.conftest import form_of, make_membership, make_organisation, make_person, make_post, make_seat
from ukis import tags
from ukis.folding import folded
from ukis.tags.models import Tag

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures('society')]
MINE = {
    'biography': 'Bo studies quiet wards.',
    'nation': 'wales',
    'orcid': '0000-0002-1825-0097',
    'website': 'https://bo.example/',
}
# What each part puts on a page.
SIGNS = {
    'biography': ['Bo studies quiet wards.'],
    'nation': ['Wales'],
    'links': ['0000-0002-1825-0097', 'https://bo.example/'],
    'work': ['Ward Watcher', 'Institute of Wards'],
    'topics': ['Quiet wards'],
    'sought': ['Loud wards'],
}


def member(name: str, **fields) -> Person:
    person = make_person(name, **fields)
    make_membership(person)
    return person


@pytest.fixture
def looks():
    """A member who looks."""
    return member('Lea Looks')


def bo_who_shows(**for_whom) -> Person:
    bo = member('Bo Wards', **MINE, **for_whom)
    there = make_organisation('Institute of Wards')
    make_membership(there)
    Affiliation.objects.create(person=bo, organisation=there, job_title='Ward Watcher')
    bo.topics.set(['Quiet wards'])
    meeting.seek(bo, ['Loud wards'])
    return bo


@pytest.mark.parametrize('part', [*SIGNS, 'page'])
@pytest.mark.parametrize('for_whom', ['public', 'members', 'nobody'])
def test_a_part_is_seen_by_those_for_whom_it_is_meant_on_every_page_and_by_every_filter(
    part, for_whom, looks, client, stranger, signed_in
):
    everything = dict.fromkeys([f'{one}_for' for one in ('page', *seeing.PARTS)], 'public')
    bo = bo_who_shows(**everything | {f'{part}_for': for_whom})
    quiet, loud = Tag.objects.get(name='Quiet wards'), Tag.objects.get(name='Loud wards')
    address, there = bo.get_absolute_url(), bo.affiliations.get().organisation
    filters = {
        'nation': {'nation': 'wales'},
        'work': {'organisation': 'institute of wards'},
        'topics': {'offers': 'quiet WARDS'},
        'sought': {'seeks': loud.slug},
        'page': {'name': 'bo'},
    }
    meeting.seek(looks, ['Quiet wards'])
    for viewer, sees in (
        (client, for_whom == 'public'),
        (signed_in(stranger), for_whom == 'public'),
        (signed_in(looks), for_whom != 'nobody'),
    ):
        page = viewer.get(address)
        assert page.status_code == (200 if part != 'page' or sees else 404)
        for sign in SIGNS.get(part, []):
            assert (sign in page.text) is sees, (part, sign)
    member_sees, anybody_sees = for_whom != 'nobody', for_whom == 'public'
    people = signed_in(looks)
    if part in filters:
        found = people.get(reverse('people'), filters[part])
        assert (address in found.text) is member_sees
    everybody = people.get(reverse('people')).text
    for sign in SIGNS.get(part, []) if part in ('nation', 'work') else []:
        # The choice of nations stands in the filter in any case.
        assert (sign in everybody.partition('id="all"')[2]) is member_sees
    suggested = meeting.who_offer_what_is_sought_by(looks, seeing.MEMBERS)
    assert (bo in suggested) is (member_sees or part not in ('topics', 'page'))
    group = people.get(reverse('topic_people', args=[quiet.slug])).text
    assert (address in group) is (member_sees or part not in ('topics', 'page'))
    organisation = client.get(there.get_absolute_url()).text
    assert (address in organisation) is (anybody_sees or part not in ('work', 'page'))


def test_whether_search_engines_may_list_a_page_is_another_choice_than_who_sees_it(client, looks, signed_in):
    bo = bo_who_shows(indexed=False)

    page = client.get(bo.get_absolute_url())

    assert '<meta name="robots" content="noindex">' in page.text
    assert bo.get_absolute_url() in signed_in(looks).get(reverse('people')).text
    assert '"robots"' not in client.get(looks.get_absolute_url()).text


@pytest.mark.parametrize('status', ['active', 'grace', 'lapsed', 'suspended', 'inactive'])
def test_whoever_is_suspended_has_lapsed_or_may_not_sign_in_is_a_member_no_longer(status, looks, signed_in):
    bo = make_person('Bo Wards')
    membership = make_membership(bo, status='lapsed' if status == 'lapsed' else 'grace')
    if status == 'suspended':
        membership.overrides.create(status='suspended', reason='Not paid.', start='2020-01-01')
    Person.objects.filter(pk=bo.pk).update(is_active=status != 'inactive')
    is_member = status in ('active', 'grace')

    assert (bo.get_absolute_url() in signed_in(looks).get(reverse('people')).text) is is_member
    if status != 'inactive':
        assert signed_in(bo).get(reverse('people')).status_code == (200 if is_member else 403)


def test_strangers_are_led_to_sign_in_and_to_join(client, stranger, signed_in, looks):
    for address in (reverse('people'), reverse('people') + '?name=lea'):
        page = client.get(address)
        assert page.status_code == 403
        assert reverse('account_login') in page.text
        assert 'Join the Society' in page.text
        assert 'Lea Looks' not in page.text
    assert signed_in(stranger).get(reverse('people')).status_code == 403
    assert client.get(reverse('introduction_ask', args=[looks.slug])).status_code == 302


def test_people_stand_by_family_name_and_are_found_without_accents_by_any_of_their_names(looks, signed_in):
    for name in ('Łucja Żak', 'Zoë Adams', 'Adam O’Neill', 'Ben Adams'):
        member(name)
    client = signed_in(looks)

    page = client.get(reverse('people')).text
    places = [page.index(name) for name in ('Ben Adams', 'Zoë Adams', 'Lea Looks', 'O’Neill', 'Łucja Żak')]
    assert places == sorted(places)
    for typed, found in (
        ('zak', 'Łucja'), ('LUCJA Z', 'Łucja'), ('zoe ad', 'Zoë'), ("o'neill", 'Adam'), ('oneill adam', 'Adam'),
    ):  # fmt: skip
        rows = meeting.people(seeing.MEMBERS, Wanted(name=folded(typed)))
        if typed != "o'neill" or rows:
            assert [row.name.split()[0] for row in rows] == [found], typed
    assert 'No topic is called' in client.get(reverse('people'), {'offers': 'No such thing'}).text
    for odd in (
        {'nation': 'atlantis'},
        {'name': '\x00'},
        {'name': 'x' * 500},
        {'from': 'zz'},
        {'offers': ','},
    ):
        assert client.get(reverse('people'), odd).status_code in (200, 400)


def test_who_renames_themselves_is_found_by_the_new_name(looks):
    looks.name = 'Lea Łąka'
    looks.family_name = 'Łąka'
    looks.save(update_fields=['name', 'family_name'])

    assert Person.objects.get(pk=looks.pk).found_by == 'laka lea laka'


def test_suggested_are_those_who_offer_most_and_nobody_who_was_asked(looks, signed_in):
    meeting.seek(looks, ['One', 'Two'])
    one, both = member('Ann One'), member('Zed Both')
    one.topics.set(['One'])
    both.topics.set(['One', 'Two'])
    looks.topics.set(['One'])

    assert list(meeting.who_offer_what_is_sought_by(looks, seeing.MEMBERS)) == [both, one]
    page = signed_in(looks).get(reverse('people'))
    # Suggested and in the list, with the same beside them.
    assert [[tag.name for tag in faced.topics] for faced in page.context['suggested']] == [
        ['One', 'Two'],
        ['One'],
    ]
    introducing.ask(
        looks, both, by=looks, topic='One', note='Would you tell me how the two of them go together?'
    )
    assert list(meeting.who_offer_what_is_sought_by(looks, seeing.MEMBERS)) == [one]


def test_whoever_offers_most_and_may_not_be_seen_or_asked_keeps_nobody_from_being_suggested(
    looks, monkeypatch
):
    monkeypatch.setattr(meeting, 'LOOKED_AT', 2)
    meeting.seek(looks, ['One', 'Two'])
    for name in ('Hidden One', 'Hidden Two', 'Never Asked'):
        asked = name == 'Never Asked'
        member(name, page_for='members' if asked else 'nobody', may_be_asked=not asked).topics.set(
            ['One', 'Two']
        )
    there = member('Ann One')
    there.topics.set(['One'])

    assert meeting.who_offer_what_is_sought_by(looks, seeing.MEMBERS) == [there]


def test_one_says_of_a_topic_that_one_offers_or_seeks_it_and_no_longer(looks, signed_in):
    [tag] = tags.find_or_make(['Readiness'])
    client, address = signed_in(looks), reverse('topic_people', args=[tag.slug])
    for what, offers, seeks in (
        ('offer', True, False), ('seek', True, True), ('seek', True, True), ('nonsense', True, True),
        ('offer no more', False, True), ('seek no more', False, False), ('seek no more', False, False),
    ):  # fmt: skip
        assert client.post(address, {'do': what}).status_code == 302
        said = meeting.topic_for(looks, tag.slug, seeing.MEMBERS)
        assert (said.is_offered, said.is_sought) == (offers, seeks), what


def test_what_is_sought_follows_a_tag_that_is_merged_and_keeps_it(looks):
    meeting.seek(looks, ['Ready', 'Readiness'])
    ready, readiness = Tag.objects.get(name='Ready'), Tag.objects.get(name='Readiness')
    other = member('Olga Other')
    meeting.seek(other, ['Ready'])

    tags.merge(ready, readiness)

    assert meeting.sought_names(looks) == meeting.sought_names(other) == ['Readiness']
    assert tags.is_needed(readiness)
    assert Sought.objects.count() == 2


@pytest.mark.parametrize('sought_for', ['nobody', 'members', 'public'])
def test_a_word_that_only_people_gave_is_for_those_to_whom_one_shows_it(client, looks, signed_in, sought_for):
    bo = bo_who_shows(sought_for=sought_for)
    alone = {
        'blog': client.get('/blog/tags/loud-wards/').status_code,
        'members': signed_in(looks).get(reverse('topic_people', args=['loud-wards'])).status_code,
        'own': signed_in(bo).get(reverse('topic_people', args=['loud-wards'])).status_code,
    }
    make_organisation('Institute of Noise').topics.set(['loud wards'])

    assert alone == {'blog': 404, 'members': 404 if sought_for == 'nobody' else 200, 'own': 200}
    assert client.get('/blog/tags/loud-wards/').status_code == 200
    assert signed_in(looks).get(reverse('topic_people', args=['loud-wards'])).status_code == 200


def test_the_profile_takes_topics_sought_and_who_sees_them(looks, signed_in):
    client = signed_in(looks)
    form = form_of(client.get(reverse('profile')))
    answer = client.post(
        reverse('profile'),
        form
        | {
            'topics': 'Quiet wards',
            'seeks': 'Loud wards, loud  WARDS',
            'topics_for': 'public',
            'nation_for': 'nobody',
        },
    )

    assert answer.status_code == 302
    looks.refresh_from_db()
    assert list(looks.topics.names()) == ['Quiet wards']
    assert meeting.sought_names(looks) == ['Loud wards']
    assert (looks.topics_for, looks.nation_for, looks.indexed) == ('public', 'nobody', True)
    # From before that: what somebody else saved is not gone over.
    assert client.post(reverse('profile'), form | {'seeks': 'Nothing'}).status_code == 409
    assert meeting.sought_names(looks) == ['Loud wards']


@pytest.mark.parametrize('count', [1, 5])
def test_the_list_and_a_topic_ask_as_many_questions_of_many_as_of_few(
    count, looks, signed_in, django_assert_num_queries
):
    meeting.seek(looks, ['Quiet wards', 'Other'])
    for number in range(count):
        person = member(f'Person {number}', nation='wales')
        make_seat(person, make_organisation(f'Institute {number}'))
        person.topics.set(['Quiet wards', 'More'])
        meeting.seek(person, ['Quiet wards'])
        make_post(f'Post {number}', people=(person,))
    client = signed_in(looks)
    client.get(reverse('people'))
    tag = Tag.objects.get(name='Quiet wards')

    with django_assert_num_queries(10):
        client.get(reverse('people'))
    with django_assert_num_queries(12):  # three of what is known of the words
        client.get(reverse('people'), {'offers': 'quiet wards', 'nation': 'wales', 'name': 'person'})
    with django_assert_num_queries(9):
        client.get(reverse('topic_people', args=[tag.slug]))
