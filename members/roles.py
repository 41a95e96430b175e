"""The staff's roles: the groups of the admin that are known by name."""

COMMISSIONING_EDITOR, EDITOR = 'Commissioning Editor', 'Editor'
SECRETARY, ADMINISTRATOR = 'Membership Secretary', 'Administrator'
DESK = (COMMISSIONING_EDITOR, EDITOR, ADMINISTRATOR)
