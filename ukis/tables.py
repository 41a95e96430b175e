"""Tables as CSV, as spreadsheets take them: UTF-8 with its mark, and no cell that would be reckoned as a formula."""

import csv
import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.http import StreamingHttpResponse
from django.utils import timezone
from django.utils.http import content_disposition_header

from ukis import days

MARK = '\ufeff'  # by it a spreadsheet knows that this is UTF-8
# What a spreadsheet takes for the beginning of a formula. Apostrophes of somebody's own before it are counted, so that
# taking one away gives back what was there.
_FORMULA = re.compile(r"'*[=+\-@\t\r\n＝＋－＠]")  # noqa: RUF039  # the wide ones are meant as they stand


def guarded(text: str) -> str:
    """With an apostrophe before what would be reckoned: '=1+1' and '+44 141' stay text."""
    return f"'{text}" if _FORMULA.match(text) else text


def unguarded(text: str) -> str:
    """Takes back exactly what `guarded` did."""
    return text[1:] if text.startswith("'") and _FORMULA.match(text) else text


def cell(value: Any) -> str:
    """A value as it stands in a cell: numbers plain, days as 2027-03-04, moments as London's clock has them."""
    if value is None:
        return ''
    if isinstance(value, bool):
        return 'yes' if value else 'no'
    if isinstance(value, int | float | Decimal):
        return str(value)
    if isinstance(value, datetime):
        return f'{timezone.localtime(value, days.LONDON):%Y-%m-%d %H:%M}'
    if isinstance(value, date):
        return value.isoformat()
    return guarded(str(value))


def as_csv(head: Sequence[str], rows: Iterable[Sequence[Any]]) -> Iterator[bytes]:
    """The lines of the file, each as soon as it is had."""
    writer = csv.writer(_Passing(), lineterminator='\r\n')
    yield (MARK + writer.writerow([guarded(name) for name in head])).encode()
    for row in rows:
        yield writer.writerow([cell(value) for value in row]).encode()


def download(name: str, head: Sequence[str], rows: Iterable[Sequence[Any]]) -> StreamingHttpResponse:
    """The table as a file of that name, streamed; `rows` may be as many as they like."""
    answer = StreamingHttpResponse(as_csv(head, rows), content_type='text/csv; charset=utf-8')
    answer.headers['Content-Disposition'] = content_disposition_header(True, f'{name}.csv')
    return answer


class _Passing:
    """What a csv.writer writes to: gives each line back."""

    def write(self, line: str) -> str:
        return line
