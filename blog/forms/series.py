from typing import Any

from django import forms
from django.db.models import Q

from blog.models import Series, Submission


class SeriesForm(forms.Form):
    """One that is running, or none; the one it belongs to stays to be chosen when that is over."""

    def __init__(self, *args: Any, submission: Submission, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        its_own = [submission.series_id] if submission.series_id else []
        self.fields['series'] = forms.ModelChoiceField(
            Series.objects.filter(Q(pk__in=Series.objects.running().values('pk')) | Q(pk__in=its_own)),
            label='The series',
            help_text='Its guest editors see the submission, and may take it.',
            required=False,
            empty_label='None',
            initial=submission.series_id,
        )
