# What the scripts of this folder share; to be sourced, with the name of the caller in $program.

home=$(cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/../.." && pwd)
lib=$home/deploy/target/lib
flink=$home/deploy/target/flink

fail() {
  echo "$program: $*" >&2
  exit 2
}

java=${JAVA_HOME:+$JAVA_HOME/bin/}java
command -v "$java" >/dev/null || fail "expected JDK 17 or later, found no java; install one or set JAVA_HOME"
version=$("$java" -XshowSettings:properties -version 2>&1 | sed -n 's/.*java.specification.version = //p')
[ "${version%%.*}" -ge 17 ] || fail "expected JDK 17 or later, found $version; set JAVA_HOME"

# Tells whether something that is built is missing, or older than its sources.
stale() {
  local module jar
  [ -f "$flink/usrlib/winnow-jobs.jar" ] || return 0
  for module in schemas operators jobs; do
    jar=$(compgen -G "$lib/winnow-$module-*.jar") || return 0
    [ -z "$(find "$home/$module/src/main" -newer "$jar" -type f -print -quit)" ] || return 0
  done
  return 1
}

build() {
  stale || return 0
  command -v mvn >/dev/null || fail "expected Maven on the PATH to build Winnow, found none"
  echo "$program: building; the first time this takes some minutes while Maven downloads" >&2
  (cd "$home" && mvn --batch-mode --quiet -DskipTests package) >&2 || fail "the build failed; see above"
}
