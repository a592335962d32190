#!/usr/bin/env bash
# What AMD GPUs would execute for a nonce, counted without one: Mesa's RADV compiles every shader for
# each family, as tables for benches/RESULTS.md. Nothing runs on a GPU, so this says nothing of rates.
#
#   benches/gpu_cost.sh [FAMILY...]
#
# A family is a name of Mesa's (navi21 and vega10 if none is given; navi31 with Mesa 23 or newer). It
# needs Debian's mesa-vulkan-drivers and libvulkan1. Exit code: 0, or 1 where a family gave no table.
set -euo pipefail
cd "$(dirname "$0")/.."

cargo build --release --quiet -p hashwatt-kernel-gen --features gpu --bin gpu_cost
status=0
if [ $# = 0 ]; then set -- navi21 vega10; fi
for family in "$@"; do
    if ! RADV_FORCE_FAMILY=$family "${CARGO_TARGET_DIR:-target}/release/gpu_cost"; then
        echo "gpu_cost.sh: no table for $family" >&2
        status=1
    fi
    echo
done
exit $status
