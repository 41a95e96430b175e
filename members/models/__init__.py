from members.models.memberships import Category, Membership, Override, Term
from members.models.nations import NationCount
from members.models.organisations import Affiliation, EarlierName, Organisation
from members.models.people import Person
from members.models.seats import Seat

__all__ = [
    'Affiliation',
    'Category',
    'EarlierName',
    'Membership',
    'NationCount',
    'Organisation',
    'Override',
    'Person',
    'Seat',
    'Term',
]
