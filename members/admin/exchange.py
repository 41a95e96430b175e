"""The registers as files: exported, looked at, taken back."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST, require_safe

from members import exchange
from members.forms.exchange import RegisterFileForm
from members.models import RegisterImport
from ukis import days, staff, tables
from ukis.doors import Door
from ukis.leafing import Leafing
from ukis.methods import read_or_post
from ukis.refusals import CONFLICT, NotNow

ROWS = 50
# With what the column says that tells of each.
KINDS = {'refused': 'Why', 'new': 'What it says', 'changed': 'From → to'}
KEEPS = Door(
    'The registers are exported and imported by the membership secretary.',
    *('members.change_person', 'members.change_organisation', 'members.change_membership'),
)


@read_or_post
def registers(request: HttpRequest) -> HttpResponse:
    """What there is to export, and what was imported; POST takes a file, which is then looked at."""
    person = KEEPS.opened(request)
    form = RegisterFileForm(request.POST or None, request.FILES or None)
    if request.method == 'POST':
        form = RegisterFileForm(request.POST, request.FILES)
        if form.is_valid():
            file = form.cleaned_data['file']
            try:
                row = exchange.take(
                    file.read(exchange.MOST_BYTES + 1),
                    by=person,
                    register=form.cleaned_data['register'],
                    file_name=file.name,
                )
            except exchange.Unreadable as why:
                form.add_error('file', str(why))
            else:
                return redirect('admin:register_import', row.pk)
    rows = RegisterImport.objects.defer('content').order_by('-at', '-pk')
    context = {
        'form': form,
        'registers': [one() for one in exchange.REGISTERS.values()],
        'page': Leafing(rows, ROWS, shown=rows.select_related('by')).get_page(request.GET.get('page')),
        'waits': exchange.WAITS.days,
    }
    return staff.page(request, 'admin/members/exchange/registers.html', 'Registers as files', context)


@require_safe
def register_file(request: HttpRequest, register: str) -> StreamingHttpResponse:
    KEEPS.opened(request)
    if register not in exchange.REGISTERS:
        raise Http404
    head, rows = exchange.export(exchange.REGISTERS[register]())
    return tables.download(f'{register} {days.today().isoformat()}', head, rows)


@read_or_post
def register_import(request: HttpRequest, pk: int) -> HttpResponse:
    """What the file would change, or changed, row by row; POST carries it out as a whole."""
    person = KEEPS.opened(request)
    row = _import(pk)
    refusal = ''
    if request.method == 'POST':
        try:
            row = exchange.confirm(row, by=person)
        except NotNow as why:
            refusal = str(why)
        else:
            if row.total <= exchange.SMALL and not row.is_done:
                row = exchange.carry_out(row)
            if row.is_done:
                messages.success(request, f'{row} is carried out.')
            return redirect('admin:register_import', row.pk)
    return _report(request, row, refusal)


def _report(request: HttpRequest, row: RegisterImport, refusal: str) -> HttpResponse:
    asked = request.GET.get('kind', '')
    kind = asked if asked in KINDS else next((one for one in KINDS if getattr(row, one)), 'new')
    rows = row.rows.filter(kind=kind).order_by('line')
    context = {
        'import': row,
        'refusal': refusal,
        'kinds': [(one, getattr(row, one), one == kind) for one in KINDS],
        'kind': kind,
        'says': KINDS[kind],
        'asks': f'kind={kind}&',
        'is_refused': kind == 'refused',
        'page': Leafing(rows, ROWS).get_page(request.GET.get('page')),
        'done': exchange.progress(row) if row.is_working else 0,
        'told': exchange.REGISTERS[row.register]().told,
        'waits': exchange.WAITS.days,
    }
    return staff.page(
        request,
        'admin/members/exchange/import.html',
        f'{row}, {row.register}',
        context,
        CONFLICT if refusal else 200,
    )


@require_POST
def register_let_go(request: HttpRequest, pk: int) -> HttpResponse:
    KEEPS.opened(request)
    row = _import(pk)
    exchange.let_go(row)
    if RegisterImport.objects.filter(pk=pk).exists():
        messages.info(request, f'{row} was confirmed already.')
        return redirect('admin:register_import', pk)
    messages.success(request, f'{row} is let go: nothing of it was written, and nothing is kept.')
    return redirect('admin:registers')


def _import(pk: int) -> RegisterImport:
    rows = RegisterImport.objects.select_related('by', 'confirmed_by').defer('content')
    return get_object_or_404(rows, pk=pk)


staff.pages += [
    ('registers/', registers, 'registers', KEEPS.refuse),
    ('registers/<slug:register>.csv', register_file, 'register_file', KEEPS.refuse),
    ('registers/imports/<int:pk>/', register_import, 'register_import', KEEPS.refuse),
    ('registers/imports/<int:pk>/let-go/', register_let_go, 'register_let_go', KEEPS.refuse),
]
