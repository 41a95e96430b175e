"""A field that takes several files at once."""

from typing import Any

from django import forms


class SeveralFilesInput(forms.FileInput):
    allow_multiple_selected = True


class SeveralFilesField(forms.FileField):
    """Gives a list."""

    widget = SeveralFilesInput

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        given = [one for one in (data if isinstance(data, list | tuple) else [data]) if one]
        if not given and self.required:
            given = [None]
        return [super(SeveralFilesField, self).clean(one, initial) for one in given]
