"""How programs show who they are: a token of somebody's account."""

from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja.security import HttpBearer

from viceversa.accounts.actions import authenticate_token
from viceversa.accounts.models import Token
from viceversa.accounts.queries import actor_for
from viceversa.accounts.rules import token_allows
from viceversa.toolkit.errors import NotAllowed


class TokenAuth(HttpBearer):
    """Sets `request.actor`; reading needs the scope read, everything else the scope write."""

    def authenticate(self, request: HttpRequest, token: str) -> Token | None:
        found = authenticate_token(token)
        if found is None:
            return None
        if not token_allows(found.scopes, request.method or ""):
            raise NotAllowed(_("This token may only read. Make one that may write as well."))
        request.actor = actor_for(found.user, via="api")  # type: ignore[attr-defined]
        return found
