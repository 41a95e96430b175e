"""What stands in the stylesheets for browsers that know less than others."""

import re
from pathlib import Path

import pytest

from ukis import days

SHEETS = sorted(Path('static/css').glob('*.css'))


@pytest.mark.parametrize('sheet', SHEETS, ids=lambda sheet: sheet.name)
def test_a_sign_with_words_for_ears_stands_there_without_them_first(sheet) -> None:
    rules = re.findall(r'\{([^{}]*)\}', sheet.read_text())
    spoken = [rule for rule in rules if re.search(r"content:[^;]* / '", rule)]

    for rule in spoken:
        plain, both = re.findall('content: ?([^;]*)', rule)
        assert both.partition(' / ')[0] == plain


@pytest.mark.django_db
def test_the_posts_of_the_style_page_say_what_a_list_says_of_them(editor, signed_in) -> None:
    page = signed_in(editor).get('/styles/').text

    assert f'<time datetime="{days.today()}">{days.in_words(days.today())}</time>' in page
    assert '<a href="/organisations/">Samples</a>' in page


def luminance(colour: str) -> float:
    parts = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize('scheme', ['light', 'dark'])
def test_words_edges_and_outlines_stand_out_in_both_schemes(scheme) -> None:
    day, _, night = Path('static/css/tokens.css').read_text().partition('@media screen and')
    named = dict(re.findall(r'--([a-z-]+): (#[0-9a-f]{6});', day if scheme == 'light' else night))

    words = {
        (ink, ground): contrast(named[ink], named[ground])
        for ink in ('ink', 'soft', 'accent', 'warm', 'danger', 'good')
        for ground in ('paper', 'raised')
    }
    edges = {ground: contrast(named['edge'], named[ground]) for ground in ('paper', 'raised', 'sunken')}

    assert {pair: round(value, 1) for pair, value in words.items() if value < 7} == {}
    assert {ground: round(value, 1) for ground, value in edges.items() if value < 3} == {}
