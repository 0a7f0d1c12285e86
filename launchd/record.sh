#!/bin/bash
# Runs the demo for some seconds and records its start, so that every later start is quicker and smaller.
# usage: record.sh      beside ccproxy.jar; again after a change of the JDK. Not needed, only good.
set -eu
here=$(cd -P "$(dirname "$0")" && pwd)
# shellcheck source-path=SCRIPTDIR source=java.sh
. "$here/java.sh"

jar=$here/ccproxy.jar
[ -f "$jar" ] || { echo "record.sh: there is no $jar" >&2; exit 1; }
find_java "$here" || exit 1
file=$(recording "$here")
log=$here/record.log

demo=
end() {
  [ -z "$demo" ] || kill "$demo" 2>/dev/null || true
}
trap end EXIT
trap 'exit 130' INT TERM

options=("-Xmx512m")
while IFS= read -r option; do
  options+=("$option")
done < <(java_options)
case "$file" in
  *.aot) options+=("-XX:AOTCacheOutput=$file") ;;
  *) options+=(-XX:+AutoCreateSharedArchive "-XX:SharedArchiveFile=$file") ;;
esac

# Nothing of the operator's environment: it is the demo.
rm -f "$file"
env -i "PATH=$PATH" "HOME=$HOME" "$java_home/bin/java" "${options[@]}" -jar "$jar" --demo --port 0 >"$log" 2>&1 &
demo=$!

address=
tries=150
while [ -z "$address" ] && [ $tries -gt 0 ] && kill -0 "$demo" 2>/dev/null; do
  sleep 0.2
  tries=$((tries - 1))
  address=$(sed -n 's|.*listens on \(http://[^ ]*\).*|\1|p' "$log")
done
[ -n "$address" ] || { echo "record.sh: the demo did not start:" >&2; cat "$log" >&2; exit 1; }

# One of each, so that their classes are in the recording.
ask() {
  curl -q -sS --noproxy '*' --max-time 20 -o /dev/null "$@" || true
}
say='"messages":[{"role":"user","content":"hello"}],"max_tokens":5'
ask "$address/health"
ask "$address/v1/models"
ask -H 'Content-Type: application/json' -d "{\"model\":\"coding\",\"stream\":true,$say}" "$address/v1/chat/completions"
ask -H 'Content-Type: application/json' -d "{\"model\":\"coding\",$say}" "$address/v1/chat/completions"
ask -H 'Content-Type: application/json' -d "{\"model\":\"coding\",\"stream\":true,$say}" "$address/v1/messages"
ask -H 'Content-Type: application/json' -d '{"model":"coding","input":"hello","max_output_tokens":5}' "$address/v1/responses"
ask "$address/metrics"

kill "$demo"
wait "$demo" || true
demo=
[ -s "$file" ] || { echo "record.sh: nothing was recorded:" >&2; cat "$log" >&2; exit 1; }
echo "recorded $file"
