# shellcheck shell=bash
# Which JDK runs ccproxy, with which options, and where the recording of a start is. Sourced by the other scripts.

oldest_java=21

# java_version HOME: sets $java_major and $java_full. From the JDK's own file: asking the JVM costs as much as a start.
java_version() {
  local key value
  java_major=0 java_full=
  [ -x "$1/bin/java" ] && [ -r "$1/release" ] || return 1
  while IFS='=' read -r key value; do
    if [ "$key" = JAVA_VERSION ]; then
      java_full=${value//\"/}
      java_major=${java_full%%[!0-9]*}
    fi
  done <"$1/release"
  [ "${java_major:-0}" -ge $oldest_java ]
}

# Where installers of macOS and Linux put JDKs. Several of these folders may be one.
known_java_homes() {
  local home
  for home in /opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home \
    /usr/local/opt/openjdk*/libexec/openjdk.jdk/Contents/Home \
    /Library/Java/JavaVirtualMachines/*/Contents/Home \
    "$HOME"/Library/Java/JavaVirtualMachines/*/Contents/Home \
    "$HOME"/.sdkman/candidates/java/* \
    /usr/lib/jvm/*; do
    [ ! -x "$home/bin/java" ] || echo "$home"
  done
}

# The JDK of the java on the PATH, if that is a link into one.
java_home_on_path() {
  local java target
  java=$(command -v java) || return 0
  while target=$(readlink "$java"); do
    case "$target" in
      /*) java=$target ;;
      *) java=$(dirname "$java")/$target ;;
    esac
  done
  (cd -P "$(dirname "$java")/.." && pwd)
}

newest_java_home() {
  local home best=0 found=
  while IFS= read -r home; do
    if java_version "$home" && [ "$java_major" -gt "$best" ]; then
      best=$java_major found=$home
    fi
  done < <(known_java_homes; java_home_on_path)
  java_home=$found
}

# find_java FOLDER: sets $java_home and $java_major, or says what is missing. The folder may hold the answer of an
# earlier search.
find_java() {
  local noted=
  [ ! -r "$1/java-home" ] || IFS= read -r noted <"$1/java-home" || true
  if [ -n "${CCPROXY_JAVA_HOME:-}" ]; then
    java_home=$CCPROXY_JAVA_HOME
    java_version "$java_home" && return
    echo "ccproxy: CCPROXY_JAVA_HOME is $java_home, which is no JDK of $oldest_java or newer" >&2
    return 1
  fi
  for java_home in "${JAVA_HOME:-}" "$noted"; do
    ! java_version "$java_home" || return 0
  done
  newest_java_home
  if [ -z "$java_home" ]; then
    echo "ccproxy: no JDK of $oldest_java or newer found: install one (\`brew install openjdk\`), or name it in CCPROXY_JAVA_HOME" >&2
    return 1
  fi
  java_version "$java_home"
}

# One a line: the collector that suits many streams side by side (docs/decisions/0013), an end rather than a half-dead
# process, and no word of the JVM below an error: it names every class that it cannot record. From JDK 25 on Netty leaves
# the fastest way to its buffers alone unless it is allowed; that costs several percent of the CPU (docs/operations.md).
# What the compiler has done with, the C library would keep: some 20 MB after the start.
java_options() {
  printf '%s\n' -XX:+UseParallelGC -XX:+ExitOnOutOfMemoryError -Xlog:disable -Xlog:all=error:stderr
  if [ "$java_major" -ge 25 ]; then
    printf '%s\n' --sun-misc-unsafe-memory-access=allow -XX:TrimNativeHeapInterval=10000
  fi
}

# recording FOLDER: where the recording of a start with this JDK is.
recording() {
  if [ "$java_major" -ge 25 ]; then
    echo "$1/start-$java_full.aot"
  else
    echo "$1/start-$java_full.jsa"
  fi
}

# recording_options FOLDER [write]: uses the recording. Without one, and if it may, the JVM writes an archive of its
# classes at its end, which helps half as much.
recording_options() {
  local file
  file=$(recording "$1")
  case "$file" in
    *.aot)
      if [ -f "$file" ]; then
        echo "-XX:AOTCache=$file"
        return
      fi
      file=$1/start-$java_full.jsa
      ;;
  esac
  if [ "${2:-}" = write ] && [ -w "$1" ]; then
    printf '%s\n' -XX:+AutoCreateSharedArchive "-XX:SharedArchiveFile=$file"
  elif [ -f "$file" ]; then
    echo "-XX:SharedArchiveFile=$file"
  fi
}
