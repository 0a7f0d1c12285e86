#!/bin/bash
# Installs or upgrades ccproxy as a LaunchAgent of this user. Run it again at any time: what is right stays as it is.
# usage: install.sh [--config FILE] [--jar FILE] [--ollama] [--no-recording]
#   --config FILE   the configuration to run with; else the installed one, else conf/ccproxy.yaml
#   --jar FILE      the program; else the one beside this script, else target/ccproxy.jar of this checkout
#   --ollama        also three Ollamas on ports 11434 to 11436; those that are installed stay as they are
#   --no-recording  do not run it for some seconds to make later starts quicker
# Everything goes below ~/ccproxy (or CCPROXY_HOME) and ~/Library/LaunchAgents. Nothing is stopped before the new
# program has accepted the configuration; what does not answer afterwards is put back.
set -eu
here=$(cd -P "$(dirname "$0")" && pwd)
# shellcheck source-path=SCRIPTDIR source=lib.sh
. "$here/lib.sh"
# shellcheck source-path=SCRIPTDIR source=java.sh
. "$here/java.sh"

jar=$here/ccproxy.jar
[ -f "$jar" ] || jar=$here/../target/ccproxy.jar
shipped=$here/../conf/ccproxy.yaml
configuration=
with_ollama=
with_recording=yes
while [ $# -gt 0 ]; do
  case "$1" in
    --config) configuration=${2:?"--config needs a file"} && shift 2 ;;
    --jar) jar=${2:?"--jar needs a file"} && shift 2 ;;
    --ollama) with_ollama=yes && shift ;;
    --no-recording) with_recording= && shift ;;
    --help) sed -n '2,10s/^# //p' "$0" && exit 0 ;;
    *) echo "install.sh: unknown option $1; see --help" >&2 && exit 2 ;;
  esac
done

expect_a_mac
[ -f "$jar" ] || refuse "there is no $jar: build it with \`mvn -q package -DskipTests\`, or name one with --jar"
[ -z "$configuration" ] || [ -f "$configuration" ] || refuse "there is no file $configuration"
[ -n "$configuration" ] || [ -f "$home/config.yaml" ] || [ -f "$shipped" ] ||
  refuse "there is no configuration yet: name one with --config"
expect_a_login
find_java "$here" || refuse "ccproxy needs a JDK"

# --- the Ollamas ---

# Another Ollama on the port, the one of the menu bar perhaps, would win or lose it by chance.
expect_free_port() {
  if ask -o /dev/null "http://127.0.0.1:$1/"; then
    refuse "something else listens on port $1: end it (Ollama of the menu bar: quit it and its login item; brew services stop ollama)"
  fi
}

if [ -n "$with_ollama" ]; then
  ollama=$(command -v ollama) || refuse "ollama is not found on the PATH: \`brew install ollama\`"
  case "$ollama" in
    *[!A-Za-z0-9/._-]*) refuse "$ollama: a path with letters, digits, '.', '_' and '-' only, please" ;;
  esac
  for port in $ollama_ports; do
    is_loaded "com.visiquate.ollama-$port" || expect_free_port "$port"
  done
fi

install_ollamas() {
  local name
  for port in $ollama_ports; do
    name=com.visiquate.ollama-$port
    # The operator tunes these files; and to restart one means to load its model again.
    [ -f "$agents/$name.plist" ] || write_agent "$here/$name.plist" "$name" || true
    is_loaded "$name" || load "$name"
    say "$name is loaded"
  done
}

# --- a new release ---

files='ccproxy java.sh lib.sh record.sh install.sh status.sh rollback.sh uninstall.sh
  com.visiquate.ccproxy.plist com.visiquate.ollama-11434.plist com.visiquate.ollama-11435.plist
  com.visiquate.ollama-11436.plist'

is_same_release() {
  local file
  [ -n "$1" ] && cmp -s "$jar" "$1/ccproxy.jar" || return 1
  for file in $files; do
    cmp -s "$here/$file" "$1/$file" || return 1
  done
}

# The folder gets its final name at once: a recording holds only for the place where it was made.
stage_release() {
  local file
  release=$home/releases/$(date +%Y%m%d-%H%M%S)
  while [ -e "$release" ]; do
    release=$release.1
  done
  mkdir -p "$release"
  for file in $files; do
    cp -p "$here/$file" "$release/$file"
  done
  cp "$jar" "$release/ccproxy.jar"
  echo "$java_home" >"$release/java-home"
}

drop_staged() {
  [ -z "$staged" ] || rm -rf "$release"
}

umask 077
mkdir -p "$home/releases" "$home/logs" "$home/backups"
old=$(release_of current)
staged=
if is_same_release "$old"; then
  release=$old
else
  stage_release
  staged=yes
  trap drop_staged EXIT
fi

# The shipped configuration, with a log file that ccproxy rotates itself.
if [ -z "$configuration" ] && [ ! -f "$home/config.yaml" ]; then
  configuration=$home/.shipped.yaml
  sed 's|^  #file: ""  |  file: logs/ccproxy.log|' "$shipped" >"$configuration"
fi
candidate=${configuration:-$home/config.yaml}
case "$candidate" in
  /*) ;;
  *) candidate=$PWD/$candidate ;;
esac
if ! check "$release" "$candidate"; then
  rm -f "$home/.shipped.yaml"
  refuse "$candidate is not valid; nothing has been changed$([ -z "$(pid_of $service)" ] || echo ', what runs goes on')"
fi
# Both may hold keys.
[ ! -f "$home/config.yaml" ] || chmod 600 "$home/config.yaml"
[ ! -f "$home/environment" ] || chmod 600 "$home/environment"
[ -z "$staged" ] || [ -z "$with_recording" ] || "$release/record.sh" ||
  say "without a recording ccproxy starts as well, only slower"

# --- the switch ---

older=$(release_of previous)

put_back() {
  [ -n "$old" ] || refuse "it was the first install; see above, then run this again"
  say "what ran before is put back"
  place_configuration "$old/config.yaml"
  if [ "$release" != "$old" ]; then
    point current "$old"
    write_agent "$old/$service.plist" $service || true
    rm -rf "$release" "$home/previous"
    [ -z "$older" ] || point previous "$older"
  fi
  restart || refuse "neither the new nor the old one answers: see $home/logs/stderr.log"
  refuse "the new one did not answer; what ran before runs again"
}

# What a rollback brings back.
[ -z "$old" ] || [ ! -f "$home/config.yaml" ] || cp -p "$home/config.yaml" "$old/config.yaml"
changed=$staged
if [ -n "$configuration" ] && ! cmp -s "$candidate" "$home/config.yaml"; then
  changed=yes
fi
place_configuration "$candidate"
rm -f "$home/.shipped.yaml"
if [ -n "$staged" ]; then
  [ -z "$old" ] || point previous "$old"
  point current "$release"
  staged=
fi
! write_agent "$release/$service.plist" $service || changed=yes

[ -z "$with_ollama" ] || install_ollamas

if [ -z "$changed" ] && [ -n "$(pid_of $service)" ]; then
  say "ccproxy is up to date and runs; nothing to do"
  exit 0
fi
restart || put_back

# --- tidy up ---

# shellcheck disable=SC2012  # the names are dates
for folder in $(ls -1r "$home/releases" | sed "1,${kept_releases}d"); do
  case "$home/releases/$folder" in
    "$(release_of current)" | "$(release_of previous)") ;;
    *) rm -rf "${home:?}/releases/$folder" ;;
  esac
done
say "installed in $home; \`$home/current/status.sh\` tells how it is"
