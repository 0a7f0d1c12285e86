#!/bin/bash
# Runs ccproxy for some seconds, lets it rehearse, and records it, so that every later start is quicker and smaller and
# knows which code is worth compiling. usage: record.sh [REQUESTS]      beside ccproxy.jar; again after a change of the
# JDK. Not needed, only good.
set -eu
here=$(cd -P "$(dirname "$0")" && pwd)
# shellcheck source-path=SCRIPTDIR source=java.sh
. "$here/java.sh"

jar=$here/ccproxy.jar
[ -f "$jar" ] || { echo "record.sh: there is no $jar" >&2; exit 1; }
find_java "$here" || exit 1
file=$(recording "$here")
folder=$here/recording
mkdir -p "$folder"

# JDK 25 records which code was busy and how it ran. 2,000 requests in all dialects are what makes busy what clients need;
# with more, a later start compiles more than its clients will notice. Older JDKs record classes only.
rehearsal=200
case "$file" in
  *.aot) rehearsal=2000 ;;
esac
rehearsal=${1:-$rehearsal}

started=
end() {
  # shellcheck disable=SC2086  # none, one or two
  [ -z "$started" ] || kill $started 2>/dev/null || true
  rm -rf "$folder"
}
trap end EXIT
trap 'exit 130' INT TERM

# run NAME COMMAND…: in the background, without anything of the operator's environment.
run() {
  local name=$1
  shift
  env -i "PATH=$PATH" "HOME=$HOME" "$@" >"$folder/$name" 2>&1 &
  started="$! $started"
}

# await NAME PATTERN: prints the address that it says.
await() {
  local tries=150 address=
  while [ -z "$address" ] && [ $tries -gt 0 ]; do
    sleep 0.2
    tries=$((tries - 1))
    address=$(sed -n "s|.*$2\(http://[^ ]*\).*|\1|p" "$folder/$1")
    kill -0 "${started%% *}" 2>/dev/null || tries=0
  done
  [ -n "$address" ] || { echo "record.sh: it did not start:" >&2; cat "$folder/$1" >&2; return 1; }
  echo "$address"
}

# Returns when the rehearsal is over; a recording of half of one is good, too.
await_rehearsal() {
  local tries=600
  while [ $tries -gt 0 ] && ! grep -q ' rehearsed ' "$folder/ccproxy.log"; do
    sleep 0.2
    tries=$((tries - 1))
    kill -0 "$ccproxy" 2>/dev/null || tries=0
  done
}

run simulator "$java_home/bin/java" -Xmx128m -XX:+UseSerialGC -cp "$jar" \
  com.visiquate.ccproxy.simulator.SimulatorMain --ports 0 --scale 20
ollama=$(await simulator 'ready ') || exit 1
cat >"$folder/ccproxy.yaml" <<YAML
server: {port: 0, rehearsal: $rehearsal}
backends: [{id: a, url: "$ollama"}]
models: [{name: m, ollama: "qwen2.5-coder:7b-instruct", context: 4096, backends: [a], warm: true}]
aliases: {"claude-*": m}
logging: {level: DEBUG, file: "$folder/ccproxy.log"}
YAML

options=(-Xms48m -Xmx512m)
while IFS= read -r option; do
  options+=("$option")
done < <(java_options)
case "$file" in
  *.aot) options+=("-XX:AOTCacheOutput=$file") ;;
  *) options+=(-XX:+AutoCreateSharedArchive "-XX:SharedArchiveFile=$file") ;;
esac

rm -f "$file"
run ccproxy "$java_home/bin/java" "${options[@]}" -jar "$jar" --config "$folder/ccproxy.yaml"
ccproxy=${started%% *}
address=$(await ccproxy 'listens on ') || exit 1

# At the gateway that serves, too: the rehearsal asks one of its own.
ask() {
  curl -q -sS --noproxy '*' --max-time 20 -o /dev/null "$@" || true
}
say='"messages":[{"role":"user","content":"hello"}],"max_tokens":5'
ask "$address/health"
ask "$address/v1/models"
ask -H 'Content-Type: application/json' -d "{\"model\":\"m\",\"stream\":true,$say}" "$address/v1/chat/completions"
ask -H 'Content-Type: application/json' -d "{\"model\":\"m\",$say}" "$address/v1/chat/completions"
ask -H 'Content-Type: application/json' -d "{\"model\":\"m\",\"stream\":true,$say}" "$address/v1/messages"
ask -H 'Content-Type: application/json' -d '{"model":"m","input":"hello","max_output_tokens":5}' "$address/v1/responses"
ask "$address/metrics"
[ "$rehearsal" -eq 0 ] || await_rehearsal

kill "$ccproxy"
wait "$ccproxy" || true
[ -s "$file" ] || { echo "record.sh: nothing was recorded:" >&2; cat "$folder/ccproxy" >&2; exit 1; }
echo "recorded $file"
