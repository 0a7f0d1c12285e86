#!/bin/sh
# Compares no gateway, nginx and ccproxy before the same fake Ollama; see README.md. --help says more.
set -eu
cd "$(dirname "$0")"

for tool in mvn nginx taskset; do
  PATH="$PATH:/usr/sbin" command -v "$tool" >/dev/null || {
    echo "overhead.sh needs $tool (Debian: apt install maven nginx-light util-linux)" >&2
    exit 1
  }
done
[ -r /proc/self/stat ] || { echo "overhead.sh reads CPU time from /proc: run it on Linux" >&2; exit 1; }

exec mvn -q compile exec:exec@overhead -Doverhead.arguments="$*"
