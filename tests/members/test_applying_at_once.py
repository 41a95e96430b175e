"""Two members of staff at one application, in two real processes: one decides, the other reads what became of it."""

import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import transaction
from django.urls import reverse

from members.models import Application, Invoice, Membership, Organisation
from tests.conftest import make_application, make_draft, make_person
from tests.processes import cookie_of
from ukis import days
from ukis.letters.models import PrivateLink

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(application, *asked):
    with ThreadPoolExecutor(len(asked)) as pool:
        with transaction.atomic():
            # Held, so that whoever asks for it meanwhile waits in line.
            Application.objects.select_for_update().get(pk=application.pk)
            sent = []
            for web, path, cookie, form in asked:
                sent.append(pool.submit(web.ask, 'POST', path, cookie=cookie, form=form))
                time.sleep(0.4)
        return [one.result() for one in sent]


def test_two_decisions_meet_and_one_stands(site, society, secretary, administrator, signed_in):
    webs = site.web(), site.web()
    cookies = [cookie_of(signed_in(person)) for person in (secretary, administrator)]
    approved = 0
    for second in ('approve', 'decline'):
        row = make_application(make_person())
        approve = {'category': row.category_id, 'first': days.in_words(days.today()), 'same_as': 'new'}
        forms = {'approve': approve, 'decline': {'note': 'Not ours.'}}
        asked = [
            (web, reverse('admin:application_move', args=[row.pk, move]), cookie, forms[move])
            for web, cookie, move in zip(webs, cookies, ('approve', second), strict=True)
        ]

        answers = at_once(row, *asked)

        row.refresh_from_db()
        assert sorted(code for code, _ in answers) == [302, 409]
        # Whichever came first stands, and the other reads what was decided and by whom.
        first = [code for code, _ in answers].index(302)
        assert row.state == {'approve': 'approved', 'decline': 'declined'}[('approve', second)[first]]
        approved += row.state == 'approved'
        read = answers[1 - first][1]
        assert ('Approved on' if row.state == 'approved' else 'Declined') in read
        assert f'{("Sue Secretary", "Amir Administrator")[first]} decided.' in read
    assert Membership.objects.count() == Invoice.objects.count() == Organisation.objects.count() == approved
    assert sorted(Invoice.objects.values_list('number', flat=True)) == [10001, 10002][:approved]


def test_one_link_pressed_twice_at_once_makes_one_account(site, society):
    webs, row = (site.web(), site.web()), make_draft(None, complete=True)
    path = reverse('application', args=[PrivateLink.make(purpose='application', about=row, days=3)])

    answers = at_once(row, *((web, path, '', {'do': 'submit'}) for web in webs))

    assert sorted(code for code, _ in answers) == [302, 409]
    row.refresh_from_db()
    assert (row.state, row.person.email) == ('submitted', row.email)
    assert row.steps.filter(move='submit').count() == 1
