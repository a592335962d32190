#!/usr/bin/env bash
# Counts the instructions per nonce on AMD GPUs without a GPU: Mesa's RADV compiles every shader for
# each family. Prints tables for benches/RESULTS.md. Nothing runs on a GPU, so no rates are measured.
#
#   benches/gpu_cost.sh [FAMILY...]
#
# FAMILY is a GPU family name of Mesa (default: navi21 and vega10; navi31 needs Mesa 23 or newer).
# Needs Debian's mesa-vulkan-drivers and libvulkan1. Exit code: 0, or 1 if a family gave no table.
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
