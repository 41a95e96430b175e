from datetime import datetime, timedelta
from typing import Any

from django.apps import AppConfig, apps
from django.contrib.admin import apps as admin
from django.db.models import fields as columns
from django.db.models.signals import post_migrate, pre_migrate
from django.forms import fields, formsets, models

# What a form says of an answer that is missing, packages' forms included. Here, because a field takes its words as it
# is made, and this is read before any form is.
MISSING: dict[Any, str] = {
    fields.Field: 'Fill this in.',
    fields.ChoiceField: 'Choose one.',
    fields.MultipleChoiceField: 'Choose at least one.',
    models.ModelChoiceField: 'Choose one.',
    models.ModelMultipleChoiceField: 'Choose at least one.',
    fields.BooleanField: 'Tick this if it is so.',
    fields.FileField: 'Choose a file.',
}
for _field, _sentence in MISSING.items():
    _field.default_error_messages = {**_field.default_error_messages, 'required': _sentence}
columns.BLANK_CHOICE_LABEL = 'Choose one'
# These are made already. No person leaves them out, a broken page may.
for _made in formsets.ManagementForm.base_fields.values():
    _made.error_messages['required'] = 'Load the page once more: a part of it was not sent.'


class UkisConfig(AppConfig):
    name = 'ukis'
    verbose_name = 'The Society and its site'
    default = True

    def ready(self) -> None:
        from django.conf import settings
        from django.urls import register_converter

        from ukis import addresses, changes, checks, clock, days, keeping, kept, search  # noqa: F401  # the checks register themselves
        from ukis.clock import days_off
        from ukis.letters import foreseeing, mailbox
        from ukis.pagecache import triggers
        from ukis.pictures import used
        from ukis.society import found

        register_converter(addresses.AddressConverter, 'address')

        _say_what_pages_show()
        changes.turn_by_themselves(days.next_midnight)
        days.corrections.append(days_off.of_the_society)
        pre_migrate.connect(triggers.close, sender=self, dispatch_uid='ukis: page cache')
        post_migrate.connect(triggers.install, sender=self, dispatch_uid='ukis: page cache')

        # Packages' rooms of the admin, by what stands in them.
        apps.get_app_config('auth').verbose_name = 'Roles'
        apps.get_app_config('mfa').verbose_name = 'Second factors'

        clock.register(
            'ukis: make missing sizes of pictures',
            timedelta(seconds=5),
            _make_missing_sizes,
            lane=clock.PICTURES,
        )
        if settings.BOUNCES_URL:  # in a lane of its own: it waits for another machine
            clock.register(
                'ukis: read letters that came back', mailbox.EVERY, mailbox.read_bounces, lane=clock.BOUNCES
            )
        clock.register(
            'ukis: what would go if mail were not paused', foreseeing.EVERY, foreseeing.look_through
        )
        keeping.register(*kept.PERIODS)
        search.register(found.PAGES)
        used.words.append(('ukis.page', ('body', 'versions__body')))
        clock.register(
            'ukis: keep the index of words', timedelta(minutes=15), search.put_right, lane=clock.WORDS
        )
        clock.register(
            'ukis: follow names in the index of words', timedelta(seconds=5), search.go_on, lane=clock.WORDS
        )


class StaffConfig(admin.AdminConfig):
    default = False
    default_site = 'ukis.site.admin_site.StaffSite'


def _say_what_pages_show() -> None:
    from django.contrib.contenttypes.models import ContentType

    from ukis.changes import shows
    from ukis.pictures.models import Picture
    from ukis.society.accessibility import AccessibilityStatement, KnownProblem
    from ukis.society.models import Page, Society
    from ukis.society.notices import Notice
    from ukis.tags.models import Tag, TaggedItem

    shows(Society, unseen=['letter_texts'])
    shows(Page)
    shows(Notice)
    shows(AccessibilityStatement)
    shows(KnownProblem)
    at_work = ['sized_at', 'tries', 'try_again_at', 'last_error', 'outdated', 'unused_since']
    shows(Picture, unseen=['uploaded_by_id', *at_work], reached=True)
    shows(Tag, reached=True)  # pages come to it by the posts that carry it
    shows(TaggedItem, of='object_id')
    shows(ContentType)


def _make_missing_sizes(now: datetime) -> None:
    from ukis import pictures

    pictures.make_missing_sizes(limit=20)
