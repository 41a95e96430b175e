"""One vocabulary for everything: what a tag may be called, who carries it, and how two become one."""

from ukis.tags.carrying import Tags
from ukis.tags.finding import as_they_stand, find_or_make, known, make_public, standing_at
from ukis.tags.forms import TagNamesField
from ukis.tags.merging import carried_besides, carried_by, delete, is_needed, merge
from ukis.tags.naming import checked, fold, parted
from ukis.tags.splitting import decided_by, followed_by, split

__all__ = [
    'TagNamesField',
    'Tags',
    'as_they_stand',
    'carried_besides',
    'carried_by',
    'checked',
    'decided_by',
    'delete',
    'find_or_make',
    'fold',
    'followed_by',
    'is_needed',
    'known',
    'make_public',
    'merge',
    'parted',
    'split',
    'standing_at',
]
