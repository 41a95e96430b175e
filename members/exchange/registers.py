"""The registers there are, in the order in which files are taken: what others name comes first."""

from members.exchange.memberships import MembershipRegister, TermRegister
from members.exchange.organisations import OrganisationRegister
from members.exchange.people import PersonRegister
from members.exchange.places import SeatRegister
from members.exchange.register import Exchanged

_ALL: tuple[type[Exchanged], ...] = (
    OrganisationRegister,
    PersonRegister,
    MembershipRegister,
    TermRegister,
    SeatRegister,
)
REGISTERS: dict[str, type[Exchanged]] = {one.name: one for one in _ALL}
