"""Two real processes at one commission: whoever comes second answers what the first made of it."""

import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import transaction
from django.urls import reverse

from blog import commissioning
from blog.models import Commission, Submission
from blog.states.commission_states import CommissionState as S
from members.models import Person
from tests.blog.test_commission_pages import link_of
from tests.commissions import LINK, brought_to
from tests.conftest import make_person
from tests.processes import cookie_of
from ukis.letters.models import Letter

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures('society')]

IVO = 'ivo@far.example'


def at_once(row, *asked):
    """Sends the requests in this order while nobody can move, then lets them go; their status codes."""
    with ThreadPoolExecutor(len(asked)) as pool:
        with transaction.atomic():
            Commission.objects.select_for_update().get(pk=row.pk)
            sent = []
            for web, path, cookie, form in asked:
                sent.append(pool.submit(web.ask, 'POST', path, cookie=cookie, form=form))
                time.sleep(0.4)
        return [one.result()[0] for one in sent]


@pytest.mark.parametrize('first', ['the yes', 'the taking back'])
def test_a_yes_meets_a_taking_back(site, editor, signed_in, first):
    ivo = make_person('Ivo Invitee', email=IVO)
    row = brought_to(S.SENT, editor, invitee=ivo)
    one, two = site.web(), site.web()
    yes = (one, link_of(row), '', {'answer': 'accept', 'seen': row.deadline.isoformat()})
    back = reverse('admin:commission_move', args=[row.pk, 'take_back'])
    taking = (two, back, cookie_of(signed_in(editor)), {'reason': 'It is not needed.'})

    codes = at_once(row, *((yes, taking) if first == 'the yes' else (taking, yes)))

    row.refresh_from_db()
    begun = [one.state for one in Submission.objects.all()]
    assert (row.state, set(codes) <= {302, 409}) == (S.TAKEN_BACK, True)
    assert set(begun) <= {'withdrawn'}
    waiting = Letter.objects.filter(state=Letter.State.WAITING, to_address=IVO).values_list('kind', flat=True)
    assert 'commission_yes' not in waiting


def test_a_yes_meets_another_date(site, editor, signed_in):
    row = brought_to(S.SENT, editor)
    one, two = site.web(), site.web()
    sooner = row.answer_by
    moved = {'answer_by': sooner.isoformat(), 'deadline': sooner.isoformat()}
    moving = (
        one,
        reverse('admin:commission_move', args=[row.pk, 'move_dates']),
        cookie_of(signed_in(editor)),
        moved,
    )
    yes = (two, link_of(row), '', {'answer': 'accept', 'seen': row.deadline.isoformat()})

    codes = at_once(row, moving, yes)

    row.refresh_from_db()
    came_second = codes == [302, 409]  # on SQLite whoever waits is let in in any order
    assert came_second or codes == [302, 302]
    assert (row.state, row.deadline) == (S.SENT if came_second else S.ACCEPTED, sooner)
    told = Letter.objects.filter(state=Letter.State.WAITING, to_address=IVO).values_list('kind', flat=True)
    assert list(told) == ['commission_invited' if came_second else 'commission_dates_moved']


def test_the_writing_is_begun_once_though_two_tabs_begin_it(site, editor, signed_in):
    row = brought_to(S.SENT, editor)
    commissioning.accept(row, by=LINK)
    ivo = Person.objects.create_user(IVO, name='Ivo Invitee')
    one, two, cookie = site.web(), site.web(), cookie_of(signed_in(ivo))
    begin = reverse('commission_begin', args=[row.pk])

    codes = at_once(row, (one, begin, cookie, {}), (two, begin, cookie, {}))

    assert codes == [302, 302]
    assert Submission.objects.count() == 1


def test_two_answers_of_one_person_meet_and_the_last_is_what_both_sides_hear(site, editor):
    row = brought_to(S.SENT, editor)
    Letter.objects.update(state=Letter.State.SENT)
    one, two, link = site.web(), site.web(), link_of(row)
    yes, no = {'answer': 'accept'}, {'answer': 'decline', 'reason': 'time'}

    codes = at_once(row, (one, link, '', yes), (two, link, '', no))

    row.refresh_from_db()
    last = row.steps.latest('pk').move  # on SQLite whoever waits is let in in any order
    told = set(Letter.objects.filter(state=Letter.State.WAITING).values_list('kind', 'to_address'))
    said = {'accept': 'yes', 'decline': 'no'}[last]
    assert (codes, row.state) == ([302, 302], S.ACCEPTED if last == 'accept' else S.DECLINED)
    assert told == {(f'commission_answered_{said}', editor.email), (f'commission_{said}', IVO)}
