from django.contrib import admin
from django.http import HttpRequest

from ukis.pictures.models import Picture
from ukis.staff import StaffModelAdmin


@admin.register(Picture)
class PictureAdmin(StaffModelAdmin):
    """What lies in the store. Texts belong to a picture's uses, and pictures come in by the writing page."""

    list_display = ['__str__', 'format', 'size', 'uploaded_by', 'made_at', 'sized_at']
    list_filter = ['format']
    list_select_related = ['uploaded_by']
    list_per_page = 50
    search_fields = ['hash', 'uploaded_by__name']
    show_full_result_count = False
    readonly_fields = (
        'hash',
        'file',
        'format',
        'width',
        'height',
        'size',
        'uploaded_by',
        'made_at',
        'sized_at',
    )
    fields = readonly_fields

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False
