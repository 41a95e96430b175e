"""Offices: given and laid down with their days; leaving is never refused, and a vacancy is told at once."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from members import places, waiting
from members.letters import recipients
from members.models import Office, Person
from members.organisations import offices
from members.places import seats
from tests.conftest import make_membership, make_organisation, make_person
from tests.members.test_joining import said_of
from ukis import days
from ukis.letters.models import Letter, SuppressedAddress
from ukis.refusals import NotAllowed, NotNow

pytestmark = pytest.mark.django_db
MAIN, BILLING = Office.Role.MAIN, Office.Role.BILLING
TODAY = days.today()


@pytest.fixture
def place(society):
    organisation = make_organisation('Institute of Care')
    membership = make_membership(organisation)
    fiona, mia = make_person('Fiona Contact'), make_person('Mia Member')
    for person in (fiona, mia):
        seats.give(membership, by=None, person=person)
    return organisation, membership, fiona, mia


def vacancies() -> list[str]:
    return list(Letter.objects.filter(kind='office_vacant').values_list('to_address', flat=True))


def test_the_last_main_contact_goes_without_a_successor_and_staff_are_told_at_once(place, secretary):
    organisation, membership, fiona, _ = place
    office = offices.appoint(
        organisation, by=secretary, person=fiona, role=MAIN, since=TODAY - timedelta(days=9)
    )

    offices.step_down(office, by=fiona)
    offices.step_down(office, by=fiona)  # a second tab
    offices.look_for_silent(timezone.now())

    assert not organisation.offices.current().exists()
    assert vacancies() == ['office@society.example']
    assert [one.is_staff for one in recipients.of_renewal(membership)] == [True]
    yesterday = days.in_words(TODAY - timedelta(days=1))
    assert said_of(organisation)[-1] == f'Main contact Fiona Contact: To: was empty, is {yesterday}.'


def test_where_the_office_has_no_address_whoever_is_secretary_is_told(place, society, secretary):
    organisation, _, fiona, _ = place
    office = offices.appoint(organisation, by=secretary, person=fiona, role=MAIN)
    society.office_address = ''
    society.save()

    offices.step_down(office, by=fiona)

    assert vacancies() == [secretary.email]


def test_a_successor_takes_it_over_and_nobody_is_alarmed(place):
    organisation, _, fiona, mia = place
    office = offices.appoint(organisation, by=None, person=fiona, role=MAIN)

    offices.step_down(office, by=fiona, successor=mia)

    assert [one.person for one in organisation.offices.current(TODAY + timedelta(days=1))] == [mia]
    assert vacancies() == []
    assert Letter.objects.filter(kind='office_given', to=mia).count() == 1


@pytest.mark.parametrize('how', ['deactivated', 'suppressed', 'left altogether', 'term of office over'])
def test_a_main_contact_who_cannot_be_reached_is_told_of_once(place, how):
    organisation, _, fiona, mia = place
    office = offices.appoint(organisation, by=None, person=fiona, role=MAIN, since=TODAY - timedelta(days=9))
    other = offices.appoint(organisation, by=None, person=mia, role=MAIN)
    gone = {
        'deactivated': lambda: Person.objects.filter(pk=fiona.pk).update(is_active=False),
        'suppressed': lambda: SuppressedAddress.objects.create(address=fiona.email, reason='550'),
        'left altogether': lambda: offices.leave_all(fiona, by=fiona),
        'term of office over': lambda: Office.objects.filter(pk=office.pk).update(
            until=TODAY - timedelta(days=1)
        ),
    }[how]

    gone()
    offices.look_for_silent(timezone.now())
    with_another = vacancies()
    Office.objects.filter(pk=other.pk).delete()
    for _ in range(2):
        offices.look_for_silent(timezone.now())

    assert (with_another, vacancies()) == ([], ['office@society.example'])


@pytest.mark.parametrize('silent', [{'is_active': False}, {'email': None}, 'suppressed', {}])
def test_letter_list_and_sentence_agree_whether_there_is_a_main_contact(place, silent):
    organisation, _, fiona, mia = place
    offices.appoint(organisation, by=None, person=fiona, role=MAIN)
    if silent == 'suppressed':
        SuppressedAddress.objects.create(address=fiona.email, reason='550')
    elif silent:
        Person.objects.filter(pk=fiona.pk).update(**silent)

    offices.look_for_silent(timezone.now())
    [listed] = [one.count for one in waiting.all_of_it() if one.words.startswith('organisations without')]
    said = places.place_sentence(mia)

    nobody = '; it has no main contact at present, so ask the Society’s office.'
    assert (len(vacancies()), listed) == ((1, 1) if silent else (0, 0))
    assert said.endswith(nobody if silent else '; contact Fiona Contact.')


def test_each_vacancy_is_told_once_also_of_one_who_was_heard_of_again(place):
    organisation, _, fiona, _ = place
    since, counts = TODAY - timedelta(days=9), []
    office = offices.appoint(organisation, by=None, person=fiona, role=MAIN, since=since)

    for is_active in (False, True, False):
        Person.objects.filter(pk=fiona.pk).update(is_active=is_active)
        for _ in range(2):
            offices.look_for_silent(timezone.now())
        counts.append(len(vacancies()))
    offices.step_down(office, by=fiona)
    offices.look_for_silent(timezone.now())
    counts.append(len(vacancies()))
    Person.objects.filter(pk=fiona.pk).update(is_active=True)
    again = offices.appoint(organisation, by=None, person=fiona, role=MAIN, since=TODAY)
    offices.step_down(again, by=fiona)
    offices.look_for_silent(timezone.now())
    counts.append(len(vacancies()))

    assert counts == [1, 1, 2, 2, 3]


def test_who_may_give_and_end_an_office(place, stranger, secretary):
    organisation, _, fiona, mia = place
    offices.appoint(organisation, by=secretary, person=fiona, role=MAIN)
    billing = offices.appoint(organisation, by=fiona, person=mia, role=BILLING)

    with pytest.raises(NotAllowed):
        offices.appoint(organisation, by=mia, person=mia, role=MAIN)
    with pytest.raises(NotNow, match='Sam Stranger has no place in Institute of Care'):
        offices.appoint(organisation, by=fiona, person=stranger, role=BILLING)
    with pytest.raises(NotNow, match='Mia Member holds that office already'):
        offices.appoint(organisation, by=fiona, person=mia, role=BILLING)
    with pytest.raises(NotAllowed):
        offices.step_down(billing, by=stranger)
    offices.step_down(billing, by=mia)

    assert organisation.offices.current(TODAY + timedelta(days=1)).get().person == fiona


def test_staff_keep_offices_on_the_organisation_s_page(place, secretary, signed_in):
    from tests.conftest import form_of

    organisation, _, fiona, _ = place
    client = signed_in(secretary)
    path = reverse('admin:members_organisation_change', args=[organisation.pk])
    form = form_of(client.get(path))
    row = {
        'offices-0-person': fiona.pk,
        'offices-0-role': 'main',
        'offices-0-since': '',
        'offices-0-until': '',
    }

    client.post(path, form | row)

    assert organisation.offices.current().get().person == fiona
    assert said_of(organisation) == [f'Main contact from {days.in_words(TODAY)}: Fiona Contact.']
