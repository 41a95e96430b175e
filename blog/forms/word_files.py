"""A Word document, and what its author answers once it was read."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile

from blog.writing.word_files import CHOICES, KINDS
from ukis.pictures.intake import MAX_BYTES

MISSING = 'Choose the document.'


class WordFileForm(forms.Form):
    file = forms.FileField(
        label='The Word document',
        help_text=f'A .docx or .odt of up to {MAX_BYTES // 1_000_000} MB. Changes count as accepted; comments '
        'stay out.',
        widget=forms.FileInput(attrs={'accept': ','.join([*KINDS, *KINDS.values()])}),
        allow_empty_file=True,  # an empty one has a sentence of its own
        error_messages=dict.fromkeys(('required', 'missing', 'invalid'), MISSING),
    )

    def content(self) -> tuple[bytes, str]:
        file: UploadedFile = self.cleaned_data['file']
        return file.read(), file.name or ''


class WordsPutForm(forms.Form):
    """`base` is the number of the version with which the document was compared."""

    base = forms.CharField(required=False, widget=forms.HiddenInput)
    where = forms.ChoiceField(label='Where do these words go?', choices=CHOICES, widget=forms.RadioSelect)
    keep = forms.ChoiceField(
        label='Shall we keep the file itself for the editors?',
        choices=[
            ('no', 'No: the words are enough'),
            ('yes', 'Yes: only you and the editors of this submission can download it, for a year at most'),
        ],
        widget=forms.RadioSelect,
    )

    def __init__(self, *given: Any, pictures: Sequence[str], chooses: bool, **more: Any) -> None:
        """`pictures`: the addresses of those that wait to be described; `chooses`: where the words go."""
        super().__init__(*given, **more)
        self.pictures = list(pictures)
        if not chooses:
            del self.fields['where']
        for number, _ in enumerate(self.pictures, 1):
            self.fields[f'alt_{number}'] = forms.CharField(
                label=f'What picture {number} shows',
                required=False,
                max_length=300,
                help_text='Read aloud to people who do not see it.',
            )
            self.fields[f'decorative_{number}'] = forms.BooleanField(
                label=f'Picture {number} is decorative: it says nothing that the words do not say',
                required=False,
            )

    def described(self) -> list[tuple[str, forms.BoundField, forms.BoundField]]:
        """Each picture with its two fields."""
        return [
            (src, self[f'alt_{number}'], self[f'decorative_{number}'])
            for number, src in enumerate(self.pictures, 1)
        ]

    def said(self) -> dict[str, str | None]:
        given = self.cleaned_data
        return {
            src: ' '.join(given[f'alt_{number}'].split()) or None
            for number, src in enumerate(self.pictures, 1)
            if given[f'alt_{number}'].strip() or given[f'decorative_{number}']
        }
