"""Two hundred texts for the search to find, the same for ever, and what is looked for in them."""

import random
from datetime import UTC, datetime, timedelta

import pytest

from ukis import search
from ukis.search import Text, finding, following, keeping, whole

SUBJECTS = [
    'implementation',
    'implementing',
    'implemented',
    'implement',
    'care',
    'careful',
    'caring',
    'carer',
    'hospital',
    'hospitals',
    'ward',
    'nurse',
    'nurses',
    'nurse’s',
    'evidence',
    'evidence-based',
    'practice',
    'practise',
    'policy',
    'organisation',
    'organization',
    'organisational',
    'colour',
    'color',
    'centre',
    'center',
    'child',
    'children',
    'men',
    'women',
    'analysis',
    'analyses',
    'data',
    'covid-19',
    'learning',
    'learned',
    'learner',
    'education',
    'school',
    'schools',
    'teacher',
    'teachers',
    'leadership',
    'leaders',
    'scaling',
    'readiness',
    'fidelity',
    'adaptation',
    'co-production',
    'coproduction',
    'university',
    'universities',
    'council',
    'councils',
    'rural',
    'urban',
    'wales',
    'cymru',
    'scotland',
    'ulster',
    'england',
    'will',
    'don',
    'may',
    'it',
    'us',
    'sen',
]
COMMON = [
    'the',
    'of',
    'and',
    'in',
    'to',
    'what',
    'works',
    'is',
    'for',
    'with',
    'on',
    'by',
    'we',
    'not',
    'only',
    'when',
    'more',
    'than',
    'this',
    'at',
    'all',
]
NAMES = (
    'Siân O’Leary',
    'Will Young',
    'Don Maye',
    'Łukasz Żak',
    'Zoë Grüneßer',
    'Catrin Ŵyn',
    'May Ng',
    'Ó Briain',
    'Anne-Marie Poe',
)
TAGS = ('Leadership', 'Scaling', 'Special educational needs', 'Rural care', 'What works')
ODD = (
    'ECHP for SEN pupils: 50% of C:\\x and a/b.',
    '実装科学は東京で学ぶ。',
    'Ynys Môn a Phrifysgol Cymru; nghymru.',
    'The cat, the hat and the bat; on it goes.',
    'first year second year third year',
)
QUERIES = (
    *(
        'implementation',
        'implement',
        'implementa',
        'IMPLEMENTING',
        'care',
        'caring',
        'car',
        'nurse',
        'nurses',
        "nurse's",
    ),
    *(
        'evidence-based',
        'evidence based',
        '"evidence based"',
        'evidencebased',
        'organisation',
        'organization',
        'colour',
    ),
    *(
        'color',
        'centre',
        'center',
        'child',
        'children',
        'men',
        'analysis',
        'covid-19',
        'covid 19',
        '"covid 19"',
        'co-production',
    ),
    *(
        'coproduction',
        "O'Leary",
        'OLeary',
        'o’leary',
        'sian',
        'lukasz zak',
        'Grüneßer',
        'grunesser',
        'wyn',
        'Ng',
        'will young',
    ),
    *(
        'will',
        'don',
        'may',
        'it',
        'us',
        'what works',
        '"what works"',
        'the',
        'the of',
        '"the cat"',
        'the hospital',
        'rural wales',
    ),
    *(
        '東京',
        '実装',
        'mon',
        'Môn',
        'SEN',
        'special educational needs',
        'ward -nurse',
        'university council',
        'fidelity "adaptation"',
    ),
    *(
        'second year',
        '"second year"',
        'leadership scaling',
        'leader',
        'learn',
        'anne-marie',
        'nothingofthekind',
        'ca',
    ),
)


def texts() -> list[Text]:
    chance = random.Random(9)
    begun = datetime(2019, 1, 3, 9, tzinfo=UTC)
    return [_text(number, chance, begun) for number in range(1, 201)]


def _text(number: int, chance: random.Random, begun: datetime) -> Text:
    def some(count: int) -> str:
        return ' '.join(chance.choice(SUBJECTS if chance.random() < 0.5 else COMMON) for _ in range(count))

    at = begun + timedelta(days=chance.randrange(2600), hours=number % 3)
    odd = f' {ODD[number % len(ODD)]}' if number % 7 == 0 else ''
    tags = chance.sample(TAGS, chance.randrange(3))
    return Text(
        number,
        some(chance.randrange(3, 9)).capitalize(),
        at=at,
        language='cy' if number % 41 == 0 else 'en-GB',
        lead=some(12),
        tags=tags,
        names=[chance.choice(NAMES)],
        body=f'{some(chance.randrange(40, 160))}.{odd} {some(20)}.',
        facets=[f'y{at.year}', f'o{number % 6}', *(f't{TAGS.index(tag)}' for tag in tags)],
    )


THERE: dict[int, Text] = {}


@pytest.fixture
def kind(monkeypatch):
    """A kind of its own, of which everything is kept here; no other is looked for."""
    THERE.clear()
    made = search.KindOfDocument(
        14,
        'tests.text',
        'texts',
        lambda rows: [THERE[row] for row in rows if row in THERE],
        lambda: list(THERE),
    )
    for module in (keeping, finding, following, whole):
        monkeypatch.setattr(module, 'KINDS', {14: made})
    return made


def put(kind, *texts: Text) -> None:
    THERE.update({text.row: text for text in texts})
    kind.keep([text.row for text in texts])


def rows(typed: str, **narrowed) -> list[int]:
    return [hit.row for hit in search.find(typed, **narrowed).hits]


def of(number: int, title: str, **fields) -> Text:
    return Text(number, title, **fields)
