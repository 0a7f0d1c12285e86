#!/bin/sh
# Takes the database away from a gateway under load, four times; see README.md.
set -eu
cd "$(dirname "$0")"

[ -f ../target/ccproxy.jar ] || { echo "outage.sh needs ../target/ccproxy.jar: build it with \`mvn package\`" >&2; exit 1; }

result=results/$(date +%F)-outage.md
benchmark=
trap '[ -z "$benchmark" ] || kill "$benchmark" 2>/dev/null || true' EXIT
trap 'exit 130' INT TERM

mkdir -p target
mvn -q -Pdecisions compile exec:exec@decisions -Ddecisions.main=com.visiquate.ccproxy.records.Outage \
  -Ddecisions.arguments="$PWD/../target/ccproxy.jar" >target/outage.txt &
benchmark=$!
wait "$benchmark"
benchmark=

{
  echo "# A database that goes away"
  echo
  echo "- \`load-tests/outage.sh\`: 200 requests/s, every second one a stream, before a simulated Ollama that takes no time"
  echo "- $(nproc) cores of $(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo 2>/dev/null | head -n 1); times from when a request was due"
  echo
  grep '^[|]' target/outage.txt
  echo
  grep '^-' target/outage.txt
} >"$result"
cat "$result"
