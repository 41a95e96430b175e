"""What stood on the page when it was sent: hidden, and once it is refused, what stands now."""

from typing import Any

from django import forms


class SeenField(forms.CharField):
    widget = forms.HiddenInput

    def bound_data(self, data: Any, initial: Any) -> Any:
        return initial


class SeenDay(forms.DateField):
    widget = forms.HiddenInput

    def bound_data(self, data: Any, initial: Any) -> Any:
        return initial
