"""What counts as a typo, and what is more."""

import pytest

from blog.checklist import typos
from blog.models import Version, Words

SAYS = (
    '<p>The first yaer was not easy for the the team of Dr Okafor.</p>'
    '<p>In 2024 there were five of <a href="https://a.example/">them</a>, likely more.</p>'
)


def more(old: str, new: str) -> str:
    assert old in SAYS
    return typos.why_more(
        Version(title='A title', body=SAYS), Words(title='A title', body=SAYS.replace(old, new))
    )


@pytest.mark.parametrize(
    ('old', 'new'),
    [
        ('yaer', 'year'),
        ('The first', 'the first'),
        ('the the team', 'the team'),
        ('easy for', 'easy, for'),
        ('team of', 'teams of'),
        ('Okafor', 'Okafar'),
        ('In 2024 there', 'In 2024, there'),
        ('five of', 'five'),
        ('likely more', 'like ly more'),
    ],
)
def test_a_typo(old, new):
    assert more(old, new) == ''


@pytest.mark.parametrize(
    ('old', 'new', 'why'),
    [
        ('2024', '2025', 'A number'),
        ('five', 'nine', 'A number'),
        ('was not easy', 'was easy', 'turned round'),
        ('was not easy', 'was now easy', 'turned round'),
        ('likely', 'unlikely', 'turned round'),
        ('easy', 'hard', 'something else'),
        ('team', 'excellent team', 'something else'),
        ('https://a.example/', 'https://b.example/', 'links'),
        ('</p><p>', ' ', 'Paragraphs'),
        ('first yaer was not easy for the the', 'frist year wos not eazy fro teh', 'More than 5'),
    ],
)
def test_more_than_a_typo(old, new, why):
    assert why in more(old, new)


@pytest.mark.parametrize(
    'words', [{'lead_picture_id': 5}, {'language': 'cy'}, {'standfirst': 'Put in.'}, {'title': ''}]
)
def test_what_is_no_word_of_the_text_is_more(words):
    version = Version(title='A title', body=SAYS)
    assert typos.why_more(version, version.words().but(**words))


def test_a_long_text_of_one_word_is_compared_at_a_price_known_beforehand():
    old, new = (f'<p>{word * 60_000}</p>' for word in ('a b ', 'b c '))

    assert typos.why_more(Version(body=old), Words(body=new))
