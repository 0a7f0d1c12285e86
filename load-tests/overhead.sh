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

benchmark=
calm() {
  [ -z "$benchmark" ] || kill "$benchmark" 2>/dev/null || true
  [ "${first:-}" != yes ] || echo 0 >/proc/self/autogroup
}
trap calm EXIT
trap 'exit 130' INT TERM

# --first: ahead of whatever else this machine does. Linux shares cores by session first, then by niceness.
if [ "${1:-}" = --first ]; then
  shift
  renice -n -15 -p $$ >/dev/null || { echo "--first needs root" >&2; exit 1; }
  if [ -w /proc/self/autogroup ]; then
    first=yes
    echo -15 >/proc/self/autogroup
  fi
fi

mvn -q compile exec:exec@overhead -Doverhead.arguments="$*" &
benchmark=$!
wait "$benchmark"
benchmark=
