from copy import copy
from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.template.defaultfilters import filesizeformat
from django.template.loader import render_to_string

from ukis.pictures import focus, used
from ukis.pictures.fields import PictureField, taken
from ukis.pictures.models import Picture
from ukis.pictures.rendering import picture_html
from ukis.pictures.sighting import SightForm
from ukis.staff import StaffModelAdmin


class TakesPictures(admin.ModelAdmin):
    """For an admin page whose form has a PictureField: what is sent belongs to whoever sends it, and is taken before
    the page's transaction begins. On SQLite that keeps every other writer waiting, and a store may take its time."""

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        form = super().get_form(request, obj, change, **kwargs)
        for name, field in form.base_fields.items():
            if isinstance(field, PictureField):
                mine = copy(field)  # the declared one is everybody's
                mine.by = request.user  # type: ignore[assignment]  # staff alone come here
                form.base_fields[name] = mine
        return form

    def changeform_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if self.has_add_permission(request) or self.has_change_permission(request):
            for upload in request.FILES.values():
                taken(upload, request.user)  # type: ignore[arg-type]  # staff alone come here
        return super().changeform_view(request, *args, **kwargs)


@admin.register(Picture)
class PictureAdmin(StaffModelAdmin):
    """What lies in the store. Texts belong to a picture's uses, and pictures come in by the writing page."""

    list_display = [
        'named',
        'small',
        'shows',
        'format',
        'weighs',
        'uploaded_by',
        'made_at',
        'sized_at',
        'unused_since',
        'last_error',
    ]
    form = SightForm
    list_filter = ['format', ('unused_since', admin.EmptyFieldListFilter)]
    list_select_related = ['uploaded_by']
    list_per_page = 50
    search_fields = ['hash', 'uploaded_by__name']
    about = ('shows', 'stands_in', 'measures', 'format', 'weighs', 'uploaded_by', 'made_at', 'unused_since')
    in_store = ('sized_at', 'tries', 'try_again_at', 'last_error', 'hash', 'file')
    readonly_fields = ('cuts', *about, *in_store)
    fieldsets = [
        ('Where it is cut', {'fields': ('place', 'cuts')}),
        ('The picture', {'fields': about}),
        ('In the store', {'fields': in_store}),
    ]

    def get_queryset(self, request: HttpRequest) -> Any:
        return used.with_uses(super().get_queryset(request))

    @admin.display(description='picture', ordering='pk')
    def named(self, picture: Picture) -> str:
        return str(picture)

    @admin.display(description='what it is for')
    def shows(self, picture: Picture) -> str:
        return used.in_words(picture)

    @admin.display(description='pages in whose words it stands')
    def stands_in(self, picture: Picture) -> str:
        return ', '.join(f'“{row}”' for row in used.in_texts(picture))

    @admin.display(description='as it looks')
    def small(self, picture: Picture) -> str:
        return picture_html(picture, alt='', sizes='5rem', css_class='staff-picture small')

    @admin.display(description='as it is cut now')
    def cuts(self, picture: Picture) -> str:
        return render_to_string('admin/ukis/picture/_cuts.html', {'picture': picture})

    def save_model(self, request: HttpRequest, obj: Picture, form: Any, change: bool) -> None:
        focus.keep_in_sight(obj, form.chosen)

    @admin.display(description='width and height')
    def measures(self, picture: Picture) -> str:
        return f'{picture.width} × {picture.height} pixels'

    @admin.display(description='size of the file', ordering='size')
    def weighs(self, picture: Picture) -> str:
        return filesizeformat(picture.size)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False
