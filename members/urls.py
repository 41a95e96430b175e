from allauth.account.views import password_reset_from_key
from django.urls import path, re_path
from django.views.decorators.cache import never_cache

from members.views import (
    applications,
    contacts,
    data,
    documents,
    domains,
    erasing,
    gift_aid,
    introductions,
    invitations,
    leaving,
    listings,
    mail,
    people,
    renewal,
)

urlpatterns = [
    path('renewals/<int:pk>/', renewal.my_renewal, name='my_renewal'),
    path('memberships/<int:pk>/renew/', renewal.begin, name='renewal_begin'),
    path('gift-aid/', gift_aid.declaration, name='gift_aid'),
    path('data/', data.my_data, name='my_data'),
    path('data/ask/', data.ask, name='data_request'),
    path('letters/', mail.mail_choices, name='mail_choices'),
    path('letters/<str:token>/', mail.mail_choices_by_link, name='mail_choices_by_link'),
    path('data/erase/', erasing.erase, name='my_erasure'),
    path('data/keep/', erasing.keep, name='my_erasure_back'),
    path('erasure/<str:token>/', erasing.erasure_back, name='erasure_back'),
    path('memberships/<int:pk>/end/', leaving.resign, name='resign'),
    path('invoices/<int:number>/', documents.invoice, name='invoice'),
    path('invoices/<int:number>/as-it-was/<int:pk>/', documents.invoice_copy, name='invoice_copy'),
    path('credit-notes/<int:number>/', documents.credit_note, name='credit_note'),
    path('receipts/<int:pk>/', documents.receipt, name='receipt'),
    path('profile/', people.profile, name='profile'),
    path('profile/affiliations/add/', people.affiliation, name='affiliation_add'),
    path('profile/affiliations/<int:pk>/', people.affiliation, name='affiliation'),
    path('profile/affiliations/<int:pk>/remove/', people.remove_affiliation, name='affiliation_remove'),
    path('invitation/<str:token>/', invitations.invitation, name='invitation'),
    path('places/<int:pk>/', invitations.answer, name='place_answer'),
    path('organisations/<int:pk>/', contacts.page, name='contacts'),
    path('organisations/<int:pk>/invite/', contacts.invite, name='seat_invite'),
    path('organisations/<int:pk>/places/', contacts.more_seats, name='seats_more'),
    path('organisations/<int:pk>/staying/', contacts.staying, name='seats_staying'),
    path('organisations/<int:pk>/leave/', contacts.leave, name='seat_leave'),
    path('organisations/<int:pk>/seats/<int:seat>/end/', contacts.end, name='seat_end'),
    path('organisations/<int:pk>/seats/<int:seat>/<slug:verb>/', contacts.act, name='seat_act'),
    path('organisations/<int:pk>/offices/', contacts.appoint, name='office_appoint'),
    path('organisations/<int:pk>/offices/<int:office>/', contacts.step_down, name='office_step_down'),
    path('organisations/<int:pk>/listing/', listings.listing, name='listing'),
    path('organisations/<int:pk>/domains/', domains.claim, name='domain_claim'),
    path('organisations/<int:pk>/domains/<int:domain>/', domains.change, name='domain_change'),
    path('places/ask/<int:pk>/', domains.ask, name='place_ask'),
    # allauth's, which says nothing of how long its page is kept.
    re_path(
        r'^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$',
        never_cache(password_reset_from_key),
        name='account_reset_password_from_key',
    ),
    path('introductions/', introductions.introductions, name='introductions'),
    path('introductions/<int:pk>/', introductions.introduction, name='introduction'),
    path('introductions/<int:pk>/end/', introductions.end, name='introduction_end'),
]

# Below /join/.
joining = [
    path('', applications.join, name='join'),
    path('<int:pk>/', applications.join_category, name='join_category'),
    path('sent/', applications.join_sent, name='join_sent'),
    path('application/<str:token>/', applications.application, name='application'),
    path('application/<str:token>/edit/', applications.application_edit, name='application_edit'),
    path('application/<str:token>/<int:pk>/', applications.application_file, name='application_file'),
    path('mine/<int:pk>/', applications.my_application, name='my_application'),
    path('mine/<int:pk>/edit/', applications.my_application_edit, name='my_application_edit'),
    path('mine/<int:pk>/<int:answer>/', applications.my_application_file, name='my_application_file'),
]
