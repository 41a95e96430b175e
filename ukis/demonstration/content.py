"""The demonstration's words, as they stand in the TOML files of `content/`, every key filled in.

Of an organisation, `member` is the status that its membership should compute to today; 'none' is no member, only where
a guest works. `logo` goes to `pictures.logo`, and a person's `look` to `pictures.portrait`.

A post with `by_organisation` has no persons as authors: the organisation itself speaks. The `scene` of a picture goes
to `pictures.draw`.

Of a submission, `aim` is the state to bring it to by real moves; 'revising' is a live post whose revision is in the
editor's hands, and one with a `pitch` was suggested in these words before it was written. `edits` are what the editor
replaces in the body, `notes` what is said with a move, by its name. `days_ago` says when it was begun,
`publish_in_days` when a scheduled one goes out.
"""

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).with_name('content')

ORGANISATION: dict[str, Any] = {'part_of': None, 'earlier_names': [], 'topics': [], 'logo': '', 'links': ''}
PERSON: dict[str, Any] = {
    'title': '',
    'email': '',
    'job_title': '',
    'organisation': None,
    'orcid': '',
    'topics': [],
}
WORDS: dict[str, Any] = {
    'title': '',
    'standfirst': '',
    'body': '',
    'references': '',
    'tags': [],
    'language': 'en-GB',
    'picture': None,
    'views': 'own',
}
POST: dict[str, Any] = {**WORDS, 'authors': [], 'by_organisation': '', 'featured': False}
CATEGORY: dict[str, Any] = {
    'seats': 1,
    'includes': '',
    'open': True,
    'extra_seat_fee': None,
    'gift_aid': False,
    'gift_aid_why': '',
    'questions': [],
}
APPLICATION: dict[str, Any] = {'organisation': '', 'answers': [], 'file': '', 'notes': {}}
SUBMISSION: dict[str, Any] = {
    **WORDS,
    'pitch': '',
    'brief': '',
    'coauthors': [],
    'editor': 'editor',
    'notes': {},
    'messages': [],
    'edits': [],
    'interests': 'none',
    'publish_in_days': None,
}


def society() -> dict[str, Any]:
    return _read('society.toml')['society']


def accessibility() -> dict[str, Any]:
    return _read('society.toml')['accessibility']


def tags() -> dict[str, str]:
    return {tag['name']: tag['description'] for tag in _rows('tags.toml', 'tag')}


def pages() -> list[dict[str, Any]]:
    return _rows('pages.toml', 'page')


def organisations() -> list[dict[str, Any]]:
    return _rows('organisations.toml', 'organisation', ORGANISATION)


def categories() -> dict[str, dict[str, Any]]:
    return {row.pop('key'): row for row in _rows('categories.toml', 'category', CATEGORY)}


def applications() -> list[dict[str, Any]]:
    """One at least for each state that an application can be in."""
    return _rows('applications.toml', 'application', APPLICATION)


def people() -> list[dict[str, Any]]:
    return _rows('people.toml', 'person', PERSON)


def posts() -> list[dict[str, Any]]:
    """Oldest first."""
    return [post for name in _in('posts') for post in _rows(name, 'post', POST)]


def submissions() -> list[dict[str, Any]]:
    """At least one for each state that a submission can be in."""
    return [row for name in _in('submissions') for row in _rows(name, 'submission', SUBMISSION)]


def months() -> list[dict[str, Any]]:
    """Blogs that came and went within a year, as submissions: their words are put together from a few sentences."""
    given = _read('months.toml')
    names = sorted(tags())
    found = []
    for number, row in enumerate(given['blog']):
        parts = [given[one][number % len(given[one])] for one in ('openings', 'middles', 'endings')]
        second = given['middles'][(number + 1) % len(given['middles'])]
        aim = row.get('ends', 'live')
        found.append(
            {
                **SUBMISSION,
                **row,
                'aim': aim,
                'standfirst': given['standfirsts'][number % len(given['standfirsts'])],
                'body': ''.join([parts[0], parts[1], second, parts[2]]),
                'tags': [names[number % len(names)], names[(number + 5) % len(names)]],
                'notes': {move: given[move] for move in ('decline', 'withdraw')},
            }
        )
    return found


def acquaintance() -> dict[str, list[dict[str, Any]]]:
    """Who seeks what, and who asked whom for an introduction."""
    return _read('acquaintance.toml')


def _rows(name: str, kind: str, defaults: dict[str, Any] | None = None) -> list[dict[str, Any]]:
    return [{**(defaults or {}), **row} for row in _read(name)[kind]]


def _in(folder: str) -> list[str]:
    return sorted(f'{folder}/{path.name}' for path in (FOLDER / folder).glob('*.toml'))


@cache
def _read(name: str) -> dict[str, Any]:
    return tomllib.loads((FOLDER / name).read_text(encoding='utf-8'))
