"""Two who ask at the same moment, and two tabs that answer: one introduction, one answer."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from members.meeting import introducing
from members.models import Introduction
from tests.conftest import make_membership, make_person
from ukis.letters.models import Letter
from ukis.refusals import NotNow

pytestmark = pytest.mark.django_db(transaction=True)
NOTE = 'Your post on readiness met us in the middle of a change that three wards of four did not want.'
OTHER = 'May I learn how your board chose what to stop? Ours has a list of forty things and no order in it.'


def at_once(*acts):
    """What each came to: True, or the sentence why not."""
    gate = Barrier(len(acts))

    def run(act):
        try:
            gate.wait()
            act()
            return True
        except NotNow as why_not:
            return str(why_not)
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


@pytest.fixture
def pair(society):
    people = [make_person('Ada Asker'), make_person('Bo Asked')]
    for person in people:
        make_membership(person)
    return people


def ask(asker, asked, note):
    return lambda: introducing.ask(asker, asked, by=asker, topic='Change', note=note)


def test_two_who_ask_each_other_at_once_are_one_introduction(pair):
    ada, bo = pair

    came = at_once(ask(ada, bo, NOTE), ask(bo, ada, OTHER), ask(ada, bo, NOTE))

    assert Introduction.objects.count() == Letter.objects.count() == 1
    assert all(one is True or 'has asked you' in one or 'asked' in one for one in came)


def test_a_yes_and_a_no_at_once_are_one_answer(pair):
    ada, bo = pair
    row = introducing.ask(ada, bo, by=ada, topic='Change', note=NOTE)

    came = at_once(lambda: introducing.accept(row, by=bo), lambda: introducing.decline(row, by=bo))

    row.refresh_from_db()
    assert came.count(True) == 1
    assert Letter.objects.filter(kind='introduction_accepted').count() == (2 if row.is_accepted else 0)
