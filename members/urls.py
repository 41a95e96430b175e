from django.urls import path

from members.views import data, people

urlpatterns = [
    path('data/', data.my_data, name='my_data'),
    path('profile/', people.profile, name='profile'),
    path('profile/affiliations/add/', people.affiliation, name='affiliation_add'),
    path('profile/affiliations/<int:pk>/', people.affiliation, name='affiliation'),
    path('profile/affiliations/<int:pk>/remove/', people.remove_affiliation, name='affiliation_remove'),
]
