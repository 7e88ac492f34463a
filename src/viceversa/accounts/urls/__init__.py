from django.urls import path

from viceversa.accounts.views import account, invitation, key, mine, passkey, role, token

app_name = "accounts"
urlpatterns = [
    path("account/", mine.show, name="account"),
    path("account/sign-out-everywhere/", mine.end_all_sessions, name="end_my_sessions"),
    path("account/tokens/new/", token.create, name="token_new"),
    path("account/tokens/<int:token_id>/revoke/", token.revoke, name="token_revoke"),
    path("account/passkeys/new/", passkey.add, name="passkey_new"),
    path("account/passkeys/<int:passkey_id>/name/", passkey.rename, name="passkey_name"),
    path("account/passkeys/<int:passkey_id>/remove/", passkey.remove, name="passkey_remove"),
    path("account/passkeys/<int:passkey_id>/key/", passkey.let_open, name="passkey_let_open"),
    path("my-key/passkey/", key.open_, name="key_open"),
    path("my-key/passkey/keep-out/", key.keep_out, name="key_keep_out"),
    path("accounts/", account.index, name="list"),
    path("accounts/<int:user_id>/", account.detail, name="detail"),
    path("accounts/<int:user_id>/end-sessions/", account.end_all_sessions, name="end_sessions"),
    path("accounts/<int:user_id>/close/", account.close, name="close"),
    path("accounts/invitations/", invitation.index, name="invitations"),
    path("accounts/invitations/<int:invitation_id>/again/", invitation.again, name="invite_again"),
    path(
        "accounts/invitations/<int:invitation_id>/withdraw/", invitation.withdraw, name="withdraw"
    ),
    path("accounts/without/", invitation.without, name="without"),
    path("accounts/without/invite/", invitation.invite, name="invite"),
    path("invitation/<str:secret>/", invitation.accept, name="invitation"),
    path("roles/", role.index, name="roles"),
    path("roles/<int:grant_id>/take/", role.take, name="role_take"),
]
