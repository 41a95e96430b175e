"""Which letters somebody wants."""

from typing import Any

from django import forms

from ukis.letters.choosing import CHOICES


class MailChoicesForm(forms.Form):
    """A tick for each kind that can be refused, as it holds now."""

    def __init__(self, data: Any = None, *, held: dict[str, bool]) -> None:
        super().__init__(data, initial=held)
        for name, choice in CHOICES.items():
            self.fields[name] = forms.BooleanField(label=choice.label, help_text=choice.what, required=False)

    @property
    def said(self) -> dict[str, bool]:
        return {name: bool(self.cleaned_data[name]) for name in CHOICES}
