"""The page of a person in the admin: where they work, their picture and topics, their place, and who may sign in."""

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from html import unescape

import pytest
from django.contrib.auth.models import Group
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.urls import reverse

from members import likeness, staffing
from members.models import Application, Person
from members.roles import ADMINISTRATOR, EDITOR
from tests.conftest import (
    fill_in,
    form_of,
    make_application,
    make_category,
    make_membership,
    make_organisation,
    make_person,
    make_seat,
)
from tests.members.test_joining import said_of
from tests.members.test_membership_page import faults
from tests.processes import cookie_of
from ukis import days
from ukis.demonstration.pictures import draw
from ukis.pictures import fields

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures('society')]
TODAY = days.today()
ADD = 'admin:members_person_add'


def page_of(person) -> str:
    return reverse('admin:members_person_change', args=[person.pk])


@pytest.fixture
def person():
    person = make_person('Mia Member')
    person.affiliations.create(organisation=make_organisation('Old Place'), job_title='Researcher', main=True)
    return person


def test_what_there_is_not_yet_is_said_in_words(person, secretary, signed_in):
    page = signed_in(secretary).get(page_of(person)).text

    assert '>None<' not in page
    assert '<div class="readonly">not yet</div>' in page
    assert '<div class="readonly">none</div>' in page


def test_one_save_ends_one_affiliation_and_starts_the_next_main_one(person, secretary, signed_in):
    new = make_organisation('New Place')

    answer = fill_in(
        signed_in(secretary), page_of(person),
        **{'affiliations-0-until': '31 March 2026', 'affiliations-1-organisation': new.pk,
           'affiliations-1-job_title': 'Director', 'affiliations-1-since': '1 April 2026', 'affiliations-1-main': 'on'},
    )  # fmt: skip

    assert answer.status_code == 302
    assert [(row.organisation.name, row.main, row.until) for row in person.affiliations.order_by('pk')] == [
        ('Old Place', True, days.DayField().clean('31 March 2026')),
        ('New Place', True, None),
    ]


def test_the_main_one_changes_hands_in_one_save(person, secretary, signed_in):
    person.affiliations.create(organisation=make_organisation('Other Place'))
    client = signed_in(secretary)
    sent = form_of(client.get(page_of(person))) | {'affiliations-1-main': 'on'}
    del sent['affiliations-0-main']

    assert client.post(page_of(person), sent).status_code == 302
    assert [row.main for row in person.affiliations.order_by('pk')] == [False, True]


def test_two_main_affiliations_are_refused_beside_the_new_one(person, secretary, signed_in):
    answer = fill_in(
        signed_in(secretary), page_of(person),
        **{'affiliations-1-organisation': make_organisation().pk, 'affiliations-1-main': 'on',
           'biography': 'Typed here.'},
    )  # fmt: skip

    assert faults(answer) == ['Affiliation 2: Main: Only one open affiliation can be the main one.']
    assert 'Typed here.' in answer.text
    assert person.affiliations.count() == 1


def test_photo_and_topics_are_kept_in_the_admin(person, secretary, signed_in):
    client = signed_in(secretary)
    photo = SimpleUploadedFile('her.jpg', draw('her', 300, 300), 'image/jpeg')

    fill_in(client, page_of(person), photo_file=photo, topics='Rural services, Coaching')
    shown = client.get(page_of(person))
    person.refresh_from_db()
    had, topics = person.photo, sorted(person.topics.names())
    fill_in(client, page_of(person), remove_photo='on')
    person.refresh_from_db()

    assert (had.width, had.uploaded_by) == (300, secretary)
    assert topics == ['Coaching', 'Rural services']
    assert 'alt="Photo of Mia Member"' in shown.text
    assert person.photo is None


def test_a_photo_that_is_none_is_answered_and_one_that_is_stays_chosen(person, secretary, signed_in):
    client = signed_in(secretary)
    good = SimpleUploadedFile('her.jpg', draw('her', 300, 300), 'image/jpeg')

    bad = fill_in(
        client, page_of(person), photo_file=SimpleUploadedFile('her.jpg', b'none'), biography='Typed.'
    )
    other_fault = fill_in(client, page_of(person), photo_file=good, slug='not an address')

    assert [said.partition(':')[0] for said in faults(bad)] == ['Photo']
    assert 'Typed.' in bad.text
    assert 'The picture you chose is here.' in other_fault.text


def test_membership_and_seats_are_seen_from_the_person(secretary, signed_in):
    person = make_person('Mia Member')
    client = signed_in(secretary)
    before = client.get(page_of(person)).text
    own = make_membership(person, status='due')
    seat = make_seat(person, make_organisation('Institute of Care'))

    page = client.get(page_of(person)).text

    assert f'{reverse("admin:members_membership_add")}?person={person.pk}' in before
    assert (
        f'{reverse("admin:members_membership_change", args=[own.pk])}">Number {own.number}, Individual</a>'
        in page
    )
    assert 'Due: cover stops on' in page
    assert (
        f'{reverse("admin:members_membership_change", args=[seat.membership_id])}">Institute of Care' in page
    )
    assert 'active from 1 January 2020. The membership is: active.' in page


def test_a_namesake_is_a_warning(secretary, signed_in):
    make_person('Siân Wyn-Jones')
    client = signed_in(secretary)
    sent = {'name': 'sian wyn jones', 'page_for': 'members', 'biography_for': 'public', 'photo_for': 'public'}

    answer = fill_in(client, reverse(ADD), **sent)

    assert answer.status_code == 302
    assert 'there is another with the same name: <a' in client.get(reverse('admin:index')).text


def test_whoever_has_or_had_the_address_or_has_the_orcid_is_shown_as_perhaps_the_same(secretary, signed_in):
    orcid, name = '0000-0002-1825-0097', 'Siân Wyn-Jones'
    had, invited, has_orcid = (
        make_person(orcid=orcid),
        make_person(),
        make_person('Another Name', orcid=orcid),
    )
    had.emailaddress_set.create(email='sian@old.example', verified=True)
    make_seat(invited, make_organisation()).membership.seats.update(address='sian@old.example')
    new = make_person(name, email='sian@new.example', orcid=orcid)
    row = make_application(new, category=make_category('Individual', holders='people'), organisation_name='')
    Application.objects.update(email='sian@old.example')
    Person.objects.filter(pk=had.pk).update(orcid='')

    found = likeness.people_like(new)
    page = signed_in(secretary).get(reverse('admin:members_application_change', args=[row.pk])).text

    assert {one.person: one.reasons for one in found} == {
        had: ('the same address, sian@old.example',),
        invited: ('the same address, sian@old.example',),
        has_orcid: (f'the same ORCID, {orcid}',),
    }
    assert page.count('the same address, sian@old.example') == 2


@pytest.mark.parametrize(
    ('without', 'field'),
    [({'groups': []}, 'Roles'), ({'is_staff': None}, 'May open the admin'), ({'is_active': None}, 'May sign in'),
     ({'email': ''}, 'Email')],
)  # fmt: skip
def test_the_last_active_administrator_cannot_go(administrator, signed_in, without, field):
    client = signed_in(administrator)
    sent = form_of(client.get(page_of(administrator))) | without | {'biography': 'Typed here.'}
    sent = {name: value for name, value in sent.items() if value is not None}

    answer = client.post(page_of(administrator), sent)

    assert faults(answer) == [
        f'{field}: Amir Administrator is the last active Administrator. '
        'Make somebody else Administrator first; then this can be changed.'
    ]
    assert 'Typed here.' in answer.text
    assert staffing.administrators().get() == administrator


def test_roles_are_given_and_their_history_told(administrator, signed_in):
    person = make_person('Ed Editor', group=EDITOR)
    groups = [group.pk for group in Group.objects.filter(name__in=[EDITOR, ADMINISTRATOR])]
    client = signed_in(administrator)

    fill_in(client, page_of(person), groups=groups, biography='New words.', nation='wales')

    page = client.get(reverse('admin:members_person_history', args=[person.pk]))
    assert set(person.groups.values_list('name', flat=True)) == {EDITOR, ADMINISTRATOR}
    assert 'Roles: was “Editor”, is “Administrator”, “Editor”.' in unescape(page.text)
    assert 'Biography changed. Nation: was nothing, is Wales.' in page.text


def test_the_secretary_decides_who_of_the_rest_may_sign_in(person, secretary, administrator, signed_in):
    client = signed_in(secretary)
    sent = form_of(client.get(page_of(person)))
    del sent['is_active']

    client.post(page_of(person), sent)
    client.post(page_of(administrator), form_of(client.get(page_of(administrator))) | {'is_staff': ''})

    person.refresh_from_db()
    administrator.refresh_from_db()
    assert (person.is_active, administrator.is_staff) == (False, True)
    assert said_of(person) == ['May sign in: was yes, is no.']


@pytest.mark.django_db(transaction=True)
def test_two_administrators_who_demote_one_another_at_once_leave_one(site, administrator, signed_in):
    client = signed_in(administrator)
    webs = [site.web(), site.web()]
    for _ in range(4):
        other = make_person(group=ADMINISTRATOR)
        pair = [*staffing.administrators().exclude(pk=other.pk), other]
        sent = [form_of(client.get(page_of(person))) | {'groups': []} for person in pair]
        client = signed_in(other)
        barrier = threading.Barrier(2)

        def demote(web, person, form, client=client, barrier=barrier):
            form.pop('groups')
            barrier.wait()
            return web.ask('POST', page_of(person), cookie=cookie_of(client), form=form)[0]

        with ThreadPoolExecutor() as pool:
            codes = list(pool.map(demote, webs, pair, sent))

        assert staffing.administrators().count() == 1, codes
        client = signed_in(staffing.administrators().get())


def test_a_day_in_words_is_taken_and_shown(person, secretary, signed_in):
    client = signed_in(secretary)
    fill_in(client, page_of(person), **{'affiliations-0-since': '12 November 2020'})

    assert 'value="12 November 2020"' in client.get(page_of(person)).text
    assert person.affiliations.get().since == TODAY.replace(2020, 11, 12) - timedelta(0)


def test_a_photo_is_taken_before_the_pages_transaction(secretary, signed_in, monkeypatch):
    """A store that takes its time keeps no other writer waiting."""
    person, client = make_person('Rita Okafor'), signed_in(secretary)
    outside, seen, accept = len(connection.savepoint_ids), [], fields.accept
    monkeypatch.setattr(
        fields,
        'accept',
        lambda *sent: (seen.append(len(connection.savepoint_ids)), accept(*sent))[1],
    )

    fill_in(
        client, page_of(person), photo_file=SimpleUploadedFile('her.jpg', draw('her', 300, 300), 'image/jpeg')
    )

    person.refresh_from_db()
    assert person.photo.uploaded_by == secretary
    assert seen == [outside]


def test_who_may_only_read_it_meets_no_fields(person, editor, signed_in):
    page = signed_in(editor).get(reverse('admin:members_person_change', args=[person.pk])).text

    assert [label for label in ('Photo file', 'Remove photo') if label in page] == []
