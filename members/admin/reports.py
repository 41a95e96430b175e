"""Reports on the membership as pages with a plot, and as files."""

from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.views.decorators.http import require_safe

from members import reporting
from ukis import days, plots, staff, tables
from ukis.doors import Door

REPORTS = Door('Reports on the membership are the membership secretary’s.', 'members.add_payment')


def _checked(request: HttpRequest, report: str = '') -> None:
    REPORTS.opened(request)
    if report and report not in reporting.REPORTS:
        raise Http404


@require_safe
def reports(request: HttpRequest) -> HttpResponse:
    _checked(request)
    context = {
        'reports': reporting.REPORTS.values(),
    }
    return staff.page(request, 'admin/members/reports/reports.html', 'Reports', context)


@require_safe
def report(request: HttpRequest, report: str) -> HttpResponse:
    _checked(request, report)
    its, table = reporting.make(report)
    context = {
        'report': its,
        'table': table,
        'today': days.today(),
        'plot': plots.bars(table.bars, unit=its.unit),
        'drawn': table.head[table.drawn],
        'name': f'{its.words}: {table.head[table.drawn]}, as in the table below',
        'others': [one for one in reporting.REPORTS.values() if one is not its],
    }
    return staff.page(request, 'admin/members/reports/report.html', its.words, context)


@require_safe
def report_file(request: HttpRequest, report: str) -> StreamingHttpResponse:
    _checked(request, report)
    its, table = reporting.make(report)
    return tables.download(f'{its.words} {days.today().isoformat()}', table.head, table.rows)


staff.pages += [
    ('reports/', reports, 'reports', REPORTS.refuse),
    ('reports/<slug:report>/', report, 'report', REPORTS.refuse),
    ('reports/<slug:report>.csv', report_file, 'report_file', REPORTS.refuse),
]
