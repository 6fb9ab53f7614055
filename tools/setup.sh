#!/bin/sh
# Finds a Python that is new enough and hands over to setup.py.
set -eu
cd "$(dirname "$0")/.."
for candidate in "${PYTHON:-python3}" python3.14 python3.13 python3.12 python3.11; do
    if "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; then
        exec "$candidate" tools/setup.py "$@"
    fi
done
found=$("${PYTHON:-python3}" --version 2>/dev/null || true)
echo "setup: needs Python 3.11 or newer, found ${found:-none}; install it, or name one: make setup PYTHON=/path/to/python3.11" >&2
exit 1
