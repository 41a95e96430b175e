"""What the outbox keeps beside its letters: addresses that refuse them, and private links."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from ukis.letters.models import PrivateLink, SuppressedAddress
from ukis.staff import Readable, StaffModelAdmin


@admin.register(SuppressedAddress)
class SuppressedAddressAdmin(StaffModelAdmin):
    """Taking a row away is how an address that works again is written to again."""

    list_display = ['address', 'reason', 'since']
    search_fields = ['address']
    readonly_fields = ['since']

    def save_model(self, request: HttpRequest, obj: SuppressedAddress, form: Any, change: bool) -> None:
        obj.address = obj.address.strip().lower()
        super().save_model(request, obj, form, change)


@admin.register(PrivateLink)
class PrivateLinkAdmin(Readable):
    list_display = ['purpose', 'letter', 'made_at', 'expires_at']
    list_filter = ['purpose']
    list_select_related = ['letter']
    fields = ['purpose', 'letter', 'made_at', 'expires_at']
