#!/bin/sh
# Measures what one decision of the scheduler costs; see README.md. Arguments go to JMH (-h lists them);
# --cpu counts CPU time instead, without JMH.
set -eu
cd "$(dirname "$0")"

[ -f ../target/ccproxy.jar ] || { echo "decisions.sh needs ../target/ccproxy.jar: build it with \`mvn package\`" >&2; exit 1; }

main=org.openjdk.jmh.Main
if [ "${1:-}" = --cpu ]; then
  main=com.visiquate.ccproxy.routing.CpuCost
  shift
fi

benchmark=
trap '[ -z "$benchmark" ] || kill "$benchmark" 2>/dev/null || true' EXIT
trap 'exit 130' INT TERM

mvn -q -Pdecisions compile exec:exec@decisions -Ddecisions.main="$main" -Ddecisions.arguments="$*" &
benchmark=$!
wait "$benchmark"
benchmark=
