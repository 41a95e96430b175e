"""Sizes are made beside letters and clock, later where it cannot be now, and each picture by itself."""

from datetime import timedelta

import pytest
from django.core.files.storage import default_storage
from django.utils import timezone

from tests.ukis.test_pictures import accepted, drawn
from ukis import pictures
from ukis.pictures import sizing, store
from ukis.pictures.models import Picture


def unsized(count: int) -> list[Picture]:
    return [accepted(drawn(size=(60 + number, 50))) for number in range(count)]


@pytest.fixture
def away(monkeypatch):
    """The store answers nobody; how often it was asked."""
    asked = []

    def refuse(name):
        asked.append(name)
        raise pictures.StoreAway

    monkeypatch.setattr(store, 'read', refuse)
    return asked


@pytest.mark.django_db
def test_a_picture_that_fails_stops_no_other_and_comes_again_later():
    good, bad = unsized(2)
    default_storage.delete(bad.file.name)

    assert pictures.make_missing_sizes(limit=5) == 1
    assert pictures.make_missing_sizes(limit=5) == 0

    good.refresh_from_db()
    bad.refresh_from_db()
    assert (bool(good.sized_at), good.tries, good.try_again_at, good.last_error) == (True, 1, None, '')
    assert (bad.sized_at, bad.tries) == (None, 1)
    assert 'No such file' in bad.last_error


@pytest.mark.django_db
@pytest.mark.parametrize(
    ('tries', 'minutes'), [(0, 1), (1, 2), (2, 4), (5, 32), (6, 60), (400, 60)]
)  # fmt: skip
def test_each_try_comes_later_than_the_one_before(tries, minutes):
    (picture,) = unsized(1)
    default_storage.delete(picture.file.name)
    Picture.objects.update(tries=tries)
    before = timezone.now()

    pictures.make_missing_sizes(limit=5)

    picture.refresh_from_db()
    wait = picture.try_again_at - before
    assert timedelta(minutes=minutes) <= wait < timedelta(minutes=minutes, seconds=30)
    assert picture.tries == tries + 1


@pytest.mark.django_db
def test_what_failed_is_made_once_its_time_has_come():
    (picture,) = unsized(1)
    Picture.objects.update(tries=3, try_again_at=timezone.now() - timedelta(seconds=1), last_error='away')

    assert pictures.make_missing_sizes(limit=5) == 1

    picture.refresh_from_db()
    assert (bool(picture.sized_at), picture.try_again_at, picture.last_error) == (True, None, '')


@pytest.mark.django_db
def test_a_store_that_does_not_answer_is_asked_once_a_round(away):
    unsized(3)

    with pytest.raises(pictures.StoreAway):
        pictures.make_missing_sizes(limit=5)

    assert len(away) == 1
    assert Picture.objects.filter(tries=1, last_error__startswith='The place').count() == 1


@pytest.mark.django_db
def test_a_try_is_written_down_before_it_is_made(monkeypatch):
    """A picture at which the worker dies does not kill the next worker at once."""
    (picture,) = unsized(1)

    def die(picture):
        raise SystemExit

    monkeypatch.setattr(sizing, 'make_sizes', die)
    with pytest.raises(SystemExit):
        pictures.make_missing_sizes(limit=5)

    picture.refresh_from_db()
    assert (picture.tries, picture.last_error) == (1, 'The worker ended at it.')
    assert picture.try_again_at > timezone.now()


@pytest.mark.django_db
def test_of_two_workers_one_takes_a_picture(monkeypatch):
    (picture,) = unsized(1)
    taken = Picture.objects.get()

    assert sizing._make(picture) is True
    Picture.objects.update(sized_at=None)

    assert sizing._make(taken) is False
