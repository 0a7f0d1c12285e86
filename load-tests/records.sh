#!/bin/sh
# Measures what it costs to keep records, and to be asked about a month of them; see README.md.
# usage: records.sh [RECORDS [sqlite]]
set -eu
cd "$(dirname "$0")"

[ -f ../target/ccproxy.jar ] || { echo "records.sh needs ../target/ccproxy.jar: build it with \`mvn package\`" >&2; exit 1; }

result=results/$(date +%F)-records.md
benchmark=
trap '[ -z "$benchmark" ] || kill "$benchmark" 2>/dev/null || true' EXIT
trap 'exit 130' INT TERM

mkdir -p target
mvn -q -Pdecisions compile exec:exec@decisions -Ddecisions.main=com.visiquate.ccproxy.records.RecordsCost \
  -Ddecisions.arguments="$*" >target/records.txt &
benchmark=$!
wait "$benchmark"
benchmark=

{
  echo "# What records cost"
  echo
  echo "- \`load-tests/records.sh${*:+ $*}\`: a month of ${1:-1000000} records, from noon to noon, so that both its first and its last day are of rows"
  echo "- $(nproc) cores of $(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo 2>/dev/null | head -n 1); load of the machine afterwards, with what others did on it: $(cut -d' ' -f1-3 /proc/loadavg 2>/dev/null)"
  echo "- medians of seven; *its CPU* is what the thread that asks has computed, SQLite included, without waiting for disks or for a core that others have"
  echo
  grep '^|' target/records.txt
} >"$result"
cat "$result"
