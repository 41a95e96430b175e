"""Somebody who was here twice: looked at, decided, and merged once, with nothing lost unseen."""

from datetime import date, timedelta

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse

from blog.models import Byline
from members import merging
from members.models import Introduction, Membership, MergeRecord, Office, Person, Sought
from members.organisations import offices
from members.places import seats
from members.roles import EDITOR
from tests.conftest import (
    give_second_factor,
    make_membership,
    make_organisation,
    make_person,
    make_post,
    make_seat,
    make_submission,
)
from ukis import days
from ukis import merging as machinery
from ukis.letters import choosing
from ukis.letters.models import Letter
from ukis.refusals import NotNow
from ukis.tags.models import Tag

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures('society')]


@pytest.fixture
def two(db):
    kept = make_person('Ann Lee', biography='She studies change.', nation='wales')
    gone = make_person('Ann M. Lee', biography='She leads a centre.', orcid='', page_for='members')
    return kept, gone


def merged(kept, gone, by, **answers):
    looked = merging.look_at_people(kept, gone, by=by)
    given = {choice.name: choice.initial for choice in looked.choices} | answers
    return merging.merge_people(kept, gone, by=by, state=looked.state, answers=given)


def lines(kept, gone, by):
    return {line.words: (line.moved, line.stayed) for line in merging.look_at_people(kept, gone, by=by).lines}


def test_every_column_in_a_rule_of_uniqueness_is_answered_for():
    assert machinery.unanswered(Person) == set()


def test_what_differs_is_asked_and_what_one_alone_has_is_taken(two, secretary):
    kept, gone = two
    Person.objects.filter(pk=gone.pk).update(website='https://ann.example/', indexed=False)
    gone.refresh_from_db()
    looked = merging.look_at_people(kept, gone, by=secretary)

    merged(kept, gone, secretary, biography='other', email='1')

    kept.refresh_from_db()
    assert [choice.name for choice in looked.choices] == ['name', 'biography', 'email']
    assert (kept.name, kept.biography, kept.nation) == ('Ann Lee', 'She leads a centre.', 'wales')
    assert (kept.website, kept.page_for, kept.indexed) == ('https://ann.example/', 'members', False)
    assert kept.email == gone.email
    assert sorted(kept.emailaddress_set.values_list('primary', 'verified')) == [(False, True), (True, True)]


def test_the_other_entry_is_emptied_points_to_the_kept_one_and_signs_in_no_more(two, secretary, signed_in):
    kept, gone = two
    Person.objects.filter(pk=gone.pk).update(page_for='public')
    gone.refresh_from_db()
    make_membership(kept)
    give_second_factor(gone)
    client, address = signed_in(gone), gone.get_absolute_url()

    record = merged(kept, gone, secretary)

    gone.refresh_from_db()
    assert (gone.name, gone.email, gone.biography, gone.is_active) == ('Merged entry', None, '', False)
    assert (gone.merged_into, gone.has_usable_password()) == (kept, False)
    assert not Authenticator.objects.filter(user__in=two).exists()
    assert client.get(reverse('account')).status_code == 302
    assert Client().get(address).headers['Location'] == kept.get_absolute_url()
    assert (record.kept, record.gone, record.by) == (kept.pk, gone.pk, secretary)
    assert record.counts['Second factors'] == [0, 1]


def test_places_offices_and_topics_come_once_and_everything_else_moves(two, secretary):
    kept, gone = two
    shared, own = make_organisation('Shared Place'), make_organisation('Own Place')
    make_seat(kept, shared), make_seat(gone, shared)
    for place in (own, make_organisation('Third')):
        seats.give(make_membership(place), by=None, person=gone)
    for person, since in ((kept, date(2024, 1, 1)), (gone, date(2021, 1, 1))):
        offices.appoint(shared, by=None, person=person, role='main', since=since)
    tags = [Tag.objects.create(name=name) for name in ('Change', 'Care')]
    Sought.objects.create(person=kept, tag=tags[0])
    Sought.objects.bulk_create([Sought(person=gone, tag=tag) for tag in tags])
    said = lines(kept, gone, secretary)

    merged(kept, gone, secretary)

    assert (said['Places in memberships'], said['Topics they seek']) == ((3, 0), (1, 1))
    taken = kept.seats.taken()
    assert sorted(seat.membership.organisation.name for seat in taken) == [
        'Own Place',
        'Shared Place',
        'Third',
    ]
    assert (kept.seats.count(), gone.seats.count()) == (4, 0)
    assert list(Office.objects.filter(until=None).values_list('person', 'since')) == [
        (kept.pk, date(2021, 1, 1))
    ]
    assert sorted(kept.sought.values_list('tag__name', flat=True)) == ['Care', 'Change']
    assert [row.organisation.name for row in kept.affiliations.filter(main=True, until=None)] == [
        'Shared Place'
    ]


def test_of_two_open_memberships_staff_choose_which_goes_on(two, secretary):
    kept, gone = two
    mine, other = make_membership(kept), make_membership(gone)
    terms = list(mine.terms.values())
    assert [choice.initial for choice in merging.look_at_people(kept, gone, by=secretary).choices][-1] == ''

    with pytest.raises(NotNow, match='Which one goes on'):
        merged(kept, gone, secretary)
    merged(kept, gone, secretary, membership=str(other.pk))

    rows = {row.pk: row for row in Membership.objects.filter(person=kept)}
    assert (rows[other.pk].ended_on, rows[mine.pk].ended_on) == (None, days.today())
    assert rows[mine.pk].ended_why == f'Here twice: membership {other.number} goes on'
    assert list(mine.terms.values()) == terms


def test_a_membership_that_met_another_before_the_merger_can_still_be_ended(two, secretary):
    from members import leaving

    kept, gone = two
    mine, _ = make_membership(kept), make_membership(gone)
    merged(kept, gone, secretary, membership=str(mine.pk))

    leaving.end(mine, by=secretary, on=days.today() + timedelta(days=30), why='Retires')

    mine.refresh_from_db()
    assert mine.ended_why == 'Retires'


def test_a_no_stays_a_no_and_what_the_two_asked_of_each_other_ends(two, secretary):
    kept, gone = two
    third = make_person('Third')
    declined = Introduction.objects.create(asker=third, asked=gone, topic='A', note='B', state='declined')
    between = Introduction.objects.create(asker=kept, asked=gone, topic='A', note='B')
    asked = [Introduction.objects.create(asker=one, asked=third, topic='A', note='B') for one in two]
    Introduction.objects.filter(pk=asked[1].pk).update(state='accepted')

    merged(kept, gone, secretary)

    found = {row.pk: (row.asker_id, row.asked_id, row.state) for row in Introduction.objects.all()}
    assert found[declined.pk] == (third.pk, kept.pk, 'declined')
    assert found[between.pk] == (kept.pk, gone.pk, 'expired')
    assert found[asked[0].pk] == (kept.pk, third.pk, 'expired')
    assert found[asked[1].pk] == (kept.pk, third.pk, 'accepted')


def test_a_no_to_letters_outlives_a_later_yes_of_the_other_entry(two, secretary):
    kept, gone = two
    name = next(iter(choosing.CHOICES))
    for person, agreed in ((gone, False), (kept, True)):
        choosing.choose(person.email, {name: agreed}, form='signed in', person=person, wording='News.')

    merged(kept, gone, secretary)

    kept.refresh_from_db()
    assert choosing.chosen(kept.email, kept)[name] is False


def test_names_in_print_stay_to_the_letter_and_lead_to_the_kept_entry(two, secretary):
    kept, gone = two
    place = make_organisation('Institute')
    post = make_post('In print', people=(gone,), organisation=place)
    printed = list(Byline.objects.exclude(pk=0).values_list('name', 'role', 'affiliation', 'biography'))
    byline, version = post.version.byline, post.version.hash

    merged(kept, gone, secretary)

    post.refresh_from_db()
    assert list(Byline.objects.values_list('name', 'role', 'affiliation', 'biography')) == printed
    assert [row.person for row in post.bylines.all()] == [kept]
    assert (post.version.byline, post.version.hash) == (byline, version)
    assert Client().get(reverse('author', args=[kept.slug])).text.count(post.get_absolute_url()) >= 1


def test_what_was_approved_before_comes_out_under_the_kept_entry(two, secretary, editor):
    from blog import workflow

    kept, gone = two
    make_membership(gone)
    submission = make_submission(gone, 'ready', editor=editor)

    merged(kept, gone, secretary)
    workflow.release(submission, by=editor, tags=['One', 'Two'], views='own')

    assert [row.person for row in submission.post.bylines.all()] == [kept]


def test_two_names_in_one_byline_that_is_being_made_are_for_people_to_decide(two, secretary):
    kept, gone = two
    make_membership(kept)
    make_submission(kept, coauthors=(gone,))

    with pytest.raises(NotNow, match='Both are named on'):
        merged(kept, gone, secretary)


def test_what_cannot_be_merged_says_why(two, secretary, administrator):
    kept, _ = two
    third = make_person('Third')
    merged(third, make_person('Fourth'), secretary)
    emptied = Person.objects.get(merged_into=third)
    staff = make_person('Eddy', group=EDITOR)

    def why(one, other, by=secretary):
        return merging.look_at_people(one, other, by=by).refused

    assert why(kept, kept) == 'That is the same entry. Choose the other one.'
    assert why(kept, emptied) == 'This one was merged already, into “Third”. Begin from there.'
    assert why(kept, secretary).startswith('You are signed in as the one that would go.')
    assert 'roles are never inherited' in why(kept, staff)
    assert 'for an Administrator to decide' in why(staff, kept)
    assert why(staff, kept, by=administrator) == ''


def test_roles_are_not_inherited_even_where_they_came_a_moment_ago(two, secretary):
    kept, gone = two
    looked = merging.look_at_people(kept, gone, by=secretary)
    gone.groups.add(Group.objects.get(name=EDITOR))

    with pytest.raises(NotNow, match='roles are never inherited'):
        merging.merge_people(kept, gone, by=secretary, state=looked.state, answers={})


def test_what_changed_since_it_was_shown_is_looked_at_first_and_it_is_done_once(two, secretary):
    kept, gone = two
    looked = merging.look_at_people(kept, gone, by=secretary)
    answers = {choice.name: choice.initial for choice in looked.choices}
    make_membership(gone)

    with pytest.raises(NotNow, match='Somebody changed one of the two'):
        merging.merge_people(kept, gone, by=secretary, state=looked.state, answers=answers)
    merged(kept, gone, secretary)
    with pytest.raises(NotNow, match='merged already'):
        merged(kept, gone, secretary)

    assert MergeRecord.objects.count() == 1


def test_both_addresses_are_told(two, secretary):
    kept, gone = two

    merged(kept, gone, secretary)

    told = Letter.objects.filter(kind='accounts_merged').values_list('to_address', flat=True)
    assert sorted(told) == sorted([kept.email, gone.email])


def test_what_was_on_its_way_to_the_other_entry_follows(two, secretary):
    from django.utils import timezone

    kept, gone = two
    merged(kept, gone, secretary)
    late = make_membership(make_organisation('Late Place'))
    late.seats.create(person=gone)

    merging.swept(timezone.now())

    assert [seat.person for seat in late.seats.all()] == [kept]
    assert EmailAddress.objects.filter(user=gone).count() == 0


def test_staff_choose_the_other_look_decide_and_merge(two, secretary, signed_in, django_assert_num_queries):
    kept, gone = two
    make_membership(kept), make_membership(gone)
    client = signed_in(secretary)
    start = reverse('admin:same_as', args=['person', kept.pk])

    page = client.get(reverse('admin:members_person_change', args=[kept.pk]))
    asked = client.post(start, {'other': gone.pk})
    with django_assert_num_queries(QUERIES):
        shown = client.get(asked.url)
    undecided = client.post(asked.url, {'state': shown.context['looked'].state})
    given = {choice.name: choice.options[0][0] for choice in shown.context['looked'].choices}
    done = client.post(asked.url, {'state': shown.context['looked'].state, **given})

    assert start in page.text
    assert (undecided.status_code, done.status_code) == (422, 302)
    assert client.get(reverse('admin:members_person_change', args=[gone.pk])).url == done.url
    assert (
        f'Merged with person {gone.pk}'
        in client.get(reverse('admin:members_person_history', args=[kept.pk])).text
    )
    assert 'Merged entry' not in client.get(reverse('admin:members_person_changelist')).text


def test_a_stale_page_is_shown_anew_with_what_was_chosen(two, secretary, signed_in):
    kept, gone = two
    client, path = signed_in(secretary), reverse('admin:merge', args=['person', kept.pk, gone.pk])
    state = client.get(path).context['looked'].state
    Person.objects.filter(pk=gone.pk).update(website='https://new.example/')

    answer = client.post(path, {'state': state, 'name': 'other', 'biography': 'other', 'email': '1'})

    assert answer.status_code == 409
    assert answer.context['form']['biography'].value() == 'other'
    assert answer.context['form']['state'].value() == answer.context['looked'].state != state


QUERIES = 17


def test_a_password_that_nobody_proved_opens_nothing_that_was_confirmed(secretary):
    planted = make_person('Jane Doe')
    planted.emailaddress_set.update(verified=False)
    real = make_person('Jane M. Doe')
    address = real.email

    merged(planted, real, secretary)

    planted.refresh_from_db()
    assert (planted.email, planted.has_usable_password()) == (address, False)
    assert list(planted.emailaddress_set.filter(verified=True).values_list('email', 'primary')) == [
        (address, True)
    ]


def test_the_address_that_was_chosen_is_the_one_taken(two, secretary):
    kept, gone = two
    gone.emailaddress_set.update(primary=False)
    new = gone.emailaddress_set.create(email='new@job.example', verified=True, primary=True)
    shown = merging.look_at_people(kept, gone, by=secretary)
    [question] = [choice for choice in shown.choices if choice.name == 'email']
    wanted = next(key for key, words in question.options if words == new.email)

    merged(kept, gone, secretary, email=wanted)

    kept.refresh_from_db()
    assert kept.email == new.email
