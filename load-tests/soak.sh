#!/bin/sh
# Sends clients of every kind through ccproxy for a long while, before simulated Ollamas that break; see README.md.
# usage: soak.sh [seconds]
set -eu
cd "$(dirname "$0")"

seconds=${1:-600}
case "$seconds" in
  *[!0-9]*|'') sed -n '2,3s/^# //p' "$0" >&2; exit 2 ;;
esac
jar=${CCPROXY_JAR:-../target/ccproxy.jar}
[ -r /proc/self/status ] || { echo "soak.sh reads memory and sockets from /proc: run it on Linux" >&2; exit 1; }
[ -f "$jar" ] || { echo "soak.sh needs $jar: build it with \`mvn package\`" >&2; exit 1; }

soaking=
trap '[ -z "$soaking" ] || kill "$soaking" 2>/dev/null || true' EXIT
trap 'exit 130' INT TERM

# A look is no result.
results=target/soak
[ "$seconds" -lt 600 ] || results=results
mkdir -p target/soak "$results"
mvn -q compile exec:exec@soak -Dsoak.arguments="$seconds $jar target/soak $results/$(date +%F)-soak.md" &
soaking=$!
wait "$soaking"
