"""An editor says when they are away, and who stands in."""

from typing import Any

from django import forms

from blog.forms.desk import NearDayField, WhoField
from members.models import Person
from ukis import days


class AbsenceForm(forms.Form):
    first = NearDayField(label='Away from')
    last = NearDayField(label='To', help_text='Both days included.')
    deputy = WhoField(
        Person.objects.none(),
        label='Who stands in for you',
        help_text='They get your reminders and your Monday letter. Without anybody these wait until you are back.',
        required=False,
        empty_label='Nobody',
    )

    def __init__(self, data: Any = None, *, by: Person) -> None:
        super().__init__(data)
        others = Person.objects.editors().exclude(pk=by.pk).distinct().order_by('name')
        deputy: Any = self.fields['deputy']
        deputy.queryset = others
        self.fields['first'].initial = days.today()
