#!/bin/bash
# Tells whether ccproxy runs, what it runs with and how it is.
# usage: status.sh
# Ends with 0: runs and is well; 1: runs, but something is wrong; 3: does not run; 4: is not installed.
set -eu
here=$(cd -P "$(dirname "$0")" && pwd)
# shellcheck source-path=SCRIPTDIR source=lib.sh
. "$here/lib.sh"

[ $# -eq 0 ] || { sed -n '2,4s/^# //p' "$0"; exit 2; }
expect_a_mac
release=$(release_of current)
if [ -z "$release" ]; then
  say "ccproxy is not installed in $home"
  exit 4
fi

code=0
wrong() {
  say "$*"
  [ $code -ne 0 ] || code=1
}

say "release        $(basename "$release")"
if check "$release" "$home/config.yaml" >/dev/null 2>&1; then
  say "configuration  $home/config.yaml is valid"
else
  wrong "configuration  $home/config.yaml is NOT valid; what runs keeps the last valid one:"
  check "$release" "$home/config.yaml" 2>&1 >/dev/null | sed 's/^/               /' || true
fi

pid=$(pid_of $service)
if [ -n "$pid" ]; then
  say "service        runs, pid $pid, $(ps -o rss= -p "$pid" 2>/dev/null | awk '{printf "%d MB", $1 / 1024}')"
elif is_loaded $service; then
  code=3
  say "service        is loaded, but does NOT run; it ended with $(last_exit_of $service)"
else
  code=3
  say "service        is NOT loaded; install.sh loads it"
fi

if [ -n "$pid" ]; then
  address=$(address_after 0)
  health=$(ask "${address:-http://127.0.0.1:8081}/health" || true)
  say "address        ${address:-not in logs/stdout.log; the usual one is asked}"
  case "$health" in
    *'"status":"healthy"'*) say "health         $health" ;;
    '') wrong "health         does NOT answer" ;;
    *) wrong "health         $health" ;;
  esac
fi

for port in $ollama_ports; do
  name=com.visiquate.ollama-$port
  [ -f "$agents/$name.plist" ] || continue
  if version=$(ask -f "http://127.0.0.1:$port/api/version"); then
    say "ollama $port   $version"
  else
    wrong "ollama $port   does NOT answer; it ended with $(last_exit_of "$name")"
  fi
done

for log in "$home"/logs/*.log; do
  [ -f "$log" ] || continue
  megabytes=$(($(wc -c <"$log") / 1048576))
  [ $megabytes -lt 100 ] || wrong "log            $log has $megabytes MB; \`: > $log\` empties it"
done
exit $code
