#!/bin/sh
# Kills a process that writes to the store, again and again, and looks whether all that it acknowledged is there.
#
#   docs/benchmarks/crash.sh [ROUNDS]     50 unless said otherwise, some seconds each
set -eu
cd "$(dirname "$0")/../.."
exec mvn -B -ntp -Djacoco.skip test -pl chroma-auth-jetty-demo -am -Dtest=CrashTest \
  -Dsurefire.failIfNoSpecifiedTests=false "-Dcrash.rounds=${1:-50}"
