#!/usr/bin/env bash
# Feeds each target with mutated inputs for FUZZ_SECONDS (60): fuzz.sh PROGRAM [TARGET...]
# An input that crashes, takes over a second or shows a fault stays under .build/fuzz/found; fix what it shows, then keep
# it in Tests/FuzzingTests/Fixtures/TARGET, where every run of the tests tries it again.
set -uo pipefail
program=$1
shift
folder=.build/fuzz
targets=${*:-$($program)}
failed=0
total=0
mkdir -p $folder/found
# The runtime would print a crash for itself, and libFuzzer could not keep its input.
export SWIFT_BACKTRACE=enable=no
for target in $targets; do
  export FUZZ_TARGET=$target
  corpus=$folder/corpus/$target
  FUZZ_SEEDS=$folder/seeds/$target $program || exit 1
  mkdir -p "$corpus"
  log=$folder/$target.log
  # The sizes grow to 100 kB, and a second is the most that an input of 100 kB may take.
  $program -fork=1 -max_total_time="${FUZZ_SECONDS:-60}" -max_len="${FUZZ_SIZE:-100000}" -timeout=1 -rss_limit_mb=4096 \
    -ignore_crashes=1 -ignore_timeouts=1 -ignore_ooms=1 -dict=$folder/seeds/$target.words \
    -artifact_prefix=$folder/found/$target- "$corpus" $folder/seeds/$target >"$log" 2>&1
  FUZZ_SLOW=$folder/found/$target- $program 2>&1 || failed=1
  runs=$(grep -o '^#[0-9]*' "$log" | tail -1 | tr -d '#')
  found=$(find $folder/found -name "$target-*" -size +0 | wc -l)
  total=$((total + ${runs:-0}))
  [ "$found" = 0 ] || failed=1
  echo "$target: ${runs:-0} executions, $found inputs found wanting"
done
echo "$total executions in all"
exit $failed
