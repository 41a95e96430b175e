"""Static files are pressed again only where one of them is another."""

import os

import pytest

from ukis.management import collecting


@pytest.fixture
def collected(tmp_path, settings):
    """Where they lie."""
    folder = tmp_path / 'ours'
    folder.mkdir()
    (folder / 'a.css').write_text('p { color: red }')
    settings.STATICFILES_DIRS, settings.STATIC_ROOT, settings.DATA_DIR = (
        [folder],
        tmp_path / 'static',
        tmp_path,
    )
    settings.STATICFILES_FINDERS = ['django.contrib.staticfiles.finders.FileSystemFinder']
    collecting.get_finders.__globals__['get_finder'].cache_clear()
    yield folder
    collecting.get_finders.__globals__['get_finder'].cache_clear()


def test_it_is_done_once_and_again_for_another_file(collected, settings):
    first, second = collecting.collect(), collecting.collect()
    (collected / 'b.css').write_text('p { color: blue }')
    third = collecting.collect()

    assert (first, second, third) == (True, False, True)
    assert (settings.STATIC_ROOT / 'b.css').read_text() == 'p { color: blue }'


def test_a_file_written_anew_is_another(collected):
    collecting.collect()
    os.utime(collected / 'a.css', (1, 1))

    assert collecting.collect()


def test_what_is_not_there_is_made_again(collected, settings):
    collecting.collect()
    settings.STATIC_ROOT.rename(settings.STATIC_ROOT.with_name('elsewhere'))

    assert collecting.collect()
    assert (settings.STATIC_ROOT / 'a.css').exists()


def test_whoever_was_killed_meanwhile_begins_again(collected, monkeypatch):
    collecting.collect()
    os.utime(collected / 'a.css', (1, 1))
    with monkeypatch.context() as killed, pytest.raises(KeyboardInterrupt):
        killed.setattr(collecting, 'call_command', lambda *_, **__: (_ for _ in ()).throw(KeyboardInterrupt))
        collecting.collect()
    os.utime(collected / 'a.css', (2, 2))
    os.utime(collected / 'a.css', (1, 1))

    assert collecting.collect()
