"""Fields by which the questions of a category are answered."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile

from members.applying import SentFile
from members.models import ApplicationAnswer, Question

MOST_BYTES = 5_000_000
LONGEST = 4000
# How a file of each kind begins, and what it is called and served as.
_PDF, _ZIP, _PNG, _JPEG = b'%PDF-', b'PK\x03\x04', b'\x89PNG\r\n\x1a\n', b'\xff\xd8\xff'
_WORD = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'
_KINDS = {
    'pdf': (_PDF, 'application/pdf'),
    'docx': (_ZIP, _WORD),
    'odt': (_ZIP, 'application/vnd.oasis.opendocument.text'),
    'png': (_PNG, 'image/png'),
    'jpg': (_JPEG, 'image/jpeg'),
    'jpeg': (_JPEG, 'image/jpeg'),
}
KINDS_IN_WORDS = 'a PDF, a Word or OpenDocument text, or a picture (PNG, JPEG), of at most 5 MB'


class AnswerFileField(forms.FileField):
    """Small, of few kinds, and what its name says. One that is kept already need not be chosen again."""

    def clean(self, data: Any, initial: Any = None) -> Any:
        file = super().clean(data, initial)
        if not isinstance(file, UploadedFile):
            return file
        if (file.size or 0) > MOST_BYTES:
            raise forms.ValidationError(f'This file is too large. Choose {KINDS_IN_WORDS}.')
        ending = (file.name or '').rpartition('.')[2].lower()
        begins, _ = _KINDS.get(ending, (None, ''))
        start = file.read(16)
        file.seek(0)
        if begins is None or not start.startswith(begins):
            raise forms.ValidationError(f'We cannot take this kind of file. Choose {KINDS_IN_WORDS}.')
        return file

    def upload(self, file: UploadedFile) -> SentFile:
        name = file.name or 'file'
        stem, _, ending = name.rpartition('.')
        file.seek(0)
        return SentFile(f'{stem[:120]}.{ending.lower()}', file.read(), _KINDS[ending.lower()][1])


def answer_field(question: Question, kept: ApplicationAnswer | None) -> forms.Field:
    given: dict[str, Any] = {
        'label': question.text,
        'help_text': question.help,
        'required': question.required,
        'initial': kept.value if kept else None,
    }
    match question.kind:
        case Question.Kind.CHOICE:
            choices = [(line, line) for line in question.lines]
            return forms.ChoiceField(choices=[('', 'Choose one'), *choices], **given)
        case Question.Kind.NUMBER:
            return forms.DecimalField(max_digits=12, decimal_places=2, **given)
        case Question.Kind.FILE:
            hint = f'{question.help} ' if question.help else ''
            stays = f'“{kept.value}” is kept; choose another to put it in its place. ' if kept else ''
            given |= {
                'help_text': f'{hint}{stays}{KINDS_IN_WORDS[0].upper()}{KINDS_IN_WORDS[1:]}.',
                'required': question.required and kept is None,
                'initial': None,
            }
            return AnswerFileField(**given)
    widget = forms.Textarea(attrs={'rows': 5})
    return forms.CharField(max_length=LONGEST, widget=widget, **given)
