"""The registers as files: what is exported is taken back unchanged, and nothing is done by half."""

import csv
import io
from datetime import date
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from members import erasing, exchange
from members.models import (
    Membership,
    Organisation,
    Person,
    RegisterImport,
    Registration,
    Seat,
    Term,
)
from members.places import seats
from tests.conftest import make_category, make_membership, make_organisation, make_person, make_seat
from ukis import erasing as rows_of
from ukis.letters.models import SuppressedAddress
from ukis.tables import as_csv

pytestmark = pytest.mark.django_db


def exported(register: str) -> bytes:
    return b''.join(as_csv(*exchange.export(exchange.REGISTERS[register]())))


def table_of(register: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(exported(register).decode('utf-8-sig'))))


def written(rows: list[dict[str, str]], delimiter: str = ',', encoding: str = 'utf-8-sig') -> bytes:
    file = io.StringIO(newline='')
    writer = csv.DictWriter(file, list(rows[0]), delimiter=delimiter)
    writer.writeheader()
    writer.writerows(rows)
    return file.getvalue().encode(encoding, 'replace')


def taken(data: bytes, register: str, by: Person) -> RegisterImport:
    return exchange.take(data, by=by, register=register, file_name='register.csv')


def carried_out(data: bytes, register: str, by: Person) -> RegisterImport:
    row = taken(data, register, by)
    assert [one.why for one in row.rows.filter(kind='refused')] == []
    return exchange.carry_out(exchange.confirm(row, by=by))


def counts(row: RegisterImport) -> tuple[int, int, int, int]:
    return row.new, row.changed, row.unchanged, row.refused


def refusals(row: RegisterImport) -> list[tuple[int, str]]:
    return [(one.line, one.why) for one in row.rows.filter(kind='refused')]


@pytest.fixture
def one_of_each(society) -> Membership:
    """An odd one of each: what spreadsheets turn, and what they reckon."""
    body = make_organisation(
        'Łódź Institute, “Ŵ”',
        nations=['wales', 'scotland'],
        billing_address='1 High Street\nCardiff\n+44 29 2000 0000',
        description='=SUM(1)',
    )
    body.topics.set(['Care', 'Scale-up'])
    Registration.objects.create(organisation=body, register='companies', number='01234567')
    person = make_person(
        'Łucja Ŵyn', orcid='0000-0002-1825-0097', email='+lucja@people.example', nation='wales'
    )
    SuppressedAddress.objects.create(address='+lucja@people.example', reason='550 no such user')
    make_person('Guest Writer', email=None)
    membership = make_membership(body)
    make_seat(person, body)
    return membership


@pytest.mark.parametrize('register', exchange.REGISTERS)
def test_what_is_exported_comes_back_and_changes_nothing(register, one_of_each, secretary):
    row = taken(exported(register), register, secretary)

    assert counts(row) == (0, 0, len(table_of(register)), 0)
    assert row.left == 0
    assert len(table_of(register)) > 0


@pytest.mark.parametrize(
    ('delimiter', 'encoding'), [(';', 'cp1252'), ('\t', 'utf-16'), (',', 'utf-8-sig'), (';', 'utf-8')]
)
def test_a_spreadsheet_s_own_way_of_writing_changes_nothing(delimiter, encoding, one_of_each, secretary):
    for register in exchange.REGISTERS:
        rows = table_of(register)
        for row in rows:
            for head, cell in row.items():
                if cell.startswith('20') and cell.count('-') == 2:
                    row[head] = '/'.join(reversed(cell.split('-')))  # as Excel has it here
                if head == 'Companies House':
                    row[head] = cell.lstrip('0')
                if head == 'Fee':
                    row[head] = cell.removesuffix('.00')

        found = taken(written(rows, delimiter, encoding), register, secretary)

        assert (register, counts(found), refusals(found)) == (register, (0, 0, len(rows), 0), [])


def test_the_export_tells_who_refuses_letters_and_no_file_lifts_it(one_of_each, secretary):
    [row] = [one for one in table_of('people') if one['Name as printed'] == 'Łucja Ŵyn']

    found = taken(written([row | {'Letters not sent': '', 'Not since': '2001-01-01'}]), 'people', secretary)

    assert row['Email'] == "'+lucja@people.example"
    assert row['Letters not sent'] == 'no letter at all'
    assert row['Why not'] == 'staff wrote it down: 550 no such user'
    assert counts(found) == (0, 0, 1, 0)
    assert found.left == 1


def test_changes_are_told_first_and_carried_out_by_the_verbs(one_of_each, secretary):
    body = one_of_each.organisation
    [row] = [one for one in table_of('organisations') if one['Name'] == body.name]
    data = written(
        [
            {
                'Key': row['Key'],
                'Name': 'Łódź Centre',
                'Short name': '',
                'Description': '(clear)',
                'Topics': 'Care, New',
                'Companies House': '1234567, SC123456',
                'Nations': 'Wales',
            }
        ]
    )

    looked = taken(data, 'organisations', secretary)
    stood = Organisation.objects.get(pk=body.pk).name
    done = exchange.carry_out(exchange.confirm(looked, by=secretary))

    [told] = looked.rows.all()
    assert [tuple(one) for one in told.changes] == [
        ('Name', 'Łódź Institute, “Ŵ”', 'Łódź Centre'),
        ('Nations', 'Wales, Scotland', 'Wales'),
        ('Description', '=SUM(1)', ''),
        ('Topics', 'Care, Scale-up', 'Care, New'),
        ('Companies House', '01234567', '01234567, SC123456'),
    ]
    assert (stood, done.state, done.content) == (body.name, 'done', None)
    body.refresh_from_db()
    assert (body.name, body.description, body.nations) == ('Łódź Centre', '', ['wales'])
    assert [one.name for one in body.earlier_names.all()] == ['Łódź Institute, “Ŵ”']
    assert sorted(tag.name for tag in body.topics.all()) == ['Care', 'New']
    assert counts(taken(data, 'organisations', secretary)) == (0, 0, 1, 0)


def test_who_comes_in_by_a_file_has_said_yes_to_nothing(society, secretary):
    data = written(
        [
            {'Name as printed': 'Nia New', 'Email': 'Nia@People.Example'},
            {'Name as printed': 'Guy Guest', 'Email': ''},
        ]
    )

    carried_out(data, 'people', secretary)

    nia = Person.objects.get(email='nia@people.example')
    assert (nia.page_for, nia.indexed, nia.may_be_asked, nia.has_usable_password()) == (
        'nobody',
        False,
        False,
        False,
    )
    assert [(one.email, one.verified) for one in nia.emailaddress_set.all()] == [
        ('nia@people.example', False)
    ]
    assert Person.objects.get(name='Guy Guest').email is None
    assert counts(taken(data, 'people', secretary)) == (0, 0, 2, 0)


def test_a_file_closes_what_somebody_shows_and_opens_nothing(secretary):
    closed = make_person('Cleo Closed', page_for='members', may_be_asked=False)
    data = [{'Key': str(closed.pk), 'Who sees their page': 'nobody'}]
    assert counts(taken(written(data), 'people', secretary)) == (0, 1, 0, 0)

    opened = taken(
        written([{'Key': str(closed.pk), 'Who sees their page': 'everybody'}]), 'people', secretary
    )
    asked = taken(
        written([{'Key': str(closed.pk), 'May be asked for an introduction': 'yes'}]), 'people', secretary
    )

    assert [why for _, why in refusals(opened) + refusals(asked)] == [
        '“Who sees their page” is “members” until they choose otherwise themselves: a file cannot make it “everybody”.',
        '“May be asked for an introduction” is “no” until they choose otherwise themselves: a file cannot make it “yes”.',
    ]


def test_a_membership_its_term_and_its_seats_come_in_by_files(society, secretary):
    body, person = make_organisation('Centre'), make_person('Sam Place')
    make_category('Band', fee=450, seats=1)
    members = written(
        [{'Organisation': 'Centre', 'Category': 'Band', 'Joined on': '25/04/2026', 'Ends on': ''}]
    )

    carried_out(members, 'memberships', secretary)
    membership = Membership.objects.get(organisation=body)
    number = str(membership.number)
    terms = written(
        [
            {
                'Membership number': number,
                'From': '2026-04-25',
                'To': '2027-04-24',
                'Payment': 'free',
                'Fee': '450',
            }
        ]
    )
    carried_out(terms, 'terms', secretary)
    places = written([{'Membership number': number, 'Person': person.email, 'From': '2026-05-01'}])
    carried_out(places, 'places', secretary)

    assert membership.joined_on == date(2026, 4, 25)
    assert [(one.fee, one.seats, one.payment) for one in membership.terms.all()] == [
        (Decimal(450), 1, 'free')
    ]
    assert str(seats.use(membership)) == '1 of 1 used'
    for data, register in ((members, 'memberships'), (terms, 'terms'), (places, 'places')):
        assert counts(taken(data, register, secretary)) == (0, 0, 1, 0)
    one_more = written([{'Membership number': number, 'Person': make_person().email}])
    assert refusals(taken(one_more, 'places', secretary)) == [
        (2, 'The membership has 1 places, and this would be one more.')
    ]


@pytest.mark.parametrize(
    ('register', 'row', 'why'),
    [
        ('memberships', {'Joined on': '01/02/2026'}, '“Joined on”: 01/02/2026 may be 1 February 2026 or 2 January 2026, as days are written in this file. Write it as 2026-02-01.'),
        ('memberships', {'Joined on': '1/2/26'}, '“Joined on”: “1/2/26” is no day. Write it like this: 2026-02-01.'),
        ('memberships', {'Category': 'None such'}, '“Category”: there is no category “None such”.'),
        ('memberships', {'Category': '(clear)'}, '“Category” cannot be cleared.'),
        ('memberships', {'Membership number': '77', 'Organisation': ''}, 'Say either the organisation or the person who holds it.'),
        ('terms', {'Payment': 'paid'}, '“Payment”: “paid” follows from an invoice and its payments.'),
        ('terms', {'Places': 'many'}, '“Places”: “many” is no whole number.'),
        ('organisations', {'Kind': 'Pub'}, '“Kind”: “Pub” is none of University, Research institute, Health service, Local government, Government, Charity, Other.'),
        ('people', {'ORCID': '0000-0002-1825-0098'}, '“ORCID”: This ORCID has a slip in it: its last character does not fit the others.'),
        ('people', {'Key': '999999'}, 'There is no person with the key 999999. Leave it empty for a new one.'),
        ('places', {'State': 'refused'}, '“State”: a file can only end a place that is active.'),
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused_in_a_sentence(register, row, why, one_of_each, secretary):
    Term.objects.update(payment='unpaid')
    [stands, *_] = [one for one in table_of(register) if one.get('Name as printed') in (None, 'Łucja Ŵyn')]

    found = taken(written([stands | row]), register, secretary)

    assert refusals(found) == [(2, why)]
    with pytest.raises(Exception, match='nothing is done by half'):
        exchange.confirm(found, by=secretary)


def test_a_no_of_any_of_their_addresses_stands_against_a_file(society, secretary):
    membership, mia = make_membership(make_organisation()), make_person('Mia New')
    mia.emailaddress_set.create(email='mia@home.example', verified=True)
    Seat.objects.create(membership=membership, address='mia@home.example', state='refused')
    data = written([{'Membership number': membership.number, 'Person': mia.email}])

    row = taken(data, 'places', secretary)

    assert counts(row) == (0, 0, 0, 1)
    assert 'has a place here that was refused or withdrawn' in row.rows.get().why


def test_two_rows_of_the_same_and_a_name_that_reads_alike_are_refused(society, secretary):
    make_organisation('Institute of Care')
    data = written(
        [
            {'Key': '', 'Name': 'New One'},
            {'Key': '', 'Name': 'NEW ONE'},
            {'Key': '', 'Name': 'Institute of Cäre'},
        ]
    )

    found = taken(data, 'organisations', secretary)

    assert counts(found) == (1, 1, 0, 1)
    assert refusals(found) == [(3, 'Row 2 of the file speaks of the same.')]


def test_where_the_registers_changed_meanwhile_nothing_is_written(society, secretary):
    bodies = [make_organisation(f'Body {number}') for number in range(3)]
    rows = [{'Key': str(one.pk), 'Short name': 'Theirs'} for one in bodies]
    row = exchange.confirm(taken(written(rows), 'organisations', secretary), by=secretary)
    Organisation.objects.filter(pk=bodies[2].pk).update(short_name='Mine')

    again = exchange.carry_out(row)

    assert (again.state, again.trouble) == (
        'looked',
        'Nothing was carried out. What the file is about was changed since you looked at it: look at it again.',
    )
    assert set(Organisation.objects.values_list('short_name', flat=True)) == {'', 'Mine'}


def test_the_worker_reads_and_carries_out_what_is_large(society, secretary, monkeypatch):
    monkeypatch.setattr('members.exchange.importing.SMALL', 1)
    data = written([{'Name': f'Body number {number}'} for number in range(3)])
    row = taken(data, 'organisations', secretary)
    assert row.state == 'waiting'

    exchange.carry_out_confirmed(row.at)
    row.refresh_from_db()
    assert (row.state, counts(row)) == ('looked', (3, 0, 0, 0))
    exchange.confirm(row, by=secretary)
    exchange.carry_out_confirmed(row.at)
    exchange.carry_out_confirmed(row.at)

    row.refresh_from_db()
    assert (row.state, Organisation.objects.count(), exchange.progress(row)) == ('done', 3, 0)


def test_by_pages_from_the_file_to_its_end(one_of_each, secretary, editor, signed_in):
    client = signed_in(secretary)
    file = SimpleUploadedFile('o.csv', written([{'Name': 'Brand New', 'Colour': 'red'}]))
    page = client.get(reverse('admin:registers'))
    looked = client.post(reverse('admin:registers'), {'register': 'organisations', 'file': file}, follow=True)
    address = looked.redirect_chain[-1][0]

    done = client.post(address, follow=True)
    again = client.post(address, follow=True)

    assert 'Organisations as CSV' in page.text
    assert '1 new' in looked.text
    assert 'Colour' in looked.text
    assert 'is carried out.' in done.text
    assert again.status_code == 200
    assert Organisation.objects.filter(name='Brand New', public=False).count() == 1
    assert signed_in(editor).get(reverse('admin:register_file', args=['people'])).status_code == 403
    file = client.get(reverse('admin:register_file', args=['places']))
    assert b''.join(file.streaming_content) == exported('places')
    wrong = SimpleUploadedFile('o.csv', b'a,b\n1,2\n')
    refused = client.post(reverse('admin:registers'), {'register': 'people', 'file': wrong})
    assert 'names none of the columns of this register' in refused.text


def test_more_rows_are_read_with_no_more_questions_each(society, secretary, django_assert_max_num_queries):
    for number in range(60):
        make_person(f'Person {number}').topics.set(['Care'])
    data = exported('people')

    with django_assert_max_num_queries(25):
        row = taken(data, 'people', secretary)

    assert row.unchanged == Person.objects.count()


def test_no_file_brings_back_who_was_erased(secretary, society, settings):
    gone = make_person('Gone Away', email='gone@people.example', orcid='0000-0002-1825-0097')
    gone.emailaddress_set.create(email='gone@home.example', verified=True)
    row = erasing.ask(gone, by=gone, bylines='keep')
    erasing.carry_out(row, at=row.due_at)
    settings.SECRET_KEY_FALLBACKS, settings.SECRET_KEY = [settings.SECRET_KEY], 'another key than before'
    rows = [
        {'Name as printed': 'Gone Away', 'Email': 'GONE@people.example', 'ORCID': ''},
        {'Name as printed': 'G. Away', 'Email': 'gone@home.example', 'ORCID': ''},
        {'Name as printed': 'G. Away', 'Email': 'new@people.example', 'ORCID': '0000-0002-1825-0097'},
        {'Name as printed': 'gone away', 'Email': '', 'ORCID': ''},
        {'Name as printed': 'Gone Away', 'Email': 'namesake@people.example', 'ORCID': ''},
    ]

    refused = refusals(taken(written(rows), 'people', secretary))

    row.refresh_from_db()
    assert [(line, why.partition(' of somebody')[0].partition(' has asked')[0]) for line, why in refused] == [
        (2, 'This address is'),
        (3, 'This address is'),
        (4, 'This ORCID is'),
        (5, 'Somebody of this name'),
    ]
    assert 'people.example' not in str(row.marks)


def test_what_files_say_of_somebody_goes_when_they_are_forgotten(secretary, society):
    gone, other = make_person('Łucja O’Wyn'), make_person('Joanna Łucja O’Wynne')
    rows = [row | {'Biography': 'New.'} for row in table_of('people')]
    done = carried_out(written(rows), 'people', secretary)
    waits = taken(
        written([row | {'Email': row['Email'].upper(), 'Biography': 'Newer.'} for row in rows]),
        'people',
        secretary,
    )
    theirs = [row | {'Biography': 'Of others.'} for row in rows if row['Email'] != gone.email]
    of_others = taken(written(theirs), 'people', secretary)
    shown = {one.words: one.count for one in rows_of.preview(gone)}

    row = erasing.ask(gone, by=gone, bylines='keep')
    erasing.carry_out_due(row.due_at)

    assert shown['What files of the registers changed of you'] == 2
    assert not RegisterImport.objects.filter(pk=waits.pk).exists()
    assert (done.changed, of_others.changed) == (len(rows), len(theirs))
    assert sorted(done.rows.values_list('label', flat=True)) == sorted(
        [other.printed_name, secretary.printed_name]
    )
    assert of_others.rows.count() == len(theirs)
