"""What stands in the stylesheets for browsers that know less than others."""

import re
from pathlib import Path

import pytest

SHEETS = sorted(Path('static/css').glob('*.css'))


@pytest.mark.parametrize('sheet', SHEETS, ids=lambda sheet: sheet.name)
def test_a_sign_with_words_for_ears_stands_there_without_them_first(sheet) -> None:
    rules = re.findall(r'\{([^{}]*)\}', sheet.read_text())
    spoken = [rule for rule in rules if re.search(r"content:[^;]* / '", rule)]

    for rule in spoken:
        plain, both = re.findall('content: ?([^;]*)', rule)
        assert both.partition(' / ')[0] == plain
