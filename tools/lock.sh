#!/bin/sh
# Writes requirements.lock from requirements.in: every platform, hashes, no addresses.
# uv lives in a throw-away environment so that it never becomes a dependency of the project.
set -eu
cd "$(dirname "$0")/.."
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
echo "lock: resolving requirements.in"
.venv/bin/python -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check uv
env -u PIP_FIND_LINKS -u UV_FIND_LINKS -u UV_INDEX_URL -u UV_EXTRA_INDEX_URL \
    "$work/venv/bin/uv" pip compile --no-config --quiet --universal --python-version 3.11 \
    --generate-hashes --no-emit-index-url --no-emit-find-links \
    --custom-compile-command "make lock" --output-file requirements.lock "$@" requirements.in
if grep -nE '://|--index|--find-links|--extra-index' requirements.lock; then
    echo "lock: the lines above carry an address; requirements.lock must name none" >&2
    exit 1
fi
echo "lock: $(grep -c '==' requirements.lock) packages"
