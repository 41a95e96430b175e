"""The Society itself, and the pages of its staff."""

from django.db.models import Q

# Who can be named as Commissioning Editor, as conditions on people: whoever knows the roles adds theirs.
who_commissions = [Q(is_active=True)]
