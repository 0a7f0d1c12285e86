#!/bin/bash
# Goes back to the release and the configuration that ran before the last upgrade; again goes forward again.
# usage: rollback.sh
set -eu
here=$(cd -P "$(dirname "$0")" && pwd)
# shellcheck source-path=SCRIPTDIR source=lib.sh
. "$here/lib.sh"

[ $# -eq 0 ] || { sed -n '2,3s/^# //p' "$0"; exit 2; }
expect_a_mac
expect_a_login
now=$(release_of current)
before=$(release_of previous)
[ -n "$before" ] || refuse "there is no release before this one in $home"

configuration=$home/config.yaml
[ ! -f "$before/config.yaml" ] || configuration=$before/config.yaml
check "$before" "$configuration" || refuse "the release before this one does not accept $configuration; nothing has been changed"

umask 077
cp -p "$home/config.yaml" "$now/config.yaml"
place_configuration "$configuration"
point current "$before"
point previous "$now"
write_agent "$before/$service.plist" $service || true
restart || refuse "the release before this one does not answer either: see $home/logs/stderr.log"
say "rolled back to $(basename "$before")"
