"""What staff say of a bank's file: which it is, which column is what, whose money a line is, why it is undone."""

import hashlib
import re
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile

from members.models import BankImport, Invoice, Membership, Term
from members.money import bank
from members.money.bank import Choice, Columns, Proposal

MEGABYTES = bank.MOST_BYTES // 1_000_000
NONE = [('', 'There is none')]
MOST_NUMBERS = 6


class BankFileForm(forms.Form):
    file = forms.FileField(
        label='The bank’s file',
        help_text=f'As CSV, up to {MEGABYTES} MB. Nothing is recorded before you have looked at it.',
        widget=forms.FileInput(attrs={'accept': '.csv,.txt,.tsv,text/csv'}),
        error_messages={
            'required': 'Choose the file that you had from the bank.',
            'empty': 'The file is empty.',
            'missing': 'Choose the file that you had from the bank.',
            'invalid': 'Choose the file that you had from the bank.',
        },
    )

    def clean_file(self) -> UploadedFile:
        file: UploadedFile = self.cleaned_data['file']
        if (file.size or 0) > bank.MOST_BYTES:
            raise forms.ValidationError(
                f'The file is larger than {MEGABYTES} MB. Ask the bank for a shorter span, a month or a quarter.'
            )
        return file


class ColumnsForm(forms.Form):
    """Each column by its number, its heading and what stands in it."""

    encoding = forms.ChoiceField(
        label='How its letters are written',
        choices=[
            ('utf-8-sig', 'UTF-8'),
            ('cp1252', 'Windows (cp1252)'),
            ('utf-16', 'UTF-16, “Unicode text”'),
        ],
        help_text='Look at an é, a ŵ or a £ below: they should read as they do at the bank.',
    )
    delimiter = forms.ChoiceField(
        label='What stands between two columns',
        choices=[(',', 'a comma'), (';', 'a semicolon'), ('\t', 'a tab'), ('|', 'a bar')],
    )
    order = forms.ChoiceField(
        label='How a day is written',
        choices=[('dmy', 'day, month, year'), ('mdy', 'month, day, year'), ('ymd', 'year, month, day')],
    )
    day = forms.ChoiceField(label='Value date', required=False)
    amount = forms.ChoiceField(
        label='Amount, in and out in one column',
        required=False,
        help_text='What went out has a minus, brackets or “Dr” there.',
    )
    paid_in = forms.ChoiceField(label='Paid in, where it has a column of its own', required=False)
    paid_out = forms.ChoiceField(label='Paid out', required=False)
    sign = forms.ChoiceField(label='A column that says “Cr” or “Dr”', required=False)
    balance = forms.ChoiceField(label='Balance', required=False)
    texts = forms.MultipleChoiceField(
        label='The payer’s words',
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text='All columns in which a name, a reference or a number may stand.',
    )
    name = forms.CharField(
        label='Keep this under a name',
        max_length=80,
        required=False,
        help_text='For example, “Co-operative current account”. The next file with these headings is read likewise.',
    )

    def __init__(self, data: Any = None, *, columns: Columns, content: bytes, name: str = '') -> None:
        kept = columns.as_json()
        initial = {key: '' if value is None else value for key, value in kept.items()}
        super().__init__(data, initial=initial | {'texts': [str(one) for one in columns.texts], 'name': name})
        self.columns = columns
        choices = list(_choices(self._rows(content)))
        for one in ('day', 'amount', 'paid_in', 'paid_out', 'sign', 'balance'):
            self._field(one).choices = NONE + choices
        self._field('texts').choices = choices

    def _field(self, name: str) -> forms.ChoiceField:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        return field

    def _rows(self, content: bytes) -> list[bank.FileLine]:
        """As it reads with the encoding and the delimiter that are chosen just now."""
        encoding, delimiter = self.columns.encoding, self.columns.delimiter
        if self.is_bound:
            typed = str(self.data.get('encoding')), str(self.data.get('delimiter'))
            encoding = typed[0] if typed[0] in bank.ENCODINGS else encoding
            delimiter = typed[1] if typed[1] in bank.DELIMITERS else delimiter
        try:
            return bank.rows_of(bank.text_of(content, encoding), delimiter)
        except bank.Unreadable:
            return []

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if not self.errors and (problem := self.answer().problem):
            raise forms.ValidationError(problem)
        return data

    def answer(self) -> Columns:
        given = self.cleaned_data
        numbers = {
            one: int(given[one]) if given[one] else None
            for one in ('day', 'amount', 'paid_in', 'paid_out', 'sign', 'balance')
        }
        return Columns(
            encoding=given['encoding'],
            delimiter=given['delimiter'],
            order=given['order'],
            texts=tuple(sorted(int(one) for one in given['texts'])),
            headings=self.columns.headings,
            **numbers,
        )


def _choices(rows: Sequence[bank.FileLine]) -> Iterator[tuple[str, str]]:
    """'3: Description, as in “STRATHLORNE UNI”': what stands there in the first line and in the fullest after it."""
    width = min(max((len(row.cells) for row in rows), default=0), bank.MOST_COLUMNS)
    fullest = max(rows[:40], key=lambda row: (sum(map(bool, row.cells)), row.line), default=None)
    first = next((row for row in rows if len(row.cells) == width), None)
    for column in range(width):
        said = [row.cell(column)[:40] for row in (first, fullest) if row is not None and row.cell(column)]
        shown = ', as in '.join(f'“{one}”' for one in dict.fromkeys(said)) or 'empty'
        yield str(column), f'{column + 1}: {shown}'


class ReconcileForm(forms.Form):
    """For each line that is not recorded yet: whether it is to be, and where it goes if not as proposed."""

    def __init__(self, data: Any = None, *, bank_import: BankImport, proposals: Sequence[Proposal]) -> None:
        super().__init__(data)
        self.bank_import, self.proposals = bank_import, proposals
        self.lines: dict[int, Proposal] = {one.line.pk: one for one in proposals if not one.is_recorded}
        self.fields['seen'] = forms.CharField(
            widget=forms.HiddenInput, required=False, initial=_digest(str(pk) for pk in self.lines)
        )
        for pk, proposal in self.lines.items():
            self._add(pk, proposal)

    def _add(self, pk: int, proposal: Proposal) -> None:
        if not proposal.is_nobodys:
            self.fields[f'take-{pk}'] = forms.BooleanField(
                label='Record it', required=False, initial=proposal.is_ready
            )
            self.fields[f'mark-{pk}'] = forms.CharField(
                widget=forms.HiddenInput, required=False, initial=_digest([proposal.mark])
            )
        for put in proposal.puts if proposal.is_split else ():
            self.fields[f'put-{pk}-{put.key}'] = forms.DecimalField(
                label=put.label,
                required=False,
                min_value=0,
                max_digits=10,
                decimal_places=2,
                initial=put.amount or None,
                widget=forms.TextInput(attrs={'inputmode': 'decimal'}),
            )
        self.fields[f'other-{pk}'] = forms.CharField(
            label='Its invoice’s or membership’s number' if proposal.is_nobodys else 'Or another number',
            required=False,
            max_length=80,
        )

    def groups(self) -> dict[str, list[dict[str, Any]]]:
        """The lines as the page shows them, with their fields."""
        shown: dict[str, list[dict[str, Any]]] = {'ready': [], 'look': [], 'nobody': [], 'already': []}
        for proposal in self.proposals:
            kind = 'already' if proposal.is_recorded else 'nobody' if proposal.is_nobodys else 'look'
            shown['ready' if proposal.is_ready else kind].append(self._shown(proposal))
        return shown

    def _shown(self, proposal: Proposal) -> dict[str, Any]:
        pk = proposal.line.pk
        names = [name for name in self.fields if name.split('-')[1:2] == [str(pk)]]
        fields = [self[name] for name in names]
        return {
            'proposal': proposal,
            'hidden': [one for one in fields if one.is_hidden],
            'fields': [one for one in fields if not one.is_hidden],
        }

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get('seen') != self.fields['seen'].initial:
            raise forms.ValidationError(
                'The columns of this file were changed meanwhile, or some of its lines recorded. Look again, please: '
                'nothing was recorded.'
            )
        self._resolve(data)
        return data

    def _resolve(self, data: dict[str, Any]) -> None:
        others = {pk: _numbers(data.get(f'other-{pk}') or '') for pk in self.lines}
        asked = {number for numbers in others.values() for number in numbers or ()}
        along = ('membership__person', 'membership__organisation')
        invoices = {
            one.number: one for one in Invoice.objects.filter(number__in=asked).select_related(*along)
        }
        members = {one.number: one for one in Membership.objects.filter(number__in=asked)}
        self.offered = bank.offered_to(members) if members else {}
        self.choices: list[Choice] = []
        for pk, proposal in self.lines.items():
            if data.get(f'other-{pk}'):
                self._other(pk, proposal, others[pk], invoices, members)
            elif data.get(f'take-{pk}'):
                self._as_proposed(pk, proposal, data)

    def _other(
        self,
        pk: int,
        proposal: Proposal,
        numbers: list[int] | None,
        invoices: dict[int, Invoice],
        members: dict[int, Membership],
    ) -> None:
        if not numbers or len(numbers) > MOST_NUMBERS:
            self.add_error(
                f'other-{pk}', 'Write the number of an invoice or of a membership, or several of them.'
            )
            return
        unknown = [number for number in numbers if number not in invoices and number not in members]
        if unknown:
            self.add_error(f'other-{pk}', f'There is no invoice and no membership {unknown[0]}.')
            return
        left, puts = proposal.line.amount, []
        for number in numbers:
            target, owed = self._typed(number, invoices, proposal)
            if target and (part := min(owed, left)):
                puts.append((target, part))
                left -= part
        first = numbers[0]
        rest = members.get(first) if first not in invoices else invoices[first].membership
        self.choices.append(Choice(proposal.line, puts, rest))

    def _typed(
        self, number: int, invoices: dict[int, Invoice], proposal: Proposal
    ) -> tuple[Invoice | Term | None, Decimal]:
        """What is asked for under it: an invoice, else what the membership's offered renewal asks, if it can be renewed
        by this money."""
        if number in invoices:
            return invoices[number], invoices[number].owed
        offered = self.offered.get(number)
        if offered is None or offered.against(proposal.line.value_date, is_over=True):
            return None, Decimal(0)
        return offered.row, offered.asks

    def _as_proposed(self, pk: int, proposal: Proposal, data: dict[str, Any]) -> None:
        if data.get(f'mark-{pk}') != self.fields[f'mark-{pk}'].initial:
            self.add_error(
                f'take-{pk}', 'This changed while you looked at it. Read it again, and tick it again.'
            )
            return
        puts: list[tuple[Invoice | Term, Decimal]] = [(put.to, put.amount) for put in proposal.puts]
        if proposal.is_split:
            typed = [(put.to, data.get(f'put-{pk}-{put.key}')) for put in proposal.puts]
            puts = [(target, amount) for target, amount in typed if amount]
            over = sum((amount for _, amount in puts), Decimal(0)) - proposal.line.amount
            if over > 0:
                self.add_error(f'take-{pk}', f'This is £{over:,.2f} more than came in.')
                return
            if not puts:
                self.add_error(f'take-{pk}', 'Say how much goes to which of them.')
                return
        self.choices.append(Choice(proposal.line, puts, proposal.membership))


def _numbers(text: str) -> list[int] | None:
    found = [int(one) for one in re.findall(r'[0-9]{1,9}', text)]
    return list(dict.fromkeys(found)) or None


def _digest(parts: Iterable[str]) -> str:
    return hashlib.sha256('\n'.join(parts).encode()).hexdigest()[:16]


class UndoForm(forms.Form):
    why = forms.CharField(
        label='Why it is undone',
        max_length=240,
        help_text='It stands in the history of each payment.',
    )
