from django import forms


class SavedQueueForm(forms.Form):
    name = forms.CharField(
        label='Its name', max_length=60, help_text='As it stands beside the desk’s queues.'
    )
    shared = forms.BooleanField(
        label='The other editors see it too',
        required=False,
        help_text='Each sees what their own desk shows of it.',
    )
    asked = forms.CharField(required=False, max_length=1000, widget=forms.HiddenInput)
