from django.urls import URLPattern

of_partnership: list[URLPattern] = []
assistants: list[URLPattern] = []
