# Finds a Chromium for the browser tests, or installs Debian's.
if [ -z "${CHROMIUM:-}" ]; then
    for candidate in chromium chromium-browser google-chrome google-chrome-stable \
        "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"; do
        found=$(command -v "$candidate") && CHROMIUM=$found && break
    done
fi
if [ -z "${CHROMIUM:-}" ] && command -v apt-get >/dev/null; then
    as_root=""; [ "$(id -u)" -eq 0 ] || as_root="sudo"
    $as_root apt-get update -qq && $as_root apt-get install -y -qq chromium fonts-liberation >/dev/null
    CHROMIUM=$(command -v chromium)
fi
if [ -z "${CHROMIUM:-}" ]; then
    echo "The browser tests need Chromium or Chrome: install one, or set CHROMIUM to its path."
    exit 1
fi
export CHROMIUM
