"""Payments from the bank’s file: imports so far, a new one, its columns, what it would record, its undoing."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from members.forms.bank import BankFileForm, ColumnsForm, ReconcileForm, UndoForm
from members.models import BankImport
from members.money import bank
from members.money.bank import Columns, Unreadable
from ukis import staff, unsaved
from ukis.doors import Door
from ukis.leafing import Leafing
from ukis.methods import read_or_post
from ukis.refusals import CONFLICT, NotNow

ROWS = 25
PAYMENTS = Door('Payments are recorded by the membership secretary.', 'members.add_payment')


@read_or_post
def bank_imports(request: HttpRequest) -> HttpResponse:
    """What there was so far; POST takes a file, which is then looked at."""
    person = PAYMENTS.opened(request)
    form = BankFileForm(request.POST or None, request.FILES or None)
    if request.method == 'POST':
        form = BankFileForm(request.POST, request.FILES)
        if form.is_valid():
            file = form.cleaned_data['file']
            try:
                row = bank.take(file.read(bank.MOST_BYTES + 1), by=person, file_name=file.name)
            except Unreadable as why:
                form.add_error('file', str(why))
            else:
                return redirect('admin:bank_columns' if row.unread else 'admin:bank_import', row.pk)
    rows = BankImport.objects.newest_first().defer('content')
    leaves = Leafing(rows, ROWS, shown=rows.select_related('by', 'confirmed_by', 'undone_by', 'format'))
    context = {
        'form': form,
        'page': leaves.get_page(request.GET.get('page')),
        'known_until': bank.known_until(),
        'waits': bank.WAITS.days,
    }
    return staff.page(request, 'admin/members/bank/imports.html', 'Payments from the bank', context)


@read_or_post
def bank_import(request: HttpRequest, pk: int) -> HttpResponse:
    """What it would record, in words; POST records it as a whole. Once confirmed: what it recorded."""
    person = PAYMENTS.opened(request)
    row = _import(pk)
    if not row.is_open:
        if request.method == 'POST':
            messages.info(request, f'It is recorded already, as {row}. Nothing was recorded twice.')
            return redirect('admin:bank_import', row.pk)
        return _recorded(request, row)
    if row.unread:
        return redirect('admin:bank_columns', row.pk)
    form = _reconcile(row, request.POST if request.method == 'POST' else None)
    if not form.is_bound:
        return _preview(request, row, form)
    if not form.is_valid():
        return _preview(request, row, form, CONFLICT if form.non_field_errors() else 200)
    try:
        row = bank.confirm(row, by=person, choices=form.choices)
    except NotNow as refusal:
        form.add_error(None, f'{refusal} Nothing was recorded.')
        return _preview(request, row, form, CONFLICT)
    unsaved.sent(request)
    messages.success(request, f'Recorded as {row}: {_payments(len(form.choices))}.')
    return redirect('admin:bank_import', row.pk)


def _payments(count: int) -> str:
    return f'{count} payment{"" if count == 1 else "s"}'


def _import(pk: int) -> BankImport:
    rows = BankImport.objects.select_related('by', 'confirmed_by', 'undone_by', 'format').defer('content')
    return get_object_or_404(rows, pk=pk)


def _reconcile(row: BankImport, data: object = None) -> ReconcileForm:
    return ReconcileForm(data, bank_import=row, proposals=bank.propose(list(row.lines.all())))


def _preview(request: HttpRequest, row: BankImport, form: ReconcileForm, status: int = 200) -> HttpResponse:
    unsaved.watch(request, form, 'What a bank’s file records', row, page=request.path)
    groups = form.groups()
    context = {
        'import': row,
        'form': form,
        'groups': groups,
        'ready_sum': sum(one['proposal'].line.amount for one in groups['ready']),
        'waits': bank.WAITS.days,
    }
    return staff.page(request, 'admin/members/bank/preview.html', f'Look through {row}', context, status)


def _recorded(request: HttpRequest, row: BankImport) -> HttpResponse:
    lines = row.lines.prefetch_related(
        'payments__membership__person', 'payments__membership__organisation', 'payments__membership__category',
        'payments__allocations__invoice',
    )  # fmt: skip
    context = {'import': row, 'lines': lines, 'sum': row.lines.all().sum()}
    return staff.page(request, 'admin/members/bank/recorded.html', str(row), context)


@read_or_post
def bank_columns(request: HttpRequest, pk: int) -> HttpResponse:
    """Which column is what; POST reads the file again."""
    person = PAYMENTS.opened(request)
    row = get_object_or_404(BankImport.objects.select_related('format'), pk=pk)
    if not row.is_open:
        messages.info(request, f'It is recorded already, as {row}: its columns are settled.')
        return redirect('admin:bank_import', row.pk)
    form = ColumnsForm(
        request.POST if request.method == 'POST' else None,
        columns=Columns.of_json(row.columns),
        content=bytes(row.content or b''),
        name=row.format.name if row.format else '',
    )
    if form.is_bound and form.is_valid():
        try:
            row = bank.set_columns(
                row, by=person, columns=form.answer(), name=form.cleaned_data['name'].strip()
            )
        except NotNow as refusal:
            messages.warning(request, str(refusal))
            return redirect('admin:bank_import', row.pk)
        unsaved.sent(request)
        return redirect('admin:bank_columns' if row.unread else 'admin:bank_import', row.pk)
    unsaved.watch(request, form, 'Columns of a bank’s file', row, page=request.path)
    return staff.page(
        request, 'admin/members/bank/columns.html', 'Which column is what', {'import': row, 'form': form}
    )


@require_POST
def bank_let_go(request: HttpRequest, pk: int) -> HttpResponse:
    person = PAYMENTS.opened(request)
    row = _import(pk)
    bank.let_go(row, by=person)
    if BankImport.objects.filter(pk=pk).exists():
        messages.info(request, f'It is recorded already, as {row}. It can be undone instead.')
        return redirect('admin:bank_import', pk)
    messages.success(request, f'{row} is let go: nothing of it was recorded, and nothing is kept.')
    return redirect('admin:bank')


@read_or_post
def bank_undo(request: HttpRequest, pk: int) -> HttpResponse:
    """GET says what would be taken back and what stands in its way; POST undoes it as a whole."""
    person = PAYMENTS.opened(request)
    row = _import(pk)
    if not row.stands:
        words = 'was not confirmed: there is nothing to undo' if row.is_open else 'is undone already'
        messages.info(request, f'{row} {words}.')
        return redirect('admin:bank_import', row.pk)
    form = UndoForm(request.POST if request.method == 'POST' else None)
    if form.is_bound and form.is_valid():
        try:
            row = bank.undo(row, by=person, why=form.cleaned_data['why'])
        except NotNow as refusal:
            form.add_error(None, str(refusal))
        else:
            unsaved.sent(request)
            messages.success(request, f'{row} is undone. The same file can be taken again.')
            return redirect('admin:bank_import', row.pk)
    unsaved.watch(request, form, 'Undo a bank import', row, page=request.path)
    context = {
        'import': row,
        'form': form,
        'built': bank.built_since(row)[:20],
        'drawn': [one for one in bank.drawn_for(row) if not one.drawn_ahead],
        'sum': row.lines.all().sum(),
    }
    return staff.page(
        request,
        'admin/members/bank/undo.html',
        f'Undo {row}',
        context,
        CONFLICT if form.non_field_errors() else 200,
    )


staff.pages += [
    ('bank/', bank_imports, 'bank', PAYMENTS.refuse),
    ('bank/<int:pk>/', bank_import, 'bank_import', PAYMENTS.refuse),
    ('bank/<int:pk>/columns/', bank_columns, 'bank_columns', PAYMENTS.refuse),
    ('bank/<int:pk>/let-go/', bank_let_go, 'bank_let_go', PAYMENTS.refuse),
    ('bank/<int:pk>/undo/', bank_undo, 'bank_undo', PAYMENTS.refuse),
]
