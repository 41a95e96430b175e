"""A bank's file, however it is written: only what came in is kept, what is left out is counted, faults name their line."""

from datetime import date
from decimal import Decimal

import pytest

from members.money.bank import columns, incoming
from members.money.bank.columns import Columns
from members.money.bank.numbers import names_in, numbers_in
from members.money.bank.table import MOST_BYTES, Unreadable
from members.money.bank.values import amount_of, day_of, guess_order

UNI = (date(2026, 5, 12), Decimal('1250.00'))
FILES = {
    'one signed column': (
        'Date,Type,Description,Amount,Balance\n'
        '12/05/2026,BAC,STRATHLORNE UNI INV 10007,"1,250.00","3,000.00"\n'
        '13/05/2026,DD,ELECTRIC,-45.10,2954.90\n',
        'utf-8',
        [(*UNI, 'STRATHLORNE UNI INV 10007')],
        'Left out: 1 payment that went out and 1 line before the first payment.',
    ),
    'two columns below a preamble, UTF-16': (
        '"My account"\nSort code: 80-00-00\n\n'
        'Transaction Date,Sort Code,Account Number,Transaction Description,Debit Amount,Credit Amount,Balance\n'
        '12/05/2026,80-00-00,123,Ŵ UNI 10007,,1250.00,1750.00\n01/05/2026,80-00-00,123,RENT,500.00,,500.00\n',
        'utf-16',
        [(*UNI, 'Ŵ UNI 10007')],
        'Left out: 1 payment that went out and 3 lines before the first payment.',
    ),
    'Cr and Dr, pounds, semicolons, no header, cp1252': (
        '12 May 2026;Café Uni inv10007;£1,250.00Cr;£2,000.00Cr\n11 May 2026;Rent;£500.00 Dr;£750.00\n'
        '10-May-26;Balance Consulting Ltd;£20.00 CR;£1,250.00Cr\n',
        'cp1252',
        [(*UNI, 'Café Uni inv10007'), (date(2026, 5, 10), Decimal(20), 'Balance Consulting Ltd')],
        'Left out: 1 payment that went out.',
    ),
    'tabs, two columns, no header': (
        '12/05/2026\tBGC\tA UNI\t10007\t\t1250.00\t1000.00\n11/05/2026\tDD\tRENT\t\t50.00\t\t550.00\n',
        'utf-8',
        [(*UNI, 'BGC A UNI 10007')],
        'Left out: 1 payment that went out.',
    ),
    'rows of balances, ISO days, two columns of words': (
        'Value date,Narrative,Reference,In,Out,Balance\n,Opening balance,,,,100.00\n'
        '2026-05-12,STRATHLORNE,10007,1250.00,,1350.00\n2026-05-12,Balance,,1350.00,,\n'
        'Closing balance,,,,,1350.00\n',
        'utf-8-sig',
        [(*UNI, 'STRATHLORNE 10007')],
        'Left out: 2 rows of balances and totals and 2 lines before the first payment.',
    ),
    'a column that says Cr or Dr, continental amounts': (
        'Date;Details;Amount;Cr/Dr\n12.05.2026;UNI 10007;1.250,00;CR\n13.05.2026;RENT;500,00;DR\n',
        'utf-8',
        [(*UNI, 'UNI 10007')],
        'Left out: 1 payment that went out and 1 line before the first payment.',
    ),
}  # fmt: skip


@pytest.mark.parametrize('name', FILES)
def test_what_came_in_is_read_whatever_the_bank(name):
    text, encoding, came_in, left_out = FILES[name]
    data = text.encode(encoding)

    found = incoming.read(data, columns.guess(data))

    assert [(one.day, one.amount, one.text) for one in found.credits] == came_in
    assert found.left_out == left_out


def test_equal_lines_are_counted_and_have_one_fingerprint_in_every_file():
    data = b'Date,Text,Amount\n12/05/2026,A  b,5.00\n12/05/2026,a B,5.00\n12/05/2026,a b,6.00\n'

    found = incoming.read(data, columns.guess(data)).credits

    assert [one.occurrence for one in found] == [1, 2, 1]
    assert found[0].fingerprint == found[1].fingerprint != found[2].fingerprint


HEAD = 'Date,Text,Amount\n12/05/2026,a,5.00\n'


@pytest.mark.parametrize(
    ('data', 'said'),
    [
        (HEAD + '31/02/2026,b,5.00\n', 'Line 3: “31/02/2026” is no day'),
        (HEAD + ',b,5.00\n', 'Line 3: there is an amount and no day'),
        (HEAD + '13/05/2026,b,five pounds\n', 'Line 3: “five pounds” is no amount'),
        (HEAD + '13/05/2026,b,€5.00\n', 'Line 3: “€5.00” is no amount'),
        (HEAD + '13/05/2026,b,999999999.00\n', 'Line 3: £999,999,999.00 is more than'),
        (HEAD + '13/05/2999,b,5.00\n', 'Line 3: 13 May 2999 is still to come'),
        (HEAD + '13/05/2026,"b,5.00\n' + 'x\n' * 30, 'Line 3 has a quotation mark that is not closed'),
        (HEAD + '13/05/2026,b,5.00\n' * 401, 'More than 400 payments came in'),
        (HEAD + '13/05/2026,b,-5.00\n' * 5001, 'more than 5,000 lines'),
        ('', 'The file is empty'),
        ('a' * (MOST_BYTES + 1), 'larger than 2 MB'),
        ('PK\x03\x04 and so on', 'This is a workbook of Excel'),
        ('%PDF-1.7', 'This is a PDF'),
        ('\0\1\2' * 40, 'This is no CSV file'),
        ('just words\nand more\n', 'Say which column is the date'),
    ],
)
def test_a_broken_file_is_said_with_its_line(data, said):
    raw = data.encode()

    with pytest.raises(Unreadable, match=said):
        incoming.read(raw, columns.guess(raw))


def test_columns_that_cannot_be_are_refused():
    assert (
        Columns(day=0, amount=0, texts=(1,)).problem == 'Each column is one thing: a column was chosen twice.'
    )
    assert Columns(day=0, texts=(1,)).problem.startswith('Say which column is the amount')
    assert Columns.of_json(Columns(day=3, texts=(1, 2)).as_json() | {'of a later release': 1}) == Columns(
        day=3, texts=(1, 2)
    )


@pytest.mark.parametrize(
    ('text', 'amount'),
    [
        ('1,250.00', '1250.00'), ('£1,250', '1250'), ('1250.00CR', '1250.00'), ('£45.10 Dr', '-45.10'), ('(45.10)', '-45.10'),
        ('-£45.10', '-45.10'), ('45.10-', '-45.10'), ('−45.10', '-45.10'), ('+.50', '.50'), ('1 250.00', '1250.00'),
        ('GBP 12.5', '12.50'), ('12,50', '12.50'), ('1.250,00', '1250.00'), ('0.00', '0'),
        ('1.250', None), ('12,50,0', None), ('1e5', None), ('٣.00', None), ('', None), ('-', None), ('.', None), ('CR', None),
    ],
)  # fmt: skip
def test_amounts(text, amount):
    assert amount_of(text) == (None if amount is None else Decimal(amount))


@pytest.mark.parametrize(
    ('text', 'order', 'day'),
    [
        ('12/05/2026', 'dmy', date(2026, 5, 12)), ('05/12/2026', 'mdy', date(2026, 5, 12)), ('26-05-12', 'ymd', date(2026, 5, 12)),
        ('12.05.26 09:14', 'dmy', date(2026, 5, 12)), ('2026-05-12T00:00:00Z', 'dmy', date(2026, 5, 12)),
        ('20260512', 'ymd', date(2026, 5, 12)), ('12th Sept 2026', 'dmy', date(2026, 9, 12)), ('12May2026', 'dmy', None),
        ('29/02/2027', 'dmy', None), ('29/02/2028', 'dmy', date(2028, 2, 29)), ('1/1/0001', 'dmy', None), ('', 'dmy', None),
    ],
)  # fmt: skip
def test_days(text, order, day):
    assert day_of(text, order) == day


def test_the_order_of_day_and_month_is_the_one_that_fits():
    assert guess_order(['05/06/2026', '13/06/2026']) == 'dmy'
    assert guess_order(['05/06/2026', '06/13/2026']) == 'mdy'
    assert guess_order(['05/06/2026']) == 'dmy'


@pytest.mark.parametrize(
    ('text', 'plain', 'hides'),
    [
        ('STRATHLORNE UNI INV 10007', True, True),
        ('inv0010007uni', True, True),
        ('UKIS-10007/10009', True, True),
        ('INV 10,007', True, True),
        ('invoice no.10007', True, True),
        ('REF 202610007X', False, True),
        ('UK IMPLEM SOC INV 1000', False, True),
        ('INV 1000', False, False),
        ('£10007.00 FOR UNI', False, False),
        ('no number', False, False),
    ],
)
def test_the_number_is_found_however_it_is_typed(text, plain, hides):
    found = numbers_in(text)

    assert (10007 in found.plain) is plain
    assert found.hides(10007) is hides


def test_a_payer_is_known_by_a_word_of_their_own():
    assert names_in('STRATHL UNI', 'Strathlorne University')
    assert names_in('institute of lodz', 'Institute of Łódź')
    assert names_in('FASTER PAYMENT UNIVERSITY', 'Strathlorne University') is False
