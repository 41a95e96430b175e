"""Forms of which several stand on one page and are judged as they will stand together."""

from collections.abc import Collection, Iterable
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError

from members.judging import Problem
from ukis import days
from ukis.keys import KnowingFormSet


class JudgedForm(forms.ModelForm):
    """One row. What holds between rows is not asked of the database, which knows only how they stood before."""

    judged_together: ClassVar[Collection[str]] = ()
    # A day that is today's where nothing else is said: an empty row stays empty until somebody fills it in.
    today_if_empty: ClassVar[str] = ''

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if day := self.fields.get(self.today_if_empty):
            day.required = day.show_hidden_initial = False
            if self.instance.pk is None:
                day.help_text = day.help_text or 'Empty: today.'
                day.initial = self.initial[self.today_if_empty] = None

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        name = self.today_if_empty
        if name in self.fields and name not in self.errors and not data.get(name):
            data[name] = days.today()
        return data

    def validate_constraints(self) -> None:
        try:
            self.instance.validate_constraints(exclude={*self.errors, *self.judged_together})
        except ValidationError as wrong:
            self.add_error(None, wrong)


class JudgedFormSet(KnowingFormSet):
    """Its rows as they are to be, new and changed and kept; `problems` says what forbids them."""

    def problems(self, rows: list[Any]) -> Iterable[Problem]:
        raise NotImplementedError

    def clean(self) -> None:
        super().clean()
        forms_of = {id(form.instance): form for form in self.forms if self._counts(form)}
        for problem in self.problems([form.instance for form in forms_of.values()]):
            shown = [forms_of[id(row)] for row in problem.rows if id(row) in forms_of]
            if not shown:
                raise ValidationError(problem.sentence)
            self._say(shown, problem)

    @staticmethod
    def _counts(form: forms.ModelForm) -> bool:
        """A row with a fault of its own is judged once that is put right; an empty one is none."""
        leaves = form.errors or form.cleaned_data.get('DELETE')
        return not leaves and bool(form.instance.pk or form.has_changed())

    @staticmethod
    def _say(shown: list[forms.ModelForm], problem: Problem) -> None:
        """Beside the row that somebody changed, where only one of the two was."""
        form = next((form for form in shown if form.has_changed()), shown[0])
        if problem.sentence not in form.errors.get(problem.field, []):
            form.add_error(problem.field, problem.sentence)
