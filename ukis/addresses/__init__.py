"""Addresses people print and link: spelt by one rule, proposed once, unique over present and former ones,
redirected for ever."""

from ukis.addresses.choosing import field_of, is_free, path_of, propose
from ukis.addresses.fields import AddressField, AddressFormField, well_formed
from ukis.addresses.following import (
    as_kept,
    came_from,
    close,
    follow_on,
    forget,
    formerly_at,
    is_closed,
    lead_to,
    moved,
    now_at,
)
from ukis.addresses.giving import Addressed, change, give
from ukis.addresses.spelling import TAKEN, AddressConverter, spell

__all__ = [
    'TAKEN',
    'AddressConverter',
    'AddressField',
    'AddressFormField',
    'Addressed',
    'as_kept',
    'came_from',
    'change',
    'close',
    'field_of',
    'follow_on',
    'forget',
    'formerly_at',
    'give',
    'is_closed',
    'is_free',
    'lead_to',
    'moved',
    'now_at',
    'path_of',
    'propose',
    'spell',
    'well_formed',
]
