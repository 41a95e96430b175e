"""The staff's roles as groups, with what each may do in the admin beside the desk."""

from django.apps import apps as installed
from django.contrib.auth.management import create_permissions
from django.db import migrations

EVERYTHING = ('add', 'change', 'delete', 'view')
ROLES = {
    'Commissioning Editor': {
        'blog': {'submission': ('view',), 'post': ('view',)},
        'members': {'person': ('view',), 'organisation': ('view',)},
        'ukis': {'letter': ('view', 'change'), 'tag': EVERYTHING, 'page': ('add', 'change', 'view'), 'picture': ('view',)},
    },
    'Editor': {
        'blog': {'submission': ('view',), 'post': ('view',)},
        'members': {'person': ('view',), 'organisation': ('view',)},
        'ukis': {'letter': ('view', 'change'), 'tag': ('view',), 'picture': ('view',)},
    },
    'Membership Secretary': {
        'members': {
            'person': ('add', 'change', 'view'),
            'organisation': ('add', 'change', 'view'),
            'earliername': EVERYTHING,
            'affiliation': EVERYTHING,
            'category': EVERYTHING,
            'membership': ('add', 'change', 'view'),
            'term': ('add', 'change', 'view'),
            'override': EVERYTHING,
            'seat': EVERYTHING,
        },
        'ukis': {'letter': ('view', 'change'), 'suppressedaddress': EVERYTHING, 'tag': ('view',)},
    },
    'Administrator': {
        'blog': {'submission': ('view',), 'post': ('view',)},
        'members': {
            'person': ('add', 'change', 'view'),
            'organisation': ('add', 'change', 'view'),
            'earliername': EVERYTHING,
            'affiliation': EVERYTHING,
            'category': EVERYTHING,
            'membership': ('add', 'change', 'view'),
            'term': ('add', 'change', 'view'),
            'override': EVERYTHING,
            'seat': EVERYTHING,
        },
        'ukis': {
            'society': ('add', 'change', 'view'),
            'page': EVERYTHING,
            'tag': EVERYTHING,
            'letter': ('view', 'change'),
            'suppressedaddress': EVERYTHING,
            'oldaddress': ('add', 'change', 'view'),
            'picture': ('view',),
            'clockrun': ('view',),
            'privatelink': ('view',),
        },
        'auth': {'group': ('view',)},
        'mfa': {'authenticator': ('view', 'delete')},
    },
}


def make_roles(apps, schema_editor):
    # Permissions come after migrating; the groups need them now.
    for label in {app for grants in ROLES.values() for app in grants}:
        create_permissions(installed.get_app_config(label), apps=apps, using=schema_editor.connection.alias, verbosity=0)
    Group = apps.get_model('auth', 'Group')
    Permission = apps.get_model('auth', 'Permission')
    for name, grants in ROLES.items():
        group, _ = Group.objects.get_or_create(name=name)
        for app, models in grants.items():
            for model, actions in models.items():
                wanted = [f'{action}_{model}' for action in actions]
                group.permissions.add(*Permission.objects.filter(content_type__app_label=app, codename__in=wanted))


class Migration(migrations.Migration):
    dependencies = [
        ('blog', '0001_blog'),
        ('members', '0002_membership'),
        ('ukis', '0001_foundation'),
        ('auth', '0012_alter_user_first_name_max_length'),
        ('contenttypes', '0002_remove_content_type_name'),
        ('mfa', '0003_authenticator_type_uniq'),
    ]

    operations = [migrations.RunPython(make_roles, migrations.RunPython.noop)]
