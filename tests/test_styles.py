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
