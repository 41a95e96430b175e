"""Two tabs on one page of the admin: what somebody saved is not undone unknowingly, and what is typed is kept."""

import re
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from django.contrib import admin
from django.urls import reverse

from blog.models import Series
from members.models import Affiliation, Category, Organisation
from tests.conftest import fill_in, form_of, make_membership, make_organisation, make_person, make_seat
from tests.processes import cookie_of
from tests.tabs import Tab
from ukis import letters
from ukis.clock.models import DayOff
from ukis.search.models import Synonyms
from ukis.society.accessibility import AccessibilityStatement
from ukis.society.models import Page, Society
from ukis.society.notices import Notice
from ukis.staff import StaffModelAdmin
from ukis.tags.models import Tag
from ukis.unsaved.models import Buffer

pytestmark = pytest.mark.django_db

OURS = ('ukis.', 'members.', 'blog.')
# Of each kind that can be changed: how one is made, which field two tabs change, and to what.
CHANGED = {
    'auth.Group': (lambda: make_person(group='Editor').groups.get(), 'name', 'Readers', 'Writers'),
    'blog.Series': (lambda: Series.objects.create(title='One'), 'description', 'Two says.', 'Three says.'),
    'members.Category': (lambda: Category.objects.create(name='One', holders='people'), 'name', 'Two', 'Three'),
    'members.Membership': (lambda: make_membership(make_person(), number='1'), 'number', '2', '3'),
    'members.Organisation': (lambda: make_organisation('One'), 'short_name', 'Two', 'Three'),
    'members.Person': (lambda: make_person('One'), 'biography', 'Two was here.', 'Three was here.'),
    'members.Seat': (lambda: make_seat(make_person(), make_organisation()), 'since', '2021-01-01', '2022-02-02'),
    'ukis.AccessibilityStatement': (lambda: AccessibilityStatement.objects.create(), 'improving', 'Two tests.', 'Three tests.'),
    'ukis.DayOff': (lambda: DayOff.objects.create(day=date(2026, 12, 28), name='One'), 'name', 'Two', 'Three'),
    'ukis.Letter': (lambda: queued(), 'body', 'Dear Two,', 'Dear Three,'),
    'ukis.Notice': (lambda: Notice.objects.create(words='One', last_day=date(2027, 1, 2), first_day=date(2026, 1, 2)), 'words', 'Two', 'Three'),
    'ukis.Page': (lambda: Page.objects.create(title='One', address='one', body='<p>One</p>'), 'body', 'Two', 'Three'),
    'ukis.Society': (lambda: Society.objects.get(), 'mission', 'Two missions.', 'Three missions.'),
    'ukis.Synonyms': (lambda: Synonyms.objects.create(words='one, two'), 'words', 'three, four', 'five, six'),
    'ukis.Tag': (lambda: Tag.objects.create(name='One', slug='one'), 'description', 'Two tags.', 'Three tags.'),
}  # fmt: skip
# Decided once and changed never: tests/members/test_proposals.py and test_domains.py, tests/ukis/test_suppressing.py.
DECIDED = {
    'members.ChangeProposal',
    'members.DataRequest',
    'members.Domain',
    'ukis.Reminded',
    'ukis.SuppressedAddress',
}
# Nobody changes these in the admin.
LOOKED_AT = {
    'blog.Post',
    'blog.Submission',
    'blog.Subscriber',
    'members.Application',
    'members.CreditNote',
    'members.GiftAidDeclaration',
    'members.Invoice',
    'members.Payment',
    'mfa.Authenticator',
    'ukis.Bounce',
    'ukis.ClockRun',
    'ukis.Consent',
    'ukis.OldAddress',
    'ukis.Picture',
    'ukis.PrivateLink',
}


def queued():
    about = Society.objects.get()
    return letters.queue(
        kind='trial', key='one', about=about, to_address='a@people.example', subject='One', body='One'
    )


def test_every_page_of_ours_in_the_admin_keeps_two_tabs_apart():
    without = {
        model._meta.label
        for model, page in admin.site._registry.items()
        if not isinstance(page, StaffModelAdmin) or page.list_editable
    }

    assert without == set()
    assert {model._meta.label for model in admin.site._registry} == set(CHANGED) | DECIDED | LOOKED_AT


@pytest.fixture
def root(society):
    """Somebody who may do all: what an Administrator may not change today they may be given tomorrow."""
    return make_person('Root Root', group='Administrator', is_superuser=True)


def page_of(row) -> str:
    return reverse(f'admin:{row._meta.app_label}_{row._meta.model_name}_change', args=[row.pk])


@pytest.mark.parametrize('label', CHANGED)
def test_of_two_tabs_the_later_is_refused_with_both_and_then_goes_over_it(label, root, signed_in):
    make, field, theirs, mine = CHANGED[label]
    row = make()
    client, address = signed_in(root), page_of(row)
    typed = form_of(client.get(address)) | {field: mine}
    earlier = fill_in(client, address, **{field: theirs})
    row.refresh_from_db()
    stood = getattr(row, field)

    refused = client.post(address, typed)

    shown = refused.context['both']
    row.refresh_from_db()
    assert (earlier.status_code, refused.status_code) == (302, 409)
    assert getattr(row, field) == stood
    assert len(shown) == 1
    assert field == 'since' or (theirs in shown[0].now and mine in shown[0].typed)
    assert refused.context['adminform'].form[field].value() == mine
    assert client.post(address, form_of(refused)).status_code == 302
    row.refresh_from_db()
    assert mine in str(getattr(row, field))


@pytest.mark.parametrize('began', ['', 'forged', None])
def test_a_form_that_does_not_say_what_it_began_from_is_refused(root, signed_in, began):
    row = make_organisation('One')
    client, address = signed_in(root), page_of(row)
    typed = form_of(client.get(address)) | {'name': 'Mine'}
    del typed['began']

    refused = client.post(address, typed | ({} if began is None else {'began': began}))

    row.refresh_from_db()
    assert (refused.status_code, row.name) == (409, 'One')


def test_what_one_row_began_from_is_not_another_s(root, signed_in):
    one, other = make_organisation('One'), make_organisation('One other')
    client = signed_in(root)
    began = form_of(client.get(page_of(one)))['began']

    refused = client.post(page_of(other), form_of(client.get(page_of(other))) | {'began': began})

    assert refused.status_code == 409


def test_the_rows_on_the_same_page_count_too(root, signed_in):
    person, here, there = make_person('One'), make_organisation('Here'), make_organisation('There')
    kept, taken = (person.affiliations.create(organisation=one, job_title='Reader') for one in (here, there))
    client, address = signed_in(root), page_of(person)
    typed = form_of(client.get(address)) | {'title': 'Dr', 'affiliations-0-job_title': 'Typed'}
    Affiliation.objects.filter(pk=kept.pk).update(job_title='Stands')
    taken.delete()
    person.affiliations.create(organisation=make_organisation('Elsewhere'), job_title='New')

    refused = client.post(address, typed)

    said = {one.label: (one.now, one.typed) for one in refused.context['both']}
    assert refused.status_code == 409
    assert said['Title'] == ('nothing', 'Dr')
    assert ('Stands', 'Typed') in said.values()
    assert any('taken away meanwhile' in now for now, _ in said.values())
    assert any('Elsewhere' in now and 'stays as it is' in sent for now, sent in said.values())
    again = client.post(address, form_of(refused) | {'affiliations-1-DELETE': 'on'})
    assert again.status_code == 302
    assert list(person.affiliations.order_by('pk').values_list('job_title', flat=True)) == ['Typed', 'New']


def test_what_the_site_writes_itself_makes_no_form_stale(root, signed_in):
    person = make_person('One')
    client, address = signed_in(root), page_of(person)
    typed = form_of(client.get(address)) | {'title': 'Dr'}
    signed_in(person)  # notes when they were last here

    assert client.post(address, typed).status_code == 302


def test_another_fault_of_the_form_is_told_beside_it(root, signed_in):
    row = make_organisation('One')
    client, address = signed_in(root), page_of(row)
    typed = form_of(client.get(address)) | {'name': ''}
    Organisation.objects.filter(pk=row.pk).update(name='Theirs')

    refused = client.post(address, typed)

    assert refused.status_code == 409
    assert 'name' in refused.context['adminform'].form.errors
    assert 'Theirs' in refused.text
    assert re.search('stands now.*Theirs', refused.text, re.DOTALL)


# --- What is typed is kept ------------------------------------------------------------------------------


class AdminTab(Tab):
    """An opening of a change form: its fields with its inlines."""

    def __init__(self, client, address: str) -> None:
        super().__init__(client, address)
        self.fields |= form_of(self.page)


@pytest.mark.parametrize('label', CHANGED)
def test_every_change_form_keeps_what_is_typed_and_offers_it(label, root, signed_in):
    make, field, _, mine = CHANGED[label]
    row = make()
    client, address = signed_in(root), page_of(row)
    AdminTab(client, address).type(**{field: mine})

    again = AdminTab(client, address)
    [offer] = again.keeping.offers
    used = AdminTab(client, f'{address}?unsaved={offer.buffer.pk}')
    saved = client.post(address, used.sent())

    assert 'You had typed this on' in again.page.text
    assert field == 'since' or mine in offer.differences[0].typed
    assert used.form[field].value() == mine
    assert saved.status_code == 302
    row.refresh_from_db()
    assert mine in str(getattr(row, field)) or field == 'since'
    assert not Buffer.objects.kept().exists()


def test_a_new_row_s_form_keeps_what_is_typed_too(root, signed_in):
    client, address = signed_in(root), reverse('admin:ukis_page_add')
    AdminTab(client, address).type(title='Begun', body='A long text')

    [offer] = AdminTab(client, address).keeping.offers
    used = AdminTab(client, f'{address}?unsaved={offer.buffer.pk}')
    saved = client.post(address, used.sent(address='begun'))

    assert (used.form['title'].value(), used.form['body'].value()) == ('Begun', 'A long text')
    assert saved.status_code == 302
    assert AdminTab(client, address).keeping.offers == []


def test_rows_that_were_added_on_the_page_come_back_with_it(root, signed_in):
    person, place = make_person('One'), make_organisation('Here')
    client, address = signed_in(root), page_of(person)
    tab = AdminTab(client, address)
    tab.type(
        **{'affiliations-TOTAL_FORMS': '1', 'affiliations-0-organisation': place.pk, 'affiliations-0-job_title': 'Reader'}
    )  # fmt: skip

    [offer] = AdminTab(client, address).keeping.offers
    used = client.get(f'{address}?unsaved={offer.buffer.pk}')
    saved = client.post(address, form_of(used))

    assert any('Reader' in one.typed for one in offer.differences)
    assert saved.status_code == 302
    assert person.affiliations.get().job_title == 'Reader'


def test_what_was_kept_from_an_older_state_is_refused_as_stale_when_it_is_sent(root, signed_in):
    row = make_organisation('One')
    client, address = signed_in(root), page_of(row)
    AdminTab(client, address).type(description='Typed before')
    fill_in(client, address, description='Saved since')
    [offer] = AdminTab(client, address).keeping.offers

    used = AdminTab(client, f'{address}?unsaved={offer.buffer.pk}')
    refused = client.post(address, used.sent())

    assert refused.status_code == 409
    assert [(one.now, one.typed) for one in refused.context['both']] == [('Saved since', 'Typed before')]


def test_who_only_looks_is_kept_nothing(chief, signed_in):
    page = signed_in(chief).get(page_of(make_organisation('One')))

    assert not hasattr(page.context['adminform'].form, 'keeping')
    assert 'name="unsaved"' not in page.text


# --- Two processes ----------------------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_of_two_processes_that_began_from_the_same_one_is_taken(site, root, signed_in):
    client = signed_in(root)
    webs = [site.web(), site.web()]
    # The seat's own page and its membership's page write on the same row.
    seat = make_seat(make_person('Sitting Person'), make_organisation())
    for number in range(4):
        page = Page.objects.create(title='One', address=f'page-{number}', body='<p>One</p>')
        pairs = [(page_of(page), {'title': f'By {who}'}) for who in (0, 1)]
        assert sorted(at_once(client, webs, pairs)) == [302, 409]
        pairs = [
            (page_of(seat), {'until': f'2030-01-0{number + 1}'}),
            (page_of(seat.membership), {'seats-0-until': f'2031-01-0{number + 1}'}),
        ]
        assert sorted(at_once(client, webs, pairs)) == [302, 409]


def at_once(client, webs, pairs) -> list[int]:
    sent = [form_of(client.get(address)) | typed for address, typed in pairs]
    barrier = threading.Barrier(2)

    def post(web, address, form) -> int:
        barrier.wait()
        return web.ask('POST', address, cookie=cookie_of(client), form=form)[0]

    with ThreadPoolExecutor() as pool:
        return list(pool.map(post, webs, [address for address, _ in pairs], sent))


def test_whatever_is_chosen_by_search_in_the_admin_is_offered_in_an_order(root, rf):
    request = rf.get('/')
    request.user = root
    pages = [one for page in admin.site._registry.values() for one in (page, *page.inlines)]
    chosen = {
        one.model._meta.get_field(name).related_model for one in pages for name in one.autocomplete_fields
    }

    unordered = {
        model._meta.label
        for model in chosen
        if not admin.site.get_model_admin(model).get_queryset(request).ordered
    }

    assert unordered == set()
    assert len(chosen) >= 4
