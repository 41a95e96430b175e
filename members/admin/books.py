"""The books of a span of days as a page and as files."""

from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from members.forms.books import SpanForm
from members.money import books, vat
from ukis import days, plots, staff, tables
from ukis.doors import Door
from ukis.society.models import Society

BOOKS = Door('The books are kept by the membership secretary.', 'members.add_payment')


def _asked(request: HttpRequest) -> SpanForm:
    BOOKS.opened(request)
    asked = {name: request.GET[name] for name in ('first', 'last') if name in request.GET}
    return SpanForm(asked, year_begins=Society.get().year_begins_month)


@require_safe
def the_books(request: HttpRequest) -> HttpResponse:
    form = _asked(request)
    first, last = form.span
    found = books.of(first, last)
    months = found.by_month()
    on = min(last, days.today())
    ages = books.ages(on)
    context = {
        'form': form,
        'books': found,
        'heads': list(books.KINDS.values()),
        'months': months,
        'categories': found.by_category(),
        'plot': plots.bars([(f'{month:%b %y}', sums.income) for month, sums in months]),
        'ages': ages,
        'ages_on': on,
        'ages_sum': sum(age.owed for age in ages),
        'unagreed_sum': sum(age.unagreed for age in ages),
        'vat': vat.of(first, last),
        'vat_heads': vat.HEADS[1:],
        'span': urlencode({'first': first.isoformat(), 'last': last.isoformat()}),
    }
    return staff.page(request, 'admin/members/books.html', 'The books', context)


@require_safe
def books_table(request: HttpRequest, table: str) -> StreamingHttpResponse:
    """One of its tables as a file for spreadsheets."""
    form = _asked(request)
    if table not in (*books.TABLES, 'vat'):
        raise Http404
    first, last = form.span
    head, rows = vat.table(first, last) if table == 'vat' else books.table(books.of(first, last), table)
    return tables.download(f'books {table} {first.isoformat()} to {last.isoformat()}', head, rows)


staff.pages += [
    ('books/', the_books, 'books', BOOKS.refuse),
    ('books/<slug:table>/', books_table, 'books_table', BOOKS.refuse),
]
