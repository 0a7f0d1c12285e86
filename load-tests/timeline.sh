#!/bin/sh
# Measures what it costs to keep a timeline and to ask it, and how long a replay takes; see README.md.
set -eu
cd "$(dirname "$0")"

[ -f ../target/ccproxy.jar ] || { echo "timeline.sh needs ../target/ccproxy.jar: build it with \`mvn package\`" >&2; exit 1; }

result=results/$(date +%F)-timeline.md
benchmark=
trap '[ -z "$benchmark" ] || kill "$benchmark" 2>/dev/null || true' EXIT
trap 'exit 130' INT TERM

mkdir -p target
mvn -q -Pdecisions compile exec:exec@decisions -Ddecisions.main=com.visiquate.ccproxy.routing.TimelineCost >target/timeline.txt &
benchmark=$!
wait "$benchmark"
benchmark=

{
  echo "# What a timeline costs"
  echo
  echo "- \`load-tests/timeline.sh\`: 240,000 requests of a day, 120 agents in conversations of seven turns"
  echo "- $(nproc) cores of $(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo 2>/dev/null | head -n 1); load of the machine afterwards, with what others did on it: $(cut -d' ' -f1-3 /proc/loadavg 2>/dev/null)"
  echo "- the least of five, or of three for replays; CPU time, not that of the clock, where it is a share of a core"
  echo
  grep '^|' target/timeline.txt
} >"$result"
cat "$result"
