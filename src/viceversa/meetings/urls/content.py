from django.urls import URLPattern

content: list[URLPattern] = []
