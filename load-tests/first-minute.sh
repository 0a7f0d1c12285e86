#!/bin/bash
# Measures what the first clients after a start of ccproxy feel, started in four ways; see README.md.
# usage: first-minute.sh [--first] [--quick] [--note TEXT]
set -euo pipefail
cd "$(dirname "$0")"

rates=50:2000,5:200,1:50
alone=15
first=
note=
results=results
while [ $# -gt 0 ]; do
  case "$1" in
    --first) first=yes ;;
    --quick) rates=50:500,5:50 alone=8 results=target/first-minute ;;
    --note) note=$2; shift ;;
    *) sed -n '2,3s/^# //p' "$0" >&2; exit 2 ;;
  esac
  shift
done
jar=${CCPROXY_JAR:-../target/ccproxy.jar}
folder=$PWD/target/first-minute
[ -r /proc/self/stat ] || { echo "first-minute.sh reads CPU time from /proc: run it on Linux" >&2; exit 1; }
[ -f "$jar" ] || { echo "first-minute.sh needs $jar: build it with \`mvn package\`" >&2; exit 1; }

rm -rf "$folder"
mkdir -p "$folder/release" "$results"
cp "$jar" "$folder/release/ccproxy.jar"
cp ../launchd/ccproxy ../launchd/java.sh ../launchd/record.sh "$folder/release/"
# shellcheck source-path=SCRIPTDIR source=../launchd/java.sh
. ../launchd/java.sh
find_java "$folder/release"
java=$java_home/bin/java

measuring=
calm() {
  [ -z "$measuring" ] || kill "$measuring" 2>/dev/null || true
  [ -z "$first" ] || echo 0 >/proc/self/autogroup
}
trap calm EXIT
trap 'exit 130' INT TERM
# Ahead of whatever else this machine does. Linux shares cores by session first, then by niceness.
if [ -n "$first" ]; then
  renice -n -15 -p $$ >/dev/null || { echo "--first needs root" >&2; exit 1; }
  [ ! -w /proc/self/autogroup ] || echo -15 >/proc/self/autogroup
fi

"$folder/release/record.sh" >&2
plain="$java -Xmx512m -XX:+UseParallelGC -jar $folder/release/ccproxy.jar"
{
  echo "# The first minute"
  echo
  echo "- \`load-tests/first-minute.sh${first:+ --first}\`${note:+; $note}"
  echo "- $(nproc) cores of $(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -n 1); JDK $java_full; Linux $(uname -r); load before: $(cut -d' ' -f1 /proc/loadavg)"
  echo "- Whole answers of 16 tokens, one connection, asked from the moment on at which \`/health\` answers 200"
} >"$folder/table.md"
mvn -q -B compile exec:exec@first-minute \
  -Dfirst-minute.arguments="$folder $alone $rates \
    'plain|rehearsal: 0|$plain' 'plain, rehearsing|rehearsal: 200|$plain' \
    'recording|rehearsal: 0|$folder/release/ccproxy' 'warm|rehearsal: 200|$folder/release/ccproxy'" >"$folder/rows.md" &
measuring=$!
wait "$measuring"
measuring=
cat "$folder/table.md" "$folder/rows.md" >"$results/$(date +%F)-first-minute.md"
cat "$results/$(date +%F)-first-minute.md"
