#!/bin/sh
# Measures what the cache costs and saves, with a Redis that is well and one in trouble; see README.md.
# usage: cache.sh [--first] [--quick] [--rounds N] [--no-hits] [--no-misses] [--no-followers] [--no-troubles] [--no-heap]
set -eu
cd "$(dirname "$0")"

for tool in mvn nginx taskset redis-server; do
  PATH="$PATH:/usr/sbin" command -v "$tool" >/dev/null || {
    echo "cache.sh needs $tool (Debian: apt install maven nginx-light util-linux redis-server)" >&2
    exit 1
  }
done
[ -r /proc/self/stat ] || { echo "cache.sh reads CPU time from /proc: run it on Linux" >&2; exit 1; }
[ -f ../target/ccproxy.jar ] || { echo "cache.sh needs ../target/ccproxy.jar: build it with \`mvn package\`" >&2; exit 1; }

command="load-tests/cache.sh${*:+ $*}"
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

result=results/$(date +%F)-cache.md
heap=yes
for option in "$@"; do
  case "$option" in
    --quick) result=target/cache.md ;;
    --no-heap) heap= ;;
  esac
done
mkdir -p target
load=$(cut -d' ' -f1-3 /proc/loadavg)

mvn -q compile exec:exec@cache -Dcache.arguments="$*" >target/cache.txt &
benchmark=$!
wait "$benchmark"
if [ -n "$heap" ]; then
  for main in cache.CacheParts cache.store.CacheHeap http.ingress.LoopCost; do
    mvn -q -Pdecisions compile exec:exec@decisions -Ddecisions.main="com.visiquate.ccproxy.$main" >>target/cache.txt &
    benchmark=$!
    wait "$benchmark"
    echo >>target/cache.txt
  done
fi
benchmark=

{
  echo "# What the cache costs and saves"
  echo
  echo "- \`$command\`"
  echo "- $(nproc) cores of $(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -n 1); the gateway on one alone, everything else on the others; load before and after, with what others did on the machine: $load, $(cut -d' ' -f1-3 /proc/loadavg)"
  echo "- $(nginx -v 2>&1 || /usr/sbin/nginx -v 2>&1), $(redis-server --version | cut -d' ' -f1-3), Linux $(uname -r)"
  echo
  # Maven ends with a code for the terminal, which would hide the next line.
  sed 's/\x1b\[[0-9;]*m//g' target/cache.txt | grep '^|\|^$'
} >"$result"
cat "$result"
