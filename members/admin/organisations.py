from typing import Any, cast

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse

from members import found, likeness
from members.admin import merging, showing
from members.admin.mailings import write_to_these
from members.forms.judged import JudgedForm
from members.forms.offices import OfficeFormSet, StaffOfficeForm
from members.forms.organisations import OrganisationForm
from members.models import EarlierName, Office, Organisation, Person, Registration, Succession
from members.organisations import offices, renaming
from ukis import history
from ukis.addresses.admin import AddressedAdmin
from ukis.pictures.admin import TakesPictures
from ukis.staff import StaffInline


class EarlierNameForm(JudgedForm):
    class Meta:
        model = EarlierName
        fields = ['name', 'since', 'until']


class EarlierNameInline(StaffInline):
    model = EarlierName
    form = EarlierNameForm
    fields = ['name', ('since', 'until')]
    classes = ['collapse']


class RegistrationForm(JudgedForm):
    class Meta:
        model = Registration
        fields = ['register', 'number']


class RegistrationInline(StaffInline):
    model = Registration
    form = RegistrationForm
    fields = [('register', 'number')]
    verbose_name_plural = 'Numbers in public registers'
    classes = ['collapse']


class SuccessionInline(StaffInline):
    """Put right here, or taken away; the button above writes it down, with what follows from it."""

    model = Succession
    fk_name = 'organisation'
    extra = 0
    fields = [('successor', 'since')]
    readonly_fields = ['successor']
    classes = ['collapse']

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).select_related('successor')


class OfficeInline(StaffInline):
    """An office is ended by its last day, not deleted."""

    model = Office
    form = StaffOfficeForm
    formset = OfficeFormSet
    fields = [('person', 'role', 'since', 'until')]
    autocomplete_fields = ['person']

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).select_related('person')


@admin.register(Organisation)
class OrganisationAdmin(TakesPictures, AddressedAdmin):
    form = OrganisationForm
    actions = [write_to_these]
    list_display = ['name', 'short_name', 'kind', 'part_of', 'public']
    list_filter = ['kind', 'public']
    list_select_related = ['part_of']
    search_fields = ['name', 'short_name', 'earlier_names__name']
    autocomplete_fields = ['part_of']
    readonly_fields = ['logo_shown', 'memberships', 'seats', 'works_in', 'twice', 'followed']
    inlines = [OfficeInline, EarlierNameInline, RegistrationInline, SuccessionInline]

    def get_queryset(self, request: HttpRequest) -> Any:
        rows: Any = super().get_queryset(request)
        return rows.standing()

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet, search_term: str
    ) -> tuple[QuerySet, bool]:
        return found.looked_for(queryset, search_term, found.ORGANISATIONS), False

    def _get_obj_does_not_exist_redirect(
        self, request: HttpRequest, opts: Any, object_id: str
    ) -> HttpResponse:
        led = merging.lead_on(request, Organisation, object_id)
        return led or super()._get_obj_does_not_exist_redirect(request, opts, object_id)  # type: ignore[misc]

    def get_fieldsets(self, request: HttpRequest, obj: Organisation | None = None) -> list:
        may = obj is None or self.has_change_permission(request, obj)
        names = ['name', *(['slip'] if obj and may else []), 'short_name', 'slug']
        logo = showing.picture_fields('logo', obj, may=may)
        works = 'nations' if may else 'works_in'
        twice = ['twice'] if obj and may else []
        place = [('Its place in the Society', {'fields': ['memberships', 'seats', *twice]})] if obj else []
        return [
            *place,
            ('What it is called', {'fields': names}),
            (
                'What it is',
                {'fields': ['kind', works, 'website', 'links', 'description', 'topics', 'public']},
            ),
            ('Its logo', {'fields': [*logo, 'logo_alt']}),
            *([('For invoices', {'fields': ['billing_address']})] if may else []),
            ('Others', {'fields': ['part_of', *(['followed'] if obj and may else [])]}),
        ]

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        form = super().get_form(request, obj, change, **kwargs)
        form.sent_by = request.user
        return form

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    @admin.display(description='logo')
    def logo_shown(self, row: Organisation) -> str:
        return showing.picture(row.logo, row.logo_alt)

    @admin.display(description='nations')
    def works_in(self, row: Organisation) -> str:
        return ', '.join(row.nation_names)

    @admin.display(description='a second entry')
    def twice(self, row: Organisation) -> str:
        return merging.button(row)

    @admin.display(description='what followed')
    def followed(self, row: Organisation) -> str:
        return merging.followed_button(row)

    @admin.display(description='membership')
    def memberships(self, row: Organisation) -> str:
        return showing.memberships(row)

    @admin.display(description='places')
    def seats(self, row: Organisation) -> str:
        return showing.seats_of(row)

    def save_model(self, request: HttpRequest, obj: Organisation, form: Any, change: bool) -> None:
        if change and 'name' in form.changed_data:
            obj.name = form.initial['name']  # the verb gives it the new one
        super().save_model(request, obj, form, change)

    def save_formset(self, request: HttpRequest, form: Any, formset: Any, change: bool) -> None:
        if formset.model is not Office:
            super().save_formset(request, form, formset, change)
            return
        rows = formset.save(commit=False)
        offices.keep_offices(form.instance, by=cast(Person, request.user), offices=rows)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """The earlier names that were typed come first: a new name then keeps none twice."""
        super().save_related(request, form, formsets, change)
        obj, name = form.instance, form.cleaned_data['name']
        if change and 'name' in form.changed_data:
            slip = form.cleaned_data['slip']
            renaming.rename(obj, by=cast(Person, request.user), name=name, slip=slip)
            obj.name = name
        if not change or 'name' in form.changed_data:
            showing.warn_of_namesakes(request, likeness.organisations_called(name, besides=obj))

    def construct_change_message(
        self, request: HttpRequest, form: Any, formsets: Any, add: bool = False
    ) -> Any:
        if add:
            return super().construct_change_message(request, form, formsets, add)
        others = [formset for formset in formsets if formset.model is not Office]  # the verb says it
        return history.of_form(form, besides=['name', 'slip'], formsets=others)

    def log_change(self, request: HttpRequest, obj: Organisation, message: Any) -> None:  # type: ignore[override]
        history.note(obj, by=cast(Person, request.user), lines=message)
