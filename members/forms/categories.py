"""What staff say of a category, and of the parts of its fee."""

from django import forms
from django.core.exceptions import ValidationError

from members.models import Category, CategoryPart
from ukis.keys import KnowingFormSet


class CategoryForm(forms.ModelForm):
    class Meta:
        model = Category
        fields = [
            'name', 'holders', 'description', 'includes', 'open', 'fee', 'seats', 'extra_seat_fee',
            'year', 'year_begins_month', 'year_begins_day', 'rolls_over_day', 'rolls_over_month', 'pro_rata',
            'grace_days', 'promise_days', 'vat', 'vat_why', 'gift_aid', 'gift_aid_why', 'trusts_listing',
        ]  # fmt: skip

    def clean_holders(self) -> str:
        holders = self.cleaned_data['holders']
        if self.instance.pk and holders != self.initial['holders'] and self.instance.memberships.exists():
            raise forms.ValidationError(
                'Memberships are in this category, and their holders would not fit it. Make another category.'
            )
        return holders


class PartForm(forms.ModelForm):
    class Meta:
        model = CategoryPart
        fields = ['wording', 'amount', 'vat', 'position']


class PartFormSet(KnowingFormSet):
    """The parts as they will stand, beside the fee and the VAT that were sent with them."""

    def clean(self) -> None:
        super().clean()
        category = self.instance
        if any(self.errors) or category.fee is None:
            return
        rows = [form for form in self.forms if form.instance.pk or form.has_changed()]
        kept = [form.cleaned_data['amount'] for form in rows if not form.cleaned_data.get('DELETE')]
        if wrong := category.wrong_parts(kept):
            raise ValidationError(wrong)
