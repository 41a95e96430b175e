"""Search as a room: the same lists on both databases, whatever is typed, and nothing of what nobody may see."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from tests.ukis import found_texts
from tests.ukis.found_texts import of, put, rows
from ukis import search
from ukis.search import finding
from ukis.search.models import Synonyms
from ukis.search.words import chunk, in_words, stem

pytestmark = pytest.mark.django_db

LISTS = Path(__file__).parent / 'files' / 'search_lists.json'

# --- The lists -------------------------------------------------------------------------------------------


def test_sixty_queries_give_these_whole_lists_in_this_order_on_every_database(kind, monkeypatch):
    put(kind, *found_texts.texts())
    Synonyms.objects.create(words='SEN, special educational needs')

    lists = {typed: rows(typed) for typed in found_texts.QUERIES}
    lists |= {f'{typed}, newest': rows(typed, newest_first=True) for typed in ('care', 'the', 'nurse')}
    for facets in (['o2'], ['t1'], ['y2021'], ['t0', 'y2022', 'o4']):
        lists |= {f'{typed} at {facets}': rows(typed, facets=facets) for typed in ('care', 'the hospital')}
    # As if there were so many that not all come into question.
    for name, count in (('NEWEST', 20), ('FIRST', 10), ('AMONG', 15)):
        monkeypatch.setattr(finding, name, count)
    lists |= {f'{typed}, of many': rows(typed) for typed in found_texts.QUERIES}

    if not LISTS.exists():
        LISTS.write_text(json.dumps(lists, ensure_ascii=False).replace('], "', '],\n"') + '\n')
    assert lists == json.loads(LISTS.read_text())
    assert len(found_texts.QUERIES) >= 60


SAME = [
    ('organisation', 'organization', 'organisations'),
    ('colour', 'color', 'COLOURS'),
    ('centre', 'center'),
    ('child', 'children', 'children’s'),
    ('analysis', 'analyses'),
    ('O’Leary', 'OLeary', "o'leary", 'O`Leary'),
    ('evidence-based', 'evidence‑based'),
    ('naïve', 'naive', 'NAIVE'),
    ('straße', 'strasse'),
    ('Łódź', 'lodz'),
    ('Ŵyn', 'wyn'),
    ('programme', 'program'),
]


@pytest.mark.parametrize('spellings', SAME)
def test_spellings_of_one_word_find_the_same(kind, spellings):
    put(kind, *(of(number, f'On {one} today') for number, one in enumerate(spellings, 1)))

    wanted = list(range(1, len(spellings) + 1))
    assert [sorted(rows(one)) for one in spellings] == [wanted for _ in spellings]


def test_what_stands_as_it_was_typed_comes_before_what_shares_its_stem(kind):
    put(kind, of(1, 'Nurse on the ward'), of(2, 'Nursing on the ward'))

    assert (rows('nurse'), rows('nursing')) == ([1, 2], [2, 1])


def test_a_beginning_is_enough_from_three_letters_and_one_or_two_are_meant_whole(kind):
    put(kind, of(1, 'Implementation'), of(2, 'Impro'), of(3, 'im'))

    assert (rows('implementa'), sorted(rows('imp')), rows('im')) == ([1], [1, 2], [3])


def test_common_words_are_looked_for_alone_and_in_quotes_and_beside_others_only_count(kind):
    put(kind, of(1, 'What works in schools'), of(2, 'Schools that work'), of(3, 'The Will'), of(4, 'A don'))

    assert rows('what works') == [1, 2]
    assert (rows('"what works"'), rows('will'), rows('the'), rows('Don')) == ([1], [3], [3], [4])


def test_words_in_quotes_stand_in_a_row_and_in_one_text(kind):
    put(kind, of(1, 'Second year', lead='on it goes'), of(2, 'Year second', lead='second', body='year'))

    assert (rows('"second year"'), rows('“year on”'), sorted(rows('second year'))) == ([1], [], [1, 2])


def test_what_is_written_without_spaces_is_found_by_any_two_signs_of_it(kind):
    put(kind, of(1, '東京大学で学ぶ'), of(2, '京都'))

    assert (rows('東京'), rows('大学'), rows('京都'), rows('大京')) == ([1], [1], [2], [])


def test_welsh_and_gaelic_are_not_cut_back_by_english_rules(kind):
    put(kind, of(1, 'Iechyd a gofal yn Ynys Môn', language='cy'))

    assert (rows('gofal'), rows('mon'), rows('iechyd')) == ([1], [1], [1])


def test_the_newest_of_many_do_not_push_out_what_has_it_in_its_title(kind, monkeypatch):
    monkeypatch.setattr(finding, 'NEWEST', 5)
    many = [
        replace(text, title='Other', lead='', tags=(), body='fidelity') for text in found_texts.texts()[:20]
    ]
    oldest = of(99, 'On fidelity')
    put(kind, *many, oldest)

    found = search.find('fidelity')

    assert found.hits[0].row == 99
    assert found.total == 21


def test_what_stands_in_a_row_is_looked_for_in_so_many_of_the_newest_that_have_its_words(kind, monkeypatch):
    monkeypatch.setattr(finding, 'AMONG', 3)
    dates = sorted(text.at for text in found_texts.texts())
    put(
        kind,
        *(of(row, 'Ward', at=dates[row], body='year of the second') for row in (4, 5)),
        *(of(row, 'Ward', at=dates[row], body='the second year') for row in (1, 2, 3, 6)),
    )

    assert (rows('"second year"'), rows('"second year"', newest_first=True)) == ([6], [6])
    assert sorted(rows('second year')) == [1, 2, 3, 4, 5, 6]


# --- Anything may be typed --------------------------------------------------------------------------------

NOTHING = ['', ' ', '"', '""', '*', '???', '\x00', "'", '“”', '%', '_', '—', '\u202e', '\ufffd', '()', ':*']
ANYTHING = [
    *(
        'NOT care',
        'care OR',
        'AND',
        'NEAR(care nurse)',
        'care*',
        '-care (',
        'title:care',
        "care'); DROP TABLE x --",
        'a-b',
    ),
    *(
        'C:\\x',
        '@uk_is',
        '50%',
        'care\x00nurse',
        'x ' * 5000,
        'w' * 10_000,
        '"care',
        'care"',
        '{care} : care',
        'café\u0301',
    ),
    *(' & '.join('abcdefghijklmnop'), '\\', "'care':*", 'care & !nurse | x', '日' * 300, '\ud7ff\U0010ffff'),
]


def test_what_has_no_letter_is_nothing_to_look_for_and_no_sign_is_one_of_a_language(kind):
    put(kind, of(1, 'Care and nurses'))

    assert {typed: search.find(typed).is_searchable for typed in NOTHING} == dict.fromkeys(NOTHING, False)
    assert all(search.find(typed).total in (0, 1) for typed in ANYTHING)
    assert (rows('-care ('), rows('care*'), rows('care & !nurse')) == ([1], [1], [1])
    assert len(search.find(' '.join(map(str, range(300)))).asked.terms) <= 12


def test_a_word_is_cut_at_64_letters_and_found(kind):
    put(kind, of(1, 'z' * 3000))

    assert rows('z' * 64) == rows('z' * 3000) == [1]


def test_words_come_apart_at_hyphens_and_stand_together_too():
    assert chunk('co-production').words == ('co', 'production')
    assert chunk('co-production').joined == 'coproduction'
    assert in_words('nurse’s Children’s O’Leary’s it’s')[0] == ['nurse', 'children', 'oleary', 'it']
    assert [stem(word) for word in ('organised', 'organized', 'hour', 'four', 'children')] == [
        'organis',
        'organis',
        'hour',
        'four',
        'child',
    ]


# --- Counts and choices ------------------------------------------------------------------------------------


def test_facets_are_asked_for_with_the_words_and_counted_over_what_is_found(kind):
    put(
        kind,
        of(1, 'Care', facets=['t1', 'y2020', 'o7']),
        of(2, 'Care', facets=['t1', 't2', 'y2021']),
        of(3, 'Ward', facets=['t1', 'y2021']),
    )

    found = search.find('care')

    assert (found.counted('t'), found.counted('y'), found.counted('o')) == (
        [(1, 2), (2, 1)],
        [(2021, 1), (2020, 1)],
        [(7, 1)],
    )
    assert (
        rows('care', facets=['t2']),
        rows('care', facets=['t1', 'y2020']),
        rows('care', facets=['o8']),
    ) == ([2], [1], [])


def test_words_that_mean_the_same_find_one_another_as_staff_have_it(kind):
    Synonyms.objects.create(words='SEN, special educational needs')
    put(kind, of(1, 'SEN in schools'), of(2, 'Special educational needs'), of(3, 'Needs that are special'))

    assert (rows('sen'), sorted(rows('special educational needs'))) == ([1, 2], [1, 2])
    assert rows('"educational needs"') == [2]


def test_another_spelling_is_offered_for_the_unknown_word_alone_and_only_where_it_finds_something(kind):
    put(kind, of(1, 'Implementation in hospitals'), of(2, 'Wards'))

    def offered(typed: str) -> str:
        return search.meant(search.find(typed).asked, lambda one: bool(search.find(one).total))

    assert offered('hospitals implementtion') == 'hospitals implementation'
    assert (offered('hospitels'), offered('wards implementtion'), offered('xyzzyx')) == ('hospitals', '', '')


# --- Shown ------------------------------------------------------------------------------------------------


def test_passages_show_where_it_stands_marked_and_what_is_no_html():
    asked = search.asking.asked('nurse "second year" implementa')
    text = (
        'Begin. '
        + 'filler words ' * 60
        + 'a <b>nursing</b> ward in its second year of implementation, well. '
        + 'end ' * 90
    )

    shown = search.Marker(asked).passage(text)

    assert '&lt;b&gt;<mark>nursing</mark>&lt;/b&gt;' in shown
    assert '<mark>second year</mark> of <mark>implementation</mark>' in shown
    assert shown.startswith('… ')
    assert shown.endswith(' …')
    assert len(shown) < 400
