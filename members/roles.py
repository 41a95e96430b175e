"""The staff's roles: groups of the admin known by name, and what each may do there beside the desk.

Each app registers in its `ready()` what its own models allow to whom. After every migrate (and every emptying of
the tables) the groups are brought up to date: what is missing is granted, what an operator added stays.
"""

from typing import Any

from django.apps import apps as installed
from django.db import models

COMMISSIONING_EDITOR, EDITOR = 'Commissioning Editor', 'Editor'
SECRETARY, ADMINISTRATOR = 'Membership Secretary', 'Administrator'
# Opens the staff's site and nothing in it: what somebody looks after is said beside the role, by the app that knows.
GUEST_EDITOR = 'Guest Editor'
EDITORS = (COMMISSIONING_EDITOR, EDITOR)
DESK = (*EDITORS, ADMINISTRATOR)

Actions = tuple[str, ...]
VIEW: Actions = ('view',)
CHANGE: Actions = ('view', 'change')
KEEP: Actions = ('view', 'add', 'change')
EVERYTHING: Actions = ('view', 'add', 'change', 'delete')

Grants = dict[str, dict[str, Actions]]  # app.model → role → actions

_kept = {SECRETARY: KEEP, ADMINISTRATOR: KEEP}
_kept_and_read = _kept | {COMMISSIONING_EDITOR: VIEW, EDITOR: VIEW}
_all_of_it = {SECRETARY: EVERYTHING, ADMINISTRATOR: EVERYTHING}

# Our own models, and those of what stands below us: the cellar knows of no roles.
OWN_AND_BELOW: Grants = {
    'members.person': _kept_and_read,
    'members.organisation': _kept_and_read,
    'members.earliername': _all_of_it,
    'members.affiliation': _all_of_it,
    'members.category': _all_of_it,
    'members.categorypart': _all_of_it,
    'members.question': _all_of_it,
    'members.registration': _all_of_it,
    'members.succession': _all_of_it,
    # What applicants say is theirs: staff read it, and move it.
    'members.application': dict.fromkeys((SECRETARY, ADMINISTRATOR), VIEW),
    'members.membership': _kept,
    'members.term': _kept,
    'members.override': _kept,  # suspensions and seats are ended, never deleted
    'members.seat': _kept,
    'members.office': _kept,
    'members.changeproposal': dict.fromkeys((SECRETARY, ADMINISTRATOR), CHANGE),
    'members.datarequest': dict.fromkeys((SECRETARY, ADMINISTRATOR), CHANGE),
    'members.domain': dict.fromkeys((SECRETARY, ADMINISTRATOR), CHANGE),
    'members.invoice': _kept,
    'members.payment': _kept,
    'members.giftaiddeclaration': dict.fromkeys((SECRETARY, ADMINISTRATOR), VIEW),
    'members.creditnote': dict.fromkeys((SECRETARY, ADMINISTRATOR), VIEW),
    # Guests those about what they look after alone: the app that knows says which.
    'ukis.letter': dict.fromkeys((*DESK, SECRETARY, GUEST_EDITOR), CHANGE),
    # What a letter says, and that none goes out: with a second factor, as all of the admin.
    'ukis.lettertext': {ADMINISTRATOR: KEEP},
    'ukis.mailpause': {ADMINISTRATOR: KEEP},
    'ukis.bounce': dict.fromkeys((SECRETARY, ADMINISTRATOR), VIEW),
    'ukis.consent': dict.fromkeys((SECRETARY, ADMINISTRATOR), VIEW),
    'ukis.suppressedaddress': _kept,  # lifted, never deleted
    'ukis.tag': {
        COMMISSIONING_EDITOR: EVERYTHING,
        ADMINISTRATOR: EVERYTHING,
        EDITOR: VIEW,
        SECRETARY: VIEW,
    },
    'ukis.page': {COMMISSIONING_EDITOR: KEEP, ADMINISTRATOR: EVERYTHING},
    'ukis.accessibilitystatement': {ADMINISTRATOR: KEEP},
    'ukis.knownproblem': {ADMINISTRATOR: EVERYTHING},
    'ukis.notice': {COMMISSIONING_EDITOR: EVERYTHING, ADMINISTRATOR: EVERYTHING},
    'ukis.picture': dict.fromkeys(DESK, CHANGE),  # what of it must stay in sight
    'ukis.society': {ADMINISTRATOR: KEEP},
    'ukis.synonyms': dict.fromkeys((COMMISSIONING_EDITOR, ADMINISTRATOR), EVERYTHING),
    'ukis.oldaddress': {ADMINISTRATOR: VIEW},
    'ukis.clockrun': {ADMINISTRATOR: VIEW},
    'ukis.privatelink': {ADMINISTRATOR: VIEW},
    'ukis.reminded': {SECRETARY: CHANGE, COMMISSIONING_EDITOR: VIEW, ADMINISTRATOR: CHANGE},
    'ukis.dayoff': _all_of_it,
    'auth.group': {ADMINISTRATOR: VIEW},
    'mfa.authenticator': {ADMINISTRATOR: ('view', 'delete')},
}
_granted: Grants = dict(OWN_AND_BELOW)


def register(grants: Grants) -> None:
    """`{'members.seat': {SECRETARY: KEEP, …}, …}`: for each model what each role may do with it; no row, nothing."""
    _granted.update(grants)


def bring_up_to_date(app_config: Any, using: str, apps: Any = installed, **signal: Any) -> None:
    """After migrate, once for each app: by then its permissions are there. Twice does no more than once."""
    wanted = {
        (role, f'{action}_{label.partition(".")[2]}')
        for label, by_role in _granted.items()
        if label.partition('.')[0] == app_config.label
        for role, actions in by_role.items()
        for action in actions
    }
    try:
        group_model, permission_model = apps.get_model('auth', 'Group'), apps.get_model('auth', 'Permission')
    except LookupError:  # migrated back to before there were any
        return
    if not wanted:
        return
    groups = _groups(group_model.objects.using(using), {GUEST_EDITOR, *(role for role, _ in wanted)})
    permissions = dict(
        permission_model.objects.using(using)
        .filter(content_type__app_label=app_config.label, codename__in={codename for _, codename in wanted})
        .values_list('codename', 'pk')
    )
    through = group_model.permissions.through
    through.objects.using(using).bulk_create(
        [
            through(group_id=groups[role], permission_id=permissions[codename])
            for role, codename in sorted(wanted)
            if codename in permissions
        ],
        ignore_conflicts=True,
    )


def _groups(rows: models.QuerySet, names: set[str]) -> dict[str, int]:
    there = dict(rows.filter(name__in=names).values_list('name', 'pk'))
    for name in sorted(names - there.keys()):
        there[name] = rows.get_or_create(name=name)[0].pk
    return there
