"""What somebody answers to a renewal."""

from django import forms

LONG = {'rows': 4, 'maxlength': 2000}


class RenewForm(forms.Form):
    po_number = forms.CharField(
        label='Purchase-order number',
        required=False,
        max_length=60,
        help_text='If your finance office wants one on the invoice. It can be added later, too.',
    )
    attention = forms.CharField(label='For the attention of', required=False, max_length=200)


class WishForm(forms.Form):
    words = forms.CharField(
        label='What is to be changed',
        max_length=2000,
        widget=forms.Textarea(attrs=LONG),
        help_text='A name, an address, the number of seats, another category: staff see to it and write to you.',
        error_messages={'required': 'Write what is to be changed.'},
    )


class RefuseForm(forms.Form):
    why = forms.CharField(
        label='Why, if you like to say so', required=False, max_length=2000, widget=forms.Textarea(attrs=LONG)
    )
    sure = forms.BooleanField(
        label='Yes, the membership is to end',
        error_messages={'required': 'Tick that the membership is to end, so that nobody ends it by a slip.'},
    )
