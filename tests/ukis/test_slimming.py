"""Stylesheets are sent without comments and indents, and mean the same."""

from pathlib import Path

import pytest
from django.core.files.base import ContentFile

from ukis.slimming import SlimStyles, slim

CSS = Path(__file__).resolve().parent.parent.parent / 'static' / 'css'


def test_what_only_its_writer_reads_is_left_out():
    style = """
    /* Why; {it} is so. */
    .a > .b,
    .c { color: red; /* not blue */ margin: calc(1px + 2px) 0; }

    @media (min-width: 40rem) and (max-width: 60rem) { .a { content: ' { ; /* words */ } '; } }
    """

    assert slim(style) == (
        '.a > .b, .c{color: red;margin: calc(1px + 2px) 0}'
        "@media (min-width: 40rem) and (max-width: 60rem){.a{content: ' { ; /* words */ } '}}"
    )


@pytest.mark.parametrize('path', sorted(CSS.glob('*.css')), ids=lambda path: path.name)
def test_each_of_ours_keeps_its_rules(path):
    style = path.read_text()

    slimmed = slim(style)

    assert len(slimmed) < len(style)
    assert slimmed.count('{') == slimmed.count('}')
    assert slim(slimmed) == slimmed


@pytest.mark.parametrize(
    ('name', 'kept'), [('css/a.css', b'.a{color: red}'), ('admin/a.css', b'.a { color: red; }')]
)
def test_ours_is_kept_short_and_whole_however_far_it_was_read(tmp_path, name, kept):
    storage, style = SlimStyles(location=tmp_path, base_url='/static/'), ContentFile(b'.a { color: red; }')
    style.read()

    storage._save(name, style)

    assert (tmp_path / name).read_bytes() == kept
