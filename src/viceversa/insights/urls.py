from django.urls import path

from viceversa.insights.views import results, theme

app_name = "insights"
urlpatterns = [
    path("programmes/<slug:slug>/results/", results.results, name="results"),
    path("programmes/<slug:slug>/results/file/", results.as_csv, name="results_file"),
    path("programmes/<slug:slug>/results/rank-gap/", results.seniority, name="seniority"),
    path("programmes/<slug:slug>/results/before-and-after/", results.learned, name="learned"),
    path("programmes/<slug:slug>/themes/", theme.index, name="themes"),
    path("programmes/<slug:slug>/themes/add/", theme.add, name="theme_add"),
    path("programmes/<slug:slug>/themes/<str:key>/send/", theme.send, name="theme_send"),
    path("programmes/<slug:slug>/themes/<str:key>/away/", theme.retire, name="theme_retire"),
    path("themes/<str:key>/", theme.answer, name="theme_answer"),
]
