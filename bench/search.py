"""Search, the function alone: `python -m bench.search 10000`, in the database of the environment, an empty one.

Texts of some 400 words, drawn as words are (a few everywhere, most hardly anywhere), are written as the index has them;
then a fixed mix is looked for, each ten times. What was made with the first run is there for the second.
"""

import os
import random
import sys
import time
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from itertools import batched
from pathlib import Path
from statistics import median

import django

os.environ.setdefault('DJANGO_SETTINGS_MODULE', 'ukis.settings')
django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connection, transaction  # noqa: E402

from ukis import search  # noqa: E402
from ukis.search import on_postgresql  # noqa: E402
from ukis.search.keeping import body, counted, document  # noqa: E402
from ukis.search.models import KIND_BITS, MOST_ROWS, ROW_BITS, Document, SearchState, Word  # noqa: E402
from ukis.search.words import VERSION  # noqa: E402

VOWELS, CONSONANTS = 'aeiou', 'bcdfghklmnprstvw'
COMMON = 'the of and to in is for with on by that this as are be it at from or an'.split()
TIMES = 10
# So many texts are drawn; where more are wanted, these stand there several times, each time later.
DRAWN = 10_000


def vocabulary(chance: random.Random) -> list[str]:
    def made() -> str:
        return ''.join(
            chance.choice(CONSONANTS) + chance.choice(VOWELS) for _ in range(chance.randrange(2, 5))
        )

    return [
        *COMMON,
        *dict.fromkeys(made() + chance.choice(('', 's', 'ing', 'ed', 'ation', 'er')) for _ in range(40_000)),
    ]


def texts(count: int, words: list[str]) -> list[search.Text]:
    chance = random.Random(4)
    weights = [1 / (place + 2.7) for place in range(len(words))]
    total, steps = 0.0, []
    for weight in weights:
        total += weight
        steps.append(total)
    begun = datetime(2012, 1, 1, tzinfo=UTC)
    for number in range(1, count + 1):
        drawn = chance.choices(words, cum_weights=steps, k=430)
        at = begun + timedelta(hours=number * 130_000 // count)
        yield search.Text(
            number,
            ' '.join(drawn[:8]),
            at=at,
            lead=' '.join(drawn[8:30]),
            tags=[words[100 + chance.randrange(200)] for _ in range(3)],
            names=[f'{words[3000 + chance.randrange(3000)]} {words[3000 + chance.randrange(3000)]}'],
            body=' '.join(drawn[30:]),
            facets=[f'y{at.year}', f't{chance.randrange(200)}', f'o{chance.randrange(400)}'],
        )


def fill(wanted: int, words: list[str]) -> None:
    count = min(wanted, DRAWN)
    # An index is made of a hundred thousand texts in far less time than with each of them.
    index, *_ = [one for one in on_postgresql.MAKE if 'ukis_document_has' in one]
    if connection.vendor == 'postgresql':
        ask('DROP INDEX ukis_document_has')
    kind = search.KINDS[1]
    counts: Counter[tuple[int, str]] = Counter()
    for some in batched(texts(count, words), 1000):
        made = [document(kind, text) for text in some]
        for one in made:
            counts.update(counted(one))
        with transaction.atomic():
            body().write(made)
        print('.', end='', flush=True)
    times = wanted // count
    for time_of_it in range(1, times):
        again(time_of_it)
    Word.objects.bulk_create(
        (
            Word(form=form, word=word, documents=having * times)
            for (form, word), having in sorted(counts.items())
        ),
        batch_size=2000,
    )
    SearchState.objects.update_or_create(
        pk=1, defaults={'documents': wanted, 'version': VERSION, 'whole': True}
    )
    if connection.vendor == 'postgresql':
        ask("SET maintenance_work_mem = '512MB'; SET statement_timeout = 0")
        ask(index)
    ask('ANALYZE')


def ask(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


def again(number: int) -> None:
    """All that was drawn once more: three minutes later each time."""
    later, row = number * 180 << (ROW_BITS + KIND_BITS), number * DRAWN << KIND_BITS
    columns = 'kind, language, facets, weights, first, rest, first_stems, stems'
    most = f'(key >> {KIND_BITS}) & {MOST_ROWS - 1}'
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            f'INSERT INTO ukis_document (key, "row", {columns}) SELECT key + %s, "row" + %s, {columns} '  # noqa: S608
            'FROM ukis_document WHERE "row" <= %s',
            [later + row, number * DRAWN, DRAWN],
        )
        if connection.vendor == 'postgresql':
            cursor.execute(
                'INSERT INTO ukis_document_words SELECT key + %s, has FROM ukis_document_words '  # noqa: S608
                f'WHERE {most} <= %s',
                [later + row, DRAWN],
            )
    print(',', end='', flush=True)


def mix(words: list[str]) -> dict[str, tuple[str, dict[str, object]]]:
    much, some, few = words[25], words[400], words[-100]
    return {
        'a word in much': (much, {}),
        'a word in some': (some, {}),
        'a word in few': (few, {}),
        'two words': (f'{words[60]} {words[90]}', {}),
        'three words': (f'{words[40]} {words[300]} {words[700]}', {}),
        'several in everything': ('the of and to', {}),
        'two that never meet': (f'{words[21]} {words[-50]}', {}),
        'a beginning': (words[500][:4], {}),
        'three letters': (words[30][:3], {}),
        'in quotes': (f'"of {words[30]}"', {}),
        'in quotes, common': ('"of the"', {}),
        'with a tag': (some, {'facets': ['t7']}),
        'in much, a year': (much, {'facets': ['y2020']}),
        'newest first': (much, {'newest_first': True}),
        'nothing': ('zzqqzz', {}),
    }


def clock_of() -> tuple[Callable[[], float], str]:
    """Seconds that went into it, whatever else the machine does: of this process and of the one that answers for
    PostgreSQL, where that is on this machine; otherwise what was waited."""
    if connection.vendor == 'sqlite':
        return time.process_time, 'CPU of this process'
    with connection.cursor() as cursor:
        cursor.execute('SELECT pg_backend_pid()')
        other = Path(f'/proc/{cursor.fetchone()[0]}/schedstat')
    if not other.exists():
        return time.perf_counter, 'as waited for'
    return lambda: time.process_time() + int(other.read_text().split()[0]) / 1e9, 'CPU of both processes'


def main() -> None:
    call_command('migrate', verbosity=0, interactive=False)
    clock, counted = clock_of()
    words = vocabulary(random.Random(3))
    if not Document.objects.exists():
        fill(int(sys.argv[1]), words)
    # Visibility of people and organisations is asked of their own tables, which are empty here.
    search.find('what is made at the first time')
    all_of_them = []
    print(f'\n{Document.objects.count()} documents on {connection.vendor}, {counted}')
    for name, (typed, narrowed) in mix(words).items():
        taken = []
        for _ in range(TIMES):
            begun = clock()
            found = search.find(typed, **narrowed)
            taken.append((clock() - begun) * 1000)
        all_of_them += taken
        print(f'{name:24} {found.total:6} {median(taken):8.1f} ms, slowest {max(taken):.1f}')
    print(f'median {median(all_of_them):.1f} ms, slowest {max(all_of_them):.1f}')


if __name__ == '__main__':
    main()
