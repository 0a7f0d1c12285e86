#!/bin/bash
# Measures how soon ccproxy is ready and how much memory it holds, idle and under 300 streams; see README.md.
# usage: footprint.sh [--starts N] [--streams N] [--note TEXT]
# Three ways to start it: plain (no archive), archive (of classes), recording (launchd/record.sh).
set -euo pipefail
cd "$(dirname "$0")"

starts=5
streams=300
note=
while [ $# -gt 0 ]; do
  case "$1" in
    --starts) starts=$2 ;;
    --streams) streams=$2 ;;
    --note) note=$2 ;;
    *) sed -n '2,4s/^# //p' "$0" >&2; exit 2 ;;
  esac
  shift 2
done
jar=${CCPROXY_JAR:-../target/ccproxy.jar}
port=${CCPROXY_PORT:-18082}
folder=$PWD/target/footprint
result=results/$(date +%F)-footprint.md
[ -r /proc/self/status ] || { echo "footprint.sh reads memory from /proc: run it on Linux" >&2; exit 1; }
[ -f "$jar" ] || { echo "footprint.sh needs $jar: build it with \`mvn package\`" >&2; exit 1; }

rm -rf "$folder"
mkdir -p "$folder/release"
cp "$jar" "$folder/release/ccproxy.jar"
cp ../launchd/ccproxy ../launchd/java.sh ../launchd/record.sh "$folder/release/"
# shellcheck source-path=SCRIPTDIR source=../launchd/java.sh
. ../launchd/java.sh
find_java "$folder/release"
java=$java_home/bin/java

# A wait without a process of its own.
mkfifo "$folder/never"
exec 9<>"$folder/never"
pause() {
  read -r -t "$1" -u 9 _ || true
}

program=
simulators=
end() {
  # shellcheck disable=SC2086  # either may be empty
  [ -z "$program$simulators" ] || kill $program $simulators 2>/dev/null || true
  wait
}
trap end EXIT
trap 'exit 130' INT TERM

# A hundred slots each, so that all streams run at once, at the pace of a model.
"$java" -Xmx512m -XX:+UseSerialGC -cp "$jar" com.visiquate.ccproxy.simulator.SimulatorMain \
  --ports 0,0,0 --slots $((streams / 3 + 1)) --crowding 0 >"$folder/simulators.log" 2>&1 &
simulators=$!
until grep -q '^ready ' "$folder/simulators.log"; do pause 0.1; done
{
  echo "server: {host: 127.0.0.1, port: $port}"
  echo "backends:"
  sed -n 's/^ready //p' "$folder/simulators.log" | tr ' ' '\n' |
    awk -v slots=$((streams / 3 + 1)) '{ printf "  - {id: ollama-%d, url: \"%s\", slots: %d}\n", NR, $0, slots }'
  echo "models:"
  echo '  - {name: qwen-fast, ollama: "qwen2.5-coder:7b-instruct", context: 32768, backends: [ollama-1, ollama-2, ollama-3], warm: true}'
  echo "logging: {file: $folder/ccproxy.log}"
} >"$folder/ccproxy.yaml"

# command WAY: how ccproxy is started.
command_of() {
  case "$1" in
    plain) echo "$java -Xmx512m -XX:+UseParallelGC -jar $folder/release/ccproxy.jar" ;;
    *) echo "$folder/release/ccproxy" ;;
  esac
}

# Without a process for each look: they would take the cores that are to start ccproxy.
is_healthy() {
  local line
  { exec 8<>"/dev/tcp/127.0.0.1/$port"; } 2>/dev/null || return 1
  printf 'GET /health HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n' >&8
  read -r -t 2 -u 8 line || line=
  exec 8>&-
  case "$line" in
    *' 200 '*) ;;
    *) return 1 ;;
  esac
}

# start WAY: sets $program, $ready, milliseconds from the start of the process to /health 200, and $cpu, those that it
# computed meanwhile.
start() {
  local begun=${EPOCHREALTIME/./}
  # shellcheck disable=SC2046
  $(command_of "$1") --config "$folder/ccproxy.yaml" >"$folder/out.log" 2>&1 &
  program=$!
  until is_healthy; do
    kill -0 $program 2>/dev/null || { cat "$folder/out.log" >&2; exit 1; }
    pause 0.003
  done
  ready=$(((${EPOCHREALTIME/./} - begun) / 1000))
  cpu=$(awk '{ print ($14 + $15) * 10 }' "/proc/$program/stat")
}

stop() {
  kill "$program"
  wait "$program" || true
  program=
}

resident() {
  awk '/^VmRSS/ { printf "%d\n", $2 / 1024 }' "/proc/$program/status"
}

median() {
  sort -n | awk '{ value[NR] = $1 } END { print value[int((NR + 1) / 2)] }'
}

# Sets $busy, the most memory seen while the streams run, and $done_streams, those that ended as they should.
crowd() {
  local clients now body
  body='{"model":"qwen-fast","stream":true,"max_tokens":300,"messages":[{"role":"user","content":"Say much."}]}'
  mkdir -p "$folder/answers"
  rm -f "$folder"/answers/*
  for ((i = 1; i <= streams; i++)); do
    printf 'url = "http://127.0.0.1:%s/v1/chat/completions"\noutput = "%s/answers/%s"\n' "$port" "$folder" "$i"
  done >"$folder/urls"
  curl -q -sS --no-progress-meter -N -Z --parallel-immediate --parallel-max "$streams" --max-time 60 \
    -H 'Content-Type: application/json' -d "$body" -K "$folder/urls" &
  clients=$!
  busy=0
  while kill -0 $clients 2>/dev/null; do
    now=$(resident)
    [ "$now" -le "$busy" ] || busy=$now
    pause 0.5
  done
  done_streams=$(grep -l '\[DONE\]' "$folder"/answers/* | wc -l)
}

measure() {
  local i idle all
  : >"$folder/ready"
  : >"$folder/cpu"
  : >"$folder/idle"
  for ((i = 1; i <= starts; i++)); do
    start "$1"
    echo "$ready" >>"$folder/ready"
    echo "$cpu" >>"$folder/cpu"
    pause 20
    resident >>"$folder/idle"
    [ "$i" -lt "$starts" ] || crowd
    stop
  done
  all=$(sort -n "$folder/ready" | tr '\n' ' ')
  idle=$(median <"$folder/idle")
  echo "| $1 | $(median <"$folder/ready") | ${all% } | $(median <"$folder/cpu") | $idle | $busy | $done_streams of $streams |"
}

{
  echo "# How soon ready, how much memory"
  echo
  echo "- \`load-tests/footprint.sh --starts $starts --streams $streams\`${note:+; $note}"
  echo "- $(nproc) cores of $(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -n 1); JDK $java_full; Linux $(uname -r); load before: $(cut -d' ' -f1 /proc/loadavg)"
  echo "- ready: from the start of the process (of \`launchd/ccproxy\`, but for *plain*) to 200 from \`/health\`, which needs"
  echo "  a backend that has answered; CPU: what all its threads have computed until then; idle: resident 20 s later, after the rehearsal;"
  echo "  streams: the most resident while they run"
  echo
  echo "| start | ready, median (ms) | all (ms) | CPU (ms) | idle (MB) | $streams streams (MB) | complete |"
  echo "|---|---:|---|---:|---:|---:|---:|"
} >"$folder/table.md"

measure plain >>"$folder/table.md"
start archive
stop
measure archive >>"$folder/table.md"
rm -f "$folder"/release/*.jsa
"$folder/release/record.sh" >&2
measure recording >>"$folder/table.md"
printf '\nThe recording is a file of %d MB.\n' $(($(cat "$folder"/release/start-* | wc -c) / 1048576)) >>"$folder/table.md"
cp "$folder/table.md" "$result"
cat "$result"
