#!/bin/sh
# Sets what replays predict of other settings beside the same swarm really run with them; see README.md. --help says more.
set -eu
cd "$(dirname "$0")"

command -v mvn >/dev/null || { echo "what-if.sh needs Maven (Debian: apt install maven)" >&2; exit 1; }

benchmark=
trap '[ -z "$benchmark" ] || kill "$benchmark" 2>/dev/null || true' EXIT
trap 'exit 130' INT TERM

mvn -q compile exec:exec@whatif -Dwhatif.arguments="$*" &
benchmark=$!
wait "$benchmark"
benchmark=
