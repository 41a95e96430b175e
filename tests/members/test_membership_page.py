"""The secretary's page of a membership: judged as a whole, nothing typed is lost, every refusal has its sentence."""

import re
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from html import unescape

import pytest
from django.apps import apps
from django.contrib.admin.widgets import AutocompleteSelect
from django.urls import reverse

from members import joining, leaving
from members.models import Category, Membership, Seat
from members.money import renewing
from members.places import seats
from tests.conftest import fill_in, form_of, make_membership, make_organisation, make_person
from tests.members.test_joining import said_of
from tests.processes import cookie_of
from ukis import days
from ukis.letters.models import Letter
from ukis.refusals import NotNow

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures('society')]
TODAY = days.today()
ADD = 'admin:members_membership_add'


def page_of(membership) -> str:
    return reverse('admin:members_membership_change', args=[membership.pk])


def faults(page) -> list[str]:
    """What the summary at the top says, each with what it leads to on this page."""
    summary = re.search(r'<div class="errors staff-errors".*?</div>', page.text, re.DOTALL)
    said = []
    for target, sentence in re.findall(
        r'<li>(?:<a href="#([^"]+)">)?(.*?)(?:</a>)?</li>', summary[0] if summary else ''
    ):
        assert not target or f'id="{target}"' in page.text
        said.append(unescape(sentence))
    return said


@pytest.fixture
def category():
    return Category.objects.create(name='Organisation', holders='organisations', fee=450, seats=2)


@pytest.fixture
def membership(category):
    membership = joining.admit(
        make_organisation('Institute of Care'), by=None, category=category, joined_on=date(2020, 1, 1)
    )
    for year in (TODAY.year, TODAY.year + 1):
        renewing.add_term(membership, by=None, start=date(year, 1, 1), end=date(year, 12, 31), payment='paid')
    return membership


def test_one_save_moves_a_boundary_and_adds_two_seats(membership, secretary, signed_in):
    mia, max_ = make_person('Mia Member'), make_person('Max Member')
    boundary = date(TODAY.year + 1, 3, 31)

    answer = fill_in(
        signed_in(secretary),
        page_of(membership),
        **{
            'terms-0-end': days.in_words(boundary),
            'terms-1-start': days.in_words(boundary + timedelta(days=1)),
            'seats-0-person': mia.pk,
            'seats-1-person': max_.pk,
        },
    )

    assert answer.status_code == 302
    assert [term.start for term in membership.terms.all()] == [
        date(TODAY.year, 1, 1),
        boundary + timedelta(days=1),
    ]
    assert {(seat.person, seat.since, seat.state) for seat in membership.seats.all()} == {
        (mia, TODAY, 'active'),
        (max_, TODAY, 'active'),
    }


def test_whoever_staff_give_a_seat_hears_once_what_they_have_and_how_to_give_it_up(
    membership, secretary, signed_in
):
    mia, lena, past = make_person('Mia Member'), make_person('Lena Later'), make_person('Past Member')
    client, ahead = signed_in(secretary), days.in_words(TODAY + timedelta(days=30))
    given = {
        'seats-0-person': mia.pk,
        'seats-1-person': lena.pk, 'seats-1-since': ahead,
    }  # fmt: skip
    alone = {'membership': membership.pk, 'person': past.pk, 'since': '1 May 2024', 'until': '1 May 2025'}

    fill_in(client, page_of(membership), **given)
    fill_in(client, page_of(membership), ended_why='Another field.')
    fill_in(client, reverse('admin:members_seat_add'), **alone, state='active')

    place = membership.organisation.shown_name
    told = list(Letter.objects.filter(kind__startswith='seat_').order_by('pk'))
    assert [(letter.to, letter.subject) for letter in told] == [
        (mia, f'You have a place in {place} now'),
        (lena, f'You have a place in {place} from {ahead}'),
    ]
    assert f'{secretary.printed_name} at our office has given you a place' in told[0].body
    leave = reverse('seat_leave', args=[membership.organisation_id])
    assert [leave in letter.body for letter in told] == [True, False]
    assert membership.seats.filter(person=past).exists()


def test_who_has_a_seat_instead_of_another_hears_of_it_and_the_other_too(membership, secretary, signed_in):
    mia, max_ = make_person('Mia Member'), make_person('Max Member')
    seats.give(membership, by=None, person=mia, since=date(2024, 1, 1))

    fill_in(signed_in(secretary), page_of(membership), **{'seats-0-person': max_.pk})

    told = Letter.objects.filter(kind__startswith='seat_').order_by('pk').values_list('kind', 'to')
    assert list(told) == [('seat_ended', mia.pk), ('seat_given', max_.pk)]


def test_one_save_ends_a_seat_and_gives_the_same_person_another(membership, secretary, signed_in):
    mia = make_person('Mia Member')
    seats.give(membership, by=None, person=mia, since=date(2024, 1, 1))
    yesterday = days.in_words(TODAY - timedelta(days=1))

    answer = fill_in(
        signed_in(secretary), page_of(membership), **{'seats-0-until': yesterday, 'seats-1-person': mia.pk}
    )

    assert answer.status_code == 302
    assert [seat.until for seat in membership.seats.order_by('pk')] == [TODAY - timedelta(days=1), None]


def test_terms_that_overlap_are_refused_once_and_everything_typed_stays(membership, secretary, signed_in):
    answer = fill_in(
        signed_in(secretary),
        page_of(membership),
        **{'terms-1-start': f'1 December {TODAY.year}', 'ended_why': 'Typed here', 'terms-2-start': '1 June 2040',
           'terms-2-end': '31 May 2040'},
    )  # fmt: skip

    assert faults(answer) == [
        f'Term 2: Start: This period overlaps another: 1 January {TODAY.year} to 31 December {TODAY.year}, paid.',
        'Term 3: The end stands before the start.',
    ]
    assert f'value="1 December {TODAY.year}"' in answer.text
    assert 'value="Typed here"' in answer.text
    assert answer.text.count('<title>Error: ') == 1
    assert 'Please correct' not in answer.text


def test_two_new_terms_of_one_page_are_compared(membership, secretary, signed_in):
    client = signed_in(secretary)
    sent = form_of(client.get(page_of(membership))) | {'terms-TOTAL_FORMS': '4'}
    for number, (start, end) in enumerate((('2040-01-01', '2040-12-31'), ('2040-12-01', '2041-11-30')), 2):
        sent |= {
            f'terms-{number}-start': start,
            f'terms-{number}-end': end,
            f'terms-{number}-payment': 'unpaid',
        }

    answer = client.post(page_of(membership), sent)

    assert faults(answer) == [
        'Term 4: Start: This period overlaps another: 1 January 2040 to 31 December 2040, unpaid.'
    ]


def test_a_new_term_takes_fee_and_seats_of_the_category_chosen_with_it(membership, secretary, signed_in):
    large = Category.objects.create(name='Large', holders='organisations', fee=900, seats=30)

    fill_in(
        signed_in(secretary),
        page_of(membership),
        **{'category': large.pk, 'terms-2-start': '1 January 2040', 'terms-2-end': '31 December 2040'},
    )

    term = membership.terms.last()
    assert (term.fee, term.seats, term.payment) == (900, 30, 'unpaid')


@pytest.mark.parametrize(
    ('typed', 'sentences'),
    [
        ({'category': 'people'}, ['Category: “Individual” is for people. Choose one for an organisation.']),
        (
            {'ended_on': '31 December 2019'},
            ['Ends on: The end stands before the day of joining, 1 January 2020.'],
        ),
        (
            {'organisation': 'other'},
            ['A membership stays with its holder, Institute of Care. '
             'Another holder needs a membership of their own.'],
        ),
        (
            {'person': 'somebody'},
            ['A membership stays with its holder, Institute of Care. '
             'Another holder needs a membership of their own.'],
        ),
        ({'number': ''}, []),
        ({'ended_on': 'soon'}, ['Ends on: Write the day like this: 12 November 2026.']),
        ({'number': 'taken'}, ['Number: Another membership has this number.']),
        ({'overrides-0-reason': 'Why', 'overrides-0-start': '2 May 2026', 'overrides-0-until': '1 May 2026'},
         ['Suspension 1: The end stands before the start.']),
        ({'seats-0-person': 'somebody', 'seats-0-since': '2 May 2026', 'seats-0-until': '1 May 2026'},
         ['Place 1: The end stands before the start.']),
        ({'seats-0-person': 'somebody', 'seats-1-person': 'somebody'},
         ['Place 2: Person: Some Body has a place here at that time already. End that one, or leave this one out.']),
        ({'terms-2-start': '1 May 2040', 'terms-2-end': '30 April 2041', 'terms-2-payment': 'promised'},
         ['Term 3: A promised term needs “promised until”, a day up to its end.']),
        ({'terms-2-start': '1 May 2040'}, ['Term 3: End: Fill this in.']),
    ],
)  # fmt: skip
def test_what_is_refused_has_its_sentence_and_leads_to_its_field(
    membership, secretary, signed_in, typed, sentences
):
    given = {
        'people': Category.objects.create(name='Individual', holders='people').pk,
        'other': make_organisation().pk,
        'somebody': make_person('Some Body').pk,
        'taken': make_membership(make_organisation()).number,
    }
    typed = {name: given.get(value, value) for name, value in typed.items()}

    answer = fill_in(signed_in(secretary), page_of(membership), **typed)

    assert faults(answer) == sentences
    membership.refresh_from_db()
    assert membership.organisation.name == 'Institute of Care'


def test_an_end_to_come_makes_it_due_and_no_second_one_runs_beside_it(membership, secretary, signed_in):
    client = signed_in(secretary)
    last = TODAY + timedelta(days=30)
    fill_in(client, page_of(membership), ended_on=days.in_words(last), ended_why='It closes')

    page = client.get(page_of(membership))
    beside = fill_in(
        client, reverse(ADD), organisation=membership.organisation_id, category=membership.category_id
    )
    after = fill_in(
        client, reverse(ADD), organisation=membership.organisation_id, category=membership.category_id,
        joined_on=days.in_words(last + timedelta(days=1)),
    )  # fmt: skip

    assert f'Due: the membership ends on {days.in_words(last)}: It closes.' in page.text
    assert faults(beside) == [
        f'Joined on: Institute of Care has membership 1001 until {days.in_words(last)}. '
        'Another can start the day after.'
    ]
    assert after.status_code == 302


@pytest.mark.parametrize(
    ('both', 'sentence'), [(True, 'Choose only one of the two.'), (False, 'Choose one of the two.')]
)
def test_a_membership_has_one_holder(category, secretary, signed_in, both, sentence):
    held = {'organisation': make_organisation().pk, 'person': make_person().pk} if both else {}

    answer = fill_in(signed_in(secretary), reverse(ADD), category=category.pk, **held)

    assert faults(answer) == [
        f'Organisation: A membership belongs to one organisation or to one person. {sentence}'
    ]


def test_seats_beyond_the_cap_are_a_warning(membership, secretary, signed_in):
    for _ in range(2):
        seats.give(membership, by=None, person=make_person())
    client = signed_in(secretary)

    fill_in(client, page_of(membership), **{'seats-2-person': make_person().pk})

    page = client.get(page_of(membership))
    assert membership.seats.count() == 3
    assert 'More places than the membership has: 3 of 2 used.' in page.text


def test_it_works_without_scripts(category, secretary, signed_in):
    organisation, mia = make_organisation('Institute of Care', short_name='IoC'), make_person('Mia Member')
    client = signed_in(secretary)
    form = client.get(reverse(ADD)).text

    sent = fill_in(
        client, reverse(ADD), **{'organisation-typed': 'ioc', 'category': category.pk, 'seats-0-person-typed': mia.email}
    )  # fmt: skip

    assert '<noscript><input class="vTextField" name="organisation-typed"' in form
    assert f'<option value="{category.pk}">Organisation</option>' in form
    assert sent.status_code == 302
    membership = Membership.objects.get()
    assert (membership.organisation, membership.seats.get().person) == (organisation, mia)


def test_what_is_typed_in_place_of_choosing_is_found_or_answered(category, secretary, signed_in):
    twins = [make_organisation('Institute of Care') for _ in range(2)]
    client = signed_in(secretary)

    def said(typed):
        answer = fill_in(client, reverse(ADD), **{'organisation-typed': typed, 'category': category.pk})
        assert answer.status_code == 302 or f'value="{typed}"' in answer.text
        return faults(answer) if answer.status_code == 200 else []

    assert said('Nobody') == ['Organisation: Nothing here is called “Nobody”. Type the whole name.']
    assert said('institute of care') == [
        'Organisation: Several are called “institute of care”: '
        f'Institute of Care (#{twins[0].pk}), Institute of Care (#{twins[1].pk}). Type the number with its #.'
    ]
    assert said('#99999999999999999999999') != []
    assert said(f'#{twins[1].pk}') == []
    assert Membership.objects.get().organisation == twins[1]


def test_a_suspension_is_ended_and_never_deleted(membership, secretary, signed_in):
    client = signed_in(secretary)
    fill_in(client, page_of(membership), **{'overrides-0-reason': 'A complaint'})
    page = client.get(page_of(membership))
    suspended = membership.standing().sentence

    fill_in(client, page_of(membership), **{'overrides-0-DELETE': 'on'})
    fill_in(client, page_of(membership), **{'overrides-0-until': days.in_words(TODAY)})

    assert suspended == 'Suspended: A complaint.'
    assert 'overrides-0-DELETE' not in page.text
    override = membership.overrides.get()
    assert (override.until, override.by) == (TODAY, secretary)


def test_the_history_page_says_what_was_and_what_is(membership, secretary, signed_in):
    client = signed_in(secretary)
    fill_in(client, page_of(membership), ended_on='31 March 2040', **{'terms-0-payment': 'void'})

    page = client.get(reverse('admin:members_membership_history', args=[membership.pk]))

    assert 'Ends on: was empty, is 31 March 2040.' in page.text
    assert (
        f'Term 1 January {TODAY.year} to 31 December {TODAY.year}: Payment: was “paid”, is “void”.'
        in unescape(page.text)
    )


def test_a_save_that_changes_nothing_leaves_no_line(membership, secretary, signed_in):
    assert fill_in(signed_in(secretary), page_of(membership)).status_code == 302

    assert said_of(membership) == []


def test_a_large_organisation_fits_on_one_page(membership, secretary, signed_in):
    people = [make_person(email=None) for _ in range(180)]
    Seat.objects.bulk_create(Seat(membership=membership, person=person) for person in people)

    answer = fill_in(signed_in(secretary), page_of(membership), ended_why='Typed here')

    assert answer.status_code == 302


def test_what_a_verb_refuses_comes_back_with_all_that_was_typed(
    membership, secretary, signed_in, monkeypatch
):
    def refuse(*args, **kwargs):
        raise NotNow('Somebody was quicker.')

    client = signed_in(secretary)
    monkeypatch.setattr(leaving, 'keep_suspensions', refuse)

    answer = fill_in(client, page_of(membership), ended_why='Typed here')

    assert answer.status_code == 200
    assert faults(answer) == ['Somebody was quicker.']
    assert 'value="Typed here"' in answer.text


def test_of_very_many_seats_the_page_has_those_given_last_and_says_where_all_are(
    membership, secretary, signed_in, monkeypatch
):
    monkeypatch.setattr('members.admin.seats.SHOWN', 2)
    first, *others = [make_person(f'Place {number}') for number in range(4)]
    for person in (first, *others):
        seats.give(membership, by=None, person=person)
    client, all_of_them = signed_in(secretary), f'membership__id__exact={membership.pk}'

    page = client.get(page_of(membership)).text
    fill_in(client, page_of(membership), **{'seats-1-until': days.in_words(TODAY)})
    listed = client.get(f'{reverse("admin:members_seat_changelist")}?{all_of_them}').text

    assert [name in page for name in ('Place 3', 'Place 2', 'Place 1', all_of_them)] == [
        True,
        True,
        False,
        True,
    ]
    assert [seat.until for seat in membership.seats.order_by('pk')] == [None, None, None, TODAY]
    assert all(person.name in listed for person in (first, *others))


def test_the_page_writes_no_question_for_a_key_that_it_knows_or_that_is_empty(
    membership, secretary, signed_in, monkeypatch
):
    """Django writes one for each key to choose, though nothing is chosen; that was a tenth of the page."""
    seats.give(membership, by=None, person=make_person('Place one'))
    asked = []
    monkeypatch.setattr(AutocompleteSelect, 'optgroups', lambda self, name, *rest: asked.append(name))

    page = signed_in(secretary).get(page_of(membership)).text

    assert ('Place one' in page, asked) == (True, [])


def test_a_seat_that_is_given_meanwhile_pushes_none_out_of_a_page_that_is_open(
    membership, secretary, signed_in, monkeypatch
):
    monkeypatch.setattr('members.admin.seats.SHOWN', 2)
    for number in range(3):
        seats.give(membership, by=None, person=make_person(f'Place {number}'))
    client = signed_in(secretary)
    opened = form_of(client.get(page_of(membership)))

    seats.give(membership, by=None, person=make_person('Place meanwhile'))
    answer = client.post(page_of(membership), {**opened, 'ended_why': 'Typed'})

    assert answer.status_code == 409
    assert 'Place meanwhile' in answer.text


def test_a_person_s_own_membership_has_no_seats(secretary, signed_in):
    own = make_membership(make_person())

    page = signed_in(secretary).get(page_of(own))
    added = fill_in(
        signed_in(secretary), reverse(ADD), person=make_person().pk, category=own.category_id,
        **{'seats-0-person': make_person().pk},
    )  # fmt: skip

    assert 'id="seats-group"' not in page.text
    assert faults(added) == ['Place 1: Person: Only an organisation’s membership has places.']


def test_the_holders_of_a_category_in_use_stay(category, membership, secretary, signed_in):
    answer = fill_in(
        signed_in(secretary), reverse('admin:members_category_change', args=[category.pk]), holders='people'
    )

    assert faults(answer) == [
        'For: Memberships are in this category, and their holders would not fit it. Make another category.'
    ]


def test_a_seat_on_its_own_page_is_judged_with_the_others(membership, secretary, signed_in):
    mia = make_person('Mia Member')
    seats.give(membership, by=None, person=mia)
    client = signed_in(secretary)

    twice = fill_in(client, reverse('admin:members_seat_add'), membership=membership.pk, person=mia.pk)
    fill_in(client, reverse('admin:members_seat_add'), membership=membership.pk, person=make_person().pk)

    assert faults(twice) == [
        'Person: Mia Member has a place here at that time already. End that one, or leave this one out.'
    ]
    assert Seat.objects.count() == 2


def test_every_constraint_has_a_sentence():
    default = 'Constraint “%(name)s” is violated.'
    without = [
        constraint.name
        for model in apps.get_app_config('members').get_models()
        for constraint in model._meta.constraints
        if constraint.violation_error_message == default
    ]

    assert without == []


@pytest.mark.django_db(transaction=True)
def test_two_secretaries_admit_one_organisation_at_the_same_moment(site, secretary, signed_in):
    category = Category.objects.create(name='Organisation', holders='organisations')
    client = signed_in(secretary)
    webs = [site.web(), site.web()]
    for _ in range(4):
        sent = form_of(client.get(reverse(ADD))) | {
            'organisation': make_organisation().pk,
            'category': category.pk,
        }
        barrier = threading.Barrier(2)

        def admit(web, sent=sent, barrier=barrier):
            barrier.wait()
            return web.ask('POST', reverse(ADD), cookie=cookie_of(client), form=sent)[0]

        with ThreadPoolExecutor() as pool:
            assert sorted(pool.map(admit, webs)) == [200, 302]

    assert sorted(Membership.objects.values_list('number', flat=True)) == [1001, 1002, 1003, 1004]


@pytest.mark.parametrize(
    'typed', ['\x00', 'a\x00b', '#', '#-1', '#１', '%', '_', "'", 'x' * 5_000, '\ud83d', '∞']
)
def test_whatever_is_typed_for_a_key_is_answered(category, secretary, signed_in, typed):
    answer = fill_in(
        signed_in(secretary), reverse(ADD), **{'organisation-typed': typed.encode(errors='replace').decode(), 'category': category.pk}
    )  # fmt: skip

    assert answer.status_code in (200, 400)
