"""Roles: brought up to date after every migrate, each app for its own models; what operators add stays."""

import ast
from pathlib import Path

import pytest
from django.contrib.auth.models import Group, Permission
from django.core.management import call_command

from members import roles
from members.roles import ADMINISTRATOR, COMMISSIONING_EDITOR, EDITOR, SECRETARY

ALL = {COMMISSIONING_EDITOR, EDITOR, SECRETARY, ADMINISTRATOR}


def may(role: str) -> set[str]:
    rows = Permission.objects.filter(group__name=role).values_list('content_type__app_label', 'codename')
    return {f'{app}.{codename}' for app, codename in rows}


def test_every_role_has_what_the_apps_registered(db):
    assert set(Group.objects.values_list('name', flat=True)) >= ALL
    assert may(SECRETARY) >= {'members.change_membership', 'members.add_seat', 'ukis.view_tag'}
    assert may(EDITOR) == {
        'blog.view_edition', 'blog.view_post', 'blog.view_series', 'blog.view_serieseditor', 'blog.view_submission', 'members.view_organisation', 'members.view_person',
        'ukis.change_letter', 'ukis.change_picture', 'ukis.view_letter', 'ukis.view_picture', 'ukis.view_tag',
    }  # fmt: skip
    assert not {name for role in ALL for name in may(role) if name.startswith('members.delete_membership')}


def test_migrate_grants_what_is_missing_and_leaves_what_operators_added(db):
    group = Group.objects.get(name=SECRETARY)
    added = Permission.objects.get(codename='view_page', content_type__app_label='ukis')
    group.permissions.add(added)
    group.permissions.remove(Permission.objects.get(codename='change_membership'))
    before = may(EDITOR)

    call_command('migrate', verbosity=0)
    call_command('migrate', verbosity=0)

    assert may(SECRETARY) >= {'ukis.view_page', 'members.change_membership'}
    assert may(EDITOR) == before
    assert Group.objects.filter(name__in=ALL).count() == 4


def test_a_new_role_and_a_new_right_come_with_the_next_migrate(db, monkeypatch):
    monkeypatch.setattr(roles, '_granted', dict(roles._granted))
    roles.register({'members.category': {'Treasurer': roles.VIEW}})

    call_command('migrate', verbosity=0)

    assert may('Treasurer') == {'members.view_category'}


@pytest.mark.django_db(transaction=True)
def test_emptying_the_tables_brings_the_roles_back():
    call_command('flush', interactive=False, verbosity=0)

    assert may(ADMINISTRATOR) >= {'members.change_person', 'blog.view_post', 'mfa.delete_authenticator'}


def test_members_grants_nothing_of_blog():
    own = {label.partition('.')[0] for label in roles.OWN_AND_BELOW}

    assert own == {'members', 'ukis', 'auth', 'mfa'}


def test_a_role_has_its_name_from_one_place():
    root = Path(__file__).resolve().parents[2]
    names = {roles.COMMISSIONING_EDITOR, roles.SECRETARY, roles.ADMINISTRATOR}

    saying = {
        path.relative_to(root).as_posix()
        for room in ('blog', 'members', 'ukis')
        for path in (root / room).rglob('*.py')
        if 'migrations' not in path.parts
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Constant) and node.value in names
    }

    assert saying == {'members/roles.py'}
