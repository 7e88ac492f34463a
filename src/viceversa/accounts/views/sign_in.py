from django.http import HttpRequest, HttpResponse

from viceversa.design.problems import problem_page


def too_many_tries(request: HttpRequest) -> HttpResponse:
    return problem_page(request, 429)
