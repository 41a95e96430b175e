"""The page of an organisation in the admin: its names, logo and topics, and what stands in the Society of it."""

from datetime import timedelta
from html import unescape

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.urls import reverse

from members import likeness, spelling
from members.models import EarlierName, Organisation
from members.places import seats
from tests.conftest import fill_in, make_membership, make_organisation, make_person, make_seat
from tests.members.test_membership_page import faults
from ukis import days
from ukis.demonstration.pictures import draw
from ukis.pictures import fields

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures('society')]
ADD = 'admin:members_organisation_add'


def page_of(organisation) -> str:
    return reverse('admin:members_organisation_change', args=[organisation.pk])


def logo() -> SimpleUploadedFile:
    return SimpleUploadedFile('logo.jpg', draw('logo', 200, 100), 'image/jpeg')


def test_a_new_name_keeps_the_earlier_one(secretary, signed_in):
    organisation = make_organisation('Unit for Care')
    client = signed_in(secretary)

    fill_in(client, page_of(organisation), name='Institute of Care')

    organisation.refresh_from_db()
    yesterday = days.today().toordinal() - 1
    assert organisation.name == 'Institute of Care'
    assert [(row.name, row.until.toordinal()) for row in EarlierName.objects.all()] == [
        ('Unit for Care', yesterday)
    ]
    history = client.get(reverse('admin:members_organisation_history', args=[organisation.pk]))
    assert 'Name: was “Unit for Care”, is “Institute of Care”.' in unescape(history.text)


def test_an_earlier_name_that_staff_wrote_down_themselves_is_kept_once(secretary, signed_in):
    organisation = make_organisation('Unit for Care')
    until = days.today() - timedelta(days=120)
    typed = {'earlier_names-0-name': 'Unit for Care', 'earlier_names-0-until': days.in_words(until)}

    fill_in(signed_in(secretary), page_of(organisation), name='Institute of Care', **typed)

    assert [f'{row.name} {row.until}' for row in EarlierName.objects.all()] == [f'Unit for Care {until}']


def test_a_slip_is_not_kept(secretary, signed_in):
    organisation = make_organisation('Insitute of Care')

    fill_in(signed_in(secretary), page_of(organisation), name='Institute of Care', slip='on')

    organisation.refresh_from_db()
    assert organisation.name == 'Institute of Care'
    assert not EarlierName.objects.exists()


def test_a_logo_needs_its_words_and_stays_chosen_until_it_has_them(secretary, signed_in):
    organisation = make_organisation('Institute of Care')
    client = signed_in(secretary)

    without = fill_in(client, page_of(organisation), logo_file=logo(), topics='Rural services,')
    kept = without.text.split('name="logo_file-kept" value="')[1].split('"')[0]
    fill_in(client, page_of(organisation), **{'logo_file-kept': kept, 'logo_alt': 'Logo of the Institute',
                                             'topics': 'Rural services,'})  # fmt: skip

    organisation.refresh_from_db()
    assert faults(without) == ['The logo in words: Say in a few words what the logo shows.']
    assert (organisation.logo.width, organisation.logo_alt) == (200, 'Logo of the Institute')
    assert list(organisation.topics.names()) == ['Rural services']
    assert 'alt="Logo of the Institute"' in client.get(page_of(organisation)).text


def test_membership_and_seats_are_seen_from_the_organisation(secretary, signed_in):
    organisation = make_organisation('Institute of Care')
    client = signed_in(secretary)
    before = client.get(page_of(organisation)).text
    membership = make_membership(organisation, status='grace')
    make_seat(make_person('Mia Member'), organisation)
    seats.end(make_seat(make_person('Gone Member'), organisation), by=None)

    page = client.get(page_of(organisation)).text

    assert f'{reverse("admin:members_membership_add")}?organisation={organisation.pk}' in before
    assert f'">Number {membership.number}, Organisation</a>: In grace until' in page
    assert f'Membership {membership.number}: 1 of 1 used' in page
    assert 'Mia Member</a>, active from 1 January 2020' in page
    assert 'Gone Member' not in page


@pytest.mark.parametrize(
    'name',
    ['Institute of Children’s Care', 'THE INSTITUTE OF CHILDRENS CARE', 'Institute of Children\'s Care Ltd',
     'Institute  of Childrens Care, Limited', 'Former Unit'],
)  # fmt: skip
def test_a_namesake_is_a_warning_and_no_refusal(secretary, signed_in, name):
    known = make_organisation('Institute of Children’s Care')
    known.earlier_names.create(name='Former Unit')
    client = signed_in(secretary)

    answer = fill_in(client, reverse(ADD), name=name, kind='other', nations=[])

    assert answer.status_code == 302
    said = client.get(reverse('admin:index')).text
    assert f'there is another of this name: <a href="{page_of(known)}">' in said
    assert Organisation.objects.count() == 2


@pytest.mark.parametrize('name', ['Institute of Care', 'Institute of Children', '李'])
def test_another_name_is_none(name):
    for known in ('Institute of Children’s Care', 'Institute of Carers', '王'):
        make_organisation(known)

    assert likeness.organisations_called(name, besides=Organisation()) == []


def test_names_that_registers_write_in_many_ways_are_folded_to_one():
    pairs = [
        ('The Health & Care Trust', 'health and care trust'),
        ('Łódź Centre', 'łódź centre'),
        ('Société d’Écosse', "SOCIÉTÉ D'ÉCOSSE"),
        ('The', 'THE'),
    ]

    assert [spelling.folded(one) == spelling.folded(other) for one, other in pairs] == [True] * 4


def test_a_logo_is_taken_before_the_pages_transaction(secretary, signed_in, monkeypatch):
    """A store that takes its time keeps no other writer waiting."""
    organisation, client = make_organisation('Unit for Care'), signed_in(secretary)
    outside, seen, accept = len(connection.savepoint_ids), [], fields.accept
    monkeypatch.setattr(
        fields,
        'accept',
        lambda *sent: (seen.append(len(connection.savepoint_ids)), accept(*sent))[1],
    )

    fill_in(client, page_of(organisation), logo_file=logo(), logo_alt='Logo of it')

    organisation.refresh_from_db()
    assert organisation.logo.uploaded_by == secretary
    assert seen == [outside]


def test_who_may_only_read_it_meets_no_fields_and_reads_the_nations_in_words(editor, signed_in):
    organisation = make_organisation('Unit for Care', nations=['england', 'northern-ireland'])

    page = signed_in(editor).get(page_of(organisation)).text

    assert 'England, Northern Ireland' in page
    assert [label for label in ('Slip', 'Logo file', 'Remove logo', '[&quot;') if label in page] == []


def test_a_list_is_called_by_what_is_in_it(editor, secretary, signed_in):
    for person in (editor, secretary):
        assert (
            '<h1>Organisations</h1>'
            in signed_in(person).get(reverse('admin:members_organisation_changelist')).text
        )


def test_a_row_that_nobody_changed_by_hand_says_so(secretary, signed_in):
    organisation = make_organisation('Unit for Care')

    page = (
        signed_in(secretary).get(reverse('admin:members_organisation_history', args=[organisation.pk])).text
    )

    assert 'Nothing was changed here by hand since it was made.' in page
