"""The staff's pages, as they are looked for."""

from collections.abc import Collection, Iterable

from ukis import markup, search
from ukis.society.models import Page


def _texts(rows: Collection[int]) -> Iterable[search.Text]:
    for page in Page.objects.published().filter(pk__in=rows).order_by('pk').select_for_update():
        yield search.Text(page.pk, page.title, body=markup.to_text(page.body))


PAGES = search.KindOfDocument(
    4,
    'ukis.page',
    'pages',
    _texts,
    lambda: Page.objects.published().values_list('pk', flat=True),
    dated=False,
)
