#!/bin/bash
# Ends ccproxy and removes its agent and its program. The configuration, its backups and the logs stay.
# usage: uninstall.sh [--ollama] [--purge]
#   --ollama   also the three Ollama agents; models stay
#   --purge    also the configuration, its backups and the logs
set -eu
here=$(cd -P "$(dirname "$0")" && pwd)
# shellcheck source-path=SCRIPTDIR source=lib.sh
. "$here/lib.sh"

with_ollama=
purge=
while [ $# -gt 0 ]; do
  case "$1" in
    --ollama) with_ollama=yes ;;
    --purge) purge=yes ;;
    --help) sed -n '2,5s/^# //p' "$0" && exit 0 ;;
    *) echo "uninstall.sh: unknown option $1; see --help" >&2 && exit 2 ;;
  esac
  shift
done

expect_a_mac
found=
remove_agent() {
  if is_loaded "$1" || [ -f "$agents/$1.plist" ]; then
    unload "$1"
    rm -f "$agents/$1.plist"
    say "$1 is removed"
    found=yes
  fi
}

remove_agent $service
if [ -n "$with_ollama" ]; then
  for port in $ollama_ports; do
    remove_agent "com.visiquate.ollama-$port"
  done
fi
[ ! -d "$home/releases" ] || found=yes
rm -rf "${home:?}/releases" "$home/current" "$home/previous"
if [ -n "$purge" ]; then
  [ ! -d "$home" ] || found=yes
  rm -rf "$home/config.yaml" "$home/environment" "$home/backups" "$home/logs"
  rmdir "$home" 2>/dev/null || true
elif [ -d "$home" ]; then
  say "the configuration, its backups and the logs stay in $home (--purge removes them)"
fi
[ -n "$found" ] || say "ccproxy was not installed"
