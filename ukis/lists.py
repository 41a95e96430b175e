"""A list of the admin as a file: the rows that are filtered and searched for, in its order, with its columns."""

from collections.abc import Iterator, Sequence
from html import unescape
from itertools import batched
from typing import Any

from django.contrib.admin.utils import label_for_field, lookup_field
from django.core.exceptions import ObjectDoesNotExist
from django.db.models import Field
from django.http import HttpRequest, StreamingHttpResponse
from django.utils.html import strip_tags
from django.utils.safestring import SafeString
from django.utils.text import capfirst

from ukis import days, tables
from ukis.leafing import in_order

# Asked for beside what narrows the list: ?as=csv
ASKED, CSV = 'as', 'csv'
AT_ONCE = 500


def is_asked_for(request: HttpRequest) -> bool:
    """Whether the list is wanted as a file. Afterwards the request asks for the list alone."""
    asked = request.GET.get(ASKED)
    if asked is not None:
        rest = request.GET.copy()
        del rest[ASKED]
        request.GET = rest  # type: ignore[assignment]
    return request.method == 'GET' and asked == CSV


def download(shown: Any, request: HttpRequest) -> StreamingHttpResponse:
    """`shown` is the ChangeList. Its keys are asked for once, so that nobody's slow line keeps a question open."""
    its = shown.model_admin
    columns = [name for name in shown.list_display if name != 'action_checkbox']
    head = [capfirst(str(label_for_field(name, shown.model, its))) for name in columns]
    keys = list(shown.queryset.values_list('pk', flat=True))
    name = f'{shown.opts.verbose_name_plural} {days.today().isoformat()}'
    return tables.download(name, head, _rows(shown, request, columns, keys))


def _rows(
    shown: Any, request: HttpRequest, columns: Sequence[str], keys: Sequence[Any]
) -> Iterator[list[Any]]:
    for part in batched(keys, AT_ONCE):
        for row in in_order(shown.paginator.shown, part):
            row.shown_in = request  # as in the list (`ukis.staff`)
            yield [_value(shown.model_admin, name, row) for name in columns]


def _value(its: Any, name: str, row: Any) -> Any:
    try:
        field, _, value = lookup_field(name, row, its)
    except ObjectDoesNotExist:
        return None
    if isinstance(field, Field) and field.flatchoices:
        return dict(field.flatchoices).get(value, value)
    if isinstance(value, list):
        return ', '.join(map(str, value))
    return unescape(strip_tags(value)) if isinstance(value, SafeString) else value
