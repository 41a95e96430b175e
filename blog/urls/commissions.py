"""For whoever is asked to write, by the link in their letter."""

from django.urls import path

from blog.views import commission

urlpatterns = [
    path('<str:token>/', commission.commission, name='commission'),
    path('<str:token>/write/', commission.commission_write, name='commission_write'),
]
