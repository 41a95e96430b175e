"""The secretary at work in a browser: with scripts, and without any."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import reverse
from playwright.sync_api import expect

from members.models import Category, Membership
from tests.conftest import make_organisation, make_person

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize('width', [1280, 320])
def test_the_faults_stand_first_and_lead_to_their_fields(opened, secretary, society, width):
    page = opened(secretary)
    page.set_viewport_size({'width': width, 'height': 800})
    page.goto(reverse('admin:members_membership_add'))
    page.fill('#id_ended_on', 'soon')
    page.fill('#id_seats-0-since', '1 May 2026')
    page.click('input[name=_save]')

    summary = page.locator('.staff-errors')
    summary.wait_for()
    led = {}
    for link in summary.locator('a').all():
        link.click()
        led[link.inner_text().partition(':')[0]] = page.evaluate(
            '(e => e.id || e.getAttribute("aria-labelledby"))(document.activeElement)'
        )

    assert page.title().startswith('Error: ')
    assert led['Category'] == 'id_category'
    assert led['Ends on'] == 'id_ended_on'
    assert led['Organisation'].startswith('id_organisation_label')
    assert page.input_value('#id_ended_on') == 'soon'
    assert Axe().run(page).response['violations'] == []
    assert page.evaluate('document.documentElement.scrollWidth') <= width


def test_a_membership_begins_without_scripts(opened, secretary, society):
    make_organisation('Institute of Care')
    mia = make_person('Mia Member')
    Category.objects.create(name='Organisation', holders='organisations', fee=450, seats=2)
    page = opened(secretary, scripts=False)
    page.goto(reverse('admin:members_membership_add'))
    assert page.locator('.related-widget-wrapper-link:visible').count() == 0
    page.fill('input[name=organisation-typed]', 'Institute of Care')
    page.select_option('select[name=category]', label='Organisation')
    page.fill('input[name=terms-0-start]', '1 April 2026')
    page.fill('input[name=terms-0-end]', '31 March 2027')
    page.fill('input[name=seats-0-person-typed]', 'Mia Membre')
    page.click('input[name=_save]')
    expect(page.locator('.staff-errors li')).to_have_text(
        ['Place 1: Person: Nothing here is called “Mia Membre”. Type the whole name.'], use_inner_text=True
    )
    page.fill('input[name=seats-0-person-typed]', mia.email)
    page.click('input[name=_save]')

    membership = Membership.objects.get()
    assert (membership.organisation.name, membership.terms.get().fee) == ('Institute of Care', 450)
    assert membership.seats.get().person == mia


def test_each_calendar_is_named_for_its_day(opened, secretary, society):
    page = opened(secretary)
    page.goto(reverse('admin:members_membership_add'))
    page.locator('#calendarlink0').wait_for()
    page.get_by_text('Add another Term').click()

    shown = page.locator('.datetimeshortcuts :is(a, button):visible, .inline-deletelink:visible')
    names = [one.aria_snapshot().partition('"')[2].rpartition('"')[0] for one in shown.all()]
    assert 'Choose a date: Start, Term 2' in names, names
    page.get_by_role('button', name='Choose a date: Start, Term 2').click()

    assert len(names) > 8, names
    assert len(set(names)) == len(names)
    assert all(name.startswith(('Today: ', 'Choose a date: ', 'Remove: ')) for name in names)
    assert page.get_by_role('dialog', name='Choose a date: Start, Term 2').is_visible()


def test_before_a_deletion_there_are_two_buttons_alike_and_a_way_back_without_scripts(
    opened, secretary, society
):
    free = Category.objects.create(name='Student', holders='people', fee=20, seats=1)
    page = opened(secretary, scripts=False)
    page.goto(reverse('admin:members_category_delete', args=[free.pk]))

    heights = page.locator('.asked > *').evaluate_all('all => all.map(one => one.offsetHeight)')
    page.get_by_role('link', name='Keep it').click()

    assert len(heights) == 2
    assert abs(heights[0] - heights[1]) <= 2
    assert page.url.endswith(reverse('admin:members_category_change', args=[free.pk]))
    assert Category.objects.filter(pk=free.pk).exists()
