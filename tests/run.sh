#!/usr/bin/env bash
# Every test: pure and SQLite, then PostgreSQL, then the browser. Installs what it needs.
set -u
bin=.venv/bin
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
mkdir -p -m 0700 "$work/run"
export XDG_RUNTIME_DIR="$work/run" VICEVERSA_HOME="$work/home" TEST_POSTGRES_FOLDER="$work/postgres"
source tests/chromium.sh
source tests/dovecot.sh

failed=0
stage() {
    name=$1; shift
    echo "== $name"
    "$@" 2>&1 | tee "$work/$name.txt"
    code=${PIPESTATUS[0]}
    [ "$code" -eq 0 ] || failed=1
}
stage sqlite $bin/pytest -q -n 2 -m "not browser" --dist worksteal tests
# The tests of trust scan a database file and read every address once; one database is enough.
TEST_DATABASE=postgres stage postgresql $bin/pytest -q -n 2 -m "not browser and not pure" --ignore=tests/trust --dist worksteal tests
stage browser $bin/pytest -q -n 2 -m browser --dist worksteal tests

count() { cat "$work"/*.txt | grep -Eo "[0-9]+ $1" | awk '{n += $1} END {print n + 0}'; }
echo "tests: $(count passed) passed, $(($(count failed) + $(count error))) failed"
exit $failed
