#!/bin/sh
# One command as the services run it: "afterword doctor", as root. Goes to /usr/local/sbin/afterword.
set -a
. /etc/afterword/settings.env
set +a
cd /var/lib/afterword || exit 1
exec runuser -u afterword -- /opt/afterword/bin/afterword "$@"
