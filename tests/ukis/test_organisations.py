"""The directory, an organisation's page, a person's page."""

import html
import re
from datetime import date

import pytest
from django.contrib.contenttypes.models import ContentType
from django.utils import timezone

from blog.models import Post
from members.models import Affiliation, EarlierName, Organisation, Person
from members.models.people import Visibility
from tests.conftest import make_membership, make_organisation, make_person, make_post, make_seat
from ukis.site import member_directory, organisations

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures('society')]


def body(client, address, status=200):
    answer = client.get(address)
    assert answer.status_code == status
    return answer.content.decode()


def member(name, **fields):
    organisation = make_organisation(name, **fields)
    make_membership(organisation)
    return organisation


@pytest.mark.parametrize(
    ('status', 'listed'),
    [
        ('active', True),
        ('due', True),
        ('grace', True),
        ('lapsed', False),
        ('former', False),
        ('starting', False),
    ],
)
def test_the_directory_lists_members_only(client, status, listed):
    make_membership(make_organisation('Institute of Care'), status=status)

    assert ('Institute of Care' in body(client, '/organisations/')) is listed
    # Whoever was a member once keeps the page.
    body(client, '/organisations/institute-of-care/', 404 if status == 'starting' else 200)


def test_a_member_that_does_not_want_to_be_listed_is_not(client):
    member('Quiet', public=False)

    assert 'Quiet' not in body(client, '/organisations/')
    body(client, '/organisations/quiet/', 404)


def test_the_directory_can_be_narrowed_to_a_nation(client):
    member('Glasgow Group', nations=['scotland'])
    member('Cardiff Circle', nations=['wales', 'england'])

    page = body(client, '/organisations/?nation=wales')

    assert 'Cardiff Circle' in page
    assert 'Glasgow Group' not in page
    assert '?nation=northern-ireland' in page
    assert 'all of them' in body(client, '/organisations/?nation=northern-ireland')
    body(client, '/organisations/?nation=atlantis', 404)


def test_an_empty_directory_says_how_to_join(client):
    assert 'office@society.example' in body(client, '/organisations/')


def test_an_organisation_shows_itself_its_people_and_its_posts(client):
    university = member('University of Aldercombe')
    centre = member(
        'Centre for Change',
        short_name='CfC',
        part_of=university,
        nations=['england'],
        description='We change.',
    )
    unit = member('Unit of Change', part_of=centre)
    EarlierName.objects.create(organisation=centre, name='Change Unit', until=date(2020, 6, 1))
    person = make_person('Ada Author')
    make_seat(person, centre, 'Director')
    make_post('Ours', organisation=centre)

    page = body(client, centre.get_absolute_url())

    assert '<h1>Centre for Change (CfC)</h1>' in page
    assert 'We change.' in page
    assert 'England' in page
    assert f'href="{university.get_absolute_url()}"' in page
    assert f'href="{unit.get_absolute_url()}"' in page
    assert 'Change Unit (until June 2020)' in page
    assert '<a href="/people/ada-author/">Ada Author</a><br><span class="soft">Director</span>' in page
    assert '/blog/ours/' in page


def test_a_lapsed_organisation_keeps_its_page_without_its_people(client):
    lapsed = make_organisation('Institute of Care')
    make_membership(lapsed, status='lapsed')
    person = make_person('Ada Author')
    Affiliation.objects.create(person=person, organisation=lapsed, job_title='Director')
    post = make_post('Theirs', people=(person,), organisation=lapsed)

    page = body(client, lapsed.get_absolute_url())

    assert '/blog/theirs/' in page
    assert 'Director' not in page
    Post.objects.filter(pk=post.pk).update(taken_down_at=timezone.now(), taken_down_why='A slip.')
    body(client, lapsed.get_absolute_url())


def test_an_organisation_that_never_was_a_member_answers_while_a_post_names_it(client):
    university = make_organisation('Guest University')
    post = make_post('Theirs', organisation=university)
    body(client, university.get_absolute_url())
    Post.objects.filter(pk=post.pk).update(taken_down_at=timezone.now(), taken_down_why='A slip.')
    body(client, university.get_absolute_url(), 404)


def test_a_parent_without_a_page_is_named_and_not_linked(client):
    hidden = make_organisation('Not a member')
    centre = member('Centre', part_of=hidden)

    page = body(client, centre.get_absolute_url())

    assert 'Not a member' in page
    assert hidden.get_absolute_url() not in page


def test_only_people_who_are_there_today_and_may_be_seen_are_shown(client):
    centre = member('Centre')
    left, hidden, stranger, author = (
        make_person(name) for name in ('Lea Left', 'Hal Hidden', 'Sam Stranger', 'Ada Author')
    )
    make_seat(hidden, centre)
    hidden.page_for = Visibility.NOBODY
    hidden.save()
    make_seat(left, centre)
    Affiliation.objects.filter(person=left).update(until=date(2021, 1, 1))
    # Affiliations that somebody wrote about themselves, without a membership.
    Affiliation.objects.create(person=stranger, organisation=centre)
    Affiliation.objects.create(person=author, organisation=centre)
    make_post('One', people=(author,))

    page = body(client, centre.get_absolute_url())

    assert [name for name in ('Lea Left', 'Hal Hidden', 'Sam Stranger', 'Ada Author') if name in page] == [
        'Ada Author'
    ]


@pytest.mark.parametrize('count', [1, 5])
def test_an_organisation_asks_nine_questions(client, django_assert_num_queries, count):
    """Itself, those around it, earlier names, people, posts with their number, bylines, Society, footer."""
    centre = member('Centre', part_of=make_organisation('Above'))
    for number in range(count):
        make_seat(make_person(), centre)
        member(f'Part {number}', part_of=centre)
        EarlierName.objects.create(organisation=centre, name=f'Name {number}')
        make_post(f'Post {number}', organisation=centre)

    with django_assert_num_queries(9):
        body(client, '/organisations/centre/')


@pytest.mark.parametrize('count', [1, 5])
def test_the_directory_asks_four_questions_and_four_more_where_words_are_typed(
    client, django_assert_num_queries, count
):
    """All members, those of the page, the Society, the footer; words that mean the same, words that are known, those
    that begin so, and whose names have them."""
    for number in range(count):
        member(f'Centre {number}', nations=['wales'], kind='charity').topics.set(['One', f'Topic {number}'])
    ContentType.objects.get_for_model(Organisation)

    for query, asked in (('', 4), ('?nation=wales&kind=charity&topic=one', 4), ('?q=centre&from=c', 8)):
        with django_assert_num_queries(asked):
            body(client, f'/organisations/{query}')


def shown_by(client, **asked):
    """The names on the page, and the count of every choice by its label."""
    page = client.get('/organisations/', asked)
    assert page.status_code == 200, asked
    directory = page.context['directory']
    choices = [*directory.nations, *directory.kinds, *directory.topics]
    assert f'{directory.count} organisation' in page.text
    return [row.name for row in directory.cut.rows], {one.label: one.count for one in choices}


def test_choices_combine_and_each_says_how_many_the_page_would_show(client):
    glasgow = member('Glasgow Group', nations=['scotland'], kind='charity')
    both = member('Border Body', nations=['scotland', 'england'], kind='university')
    cardiff = member('Cardiff Circle', nations=['wales'], kind='charity')
    hidden = make_organisation('Not public', nations=['wales'], kind='charity', public=False)
    lapsed = make_organisation('Lapsed Lot', nations=['wales'], kind='charity')
    make_membership(hidden)
    make_membership(lapsed, status='lapsed')
    for row in (glasgow, cardiff, hidden, lapsed):
        row.topics.set(['Readiness'])
    both.topics.set(['Coaching', 'Readiness'])

    everything, counts = shown_by(client)
    assert everything == ['Border Body', 'Cardiff Circle', 'Glasgow Group']
    assert counts == {
        'England': 1, 'Scotland': 2, 'Wales': 1, 'Northern Ireland': 0, 'University': 1, 'Charity': 2, 'Coaching': 1, 'Readiness': 3,
    }  # fmt: skip
    names, counts = shown_by(client, nation='scotland', topic='readiness')
    assert names == ['Border Body', 'Glasgow Group']
    assert counts == {
        'England': 1, 'Scotland': 2, 'Wales': 1, 'Northern Ireland': 0, 'University': 1, 'Charity': 1, 'Coaching': 1, 'Readiness': 2,
    }  # fmt: skip
    assert shown_by(client, nation=['wales', 'england'])[0] == ['Border Body', 'Cardiff Circle']
    assert shown_by(client, nation='wales', kind='university')[0] == []
    # What every link says is what its page shows.
    for asked in ({}, {'nation': 'scotland'}, {'kind': 'charity', 'topic': 'readiness'}, {'q': 'c'}):
        directory = client.get('/organisations/', asked).context['directory']
        for choice in (*directory.nations, *directory.kinds, *directory.topics):
            if not choice.is_chosen:
                there = client.get(f'/organisations/?{choice.address}').context['directory']
                assert there.count >= choice.count
    body(client, '/organisations/?kind=guild', 404)


@pytest.mark.parametrize(
    ('typed', 'found'),
    [
        ('lodz', 'Łódź Centre'), ('ŁÓDŹ', 'Łódź Centre'), ('cfc', 'Centre for Care'), ('old mill', 'Centre for Care'),
        ('care centre', 'Centre for Care'), ("childrens' home", 'Children’s Home & Garden'),
        ('home and garden', 'Children’s Home & Garden'),
    ],
)  # fmt: skip
def test_a_name_is_found_without_accents_and_case_and_by_short_and_earlier_names(client, typed, found):
    member('Łódź Centre')
    care = member('Centre for Care', short_name='CfC')
    EarlierName.objects.create(organisation=care, name='The Old Mill')
    member('Children’s Home & Garden')

    assert shown_by(client, q=typed)[0] == [found]
    assert 'No member is found' in body(client, '/organisations/?q=nobody-is-called-so')
    for odd in ('%00', 'x' * 500, '%F0%9F%92%A9', '%25', '_', ' '):
        assert client.get(f'/organisations/?q={odd}').status_code in (200, 400)


def test_an_organisation_s_topics_lead_to_the_directory_and_to_the_blog(client):
    centre = member('Centre')
    centre.topics.set(['Quiet wards'])

    page = body(client, centre.get_absolute_url())

    assert '/organisations/?topic=quiet-wards' in page
    assert '/blog/tags/quiet-wards/' in page
    assert shown_by(client, topic='quiet-wards')[0] == ['Centre']


# --- People ---


@pytest.mark.parametrize(
    ('is_member', 'visibility', 'writes', 'status'),
    [
        (True, Visibility.PUBLIC, False, 200),
        (True, Visibility.MEMBERS, False, 404),
        (True, Visibility.NOBODY, False, 404),
        (False, Visibility.PUBLIC, False, 404),
        (False, Visibility.PUBLIC, True, 200),
        (False, Visibility.NOBODY, True, 404),
        (True, Visibility.MEMBERS, True, 404),
    ],
)
def test_a_member_or_an_author_has_a_page_who_chose_so(client, is_member, visibility, writes, status):
    person = make_person('Ada Author', biography='Studies change.', page_for=visibility)
    if is_member:
        make_membership(person)
    if writes:
        make_post('One', people=(person,))

    page = body(client, '/people/ada-author/', status)

    assert ('<p class="biography">Studies change.</p>' in page) is (
        status == 200 and visibility == Visibility.PUBLIC
    )


def test_a_person_s_page_shows_where_they_are_and_what_they_wrote(client):
    centre = member('Centre')
    person = make_person('Ada Author', title='Dr')
    make_seat(person, centre, 'Director')
    Affiliation.objects.create(
        person=person, organisation=make_organisation('Elsewhere'), job_title='Visitor'
    )
    make_post('One', people=(person,))

    page = body(client, '/people/ada-author/')

    assert '<h1>Dr Ada Author</h1>' in page
    assert 'Director, <a href="/organisations/centre/">Centre</a>' in page
    assert 'Visitor, Elsewhere' in page
    assert '/blog/one/' in page
    assert 'href="/blog/authors/ada-author/"' in page
    assert person.email not in page


@pytest.mark.parametrize('count', [1, 5])
def test_a_person_asks_seven_questions(client, django_assert_num_queries, count):
    """The person, affiliations, which have pages, the posts, the bylines, the Society, the footer."""
    person = make_person('Ada Author')
    for number in range(count):
        Affiliation.objects.create(person=person, organisation=make_organisation())
        make_post(f'Post {number}', people=(person,))

    with django_assert_num_queries(7):
        body(client, '/people/ada-author/')


def test_nobody_is_shown_who_has_chosen_nothing(client):
    centre = member('Centre')
    person = Person.objects.create_user('new@people.example', name='Nia New')
    make_seat(person, centre)
    make_post('One', people=(person,))

    body(client, '/people/nia-new/', 404)
    assert 'Researcher' not in body(client, centre.get_absolute_url())
    assert 'One' in body(client, '/blog/authors/nia-new/')


# --- Long lists ---


def names(page):
    return re.findall(r'<h2><a href="/organisations/[^"]+">([^<]+)</a></h2>', page)


def link(page, rel):
    found = re.search(rf'<a href="(\?[^"]*)" rel="{rel}">', page)
    return found and html.unescape(found[1])


def test_a_long_directory_is_leafed_through_by_name(client, monkeypatch):
    monkeypatch.setattr(member_directory, 'A_PAGE', 2)
    for name in ('Delta', 'alpha', 'Émile’s', 'Charlie', 'Bravo & Co'):
        member(name, nations=['wales'])
    wanted = [['alpha', 'Bravo &amp; Co'], ['Charlie', 'Delta'], ['Émile’s']]
    pages = []
    address = '/organisations/?nation=wales'
    while address:
        pages.append(body(client, address))
        onwards = link(pages[-1], 'next')
        address = onwards and f'/organisations/{onwards}'

    assert [names(page) for page in pages] == wanted
    assert [link(page, 'prev') for page in pages] == [None, '?nation=wales&', '?nation=wales&from=charlie']
    assert 'aria-label="Organisations by letter"' in pages[0]


@pytest.mark.parametrize('where', ['c', 'C', 'ch', 'CHARLIE'])
def test_a_letter_or_a_part_of_a_name_says_where_to_begin(client, where):
    for name in ('Alpha', 'Bravo', 'Charlie', 'Delta'):
        member(name)

    assert names(body(client, f'/organisations/?from={where}')) == ['Charlie', 'Delta']


@pytest.mark.parametrize('where', ['zz', '\ufffd', '%', '_', '🙂', 'x' * 5000, '" OR 1'])
def test_where_no_name_stands_any_more_the_page_says_so(client, where):
    member('% and _')

    answer = client.get('/organisations/', {'from': where})

    assert answer.status_code == 200
    assert names(answer.content.decode()) or 'the first of them' in answer.content.decode()


def test_a_short_directory_has_no_alphabet(client):
    member('Alpha')

    assert 'by letter' not in body(client, '/organisations/')


def test_many_people_are_leafed_through_by_family_name(client, monkeypatch):
    monkeypatch.setattr(organisations, 'PEOPLE', 2)
    centre = member('Centre')
    for name in ('Zoe Adair', 'Ada Zeller', 'Bo Morgan', 'Cy Evans'):
        make_seat(make_person(name), centre)
    twice = Person.objects.get(name='Zoe Adair')
    Affiliation.objects.create(person=twice, organisation=centre, job_title='Visitor')

    def people(page):
        return re.findall(r'<a href="/people/[^"]+">([^<]+)</a>', page)

    first = body(client, centre.get_absolute_url())
    second = body(client, centre.get_absolute_url() + link(first, 'next'))

    assert people(first) == ['Zoe Adair']
    assert people(second) == ['Cy Evans', 'Bo Morgan']
    assert 'Visitor' not in first


def test_a_person_who_changes_their_name_is_sorted_by_the_new_one(client):
    centre = member('Centre')
    person = make_person('Zoe Zeller')
    make_seat(person, centre)
    make_seat(make_person('Bo Morgan'), centre)
    person.name, person.family_name = 'Zoe Adair', 'Adair'
    person.save()

    page = body(client, centre.get_absolute_url())

    assert page.index('Zoe Adair') < page.index('Bo Morgan')
