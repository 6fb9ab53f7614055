#!/bin/sh
# The journeys drive a real Chromium. Finds one, installs Debian's when it may, else says what to do.
set -eu
for candidate in "${AFTERWORD_CHROMIUM:-}" /usr/bin/chromium /usr/bin/chromium-browser /usr/bin/google-chrome; do
    if [ -n "$candidate" ] && [ -x "$candidate" ]; then
        exit 0
    fi
done
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
    echo "browser: installing Debian's chromium for the journeys (once, about a minute)"
    log=$(mktemp)
    if (apt-get update -qq && DEBIAN_FRONTEND=noninteractive \
        apt-get install -y -qq --no-install-recommends chromium) </dev/null >"$log" 2>&1; then
        rm -f "$log"
        exit 0
    fi
    tail -3 "$log" >&2
    rm -f "$log"
fi
message="browser: no Chromium here, so the journeys cannot run; install it (Debian: apt-get install chromium) or set AFTERWORD_CHROMIUM=/path/to/chrome"
if [ -n "${CI:-}" ]; then
    echo "$message" >&2
    exit 1
fi
echo "$message; they will be skipped"
