#!/bin/sh
# Starts ccproxy before three simulated Ollamas, sends a crowd of agents to it and ends all of them; see README.md.
# usage: swarm.sh steady|burst [-Dname=value …]
set -eu
cd "$(dirname "$0")"

jar=${CCPROXY_JAR:-../target/ccproxy.jar}
port=${CCPROXY_PORT:-18081}
folder=target/swarm

case "${1:-}" in
  steady) simulation=Steady ;;
  burst) simulation=Burst ;;
  *) sed -n '2,3s/^# //p' "$0" >&2; exit 2 ;;
esac
shift
[ -f "$jar" ] || { echo "swarm.sh needs $jar: build it with \`mvn package\`" >&2; exit 1; }

started=
end() {
  for process in $started; do
    # Maven does not end the JVM that it runs Gatling in.
    kill $(pgrep -P "$process") 2>/dev/null || true
    kill "$process" 2>/dev/null && wait "$process" 2>/dev/null || true
  done
  started=
}
trap end EXIT
trap 'exit 130' INT TERM

# Waits until a command succeeds, for at most 20 s.
await() {
  tries=100
  until "$@" >/dev/null 2>&1; do
    tries=$((tries - 1))
    [ $tries -gt 0 ] || { echo "waited in vain for: $*" >&2; cat $folder/*.log >&2; exit 1; }
    sleep 0.2
  done
}

mkdir -p $folder
home=$(mvn -q validate exec:exec@jdk 2>&1 | sed -n 's/^ *java.home = //p')

# Twenty times as fast as the models of the deployment, one slot each.
"$home/bin/java" -Xmx256m -cp "$jar" com.visiquate.ccproxy.simulator.SimulatorMain \
  --ports 0,0,0 --scale 20 >$folder/simulators.log 2>&1 &
started=$!
await grep -q '^ready ' $folder/simulators.log
urls=$(sed -n 's/^ready //p' $folder/simulators.log)

{
  echo "server: {host: 127.0.0.1, port: $port}"
  echo "backends:"
  echo "$urls" | tr ' ' '\n' | awk '{ printf "  - {id: ollama-%d, url: \"%s\", slots: 1}\n", NR, $0 }'
  echo "models:"
  echo '  - {name: qwen-fast, ollama: "qwen2.5-coder:7b-instruct", context: 32768, backends: [ollama-1, ollama-2, ollama-3], warm: true}'
  echo "queue: {length: 1000, wait: 120s}"
} >$folder/ccproxy.yaml

"$home/bin/java" -Xmx512m -jar "$jar" --config $folder/ccproxy.yaml >$folder/ccproxy.log 2>&1 &
started="$! $started"
await curl -fsS "http://127.0.0.1:$port/health"

mvn -q gatling:test -Dgatling.simulationClass="com.visiquate.ccproxy.load.$simulation" \
  -DbaseUrl="http://127.0.0.1:$port" "$@" &
crowd=$!
started="$crowd $started"
wait "$crowd"
