from django.urls import path

from members.views import applications, data, people

urlpatterns = [
    path('data/', data.my_data, name='my_data'),
    path('profile/', people.profile, name='profile'),
    path('profile/affiliations/add/', people.affiliation, name='affiliation_add'),
    path('profile/affiliations/<int:pk>/', people.affiliation, name='affiliation'),
    path('profile/affiliations/<int:pk>/remove/', people.remove_affiliation, name='affiliation_remove'),
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
