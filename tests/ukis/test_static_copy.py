"""Moving out as files: in the copy every link leads somewhere, without a server."""

import re
from io import StringIO
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from django.core.management import CommandError, call_command

from blog import importing, workflow
from tests import exports
from tests.conftest import make_organisation, make_person, make_post
from ukis import addresses
from ukis.management.static_copy.pages import Links, Rewritten
from ukis.tags.models import Tag

pytestmark = pytest.mark.django_db


def dead_links(folder: Path) -> list[str]:
    dead = []
    for page in folder.rglob('*.html'):
        for address in Links(page.read_text()).found:
            parts = urlsplit(address)
            if parts.scheme or parts.netloc or not parts.path:
                continue
            if not (page.parent / unquote(parts.path)).is_file():
                dead.append(f'{page.relative_to(folder)}: {address}')
    return dead


def test_every_link_of_the_copy_leads_to_a_file(tmp_path):
    from PIL import Image

    (tmp_path / 'pictures').mkdir()
    Image.new('RGB', (40, 30), 'teal').save(tmp_path / 'pictures' / 'harbour.jpg')
    (tmp_path / 'in.xml').write_text(exports.AWKWARD)
    importing.run([tmp_path / 'in.xml'], by=None, pictures=tmp_path / 'pictures')
    for number in range(12):
        make_post(f'Post {number}', organisation=make_organisation())
    moved = make_post('Once elsewhere')
    workflow.readdress(moved, by=make_person(group='Commissioning Editor'), slug='now-here')
    addresses.change(Tag.objects.get(name='leadership'), 'led', remember=True)
    addresses.change(Tag.objects.get(name='leadership'), 'leading', remember=True)
    folder, out = tmp_path / 'copy', StringIO()

    call_command('export_site', folder, stdout=out, stderr=StringIO())

    assert dead_links(folder) == []
    pages = list(folder.rglob('*.html'))
    assert len(pages) > 60
    assert not [page for page in pages if '<form' in page.read_text() or '<script src' in page.read_text()]
    assert 'Words of' not in (folder / 'blog' / 'blocks' / 'index.html').read_text()
    assert (folder / 'blog' / 'page-2' / 'index.html').is_file()
    assert list((folder / 'media').rglob('*.jpg'))
    assert (folder / 'blog' / 'feed' / 'index.xml').read_text().startswith('<?xml')
    assert 'url=../../now-here/' not in (folder / 'blog' / 'once-elsewhere' / 'index.html').read_text()
    assert 'now-here/index.html' in (folder / 'blog' / 'once-elsewhere' / 'index.html').read_text()
    for name in ('cite.bib', 'cite.ris'):
        assert (folder / 'blog' / 'once-elsewhere' / name).read_bytes() == (
            folder / 'blog' / 'now-here' / name
        ).read_bytes()
    assert (folder / 'blog' / 'tags' / 'led' / 'feed' / 'index.xml').read_text().startswith('<?xml')
    assert (folder / 'sitemap.xml').is_file()
    assert (folder / 'blog' / 'feed' / 'about' / 'index.html').is_file()
    assert (folder / 'api' / 'index.html').is_file()
    plain = {word for page in pages for word in re.findall('<span>([^<]+)</span>', page.read_text())}
    assert 'Write' in plain
    assert not plain & {'The feed as it is', 'BibTeX', 'RIS', 'Next', 'Blog', 'Feed'}
    assert '../../../blog/blocks/index.html' in (folder / '2019' / '03' / 'blocks' / 'index.html').read_text()
    assert '/?p=1\n' in out.getvalue()
    assert (folder / 'export.xml').is_file()


def test_nothing_is_written_over(tmp_path):
    (tmp_path / 'mine.txt').write_text('Mine.')

    with pytest.raises(CommandError, match='is not empty'):
        call_command('export_site', tmp_path)


def test_a_page_loses_what_needs_a_server_and_keeps_its_words():
    page = (
        '<p>A &amp; <a href="/account/">Members</a> <a href="/blog/">Blog</a></p><form><input name="q"><p>x</p></form>'
        '<script src="/a.js"></script><script type="application/ld+json">{"a": "<b"}</script><br>'
    )

    written = Rewritten(page, lambda address: 'blog/index.html' if address == '/blog/' else '').html

    assert written == (
        '<p>A &amp; <span>Members</span> <a href="blog/index.html">Blog</a></p>'
        '<script type="application/ld+json">{"a": "<b"}</script><br>'
    )
