"""Several changes of one transaction are written into the index once, and nobody sees another one than before."""

import pytest
from django.db import transaction

from tests.conftest import make_organisation, make_person, make_post
from tests.ukis.found_texts import THERE, of, put, rows
from ukis import search
from ukis.search import keeping

pytestmark = pytest.mark.django_db


@pytest.fixture
def written(monkeypatch) -> list[list[int]]:
    """The rows of each writing."""
    seen: list[list[int]] = []
    write = keeping._write
    monkeypatch.setattr(
        keeping, '_write', lambda kind, some, new: (seen.append(sorted(some)), write(kind, some, new))
    )
    return seen


def tell(kind, *texts) -> None:
    for text in texts:
        THERE[text.row] = text
        kind.keep([text.row])


def test_what_changes_twice_is_written_once_as_it_is_last(kind, written):
    with search.gathered():
        tell(kind, of(1, 'Zebra'), of(2, 'Ward'), of(1, 'Okapi'))

    assert written == [[1, 2]]
    assert (rows('zebra'), rows('okapi'), rows('ward'), search.slips()) == ([], [1], [2], [])


def test_what_goes_after_it_changed_is_not_found(kind, written):
    put(kind, of(1, 'Zebra'))
    written.clear()

    with search.gathered():
        tell(kind, of(1, 'Okapi'))
        del THERE[1]
        kind.keep([1])

    assert written == [[1]]
    assert (rows('zebra'), rows('okapi'), search.slips()) == ([], [], [])


def test_what_is_taken_out_within_stays_out(kind):
    put(kind, of(1, 'Zebra'))

    with search.gathered():
        tell(kind, of(1, 'Okapi'))
        kind.drop([1])
        del THERE[1]

    assert (rows('okapi'), rows('zebra'), search.slips()) == ([], [], [])


def test_nothing_is_written_of_a_transaction_that_is_taken_back(kind, written):
    put(kind, of(1, 'Zebra'))
    written.clear()

    with pytest.raises(ZeroDivisionError), search.gathered():
        tell(kind, of(1, 'Okapi'))
        raise ZeroDivisionError
    THERE[1] = of(1, 'Zebra')
    with search.gathered():
        tell(kind, of(2, 'Ward'))

    assert written == [[2]]
    assert (rows('zebra'), rows('okapi'), search.slips()) == ([1], [], [])


def test_of_a_savepoint_that_is_taken_back_nothing_stays_though_somebody_looked():
    post = make_post('Zebra', body='<p>One.</p>')
    other = make_post('Ward')

    with search.gathered():
        with pytest.raises(ZeroDivisionError), transaction.atomic():
            post.published_at = None
            post.save(update_fields=['published_at'])
            within = [hit.row for hit in search.find('zebra').hits]
            raise ZeroDivisionError
        other.save()
        after = [hit.row for hit in search.find('zebra').hits]

    assert (within, after) == ([], [post.pk])
    assert ([hit.row for hit in search.find('zebra').hits], search.slips()) == ([post.pk], [])


def test_within_another_it_is_a_savepoint_of_its_own_and_writes_nothing_by_itself(kind, written):
    with search.gathered():
        with search.gathered():
            tell(kind, of(1, 'Zebra'))
        with pytest.raises(ZeroDivisionError), search.gathered():
            raise ZeroDivisionError
        inside = list(written)
        tell(kind, of(1, 'Okapi'))

    assert (inside, written, rows('okapi')) == ([], [[1]], [1])


def test_a_text_that_is_brought_in_is_written_once(monkeypatch):
    kinds, write = [], keeping._write
    person, organisation = make_person('Ada Author'), make_organisation()
    monkeypatch.setattr(
        keeping,
        '_write',
        lambda kind, some, new: (kinds.append((kind.name, [*some])), write(kind, some, new)),
    )

    post = make_post('Zebra', people=(person,), organisation=organisation)

    assert sorted(kinds) == [('posts', [post.pk]), ('submissions', [post.submission_id])]
    assert search.slips() == []


def test_whom_others_are_told_of_once_it_stands_are_kept_once(
    django_capture_on_commit_callbacks, written, kind
):
    object.__setattr__(kind, 'at_once', False)

    with django_capture_on_commit_callbacks() as told, search.gathered():
        THERE[1] = of(1, 'Zebra')
        kind.keep_soon([1])
        kind.keep_soon([1])

    assert (len(told), written) == (1, [])
    told[0]()
    assert (written, rows('zebra')) == ([[1]], [1])
