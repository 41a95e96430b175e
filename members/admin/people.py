from typing import Any, cast

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib import admin
from django.db.models import QuerySet
from django.forms import CheckboxSelectMultiple
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.html import format_html

from members import found, likeness, moving, seeing, signing_in, staffing
from members.admin import merging, showing
from members.admin.mailings import write_to_these
from members.forms.people import StaffAffiliationForm, StaffAffiliationFormSet, StaffPersonForm
from members.models import Affiliation, Person
from members.places import place_sentence
from ukis import days, history
from ukis.addresses.admin import AddressedAdmin
from ukis.pictures.admin import TakesPictures
from ukis.staff import StaffInline, StaffModelAdmin

for model in (Authenticator, EmailAddress, UserSession):
    admin.site.unregister(model)


# What the package calls its kinds, in the words of the page on which one sets them up.
FACTORS = {'totp': 'Authenticator app', 'webauthn': 'Passkey', 'recovery_codes': 'Recovery codes'}


class FactorFilter(admin.SimpleListFilter):
    title, parameter_name = 'what it is', 'type'

    def lookups(self, request: HttpRequest, model_admin: Any) -> Any:
        return FACTORS.items()

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        return queryset.filter(type=self.value()) if self.value() else queryset


@admin.register(Authenticator)
class AuthenticatorAdmin(StaffModelAdmin):
    """Who has which second factor. One that was lost is taken away here; its secret is shown to nobody."""

    list_display = ['whose', 'factor', 'created_at', 'last_used_at']
    list_filter = [FactorFilter]
    list_select_related = ['user']
    search_fields = ['user__name', 'user__email']
    facts: Any = ['whose', 'factor', 'created_at', 'last_used_at']
    fields = readonly_fields = facts

    @admin.display(description='whose', ordering='user__name')
    def whose(self, row: Authenticator) -> str:
        return str(row.user)

    @admin.display(description='what it is', ordering='type')
    def factor(self, row: Authenticator) -> str:
        return FACTORS.get(row.type, row.type)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


WHO_SEES_WHAT = ['page_for', *(f'{part}_for' for part in seeing.PARTS), 'may_be_asked', 'indexed']


class AffiliationInline(StaffInline):
    model = Affiliation
    form = StaffAffiliationForm
    formset = StaffAffiliationFormSet
    fields = [('organisation', 'job_title'), ('since', 'until'), 'main']
    autocomplete_fields = ['organisation']

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).select_related('organisation')


@admin.register(Person)
class PersonAdmin(TakesPictures, AddressedAdmin):
    file_for_keepers = True
    form = StaffPersonForm
    actions = [write_to_these]
    list_display = ['name', 'email', 'nation', 'is_active', 'is_staff']
    list_filter = ['is_active', 'is_staff', 'groups', 'nation']
    search_fields = ['name', 'family_name', 'email']
    readonly_fields = [
        'photo_shown',
        'signed_in_at',
        'joined_at',
        'place',
        'memberships',
        'seats',
        'roles',
        'twice',
        'erasure',
    ]
    inlines = [AffiliationInline]

    def get_queryset(self, request: HttpRequest) -> Any:
        rows: Any = super().get_queryset(request)
        return rows.standing()

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet, search_term: str
    ) -> tuple[QuerySet, bool]:
        return found.looked_for(queryset, search_term, found.PEOPLE), False

    def _get_obj_does_not_exist_redirect(
        self, request: HttpRequest, opts: Any, object_id: str
    ) -> HttpResponse:
        led = merging.lead_on(request, Person, object_id)
        return led or super()._get_obj_does_not_exist_redirect(request, opts, object_id)  # type: ignore[misc]

    def get_fieldsets(self, request: HttpRequest, obj: Person | None = None) -> list:
        may = obj is None or self.has_change_permission(request, obj)
        photo = showing.picture_fields('photo', obj, may=may)
        print_ = ['biography', *photo, 'orcid', 'nation', 'website', 'topics']
        roles = 'groups' if staffing.may_give_roles(request.user) else 'roles'
        twice = ['twice'] if obj and self.has_change_permission(request, obj) else []
        place = (
            [('Their place in the Society', {'fields': ['place', 'memberships', 'seats', *twice]})]
            if obj
            else []
        )
        return [
            *place,
            ('Who they are', {'fields': ['title', 'name', ('given_names', 'family_name'), 'email', 'slug']}),
            ('In print and in the directory', {'fields': print_}),
            ('Who sees what', {'fields': WHO_SEES_WHAT}),
            *([('For invoices', {'fields': ['postal_address']})] if may else []),
            ('Signing in', {'fields': ['is_active', 'is_staff', roles, 'signed_in_at', 'joined_at']}),
            *([('Erasure', {'fields': ['erasure']})] if obj and may else []),
        ]

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        form = super().get_form(request, obj, change, **kwargs)
        form.sent_by = request.user
        return form

    def formfield_for_manytomany(self, db_field: Any, request: Any = None, **kwargs: Any) -> Any:
        if db_field.name == 'groups':
            # Four roles: four boxes say more than a list to scroll in.
            kwargs |= {
                'widget': CheckboxSelectMultiple,
                'label': 'Roles',
                'help_text': 'What they may do in the admin and on the desk.',
            }
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    @admin.display(description='last signed in')
    def signed_in_at(self, person: Person) -> str:
        return days.moment_in_words(person.last_login) if person.last_login else 'not yet'

    @admin.display(description='their page says')
    def place(self, person: Person) -> str:
        return place_sentence(person)

    @admin.display(description='photo')
    def photo_shown(self, person: Person) -> str:
        return showing.picture(person.photo, f'Photo of {person}')

    @admin.display(description='membership of their own')
    def memberships(self, person: Person) -> str:
        return showing.memberships(person)

    @admin.display(description='places')
    def seats(self, person: Person) -> str:
        return showing.seats_of_person(person)

    @admin.display(description='a second entry')
    def twice(self, person: Person) -> str:
        return merging.button(person)

    @admin.display(description='roles')
    def roles(self, person: Person) -> str:
        names = sorted(person.groups.values_list('name', flat=True)) if person.pk else []
        return history.said(names) if names else 'none'

    @admin.display(description='of their data')
    def erasure(self, person: Person) -> str:
        address = reverse('admin:erasure_of', args=[person.pk])
        return format_html('<a href="{}">See what would be erased, and start it</a>', address)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        """Only an Administrator gives roles; the secretary keeps the rest right."""
        locked = list(super().get_readonly_fields(request, obj))
        if not staffing.may_give_roles(request.user):
            locked += ['is_staff']
            # Whoever may change a staff member's address could take their sign-in over.
            if obj is not None and staffing.is_of_staff(obj):
                locked += ['email', 'is_active']
        return locked

    def save_model(self, request: HttpRequest, obj: Person, form: Any, change: bool) -> None:
        if not change:
            obj.set_unusable_password()
        for name in ('is_active', 'is_staff'):
            if name in form.fields:  # the verbs set them
                setattr(obj, name, form.initial.get(name, name == 'is_active'))
        super().save_model(request, obj, form, change)
        if 'email' in form.changed_data or not change:
            signing_in.set_main_address(obj)
        if not change or {'name', 'email', 'orcid'} & set(form.changed_data):
            showing.warn_of_people_like(request, likeness.people_like(obj))

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        data, by = form.cleaned_data, cast(Person, request.user)
        groups = data.pop('groups', None)  # what is left of many-to-many is saved as usual
        super().save_related(request, form, formsets, change)
        if groups is not None:
            staffing.appoint(form.instance, by=by, is_staff=data['is_staff'], groups=groups)
        if 'is_active' in data:
            staffing.let_in(form.instance, by=by, is_active=data['is_active'])

    def save_formset(self, request: HttpRequest, form: Any, formset: Any, change: bool) -> None:
        rows, by = formset.save(commit=False), cast(Person, request.user)
        moving.keep_affiliations(form.instance, by=by, affiliations=rows, gone=formset.deleted_objects)

    def construct_change_message(
        self, request: HttpRequest, form: Any, formsets: Any, add: bool = False
    ) -> Any:
        if add:
            return super().construct_change_message(request, form, [], add)
        return history.of_form(form, besides=['is_active', 'is_staff', 'groups'])

    def log_change(self, request: HttpRequest, obj: Person, message: Any) -> None:  # type: ignore[override]
        history.note(obj, by=cast(Person, request.user), lines=message)
