# shellcheck shell=bash
# Words that the scripts of this folder share: where things are, what launchd knows, what ccproxy says. Sourced.
# shellcheck disable=SC2034  # for those who source it

service=com.visiquate.ccproxy
ollama_ports='11434 11435 11436'
home=${CCPROXY_HOME:-$HOME/ccproxy}
agents=$HOME/Library/LaunchAgents
domain=gui/$(id -u)
kept_releases=3

say() {
  echo "$*"
}

# refuse WHY…: nothing has been changed, and one line says what to do.
refuse() {
  echo "refused: $*" >&2
  exit 1
}

# What every script needs; BSD tools are enough.
expect_a_mac() {
  local tool
  [ "$(id -u)" -ne 0 ] ||
    refuse "run this as the user that ccproxy is for, without sudo: a LaunchAgent belongs to a user"
  for tool in launchctl curl sed cmp gzip; do
    command -v $tool >/dev/null || refuse "$tool is not found; on Linux use launchd/systemd/ccproxy.service"
  done
  case "$home$HOME" in
    *[!A-Za-z0-9/._-]*) refuse "$home: a folder with letters, digits, '.', '_' and '-' only, please (CCPROXY_HOME)" ;;
  esac
  case "$home" in
    /*) ;;
    *) refuse "CCPROXY_HOME is $home, but must begin with /" ;;
  esac
}

expect_a_login() {
  launchctl print "$domain" >/dev/null 2>&1 ||
    refuse "launchd has no session $domain: log in at the screen of this Mac, then run this again"
}

# --- launchd ---

is_loaded() {
  launchctl print "$domain/$1" >/dev/null 2>&1
}

# pid_of SERVICE: nothing while it does not run.
pid_of() {
  launchctl print "$domain/$1" 2>/dev/null | sed -n 's/^[[:space:]]*pid = \([0-9]*\)$/\1/p' | head -n 1
}

last_exit_of() {
  launchctl print "$domain/$1" 2>/dev/null | sed -n 's/^[[:space:]]*last exit code = \(.*\)$/\1/p' | head -n 1
}

# Returns when it has ended: launchd refuses a name that is still on its way out. ccproxy may drain for 36 s.
unload() {
  local tries=450
  is_loaded "$1" || return 0
  launchctl bootout "$domain/$1" 2>/dev/null || true
  while is_loaded "$1"; do
    tries=$((tries - 1))
    [ $tries -gt 0 ] || { echo "$1 has not ended after 90 s" >&2; return 1; }
    sleep 0.2
  done
}

load() {
  # It may have been disabled by hand; then loading it would fail without a reason.
  launchctl enable "$domain/$1"
  launchctl bootstrap "$domain" "$agents/$1.plist"
}

# write_agent TEMPLATE SERVICE: true when the file has changed; what it was is kept.
write_agent() {
  local file=$agents/$2.plist new=$agents/.$2.new
  mkdir -p "$agents"
  sed -e "s|@CCPROXY_HOME@|$home|g" -e "s|@HOME@|$HOME|g" -e "s|@OLLAMA@|${ollama:-ollama}|g" "$1" >"$new"
  if cmp -s "$new" "$file"; then
    rm -f "$new"
    return 1
  fi
  chmod 644 "$new"
  [ ! -f "$file" ] || cp -p "$file" "$home/backups/$2.plist.$(date +%Y%m%d-%H%M%S)"
  mv -f "$new" "$file"
}

# --- what ccproxy says ---

ask() {
  curl -q -sS --noproxy '*' --max-time 5 "$@" 2>/dev/null
}

# size_of FILE: so that what a new start adds can be told from what was there.
size_of() {
  if [ -f "$1" ]; then
    wc -c <"$1" | tr -d ' '
  else
    echo 0
  fi
}

# address_after BYTES: where the last start since then listens; nothing before it does.
address_after() {
  [ -f "$home/logs/stdout.log" ] || return 0
  tail -c "+$(($1 + 1))" "$home/logs/stdout.log" |
    sed -n 's|.*listens on \(http://[^ ]*\) after.*|\1|p' | tail -n 1
}

# --- releases ---

# release_of LINK: the folder behind current or previous; nothing when there is none.
release_of() {
  [ -d "$home/$1/" ] || return 0
  (cd -P "$home/$1" && pwd)
}

point() {
  ln -sfn "releases/$(basename "$2")" "$home/$1"
}

# Puts a file there as the configuration, readable by nobody else, and keeps what it replaces.
place_configuration() {
  local stamp
  [ -f "$1" ] || return 0
  if [ -f "$home/config.yaml" ]; then
    cmp -s "$1" "$home/config.yaml" && return 0
    stamp=$(date +%Y%m%d-%H%M%S)
    cp -p "$home/config.yaml" "$home/backups/config.yaml.$stamp"
    say "the configuration that was in use is kept as backups/config.yaml.$stamp"
  fi
  cp "$1" "$home/.config.yaml.new"
  chmod 600 "$home/.config.yaml.new"
  mv -f "$home/.config.yaml.new" "$home/config.yaml"
}

# check RELEASE FILE: prints what its ccproxy says of a configuration.
check() {
  (cd "$home" && CCPROXY_HOME=$home "$1/ccproxy" --config "$2" --check)
}

# It has ended with an error; launchd would try again in vain.
has_failed() {
  [ -z "$(pid_of $service)" ] || return 1
  case "$(last_exit_of $service)" in
    [1-9]*) ;;
    *) return 1 ;;
  esac
}

# Restarts ccproxy and waits, at most 30 s, until it answers; says why when it does not.
restart() {
  local before errors tries=150 address=
  unload $service || return 1
  before=$(size_of "$home/logs/stdout.log")
  errors=$(size_of "$home/logs/stderr.log")
  load $service || return 1
  while [ $tries -gt 0 ]; do
    tries=$((tries - 1))
    sleep 0.2
    [ -n "$address" ] || address=$(address_after "$before")
    if [ -n "$address" ] && ask -f -o /dev/null "$address/health/liveliness"; then
      say "ccproxy answers at $address"
      return 0
    fi
    ! has_failed || tries=0
  done
  echo "ccproxy does not answer; its stderr says:" >&2
  tail -c "+$((errors + 1))" "$home/logs/stderr.log" 2>/dev/null | tail -n 20 >&2 || true
  return 1
}
