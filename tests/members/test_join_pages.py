"""Joining in a browser without scripts: strangers, people with an account, the private link, what staff do with it."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from members import applying
from members.models import Application, Category, Invoice, Office
from tests.conftest import (
    APPLIED,
    fill_in,
    letters_leave,
    make_application,
    make_category,
    make_draft,
    make_membership,
    make_organisation,
    make_person,
    make_seat,
)
from ukis.letters.models import Letter, PrivateLink
from ukis.society.models import Page

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures('society')]

FILLED = {**APPLIED, 'email': 'ann@quiet.example', 'agreed': 'on', 'do': 'send'}
EVIL = SimpleUploadedFile('plan.pdf', b'<html><script>alert(1)</script>')


def link_in(mailoutbox, number: int = -1) -> str:
    """The private link of a letter that left."""
    found = re.search(r'http://\S+(/join/application/\S+/)', mailoutbox[number].body)
    assert found, mailoutbox[number].body
    return found[1]


def apply_at(category: Category) -> str:
    return reverse('join_category', args=[category.pk])


def test_the_page_of_categories_says_what_each_costs_and_shows_the_open_ones(django_assert_num_queries):
    make_category('Small', fee='250.00', seats=5, includes='A listing\nThe blog', extra_seat_fee='20.00')
    make_category('Honorary', holders='people', fee=0)
    make_category('Closed', open=False)
    Page.objects.create(title='Principles', address='principles', body='<p>Be kind.</p>', published=True)
    client = Client()
    client.get(reverse('join'))

    with django_assert_num_queries(4):
        text = client.get(reverse('join'), {'anew': '1'}).text

    for words in ('£250 a year', '5 places for your people, each further one £20', 'A listing', 'No fee'):
        assert words in text
    assert 'Closed' not in text
    assert reverse('page', args=['principles']) in text
    assert client.get(apply_at(Category.objects.get(name='Closed'))).status_code == 404
    for number in range(5):
        make_category(f'Band {number}')
    with django_assert_num_queries(4):
        client.get(reverse('join'), {'anew': '1'})


@pytest.mark.parametrize('knows', [False, True])
def test_a_stranger_applies_confirms_by_post_and_nobody_learns_who_has_an_account(knows, mailoutbox):
    Page.objects.create(title='Principles', address='principles', body='<p>Be kind.</p>', published=True)
    known = make_person('Known', email=FILLED['email']) if knows else None
    client, category = Client(), make_category(questions=True)
    why, size, _, plan = category.questions.all()
    answers = {f'question_{why.pk}': 'To learn.', f'question_{size.pk}': 'small'}
    file = SimpleUploadedFile('../our plan.pdf', b'%PDF-1.7 our plan')

    answer = client.post(apply_at(category), {**FILLED, **answers, f'question_{plan.pk}': file}, follow=True)

    assert answer.redirect_chain == [(reverse('join_sent'), 302)]
    assert FILLED['email'] in answer.text
    row = Application.objects.get()
    assert (row.state, row.person, row.principles) == ('draft', None, 'Be kind.')
    letters_leave()
    assert [letter.to for letter in mailoutbox] == [[f'Ann Applicant <{FILLED["email"]}>']]
    link = link_in(mailoutbox)
    scanner = Client()
    for method in (scanner.get, scanner.head):
        page = method(link)
        assert page.status_code == 200
        assert (page.headers['Referrer-Policy'], page.headers['X-Robots-Tag']) == (
            'no-referrer',
            'noindex, nofollow',
        )
    assert Application.objects.get().state == 'draft'

    answer = Client(enforce_csrf_checks=True).post(link, {'do': 'submit'}, headers={'Origin': 'null'})

    row.refresh_from_db()
    assert (answer.status_code, row.state) == (302, 'submitted')
    assert (row.person == known) if knows else (row.person.email == FILLED['email'])
    assert '_auth_user_id' not in scanner.session
    page = scanner.get(link).text
    assert 'We have your application. The membership secretary answers by' in page
    assert 'our plan.pdf' in page
    assert (
        scanner.post(link, {'do': 'submit'}).status_code == 409
    )  # used: it says how it stands, and does nothing
    kept = row.said.get(question=plan)
    why.text = 'Another question'
    why.save()
    assert row.said.first().asked == 'Why do you join?'
    sent = scanner.get(f'{link}{kept.pk}/')
    assert sent.content == b'%PDF-1.7 our plan'
    assert sent.headers['Content-Disposition'] == "attachment; filename*=UTF-8''our%20plan.pdf"
    assert sent.headers['X-Content-Type-Options'] == 'nosniff'


def test_the_answer_is_the_same_whoever_has_an_account():
    category = make_category()
    make_person(email='known@quiet.example')

    answers = [
        Client().post(apply_at(category), {**FILLED, 'email': email, 'do': do})
        for do in ('send', 'save')
        for email in ('known@quiet.example', 'new@quiet.example')
    ]

    assert {(one.status_code, one.url) for one in answers} == {(302, reverse('join_sent'))}
    letters = Letter.objects.filter(kind='application_link').order_by('pk')
    bodies = [letter.body for letter in letters]
    assert bodies[0] == bodies[1]
    assert bodies[2] == bodies[3]
    assert bodies[0] != bodies[2]


def test_errors_stand_on_top_and_beside_the_field_and_what_was_typed_comes_back():
    category = make_category(questions=True)
    plan = category.questions.get(kind='file')
    typed = {**FILLED, 'oscr': 'none', 'agreed': '', 'website': 'not an address', f'question_{plan.pk}': EVIL}
    EVIL.seek(0)

    page = Client().post(apply_at(category), typed)

    assert page.status_code == 422
    assert not Application.objects.exists()
    wrong = page.context['form'].errors
    questions = {
        f'question_{pk}' for pk in category.questions.filter(required=True).values_list('pk', flat=True)
    }
    assert set(wrong) == {'oscr', 'agreed', 'website', f'question_{plan.pk}', *questions}
    for name in wrong:
        assert f'href="#id_{name}"' in page.text
        assert f'id="id_{name}_error"' in page.text
    assert 'Board of Quiet Practice' in page.text
    assert 'not an address' in page.text


def test_a_draft_may_lack_anything_but_somebody_to_write_to(mailoutbox):
    client, category = Client(), make_category(questions=True)

    assert client.post(apply_at(category), {'do': 'save', 'email': 'a@b.example'}).status_code == 422
    client.post(apply_at(category), {'do': 'save', 'email': 'a@b.example', 'name': 'Ann'})

    letters_leave()
    link = link_in(mailoutbox)
    assert 'Go on with it' in client.get(link).text
    assert client.post(link, {'do': 'submit'}).status_code == 409
    form = client.get(f'{link}edit/').context['form']
    seen = form['seen'].value()
    saved = client.post(f'{link}edit/', {'do': 'save', 'name': 'Ann B', 'seen': seen})
    assert (saved.status_code, saved.url) == (302, link)
    assert Application.objects.get().name == 'Ann B'
    # From another window, which began before that.
    stale = client.post(f'{link}edit/', {'do': 'save', 'name': 'Ann C', 'seen': seen})
    assert stale.status_code == 422
    assert 'saved in another window' in stale.text
    assert Application.objects.get().name == 'Ann B'
    again = stale.context['form']['seen'].value()
    assert client.post(f'{link}edit/', {'do': 'save', 'name': 'Ann C', 'seen': again}).status_code == 302
    assert Application.objects.get().name == 'Ann C'
    assert 'Your draft is deleted' in client.post(link, {'do': 'discard'}).text
    assert client.get(link).status_code == 404


def test_somebody_signed_in_needs_no_letter_and_finds_it_on_their_page(signed_in):
    person, category = make_person('Ann Applicant'), make_category()
    client = signed_in(person)
    page = client.get(apply_at(category))
    assert 'email' not in page.context['form'].fields

    answer = client.post(apply_at(category), {**FILLED, 'do': 'send'})

    row = Application.objects.get()
    assert (row.state, row.person, row.email) == ('submitted', person, person.email)
    assert answer.url == reverse('my_application', args=[row.pk])
    assert not Letter.objects.filter(kind='application_link').exists()
    assert answer.url in client.get(reverse('account')).text
    assert client.post(answer.url, {'do': 'withdraw'}).status_code == 302
    row.refresh_from_db()
    assert row.state == 'withdrawn'
    # An address that nobody confirmed is confirmed by a letter, as a stranger's is.
    other = make_person('Una Unconfirmed')
    other.emailaddress_set.update(verified=False)
    assert signed_in(other).post(apply_at(category), {**FILLED, 'email': other.email}).url == reverse(
        'join_sent'
    )


def test_an_applicant_whose_organisation_is_a_member_is_offered_a_place(mailoutbox):
    known = make_organisation('Board of Quiet Practice', website='https://quiet.example')
    membership, contact = make_membership(known), make_person('Mia Main')
    Office.objects.create(organisation=known, person=contact, role='main')
    client, category = Client(), make_category()

    page = client.post(apply_at(category), FILLED)

    assert page.status_code == 422
    assert 'Ask Board of Quiet Practice for a place' in page.text
    assert not Application.objects.exists()
    client.post(apply_at(category), {**FILLED, 'another': 'on'})
    assert not Application.objects.get().wants_seat
    client.post(apply_at(category), {**FILLED, 'do': 'seat', 'agreed': ''})
    letters_leave()
    link = link_in(mailoutbox)
    assert not Letter.objects.filter(kind='seat_asked').exists()
    client.post(link, {'do': 'ask_seat'})
    row = Application.objects.get(wants_seat=True)
    assert row.state == 'referred'
    letter = Letter.objects.get(kind='seat_asked')
    assert (letter.to, letter.about) == (contact, membership)
    assert 'asked the main contacts of Board of Quiet Practice' in client.get(link).text

    hidden = make_organisation('Hidden House', public=False)
    make_membership(hidden)
    answer = client.post(apply_at(category), {**FILLED, 'organisation_name': 'Hidden House', 'website': ''})
    assert answer.status_code == 302  # that it is a member is nobody's to learn here


def test_it_is_limited_how_often_somebody_applies(settings):
    category, client = make_category(), Client()

    codes = [client.post(apply_at(category), {**FILLED, 'do': 'save'}).status_code for _ in range(6)]

    assert codes == [302] * 5 + [429]
    assert 'Ann Applicant' in client.post(apply_at(category), {**FILLED, 'do': 'save'}).text
    cache.clear()
    assert client.post(apply_at(category), {**FILLED, 'do': 'save'}).status_code == 302


def test_a_link_opens_one_application_until_its_time_is_over():
    mine, other = make_draft(None), make_draft(None, email='other@quiet.example')
    token = PrivateLink.make(purpose='application', about=mine, days=3)
    client = Client()

    assert client.get(reverse('application_file', args=[token, mine.said.get().pk])).status_code == 200
    assert client.get(reverse('application_file', args=[token, other.said.get().pk])).status_code == 404
    wrong = PrivateLink.make(purpose='named', about=mine, days=3)
    for name in ('application', 'application_edit'):
        assert client.get(reverse(name, args=[token])).status_code == 200
        assert client.get(reverse(name, args=[token[::-1]])).status_code == 404
        assert client.get(reverse(name, args=[wrong])).status_code == 404
        assert client.post(reverse(name, args=[wrong]), {'do': 'discard'}).status_code == 404
    PrivateLink.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    assert client.get(reverse('application', args=[token])).status_code == 404
    assert Application.objects.count() == 2


def test_what_was_approved_is_not_held_for_like_itself(secretary, signed_in):
    known = make_organisation('Board for Quiet Practice Ltd', website='https://quiet.example')
    row = make_application(make_person('Ann Applicant', email='ann@quiet.example'))
    applying.approve(row, by=secretary)

    page = signed_in(secretary).get(reverse('admin:members_application_change', args=[row.pk]))

    assert [one.organisation for one, _ in page.context['alike']] == [known]


def test_staff_read_it_whole_ask_for_more_and_approve_from_its_page(secretary, editor, signed_in, mailoutbox):
    known = make_organisation('Board for Quiet Practice Ltd', website='https://quiet.example')
    applicant = make_person('Ann Applicant', email='ann@quiet.example')
    row = make_application(applicant)
    staff, page = signed_in(secretary), reverse('admin:members_application_change', args=[row.pk])
    moves = {
        name: reverse('admin:application_move', args=[row.pk, name]) for name in ('ask', 'approve', 'decline')
    }

    text = staff.get(page).text

    for words in (
        'Board for Quiet Practice Ltd</a>: the same name; the same web address',
        'plan.pdf',
        'Cardiff',
        '£',
    ):
        assert words in text
    for address in moves.values():
        assert address in text
    assert str(row) in staff.get(reverse('admin:members_application_changelist')).text
    assert staff.post(moves['ask'], {'note': ' '}).status_code == 422
    assert staff.post(moves['ask'], {'note': 'How many are you?'}).url == page
    letters_leave()
    assert 'How many are you?' in mailoutbox[-1].body
    mine = signed_in(applicant)
    here = reverse('my_application', args=[row.pk])
    assert 'How many are you?' in mine.get(here).text
    seen = mine.get(f'{here}edit/').context['form']['seen'].value()
    mine.post(f'{here}edit/', {**FILLED, 'job_title': 'Head of five', 'seen': seen})
    row.refresh_from_db()
    assert (row.state, row.job_title) == ('submitted', 'Head of five')

    asked = {'category': row.category_id, 'first': '1 December 2026'}
    first = staff.get(moves['approve']).context['form']['first'].value()
    refused = staff.post(moves['approve'], {**asked, 'first': first})  # nothing is chosen for them
    assert (refused.status_code, list(refused.context['form'].errors)) == (422, ['same_as'])
    assert staff.post(moves['approve'], {**asked, 'first': first, 'same_as': known.pk}).url == page
    row.refresh_from_db()
    assert row.membership.organisation == known
    assert 'Approved on' in staff.get(page).text
    assert Invoice.objects.get().payer_name == known.name
    late = staff.post(moves['decline'], {'note': 'Too late.'})
    assert (late.status_code, 'Approved on' in late.text) == (409, True)
    assert signed_in(editor).get(page).status_code == 403
    letters_leave()
    assert 'Your application is approved' in mailoutbox[-1].body


def test_the_form_of_a_category_can_be_found_and_that_of_an_applicant_cannot(signed_in, stranger):
    category = make_category('Individual', description='For anybody.')
    client = signed_in(stranger)
    client.post(apply_at(category), FILLED | {'do': 'save'})
    mine = Application.objects.get()

    open_to_all = Client().get(apply_at(category)).text
    own = client.get(reverse('my_application_edit', args=[mine.pk])).text

    assert '<meta name="description" content="Individual: £450 a year. For anybody.">' in open_to_all
    assert f'<link rel="canonical" href="http://testserver{apply_at(category)}">' in open_to_all
    assert 'noindex' not in open_to_all
    assert '<meta name="robots" content="noindex, nofollow">' in own
    assert 'name="description"' not in own


def test_a_list_of_applications_costs_the_same_however_many(
    secretary, signed_in, django_assert_max_num_queries
):
    client, counted = signed_in(secretary), []
    client.get(reverse('admin:members_application_changelist'))
    for many in (1, 5):
        for _ in range(many):
            make_application(make_person())
        with django_assert_max_num_queries(20) as asked:
            client.get(reverse('admin:members_application_changelist'))
        counted.append(len(asked))
        with django_assert_max_num_queries(20) as asked:
            client.get(reverse('admin:members_application_change', args=[Application.objects.first().pk]))

    assert counted[0] == counted[1]


def test_questions_and_register_numbers_are_kept_by_staff(secretary, signed_in):
    organisation = make_organisation('Quiet')
    client = signed_in(secretary)
    page = reverse('admin:members_organisation_change', args=[organisation.pk])
    fill_in(client, page, **{'registrations-0-register': 'oscr', 'registrations-0-number': 'sc 1234'})

    assert [str(one) for one in organisation.registrations.all()] == [
        'Scottish Charity Regulator (OSCR): SC001234'
    ]
    category = make_category()
    page = reverse('admin:members_category_change', args=[category.pk])
    fill_in(
        client, page, **{'questions-0-text': 'Why?', 'questions-0-kind': 'text', 'questions-0-position': 1}
    )
    assert [question.text for question in category.questions.all()] == ['Why?']


def test_everybody_who_is_refused_is_led_to_the_way_in(stranger, signed_in):
    client, way_in = signed_in(stranger), reverse('join')

    assert f'href="{way_in}"' in Client().get('/').text
    for page in (reverse('account'), reverse('write')):
        assert f'href="{way_in}"' in client.get(page).text, page
    assert f'href="{way_in}"' in client.get(reverse('admin:index')).text
    assert f'href="{way_in}"' in Client().get(reverse('organisations')).text


def test_what_stands_in_a_draft_is_read_by_nobody_else(secretary, signed_in):
    row, client = make_draft(None), signed_in(secretary)

    page = client.get(reverse('admin:members_application_change', args=[row.pk])).text

    assert 'The applicant is filling it in.' in page
    for words in ('Head of Practice', 'Quiet Street', 'plan.pdf'):
        assert words not in page
    assert client.get(reverse('admin:application_file', args=[row.pk, row.said.get().pk])).status_code == 404
    assert (
        client.post(reverse('admin:application_move', args=[row.pk, 'decline']), {'note': 'No.'}).status_code
        == 409
    )


def test_principles_that_changed_since_somebody_agreed_are_put_before_them_again(mailoutbox):
    Page.objects.create(title='Principles', address='principles', body='<p>Be kind.</p>', published=True)
    client = Client()
    client.post(apply_at(make_category()), FILLED)
    letters_leave()
    link = link_in(mailoutbox)
    Page.objects.update(body='<p>Be kind, and brief.</p>')

    early = client.post(link, {'do': 'submit'})
    form = client.get(f'{link}edit/').text
    box = re.search(r'<input[^>]*name="agreed"[^>]*>', form)[0]
    shown = re.search(r'value="([^"]+)"', box)[1]
    Page.objects.update(body='<p>Be brief.</p>')
    filled = {**FILLED, 'seen': Application.objects.get().saved_at.isoformat()}
    unseen = client.post(f'{link}edit/', {**filled, 'agreed': shown})
    anew = re.search(r'name="agreed"[^>]*value="([^"]+)"|value="([^"]+)"[^>]*name="agreed"', unseen.text)
    sent = client.post(f'{link}edit/', {**filled, 'agreed': anew[1] or anew[2]})

    assert early.status_code == 409
    assert 'The principles of membership are others than those to which you agreed' in early.text
    assert 'checked' not in box
    assert 'They have changed since you agreed to them.' in form
    assert (unseen.status_code, 'The principles changed while you wrote.' in unseen.text) == (422, True)
    row = Application.objects.get()
    assert (sent.status_code, row.state, row.principles) == (302, 'submitted', 'Be brief.')


def test_who_has_a_place_there_already_reads_so_where_they_ask_for_one(signed_in):
    known = make_organisation('Board of Quiet Practice', website='https://quiet.example')
    person = make_person('Pia Placed')
    make_seat(person, known)

    page = signed_in(person).post(apply_at(make_category()), {**FILLED, 'do': 'seat'})

    assert page.status_code == 409
    assert '<p>You have a place here already.</p>' in page.text


def test_whose_organisation_became_a_member_while_they_were_asked_for_more_asks_it_for_a_place(
    signed_in, secretary
):
    applicant = make_person('Ann Applicant')
    row = make_application(applicant, 'asked', by=secretary)
    make_membership(make_organisation('Board of Quiet Practice'))
    page = reverse('my_application_edit', args=[row.pk])

    offered = signed_in(applicant).post(page, {**FILLED, 'seen': row.saved_at.isoformat()})
    asked = signed_in(applicant).post(page, {**FILLED, 'seen': row.saved_at.isoformat(), 'do': 'seat'})

    row.refresh_from_db()
    assert 'Ask Board of Quiet Practice for a place' in offered.text
    assert (asked.status_code, row.state) == (302, 'referred')


def test_who_goes_on_with_a_draft_for_months_has_a_link_that_works_as_long_as_it_is_kept(mailoutbox):
    with time_machine.travel('2027-03-01T10:00Z'):
        row = make_draft(None)
        letters_leave()
        first = f'{link_in(mailoutbox)}edit/'
        Client().post(first, {**FILLED, 'seen': row.saved_at.isoformat(), 'do': 'save'})
        letters_leave()
        sent_at_once = len(mailoutbox)
    with time_machine.travel('2027-05-20T10:00Z'):
        row.refresh_from_db()
        Client().post(first, {**FILLED, 'seen': row.saved_at.isoformat(), 'do': 'save'})
        letters_leave()

    with time_machine.travel('2027-07-10T10:00Z'):
        assert (sent_at_once, Client().get(first).status_code) == (1, 404)
        assert Client().get(link_in(mailoutbox)).status_code == 200
