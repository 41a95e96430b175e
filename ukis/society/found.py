"""The staff's pages, as they are looked for."""

from collections.abc import Collection, Iterable

from ukis import markup, search
from ukis.society import accessibility
from ukis.society.accessibility import AccessibilityStatement
from ukis.society.models import Page


def words_in(page: Page) -> str:
    """All that it says: where it shows the accessibility statement, that too."""
    body = markup.to_text(page.body)
    statement = page.shows_statement and AccessibilityStatement.objects.first()
    return f'{body}\n{accessibility.in_words(statement)}' if statement else body


def _texts(rows: Collection[int]) -> Iterable[search.Text]:
    for page in Page.objects.published().filter(pk__in=rows).order_by('pk').select_for_update():
        yield search.Text(page.pk, page.title, language=page.language, body=words_in(page))


PAGES = search.KindOfDocument(
    4,
    'ukis.page',
    'pages',
    _texts,
    lambda: Page.objects.published().values_list('pk', flat=True),
    dated=False,
)
