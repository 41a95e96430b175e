"""A fixed year from a day of which on the next one is included: for one fee, on both sides of every boundary."""

from datetime import date
from decimal import Decimal

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from members import applying
from members.forms.deciding import in_money
from members.models import Category, Invoice
from members.renewals import offering
from tests.conftest import fill_in, make_application, make_category
from ukis.society.models import Society

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures('society')]


def category_of(begins: str, rolls_over: str, **given) -> Category:
    """'1.4', '1.1': begins in April, and from January on the next year is included."""
    (day, month), (from_day, from_month) = (map(int, text.split('.')) for text in (begins, rolls_over))
    return Category(
        name='Fixed', holders='people', fee=Decimal(120), year='fixed', year_begins_day=day, year_begins_month=month,
        rolls_over_day=from_day, rolls_over_month=from_month, **given,
    )  # fmt: skip


@pytest.mark.parametrize(
    ('begins', 'rolls_over', 'joins', 'ends', 'by_the_month'),
    [
        ('1.4', '1.1', '2026-04-01', '2027-03-31', 120),
        ('1.4', '1.1', '2026-12-31', '2027-03-31', 40),
        ('1.4', '1.1', '2027-01-01', '2028-03-31', 120),
        ('1.4', '1.1', '2027-03-31', '2028-03-31', 120),
        ('1.4', '1.1', '2027-04-01', '2028-03-31', 120),
        ('1.4', '1.1', '2028-02-29', '2029-03-31', 120),
        ('1.4', '28.2', '2028-02-27', '2028-03-31', 20),
        ('1.4', '28.2', '2028-02-28', '2029-03-31', 120),
        ('1.4', '28.2', '2028-02-29', '2029-03-31', 120),
        ('1.3', '1.2', '2028-01-31', '2028-02-29', 10),
        ('1.3', '1.2', '2028-02-01', '2029-02-28', 120),
        ('1.3', '1.2', '2028-02-29', '2029-02-28', 120),
        ('1.3', '1.2', '2028-03-01', '2029-02-28', 120),
        ('1.1', '1.10', '2026-09-30', '2026-12-31', 40),
        ('1.1', '1.10', '2026-10-01', '2027-12-31', 120),
        ('1.1', '1.10', '2026-12-31', '2027-12-31', 120),
        ('1.1', '1.10', '2027-01-01', '2027-12-31', 120),
        ('1.10', '1.12', '2026-11-30', '2027-09-30', 110),
        ('1.10', '1.12', '2026-12-01', '2028-09-30', 120),
        ('1.10', '1.12', '2027-09-30', '2028-09-30', 120),
        ('1.10', '30.9', '2027-09-29', '2027-09-30', 10),
        ('1.10', '30.9', '2027-09-30', '2028-09-30', 120),
        ('28.2', '27.2', '2028-02-27', '2029-02-27', 120),
        ('28.2', '27.2', '2028-02-28', '2029-02-27', 120),
    ],
)  # fmt: skip
def test_who_joins_from_that_day_on_has_the_next_year_for_one_fee(
    begins, rolls_over, joins, ends, by_the_month
):
    first, last = date.fromisoformat(joins), date.fromisoformat(ends)

    whole, parts = (category_of(begins, rolls_over, pro_rata=pro_rata) for pro_rata in (False, True))

    assert whole.term_from(first) == parts.term_from(first) == (first, last)
    assert (whole.fee_of(first, last), parts.fee_of(first, last)) == (120, by_the_month)


@pytest.mark.parametrize(
    ('given', 'sentence'),
    [
        (
            {'rolls_over_month': None},
            'Write both the day and the month from which on the next year is included',
        ),
        (
            {'rolls_over_day': None},
            'Write both the day and the month from which on the next year is included',
        ),
        ({'year': 'rolling'}, 'Only a fixed year can include the next one'),
        ({'rolls_over_month': 4}, 'On that day the year begins'),
        ({'rolls_over_day': None, 'rolls_over_month': None}, ''),
        ({}, ''),
    ],
)
def test_a_day_that_cannot_be_is_refused_in_a_sentence(given, sentence, secretary, signed_in):
    category = category_of('1.4', '1.1')
    for name, value in given.items():
        setattr(category, name, value)

    said = ''
    try:
        category.full_clean()
    except ValidationError as wrong:
        said = ' '.join(wrong.messages)
    typed = {
        'name': 'Fixed',
        'holders': 'people',
        'year': 'fixed',
        'rolls_over_day': 1,
        'rolls_over_month': 1,
    } | {name: '' if value is None else value for name, value in given.items()}
    page = fill_in(signed_in(secretary), reverse('admin:members_category_add'), **typed)

    assert said.startswith(sentence)
    assert bool(said) is bool(sentence)
    assert (page.status_code, sentence in page.text) == (200 if sentence else 302, True)


@pytest.mark.parametrize(
    ('today', 'told', 'decided', 'ends', 'total'),
    [
        (
            '2026-12-31',
            'Join today: £150 for the time to 31 March 2027. From 1 January on the next year is included.',
            'From today: an invoice of £150, for 31 December 2026 to 31 March 2027, and',
            date(2027, 3, 31),
            150,
        ),
        (
            '2027-01-01',
            'Join today: £450 for the time to 31 March 2028, the next year included.',
            'From today: an invoice of £450, for 1 January 2027 to 31 March 2028, the next year included, and',
            date(2028, 3, 31),
            450,
        ),
    ],
)
def test_applicants_and_staff_read_what_is_asked_until_when_and_so_it_is(
    secretary, today, told, decided, ends, total
):
    with time_machine.travel(f'{today}T12:00Z'):
        category = make_category(
            fee=450, year='fixed', pro_rata=True, rolls_over_day=1, rolls_over_month=1, name='Fixed'
        )
        category.refresh_from_db()
        pages = [
            Client().get(reverse('join')).text,
            Client().get(reverse('join_category', args=[category.pk])).text,
        ]
        row = make_application(category=category)
        said = in_money(row, category)
        applying.approve(row, by=secretary)

        term = row.membership.terms.get()
        assert [told in page for page in pages] == [True, True]
        assert said.startswith(decided)
        assert (term.end, term.fee, Invoice.objects.get().total) == (ends, total, total)
        following = term.end.replace(year=term.end.year + 1)
    with time_machine.travel(ends):
        row.membership.terms.update(payment='paid', cover_end=ends)
        after = offering.prepare(row.membership).term
        assert (after.end, after.fee) == (following, 450)


def test_a_year_from_the_day_of_joining_is_told_as_it_was_and_what_is_free_names_no_price():
    rolling = make_category('Rolling', fee=60, holders='people')
    free = make_category('Free', fee=0, holders='people', year='fixed')

    pages = [Client().get(reverse('join_category', args=[one.pk])).text for one in (rolling, free)]

    assert ['Join today' in page for page in pages] == [False, False]


def test_the_price_to_the_end_is_told_with_its_vat():
    Society.objects.update(vat_number='GB 123 4567 89', vat_rate=20)
    category = make_category(
        fee=120,
        year='fixed',
        vat='standard',
        vat_why='As the treasurer has it',
        rolls_over_day=1,
        rolls_over_month=1,
    )

    with time_machine.travel('2027-02-01T12:00Z'):
        text = Client().get(reverse('join_category', args=[category.pk])).text

    assert (
        'Join today: £120 and £24 VAT: £144 in all, for the time to 31 March 2028, the next year included.'
        in text
    )
