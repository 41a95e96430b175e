from members.models.applications import (
    AnsweredFile,
    Application,
    ApplicationAnswer,
    ApplicationStep,
    Question,
    Registration,
)
from members.models.bank import BankFormat, BankImport, BankLine
from members.models.billing import CreditNote, CreditNoteLine, Invoice, InvoiceLine, Numbers
from members.models.categories import Category, CategoryPart
from members.models.copies import InvoiceCopy
from members.models.data_requests import DataRequest
from members.models.domains import Domain
from members.models.erasures import Erasure
from members.models.exchange import RegisterImport, RegisterImportRow
from members.models.extra_seats import ExtraSeats
from members.models.gift_aid import GiftAidClaim, GiftAidDeclaration, GiftAidLine
from members.models.introductions import Introduction
from members.models.mailings import Mailing
from members.models.memberships import Membership, Override, Term
from members.models.mergings import MergeRecord
from members.models.nations import NationCount
from members.models.offices import Office
from members.models.organisations import Affiliation, EarlierName, Organisation, Succession
from members.models.payments import Allocation, Payment, Refund, Release, WriteOff
from members.models.people import Person
from members.models.proposals import ChangeProposal
from members.models.renewals import Renewal, RenewalWish
from members.models.seats import Seat
from members.models.sought import Sought

__all__ = [
    'Affiliation',
    'Allocation',
    'AnsweredFile',
    'Application',
    'ApplicationAnswer',
    'ApplicationStep',
    'BankFormat',
    'BankImport',
    'BankLine',
    'Category',
    'CategoryPart',
    'ChangeProposal',
    'CreditNote',
    'CreditNoteLine',
    'DataRequest',
    'Domain',
    'EarlierName',
    'Erasure',
    'ExtraSeats',
    'GiftAidClaim',
    'GiftAidDeclaration',
    'GiftAidLine',
    'Introduction',
    'Invoice',
    'InvoiceCopy',
    'InvoiceLine',
    'Mailing',
    'Membership',
    'MergeRecord',
    'NationCount',
    'Numbers',
    'Office',
    'Organisation',
    'Override',
    'Payment',
    'Person',
    'Question',
    'Refund',
    'RegisterImport',
    'RegisterImportRow',
    'Registration',
    'Release',
    'Renewal',
    'RenewalWish',
    'Seat',
    'Sought',
    'Succession',
    'Term',
    'WriteOff',
]
