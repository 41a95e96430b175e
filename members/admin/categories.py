"""Categories: what a kind of membership costs, gives and asks."""

from django.contrib import admin

from members.forms.categories import CategoryForm, PartForm, PartFormSet
from members.models import Category, CategoryPart, Question
from ukis.staff import StaffInline, StaffModelAdmin


class QuestionInline(StaffInline):
    """What its applicants are asked beside what everybody is."""

    model = Question
    fields = ['text', ('kind', 'required'), 'choices', 'help', 'position']
    verbose_name_plural = 'Questions to those who apply'


class PartInline(StaffInline):
    model = CategoryPart
    form = PartForm
    formset = PartFormSet
    fields = ['wording', ('amount', 'vat'), 'position']
    verbose_name_plural = 'Parts of the fee, where its VAT is split'


@admin.register(Category)
class CategoryAdmin(StaffModelAdmin):
    form = CategoryForm
    list_display = ['name', 'holders', 'fee', 'seats', 'grace_days', 'open']
    list_filter = ['holders', 'open']
    fieldsets = [
        (
            'What it is',
            {'fields': ['name', 'holders', 'description', 'includes', 'open']},
        ),
        ('What it costs and gives', {'fields': ['fee', ('seats', 'extra_seat_fee')]}),
        (
            'Its year',
            {
                'fields': [
                    'year',
                    ('year_begins_day', 'year_begins_month'),
                    ('rolls_over_day', 'rolls_over_month'),
                    'pro_rata',
                    ('grace_days', 'promise_days'),
                ]
            },
        ),
        ('As the treasurer has it', {'fields': ['vat', 'vat_why', 'gift_aid', 'gift_aid_why']}),
        ('Its members’ pages', {'fields': ['trusts_listing']}),
    ]
    search_fields = ['name']
    inlines = [PartInline, QuestionInline]
