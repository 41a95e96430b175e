"""Which file of a register staff take in."""

from django import forms
from django.core.files.uploadedfile import UploadedFile

from members import exchange

MEGABYTES = exchange.MOST_BYTES // 1_000_000
MISSING = 'Choose the file.'


class RegisterFileForm(forms.Form):
    register = forms.ChoiceField(
        label='Which register it is',
        choices=[(name, name.capitalize()) for name in exchange.REGISTERS],
        help_text='Organisations and people first: the others name them.',
    )
    file = forms.FileField(
        label='The file',
        help_text=f'As CSV, up to {MEGABYTES} MB and {exchange.MOST_ROWS:,} rows. Nothing is written before you have '
        'looked at it.',
        widget=forms.FileInput(attrs={'accept': '.csv,.txt,.tsv,text/csv'}),
        error_messages=dict.fromkeys(('required', 'missing', 'invalid'), MISSING)
        | {'empty': 'The file is empty.'},
    )

    def clean_file(self) -> UploadedFile:
        file: UploadedFile = self.cleaned_data['file']
        if (file.size or 0) > exchange.MOST_BYTES:
            raise forms.ValidationError(f'The file is larger than {MEGABYTES} MB. Take it in parts.')
        return file
