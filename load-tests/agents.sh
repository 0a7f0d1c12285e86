#!/bin/sh
# Sends 119 agents through ccproxy, nginx and HAProxy, each before simulated Ollamas; see README.md. --help says more.
set -eu
cd "$(dirname "$0")"

for tool in mvn nginx haproxy; do
  PATH="$PATH:/usr/sbin" command -v "$tool" >/dev/null || {
    echo "agents.sh needs $tool (Debian: apt install maven nginx-light haproxy)" >&2
    exit 1
  }
done

benchmark=
trap '[ -z "$benchmark" ] || kill "$benchmark" 2>/dev/null || true' EXIT
trap 'exit 130' INT TERM

mvn -q compile exec:exec@agents -Dagents.arguments="$*" &
benchmark=$!
wait "$benchmark"
benchmark=
