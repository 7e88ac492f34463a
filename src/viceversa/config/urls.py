"""Every address of the product. `config/guard.py` lists those that are open to the signed out."""

from django.urls import include, path, re_path
from django.urls.resolvers import URLPattern, URLResolver

from viceversa.config import health
from viceversa.config.api import no_such_address
from viceversa.config.routers import api
from viceversa.learning.urls import of_programme as training_of_programme
from viceversa.partnerships.urls import of_programme as partnerships_of_programme

urlpatterns: list[URLPattern | URLResolver] = [
    path("api/v1/", api.urls),
    re_path(r"^api/", no_such_address),
    path("livez", health.livez),
    path("readyz", health.readyz),
    path("", include("viceversa.home.urls")),
    path("", include("viceversa.design.urls")),
    path("", include("viceversa.accounts.urls")),
    path("", include("viceversa.accounts.urls.sign_in")),
    path("", include("viceversa.meetings.urls")),
    path("", include("viceversa.insights.urls")),
    path("", include("viceversa.safeguarding.urls")),
    path("my-key/", include("viceversa.vault.urls")),
    path("people/", include("viceversa.people.urls")),
    path("programmes/", include("viceversa.programmes.urls")),
    path("programmes/<slug:slug>/", include("viceversa.matching.urls")),
    path("programmes/<slug:slug>/community/", include("viceversa.community.urls")),
    path("programmes/<slug:slug>/partnerships/", include(partnerships_of_programme)),
    path("programmes/<slug:slug>/training/", include(training_of_programme)),
    path("learning/", include("viceversa.learning.urls")),
    path("partnerships/", include("viceversa.partnerships.urls")),
    path("inbox/", include("viceversa.notifications.urls")),
    path("history/", include("viceversa.history.urls")),
]

handler400 = "viceversa.design.views.bad_request"
handler403 = "viceversa.design.views.forbidden"
handler404 = "viceversa.design.views.not_found"
handler429 = "viceversa.accounts.views.sign_in.too_many_tries"
handler500 = "viceversa.design.views.server_error"
