from datetime import datetime
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django import forms
from django.contrib import admin
from django.db.models import QuerySet
from django.forms import CheckboxSelectMultiple
from django.http import HttpRequest

from members import signing_in
from members.models import Affiliation, Person
from ukis import addresses
from ukis.staff import DAYS, Autocompleted, KnowingFormSet, StaffModelAdmin

for model in (Authenticator, EmailAddress, UserSession):
    admin.site.unregister(model)


@admin.register(Authenticator)
class AuthenticatorAdmin(StaffModelAdmin):
    """Who has which second factor. One that was lost is taken away here; its secret is shown to nobody."""

    list_display = ['user', 'type', 'created_at', 'last_used_at']
    list_filter = ['type']
    list_select_related = ['user']
    search_fields = ['user__name', 'user__email']
    fields = ['user', 'type', 'created_at', 'last_used_at']

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class PersonForm(forms.ModelForm):
    def clean_slug(self) -> str:
        slug = self.cleaned_data['slug']
        return addresses.refuse_taken(slug, self.instance, 'person', 'author') if slug else slug

    def clean_email(self) -> str | None:
        """Not an address with which somebody else signs in, be it their second one."""
        email = (self.cleaned_data['email'] or '').strip().lower() or None
        others = EmailAddress.objects.filter(email=email, verified=True).exclude(user=self.instance.pk)
        if email and others.exists():
            raise forms.ValidationError('Somebody else signs in with this address.')
        return email


class AffiliationFormSet(KnowingFormSet):
    def clean(self) -> None:
        """New rows of one page do not know of each other."""
        super().clean()
        kept = [form for form in self.forms if form not in self.deleted_forms]
        main = [form for form in kept if form.cleaned_data.get('main') and not form.cleaned_data.get('until')]
        for form in main[1:]:
            form.add_error('main', 'Only one open affiliation can be the main one.')


class AffiliationInline(Autocompleted, admin.StackedInline):
    formfield_overrides = DAYS
    model = Affiliation
    formset = AffiliationFormSet

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).select_related('organisation')

    extra = 0
    fields = [('organisation', 'job_title'), ('since', 'until'), 'main']
    autocomplete_fields = ['organisation']


@admin.register(Person)
class PersonAdmin(StaffModelAdmin):
    show_full_result_count = False
    list_display = ['name', 'email', 'nation', 'is_active', 'is_staff']
    list_filter = ['is_active', 'is_staff', 'groups', 'nation']
    search_fields = ['name', 'family_name', 'email']
    readonly_fields = ['photo', 'signed_in_at', 'joined_at', 'place']
    inlines = [AffiliationInline]
    fieldsets = [
        (None, {'fields': ['title', 'name', ('given_names', 'family_name'), 'email', 'slug', 'place']}),
        ('In print and in the directory', {'fields': ['biography', 'photo', 'orcid', 'nation', 'website']}),
        ('Who sees what', {'fields': ['page_for', 'biography_for', 'photo_for']}),
        ('Signing in', {'fields': ['is_active', 'is_staff', 'groups', 'signed_in_at', 'joined_at']}),
    ]

    def formfield_for_manytomany(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == 'groups':
            # Four roles: four boxes say more than a list to scroll in.
            kwargs |= {
                'widget': CheckboxSelectMultiple,
                'help_text': 'What they may do in the admin and on the desk.',
            }
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    @admin.display(description='last signed in', empty_value='not yet')
    def signed_in_at(self, person: Person) -> datetime | None:
        return person.last_login

    @admin.display(description='may submit')
    def place(self, person: Person) -> str:
        return person.place_sentence() if person.pk else '–'

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        """Only an Administrator gives roles; the secretary keeps the rest right."""
        locked = list(super().get_readonly_fields(request, obj))
        by = request.user
        if not (isinstance(by, Person) and (by.is_superuser or by.is_in('Administrator'))):
            locked += ['is_staff', 'groups']
            # Whoever may change a staff member's address could take their sign-in over.
            if obj is not None and (obj.is_staff or obj.is_superuser or obj.groups.exists()):
                locked += ['email', 'is_active']
        return locked

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        return super().get_form(request, obj, change, **{'form': PersonForm, **kwargs})

    def save_model(self, request: HttpRequest, obj: Person, form: Any, change: bool) -> None:
        if change and 'slug' in form.changed_data and form.initial.get('slug'):
            addresses.moved(obj, 'person', form.initial['slug'])
            addresses.moved(obj, 'author', form.initial['slug'])
        if not change:
            obj.set_unusable_password()
        super().save_model(request, obj, form, change)
        if 'email' in form.changed_data or not change:
            signing_in.set_main_address(obj)
