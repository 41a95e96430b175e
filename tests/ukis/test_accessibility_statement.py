"""The accessibility statement: facts in the admin, a page in the model form, a review each year."""

import re
from datetime import date, datetime, time, timedelta

import pytest
from django.urls import reverse

from members import statement_review
from members.roles import ADMINISTRATOR
from tests.conftest import fill_in, form_of, make_person
from ukis import days, search
from ukis.clock.models import Reminded
from ukis.letters.models import Letter
from ukis.society import reviewing, versions
from ukis.society.accessibility import AccessibilityStatement, KnownProblem, StatementReview
from ukis.society.models import Page

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures('society')]

ADD = 'admin:ukis_accessibilitystatement_add'
CHANGE = 'admin:ukis_accessibilitystatement_change'
ADDRESS = '/about/accessibility/'


@pytest.fixture
def staff(administrator, signed_in):
    return signed_in(administrator)


@pytest.fixture
def statement(administrator):
    row = AccessibilityStatement(
        prepared_on=date(2026, 1, 8),
        reviewed_on=date(2026, 3, 2),
        tested_on=date(2026, 2, 1),
        tested_by='Example Access',
    )
    row.save()
    row.problems.create(
        what='Some charts have no text', clause='1.1.1 (non-text content)', why='Listeners miss them.', mend_by=date(2027, 1, 31)
    )  # fmt: skip
    reviewing.kept(row, by=administrator)
    return row


def at_noon(day):
    return datetime.combine(day, time(12), days.LONDON)


def test_the_page_is_made_of_the_facts_in_the_model_form(client, statement):
    page = client.get(ADDRESS).text

    headings = [
        part.partition('</h2>')[0]
        for part in page.partition('<main')[2].partition('</main>')[0].split('<h2>')[1:]
    ]
    assert headings == [
        'How accessible this website is',
        'Feedback and contact information',
        'Enforcement procedure',
        'Technical information about this website’s accessibility',
        'Non-accessible content',
        'Preparation of this accessibility statement',
    ]
    for said in (
        '<strong>partially compliant</strong> with the Web Content Accessibility Guidelines version 2.2 AA standard',
        '<strong>Some charts have no text.</strong> Listeners miss them. This fails WCAG 2.2 success criterion '
        '1.1.1 (non-text content). We plan to mend it by 31 January 2027.',
        'prepared on 8 January 2026. It was last reviewed on 2 March 2026.',
        'last tested on 1 February 2026',
        'carried out by Example Access',
        'within 5 working days',
        'Equality Commission for Northern Ireland',
    ):
        assert said in page


def test_what_is_mended_leaves_the_page_at_once_and_its_words_the_search(client, statement):
    before = [hit.row for hit in search.find('charts').hits]

    statement.problems.update(mended_on=days.today())
    reviewing.kept(statement, by=None)

    assert before == [Page.objects.get().pk]
    assert search.find('charts').hits == []
    assert 'Some charts' not in client.get(ADDRESS).text


@pytest.mark.parametrize(
    ('fields', 'there', 'gone'),
    [
        ({'conformance': 'full'}, '<strong>fully compliant</strong>', 'partially'),
        ({'conformance': 'none'}, '<strong>not compliant</strong>', 'partially'),
        ({'enforcement': 'gb'}, 'Equality and Human Rights Commission', 'Northern Ireland'),
        ({'enforcement': 'ni'}, 'Equality Commission for Northern Ireland', 'EHRC'),
        ({'enforcement': 'voluntary'}, 'of its own accord', '2018'),
    ],
)  # fmt: skip
def test_what_is_said_follows_the_facts(client, statement, fields, there, gone):
    statement.problems.all().delete()
    AccessibilityStatement.objects.update(**fields)

    page = client.get(ADDRESS).text.partition('<main')[2]

    assert there in page
    assert gone not in page


def test_staff_write_the_facts_and_the_page_stands_in_the_navigation(client, staff):
    front = staff.get(reverse('admin:index')).text
    sent = form_of(staff.get(reverse(ADD))) | {
        'problems-0-what': 'Old posts have pictures without text', 'problems-0-clause': '1.1.1',
        'problems-0-why': 'Nobody wrote any.', 'problems-0-mend_by': '31 May 2027',
    }  # fmt: skip

    answer = staff.post(reverse(ADD), sent)

    assert 'Its facts are not written yet.' in front
    assert answer.status_code == 302
    assert 'Old posts have pictures without text' in client.get(ADDRESS).text
    assert f'<a href="{ADDRESS}">Accessibility statement</a>' in client.get('/join/').text
    assert StatementReview.objects.get().reviewed_on == days.today()
    assert 'Its facts' not in staff.get(reverse('admin:index')).text
    assert staff.get(reverse(ADD)).url == reverse(CHANGE, args=[1])
    assert staff.get(reverse('admin:ukis_accessibilitystatement_changelist')).url == reverse(CHANGE, args=[1])


def test_no_hidden_field_of_the_facts_names_words_of_help(staff, statement):
    page = staff.get(reverse(CHANGE, args=[1])).text

    assert re.findall(r'<input type="hidden"[^>]* aria-[^>]*>', page) == []


def test_a_problem_needs_its_clause_and_a_day(staff, statement):
    page = staff.post(
        reverse(CHANGE, args=[1]),
        form_of(staff.get(reverse(CHANGE, args=[1]))) | {'problems-0-clause': '', 'problems-0-mend_by': ''},
    )

    assert page.status_code == 200
    assert 'Say which criterion of WCAG it fails' in page.text
    assert KnownProblem.objects.get().clause == '1.1.1 (non-text content)'


def test_what_staff_wrote_into_the_page_stays_above_the_facts(client, staff, statement):
    page = Page.objects.get()
    fill_in(
        staff, reverse('admin:ukis_page_change', args=[page.pk]), body='<p>A word before.</p>', _publish='yes'
    )

    shown = client.get(ADDRESS).text

    assert shown.index('A word before.') < shown.index('How accessible this website is')
    assert versions.newest(page).number == 2


def test_a_year_after_its_review_administrators_are_asked_once_and_again_a_month_later(
    statement, administrator
):
    other = make_person('Ada Admin', group=ADMINISTRATOR)
    year = date(2027, 3, 2)

    told = []
    for day in (year - timedelta(days=1), year, year + timedelta(days=3), year + timedelta(days=30)):
        statement_review.remind(at_noon(day))
        statement_review.remind(at_noon(day))
        told.append(Letter.objects.filter(kind='accessibility_review').count())

    assert told == [0, 2, 2, 4]
    assert set(Letter.objects.values_list('to', flat=True)) == {administrator.pk, other.pk}
    first = Letter.objects.filter(kind='accessibility_review').earliest('pk')
    assert 'was last reviewed on 2 March 2026' in first.body
    assert '/admin/ukis/accessibilitystatement/1/change/' in first.body
    assert 'Of what it says will be mended, 1 is past the day' in first.body


def test_a_review_ends_the_reminders_of_the_one_before_and_begins_its_own(staff, statement):
    year = date(2027, 3, 2)
    statement_review.remind(at_noon(year))
    fill_in(staff, reverse(CHANGE, args=[1]), reviewed_on='5 March 2027')
    statement_review.remind(at_noon(year + timedelta(days=30)))
    after = Letter.objects.filter(kind='accessibility_review').count()
    statement_review.remind(at_noon(date(2028, 3, 5)))

    letter = Letter.objects.filter(kind='accessibility_review').earliest('pk')
    assert after == 1
    assert Letter.objects.filter(kind='accessibility_review').count() == 2
    assert statement_review.overtaken(letter) == 'The accessibility statement was reviewed meanwhile.'
    assert [row.outcome for row in Reminded.objects.order_by('pk')] == ['sent', 'skipped', 'sent']


def test_after_missed_months_one_letter_goes_and_it_is_the_latest(statement):
    statement_review.remind(at_noon(date(2027, 7, 1)))

    assert Letter.objects.filter(kind='accessibility_review').count() == 1
    assert dict(Reminded.objects.values_list('step', 'outcome')) == {'0': 'skipped', '+30': 'sent'}


def test_the_front_page_says_that_the_review_is_late(staff, statement):
    AccessibilityStatement.objects.update(prepared_on=date(2020, 1, 1), reviewed_on=date(2020, 1, 1))

    assert 'It was last reviewed on 1 January 2020' in staff.get(reverse('admin:index')).text
