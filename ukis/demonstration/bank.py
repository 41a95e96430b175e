"""A file of the bank’s that waits for the secretary, with lines that are ready, to be looked at, and nobody’s."""

from datetime import timedelta

from members.models import BankImport, Invoice, Person
from members.money import bank
from ukis import days

HEAD = 'Date,Type,Description,Amount,Balance\n'


def stage_bank(people: dict[str, Person]) -> None:
    """As if it had been chosen this morning: nothing of it is recorded yet."""
    if BankImport.objects.exists():
        return
    whole, part = [*Invoice.objects.open().order_by('due_on', 'number')[:2], None, None][:2]
    lines = [('FPI', 'STALL AT THE SUMMER FAIR', '35.00'), ('DD', 'EXAMPLE ELECTRICITY', '-45.10')]
    if part is not None:
        lines.insert(0, ('BAC', f'ukis inv{part.number:07}', f'{part.owed / 2:.2f}'))
    if whole is not None:
        lines.insert(0, ('BAC', f'{whole.payer_name.upper()[:18]} INV {whole.number}', f'{whole.owed:.2f}'))
    day = days.today() - timedelta(days=1)
    written = ''.join(
        f'{day:%d/%m/%Y},{kind},{text.replace(",", "")},{amount},\n' for kind, text, amount in lines
    )
    bank.take((HEAD + written).encode(), by=people['secretary'], file_name=f'account {day:%Y-%m}.csv')
