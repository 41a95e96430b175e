"""The pictures in `docs/` show the demonstration. `make pictures` draws them anew; otherwise it is tried that each of
these pages still opens, and held that documentation and folder name the same pictures."""

import io
import os
import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
import time_machine
from django.conf import settings
from django.urls import reverse
from PIL import Image
from playwright.sync_api import Page

from blog.models import Commission, Submission
from tests.ukis.test_demonstration import no_pictures
from ukis import pictures
from ukis.demonstration.whole import stage_everything
from ukis.letters.models import PrivateLink

DRAW = os.environ.get('PICTURES') == '1'
DOCS = Path(settings.BASE_DIR) / 'docs'
FOLDER = DOCS / 'pictures'
SHOWN = re.compile(r'!\[([^]]*)\]\(((?:docs/)?pictures/[^)]+)\)')
MOST = 120_000  # bytes of each
AT = datetime(2026, 11, 26, 10, tzinfo=UTC)
WIDE, PHONE = (1280, 860), (390, 844)


def _submission(title: str) -> str:
    return reverse('admin:desk_submission', args=[Submission.objects.get(working_title=title).pk])


def _commission(address: str) -> Commission:
    return Commission.objects.get(email=address)


def _invitation() -> str:
    asked = _commission('morag.finlayson@wards.lochbrae.example')
    return reverse('commission', args=[PrivateLink.make(purpose='commission', about=asked, days=3)])


# By the picture's name: who sees it, where, and in how large a window.
PAGES = {
    'home': (None, lambda: reverse('home'), (1280, 1150)),
    'desk': ('editor', lambda: reverse('admin:desk'), WIDE),
    'submission': ('editor', lambda: _submission('A telephone number that somebody answers'), WIDE),
    'board': ('editor', lambda: reverse('admin:desk_board'), WIDE),
    'calendar': ('editor', lambda: reverse('admin:desk_calendar'), WIDE),
    'commission': (
        'editor',
        lambda: reverse('admin:commission', args=[_commission('tomos.gethin@hyfforddi.example').pk]),
        WIDE,
    ),
    'invitation': (None, _invitation, PHONE),
    'map': ('editor', lambda: reverse('admin:desk_map'), WIDE),
    'figures': ('editor', lambda: reverse('admin:desk_figures'), WIDE),
    'letter-text': ('administrator', lambda: reverse('admin:letter_text', args=['commission_invited']), WIDE),
    'staff': ('secretary', lambda: reverse('admin:index'), WIDE),
    'bank': ('secretary', lambda: reverse('admin:bank'), WIDE),
}


@pytest.fixture
def demonstration(db, monkeypatch):
    if not DRAW:
        no_pictures(monkeypatch)
    with time_machine.travel(AT):
        stage = stage_everything(lambda words: None)
        if DRAW:
            pictures.make_missing_sizes(limit=1000)
        yield stage.people


@pytest.mark.browser
@pytest.mark.looks
@pytest.mark.django_db(transaction=True)
def test_each_page_that_the_documentation_shows_opens(demonstration, opened) -> None:
    pages: dict[str | None, Page] = {}
    answered = {}
    for name, (who, where, (width, height)) in PAGES.items():
        if who not in pages:
            pages[who] = opened(demonstration[who] if who else None)
        page = pages[who]
        page.set_viewport_size({'width': width, 'height': height})
        answer = page.goto(where())
        answered[name] = answer and answer.status
        if DRAW:
            _keep(name, page.screenshot())

    assert answered == dict.fromkeys(PAGES, 200)


def _keep(name: str, drawn: bytes) -> None:
    """In so few colours that it is small: a page has not many."""
    with Image.open(io.BytesIO(drawn)) as image:
        few = image.convert('RGB').quantize(128, dither=Image.Dither.NONE)
        few.save(FOLDER / f'{name}.png', optimize=True)


def test_documentation_and_folder_name_the_same_pictures_each_with_words_in_its_place() -> None:
    texts = [*DOCS.glob('*.md'), Path(settings.BASE_DIR) / 'README.md']
    shown = [found for text in texts for found in SHOWN.findall(text.read_text())]

    assert {Path(address).stem for _, address in shown} == set(PAGES)
    assert {path.stem for path in FOLDER.iterdir()} == set(PAGES)
    assert [address for words, address in shown if len(words) < 20] == []
    assert [path.name for path in FOLDER.iterdir() if path.stat().st_size > MOST] == []
