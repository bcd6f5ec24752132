#!/bin/sh
# Installs the system packages that some tests drive, where that is allowed; tests skip by name without them.
set -u
want=""
command -v chromium >/dev/null || want="$want chromium"
[ -d /usr/lib/postgresql ] || want="$want postgresql"
[ -n "$want" ] || exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
  apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends $want >/dev/null || true
else
  echo "some tests will be skipped; to run them too: sudo apt-get install$want"
fi
exit 0
