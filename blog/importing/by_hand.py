"""A table of old addresses and the slugs of the posts that they mean, as somebody wrote it."""

import csv
from collections.abc import Container
from pathlib import Path
from urllib.parse import urlsplit

from blog.importing.records import NotReadable
from blog.importing.telling import ImportReport
from blog.models import Post
from ukis import addresses

WRONG = 'Rows of the table of addresses that lead nowhere'


def lead(path: Path, report: ImportReport, coming: Container[str] = ()) -> None:
    """Two columns; a first row that names them is passed over. `coming`: slugs that posts would have by then."""
    try:
        with path.open(encoding='utf-8-sig', newline='') as file:
            rows = [row for row in csv.reader(file) if any(map(str.strip, row))]
    except (UnicodeDecodeError, csv.Error) as error:
        raise NotReadable(f'{path.name} is no table: save it as CSV in UTF-8.') from error
    for number, row in enumerate(rows, 1):
        old, slug = (cell.strip() for cell in (*row, '', '')[:2])
        if number == 1 and '/' not in old and '?' not in old:
            continue
        _lead(number, old, slug.strip('/').rpartition('/')[2], report, coming)


def _lead(number: int, old: str, slug: str, report: ImportReport, coming: Container[str]) -> None:
    parts = urlsplit(old if '://' in old or old.startswith('/') else f'/{old}')
    post = Post.objects.filter(slug=slug).first() or addresses.formerly_at('post', [slug]).get(slug)
    if post is None and slug in coming:
        report.redirects += 1
    elif not isinstance(post, Post):
        report.note(WRONG, f'row {number}: there is no post “{slug}”')
    elif not report.dry and not addresses.came_from(post, parts.path or '/', parts.query):
        report.note(WRONG, f'row {number}: {old} means something else here')
    else:
        report.redirects += 1
        report.led.append((addresses.as_kept(parts.path or '/', parts.query), post.slug))
