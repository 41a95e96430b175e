"""More places in the middle of a term."""

from typing import Any

from django import forms

from members.forms.billing import AddressedForm
from members.models import Invoice
from members.models.extra_seats import MOST


class ExtraSeatsForm(AddressedForm):
    number = forms.IntegerField(
        label='How many more',
        min_value=1,
        max_value=MOST,
        error_messages={'required': 'Say how many more places you need.'},
    )
    po_number = forms.CharField(
        label='Your purchase-order number',
        required=False,
        max_length=Invoice._meta.get_field('po_number').max_length,
        help_text='If your finance office wants one on the invoice. It can be added later, too.',
    )
    attention = forms.CharField(
        label='For the attention of',
        required=False,
        max_length=Invoice._meta.get_field('attention').max_length,
    )
    # How often some were taken when the page was made: a second tab or click takes none twice.
    taken = forms.IntegerField(widget=forms.HiddenInput)

    field_order = ['number', 'address']

    def __init__(self, data: Any = None, *, taken: int, address: str) -> None:
        super().__init__(data, initial={'taken': taken}, address=address)
