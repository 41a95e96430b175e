"""The index of search as it is kept: by what changes things, whole, and by two at once."""

from dataclasses import replace

import pytest
from django.db import connection

from tests.ukis import found_texts
from tests.ukis.found_texts import THERE, of, put, rows
from ukis import search
from ukis.search.models import Document, SearchState, Word

pytestmark = pytest.mark.django_db


def test_what_goes_takes_its_words_along_and_is_offered_no_more(kind):
    put(kind, of(1, 'Platypus'), of(2, 'Ward'))
    THERE.pop(1)
    kind.keep([1])

    assert (rows('platypus'), Word.objects.filter(word='platypus').exists()) == ([], False)
    assert (SearchState.objects.get().documents, search.slips()) == (1, [])


def test_another_date_is_another_place_in_the_order(kind):
    first, *_, last = sorted(found_texts.texts(), key=lambda text: text.at)
    put(kind, replace(first, title='Zebra'), replace(last, title='Zebra'))
    before = rows('zebra', newest_first=True)
    put(kind, replace(first, title='Zebra', at=last.at.replace(year=2030)))

    assert (before, rows('zebra', newest_first=True)) == ([last.row, first.row], [first.row, last.row])
    assert Document.objects.count() == 2


def test_all_of_it_is_made_anew_while_others_write(kind):
    put(kind, *found_texts.texts()[:120])
    before = {typed: rows(typed) for typed in ('care', 'the')}
    walk = search.rebuild()
    told = [next(walk)]
    put(kind, of(300, 'Zebra meanwhile'))
    THERE.pop(5)
    kind.keep([5])
    told += list(walk)

    assert told[-1][1:] == (120, 120)
    assert rows('zebra') == [300]
    assert {typed: {*found} - {5} for typed, found in before.items()} == {
        typed: {*rows(typed)} for typed in before
    }
    assert (search.slips(), search.is_whole()) == ([], True)


def test_another_version_of_the_function_asks_for_all_of_it_anew(kind):
    put(kind, of(1, 'Zebra'))
    SearchState.objects.update(version='0', whole=True)
    Document.objects.update(first='else')

    search.put_right()

    assert (rows('zebra'), search.is_whole(), search.slips()) == ([1], True, [])


def test_what_may_not_be_seen_any_more_is_in_no_total_and_no_facet(kind):
    hidden = {2}
    object.__setattr__(kind, 'visible', lambda some: [row for row in some if row not in hidden])
    put(kind, of(1, 'Zebra', facets=['t1']), of(2, 'Zebra', facets=['t1', 't2']))

    found = search.find('zebra')

    assert (found.total, [hit.row for hit in found.hits], found.counted('t')) == (1, [1], [(1, 1)])


@pytest.mark.parametrize(
    ('typed', 'by_what_lacks_it'),
    [('zebra', True), ('Zebras ward', True), ('lion', False), ('zebra lion', False), ('"zebra ward"', False)],
)
def test_what_stands_in_most_is_found_by_what_lacks_it(kind, typed, by_what_lacks_it):
    put(kind, *(of(row, 'Zebra', body='in the ward') for row in range(1, 7)))
    put(kind, of(7, 'Lion', body='in the ward'), of(8, 'Zebra ward'), of(9, 'Zebra and lion'))
    SearchState.objects.update(whole=True)

    had = search.rows_having(typed, kind, key='row')
    asked = search.rows_having(typed, kind, key='row', all_are_kept=True)

    found, other = (set(Document.objects.filter(one).values_list('row', flat=True)) for one in (had, asked))
    assert (found == other, asked.negated, had.negated) == (True, by_what_lacks_it, False)
    assert found


def test_while_the_index_is_made_anew_nothing_is_found_by_what_lacks_it(kind):
    put(kind, of(1, 'Zebra'), of(2, 'Zebra'))
    SearchState.objects.update(whole=False)

    assert not search.rows_having('zebra', kind, all_are_kept=True).negated


@pytest.mark.parametrize(
    ('typed', 'found'),
    [
        ('"zebra ward"', {5, 6}),  # row 1 is older than the newest four that have both words
        ('zebra-ward', {5, 6}),
        ('"zebra ward" "lion"', {1}),  # so few have a lion that all of them are looked through
        ('"zebra lion"', set()),
        ('zebra ward', {1, 2, 3, 4, 5, 6}),
    ],
)
def test_words_in_a_row_that_are_everywhere_are_looked_for_in_the_newest_of_the_lists_of_staff(
    kind, monkeypatch, typed, found
):
    monkeypatch.setattr('ukis.search.asking.AMONG', 4)
    monkeypatch.setattr('ukis.search.finding.AMONG', 4)
    orders = ['zebra ward, a lion', *['ward zebra'] * 3, *['zebra ward'] * 2]
    put(kind, *(of(row, f'Text {row}', body=said) for row, said in enumerate(orders, 1)))

    having = search.rows_having(typed, kind, key='row', all_are_kept=True)

    assert set(Document.objects.filter(having).values_list('row', flat=True)) == found
    assert set(
        Document.objects.filter(search.rows_having(typed, kind, key='row')).values_list('row', flat=True)
    ) == (found | {1} if 'ward' in typed else found)


@pytest.mark.skipif(connection.vendor != 'postgresql', reason='of its planner')
def test_no_question_reads_the_table_of_words_from_end_to_end(kind):
    put(kind, *found_texts.texts())
    with connection.cursor() as cursor:
        cursor.execute('ANALYZE ukis_document_words')

    def read() -> int:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT seq_scan FROM pg_stat_xact_user_tables WHERE relname = 'ukis_document_words'"
            )
            return cursor.fetchone()[0]

    before = read()
    for typed in found_texts.QUERIES:
        search.find(typed)
        Document.objects.filter(search.rows_having(typed, kind, key='row')).count()

    assert read() == before
