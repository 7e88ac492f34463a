# Finds Dovecot for the tests of mailboxes, or installs Debian's. Elsewhere those tests are left out.
if ! PATH="$PATH:/usr/sbin" command -v dovecot >/dev/null && command -v apt-get >/dev/null; then
    as_root=""; [ "$(id -u)" -eq 0 ] || as_root="sudo"
    { $as_root apt-get update -qq &&
        $as_root env DEBIAN_FRONTEND=noninteractive \
            apt-get install -y -qq --no-install-recommends dovecot-imapd >/dev/null; } ||
        echo "Dovecot could not be installed: the tests of mailboxes are left out."
fi
