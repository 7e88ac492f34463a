from django.urls import URLPattern

calendars: list[URLPattern] = []
