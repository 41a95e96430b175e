"""Categories: what a kind of membership costs, gives and asks."""

from typing import Any

from django.contrib import admin
from django.contrib.humanize.templatetags.humanize import intcomma
from django.db.models import PROTECT
from django.http import HttpRequest

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

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> tuple:
        """What stands in the way is counted: one by one it would be all the memberships there are."""
        held = {category: _what_has_it(category) for category in objs}
        *rest, protected = super().get_deleted_objects([one for one in objs if not held[one]], request)
        return (*rest, [*protected, *(said for some in held.values() for said in some)])


def _what_has_it(category: Category) -> list[str]:
    counted = {
        kept.related_model._meta: kept.related_model._base_manager.filter(category=category).count()
        for kept in Category._meta.related_objects
        if kept.on_delete is PROTECT
    }
    return [
        f'{category}: {intcomma(count)} {its.verbose_name if count == 1 else its.verbose_name_plural}'
        for its, count in counted.items()
        if count
    ]
