"""Words that mean the same in search, as staff keep them."""

from django.contrib import admin

from ukis.search.models import Synonyms
from ukis.staff import StaffModelAdmin


@admin.register(Synonyms)
class SynonymsAdmin(StaffModelAdmin):
    list_display = ['words']
    search_fields = ['words']
    fields = ['words']
