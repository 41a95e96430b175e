"""What of the desk is read without signing in: a calendar, by an address that is a secret."""

from django.urls import path

from blog.views import desk_calendar

urlpatterns = [path('calendar/<str:token>.ics', desk_calendar.desk_calendar, name='desk_calendar_file')]
