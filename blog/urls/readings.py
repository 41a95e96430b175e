"""For second readers, by the link in their letter."""

from django.urls import path

from blog.views import reading

urlpatterns = [path('<str:token>/', reading.reading, name='reading')]
