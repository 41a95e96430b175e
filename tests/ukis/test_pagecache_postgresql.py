"""How PostgreSQL tells of what pages show, where two meet at the end of their transactions and where very much changes."""

import threading
import time

import pytest
from django.db import DatabaseError, connection, transaction

from blog.models import ShelfCount
from members.models import Affiliation, EarlierName, Person
from tests.conftest import make_organisation, make_person
from ukis.pagecache import triggers
from ukis.pagecache.generation import ByDjango, Followed
from ukis.pagecache.models import Change, Generation

if connection.vendor == 'postgresql':
    from ukis.pagecache.on_postgresql import OfPostgresql

pytestmark = [
    pytest.mark.skipif(connection.vendor != 'postgresql', reason='SQLite has one writer at a time'),
    pytest.mark.django_db(transaction=True),
]


@pytest.fixture(autouse=True)
def telling(db):
    triggers.install()  # what emptied the tables before took the row of the number with them


def in_a_thread(work):
    failed = []

    def run():
        try:
            work()
        except DatabaseError as error:
            failed.append(error)
        finally:
            connection.close()

    thread = threading.Thread(target=run)
    thread.start()
    return thread, failed


def test_two_who_change_pages_never_wait_for_each_other_at_their_end():
    """Whoever holds the row of the number would wait for a key that the other has changed, and the other for it."""
    ann, bo, there = make_person(), make_person(), make_organisation()
    both = threading.Barrier(2)

    def joins():
        with transaction.atomic():
            for person in (bo, ann):
                Affiliation.objects.create(person=person, organisation=there)
            both.wait(10)
            time.sleep(0.2)

    def moves():
        with transaction.atomic():
            Person.objects.filter(pk=ann.pk).update(slug='moved')
            both.wait(10)
            time.sleep(0.5)

    for thread, failed in [in_a_thread(joins), in_a_thread(moves)]:
        thread.join(20)
        assert failed == []


def test_a_row_that_somebody_holds_stops_nobody_else():
    """Not for as long as who waits for it is patient: then nothing could be published meanwhile."""
    ann, bo, there = make_person(), make_person(), make_organisation()

    def joins():
        with transaction.atomic():
            for person in (bo, ann):
                Affiliation.objects.create(person=person, organisation=there)

    with transaction.atomic():
        Person.objects.select_for_update().get(pk=ann.pk)
        waiting, _ = in_a_thread(joins)
        time.sleep(0.5)
        since = time.monotonic()
        other, failed = in_a_thread(lambda: Person.objects.filter(pk=bo.pk).update(biography='New.'))
        other.join(20)
        took = time.monotonic() - since
    waiting.join(20)

    assert failed == []
    assert took < 2


def test_very_much_at_once_is_not_told_one_by_one():
    followed = Followed(ByDjango(), triggers.made_for())
    before = followed.now()
    told = Change.objects.count()

    ShelfCount.objects.bulk_create(
        ShelfCount(shelf=1, key=key, month=202601, posts=1) for key in range(5_000)
    )
    ShelfCount.objects.filter(key__lt=5_000).delete()

    after = followed.now()
    assert after.epoch == before.epoch + 1
    assert Change.objects.count() - told < 10


def test_what_is_emptied_by_hand_is_forgotten_too():
    make_organisation().earlier_names.create(name='Institute of Haste')
    followed = Followed(ByDjango(), triggers.made_for())
    before = followed.now()

    with connection.cursor() as cursor:
        cursor.execute('TRUNCATE members_earliername')

    assert not EarlierName.objects.exists()
    assert followed.now().epoch == before.epoch + 1


def test_nothing_is_left_of_the_telling():
    make_organisation()
    with transaction.atomic():
        make_person()
        with pytest.raises(ZeroDivisionError), transaction.atomic():
            make_organisation().earlier_names.create(name='Gone')
            connection.check_constraints()
            raise ZeroDivisionError
        make_organisation().earlier_names.create(name='Institute of Haste')
        n = Generation.objects.get().n

    assert Generation.objects.get().n == n + 1
    assert not Change.objects.filter(n=0).exists()
    assert Change.objects.filter(n=n + 1, subject__startswith='members_organisation ').exists()


def test_a_table_that_is_put_back_is_another():
    """By pg_restore, say, under the running site: its numbers begin again."""
    check = OfPostgresql()
    before = check.mark()
    with connection.cursor() as cursor:
        cursor.execute(
            'ALTER TABLE ukis_generation RENAME TO aside; '
            'CREATE TABLE ukis_generation (LIKE aside); INSERT INTO ukis_generation SELECT * FROM aside'
        )
        try:
            after = check.mark()
        finally:
            cursor.execute('DROP TABLE ukis_generation; ALTER TABLE aside RENAME TO ukis_generation')

    assert None not in (before, after)
    assert after != before
    assert check.mark() == before
