#!/usr/bin/env bash
# Runs all GPU measurements in under ten minutes and prints a report for benches/RESULTS.md. It
# needs only the hashwatt executable, not Rust:
#
#   cargo build --release --features gpu && benches/gpu.sh target/release/hashwatt [ADAPTER] >report.md
#
# ADAPTER is a part of the adapter's name (`hashwatt devices`); without it every GPU is measured.
# HASHWATT_SHORT=1 searches 2^26 nonces where the full run searches all 2^32.
set -euo pipefail

hashwatt=${1:?the command, built with --features gpu}
gpu=(--kernel gpu)
if [ $# -gt 1 ]; then gpu+=(--adapter "$2"); fi
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
# Use an empty cache, so that tuning runs again.
export XDG_CACHE_HOME=$work/cache XDG_RUNTIME_DIR=${XDG_RUNTIME_DIR:-$work}

section() { printf '\n### %s\n\n' "$1"; }
block() { printf '```text\n$ hashwatt %s\n' "$*"; "$hashwatt" "$@" 2>&1 || echo "exit $?"; printf '```\n'; }

echo "## $(date -u +%F): $(uname -srm)"
section "Devices"
block devices
block kernels

section "Tuning, rate and roofline"
block bench "${gpu[@]}" --seconds 10
block bench "${gpu[@]}" --seconds 10
block bench "${gpu[@]}" --seconds 10

for versions in 2 4; do block bench "${gpu[@]}" --versions $versions --seconds 10; done

section "Energy"
block meters
block bench "${gpu[@]}" --seconds 30 --idle 10
block bench "${gpu[@]}" --seconds 30 --idle 10 --meter nvml
# Compare with the driver's own tool, which reads the same sensor in another way.
if command -v nvidia-smi >/dev/null; then
    nvidia-smi --query-gpu=power.draw,clocks.sm,temperature.gpu --format=csv -lms 500 >"$work/power" &
    sampler=$!
    block bench "${gpu[@]}" --seconds 10 --meter nvml --json
    kill $sampler
    printf '```text\n'
    sed -n '1p;10,25p' "$work/power"
    printf '```\n'
fi

section "Comparison with the CPU's hits"
count=4294967296
if [ "${HASHWATT_SHORT:-}" = 1 ]; then count=67108864; fi
genesis=0100000000000000000000000000000000000000000000000000000000000000000000003ba3edfd7a7b12b27ac72c3e67768f617fc81bc3888a51323a9fb8aa4b1e5e4a29ab5f49ffff001d1dac2b7c
block_125552=0100000081cd02ab7e569e8bcd9317e2fe99f2de44d49ab2b8851ba4a308000000000000e320b6c2fffc8d750423db8b1eb942ae710e951ed797f7affc8892b0f1fc122bc7f5d74df2b9441a42a14695
for header in "$genesis" "$block_125552"; do
    for kernel in gpu cpu; do
        engine=(--kernel auto)
        if [ $kernel = gpu ]; then engine=("${gpu[@]}"); fi
        SECONDS=0
        "$hashwatt" scan --header "$header" --bits 1e00ffff --count $count "${engine[@]}" \
            2>/dev/null >"$work/$kernel"
        echo "- ${header:136:8}: $kernel, $(tail -1 "$work/$kernel"), $SECONDS s"
    done
    # All lines except the last are hits.
    if cmp -s <(head -n -1 "$work/gpu") <(head -n -1 "$work/cpu"); then
        echo "- same set"
    else
        echo "- DIFFERENT SETS"
    fi
done
