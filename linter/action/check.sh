#!/usr/bin/env bash
# The check of the GitHub action: patterns to files, annotations out, SARIF on request.
set -euo pipefail
shopt -s globstar nullglob

plaintalk=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)/bin/plaintalk
files=()
while IFS= read -r pattern; do
    pattern=${pattern#"${pattern%%[![:space:]]*}"}
    pattern=${pattern%"${pattern##*[![:space:]]}"}
    [ -n "$pattern" ] || continue
    IFS= found=()
    # Unquoted on purpose: this is where a pattern becomes names. IFS is empty, so blanks stay.
    # shellcheck disable=SC2206
    found=($pattern)
    for name in "${found[@]}"; do
        [ -f "$name" ] && files+=("./${name#./}")
    done
done <<<"${PLAINTALK_FILES:-}"
if [ ${#files[@]} -eq 0 ]; then
    echo "::error::plaintalk: no file matches the input \"files\""
    exit 2
fi

options=(--fail-on "${PLAINTALK_FAIL_ON:-error}")
[ -z "${PLAINTALK_KIND:-}" ] || options+=(--kind "$PLAINTALK_KIND")
[ -z "${PLAINTALK_RECORD:-}" ] || options+=(--record "$PLAINTALK_RECORD")
[ -z "${PLAINTALK_CONFIG:-}" ] || options+=(--config "$PLAINTALK_CONFIG")

if [ -n "${PLAINTALK_SARIF:-}" ]; then
    status=0
    "$plaintalk" check "${files[@]}" "${options[@]}" --format sarif >"$PLAINTALK_SARIF" || status=$?
    [ "$status" -le 1 ] || exit "$status"
fi
exec "$plaintalk" check "${files[@]}" "${options[@]}" --format github
