"""A register's export, opened and saved by spreadsheets: what survived comes back, what was destroyed is refused."""

from datetime import date
from pathlib import Path

import pytest

from members.models import Organisation, Registration, Term
from tests.conftest import make_membership, make_organisation, make_person
from tests.members.test_exchange import counts, refusals, taken, written

pytestmark = pytest.mark.django_db
KEY = 910_001
FILES = Path(__file__).parent / 'spreadsheets'


@pytest.fixture
def odd(society):
    """What spreadsheets turn, by keys that the files in `spreadsheets/` name."""
    body = make_organisation(
        'Łódź Institute, “Ŵ”',
        pk=KEY,
        slug='lodz-institute',
        short_name='007',
        nations=['wales', 'scotland'],
        billing_address='1 High Street\nCardiff\n+44 29 2000 0000',
        description='=SUM(1)',
        website='https://lodz.example/',
    )
    Registration.objects.create(organisation=body, register='companies', number='01234567')
    Registration.objects.create(organisation=body, register='oscr', number='SC012345')
    make_person(
        'Łucja Ŵyn',
        pk=KEY,
        slug='lucja-wyn',
        email='+lucja@people.example',
        orcid='0000-0002-1825-0097',
        postal_address='+442920000000',
        title='-',
    )
    membership = make_membership(body, number=KEY, status='none', joined_on=date(2026, 2, 1))
    Term.objects.create(
        pk=KEY,
        membership=membership,
        start=date(2026, 2, 1),
        end=date(2027, 1, 31),
        fee=450,
        seats=10,
        payment='free',
    )
    return body


def file(name: str, register: str) -> bytes:
    """As the spreadsheet saved it: LibreOffice's own doing, and what Excel is known to do."""
    return (FILES / f'{name}-{register}.csv').read_bytes()


SAVED = (
    *('libreoffice-plain', 'libreoffice-western', 'libreoffice-workbook'),
    *('excel-western', 'excel-continental', 'excel-unicode', 'excel-american'),
)
REGISTERS = ('organisations', 'people', 'memberships', 'terms')
SEVEN = '“Short name”: “7” is what a spreadsheet made of “007”. Write that again, or empty the cell.'
# Nothing in the one file tells 2/1 from 1/2, nor in the other letters that were lost from letters left out.
LOST = {
    ('excel-american', 'memberships'): '“Joined on”: 2/1/2026 may be 2 January 2026 or 1 February 2026, as days are written in this file. Write it as 2026-02-01.',
    ('excel-western', 'people'): '“Name as printed”: “Łucja” has lost letters: the file was saved where there are none of them. Save it as “CSV UTF-8”, or empty the cell.',
}  # fmt: skip


@pytest.mark.parametrize('register', REGISTERS)
@pytest.mark.parametrize('name', SAVED)
def test_what_a_spreadsheet_saved_comes_back_and_changes_nothing(name, register, odd, secretary):
    Organisation.objects.update(short_name='7')

    found = taken(file(name, register), register, secretary)

    lost = LOST.get((name, register))
    assert refusals(found) == ([(2, lost)] if lost else [])
    assert counts(found) == ((0, 0, 0, 1) if lost else (0, 0, 1, 0))


@pytest.mark.parametrize('name', SAVED)
def test_what_lost_its_zeros_is_refused_where_nothing_tells_how_many(name, odd, secretary):
    """A company's number is padded again; a name is not."""
    found = taken(file(name, 'organisations'), 'organisations', secretary)

    assert refusals(found) == [(2, SEVEN)]


@pytest.mark.parametrize('register', REGISTERS)
def test_what_was_typed_without_its_apostrophe_is_refused_as_libreoffice_saved_it(register, odd, secretary):
    found = taken(file('libreoffice-typed', register), register, secretary)

    assert counts(found) == (0, 0, 0, 1)


@pytest.mark.parametrize(
    ('register', 'row', 'why'),
    [
        ('organisations', {'Short name': '4.41E+69'}, '“Short name”: “4.41E+69” is what a spreadsheet made of a long number. Write all of it, in a column formatted as text.'),
        ('organisations', {'Companies House': '1.00E+05'}, '“Companies House”: “1.00E+05” is what a spreadsheet made of a long number. Write all of it, in a column formatted as text.'),
        ('organisations', {'Companies House': '1,234,567'}, '“Companies House”: “1,234,567” is one number in thousands, or several without a blank. Write it plainly.'),
        ('organisations', {'Description': '#NAME?'}, '“Description”: “#NAME?” is what a spreadsheet shows for what it cannot. Write what is meant, or empty the cell.'),
        ('organisations', {'Name': '?ód? Centre'}, '“Name”: “Łódź” has lost letters: the file was saved where there are none of them. Save it as “CSV UTF-8”, or empty the cell.'),
        ('organisations', {'Name': 'Lódz Centre'}, '“Name”: “Łódź” has lost letters: the file was saved where there are none of them. Save it as “CSV UTF-8”, or empty the cell.'),
        ('people', {'ORCID': '218250097'}, '“ORCID”: Write the ORCID as 0000-0000-0000-0000, or copy its address from orcid.org.'),
        ('people', {'Postal address': '442920000000'}, '“Postal address”: “442920000000” is what a spreadsheet made of “+442920000000”. Write that again, or empty the cell.'),
        ('people', {'Postal address': '4.4292E+11'}, '“Postal address”: “4.4292E+11” is what a spreadsheet made of a long number. Write all of it, in a column formatted as text.'),
        ('memberships', {'Joined on': '########'}, '“Joined on”: “########” is what a spreadsheet shows for what it cannot. Write what is meant, or empty the cell.'),
        ('memberships', {'Joined on': '02/01/26'}, '“Joined on”: “02/01/26” is no day. Write it like this: 2026-02-01.'),
        ('terms', {'Fee': '4.5E+02'}, '“Fee”: “4.5E+02” is what a spreadsheet made of a long number. Write all of it, in a column formatted as text.'),
    ],
)  # fmt: skip
def test_what_was_visibly_destroyed_is_refused_in_a_sentence(register, row, why, odd, secretary):
    data = written([{'Key': str(KEY), 'Membership number': str(KEY), **row}])

    found = taken(data, register, secretary)

    assert refusals(found) == [(2, why)]


def test_what_somebody_means_is_taken_though_it_looks_alike(odd, secretary):
    """In a file that has letters of its own which Windows has not, none was lost."""
    data = written(
        [{'Key': str(KEY), 'Name': 'Lodz Ŵ', 'Short name': '1E5', 'Companies House': '2065, SC123456'}]
    )

    found = taken(data, 'organisations', secretary)

    [row] = found.rows.all()
    assert [(head, now) for head, _, now in row.changes] == [
        ('Name', 'Lodz Ŵ'),
        ('Short name', '1E5'),
        ('Companies House', '00002065, SC123456'),
    ]
