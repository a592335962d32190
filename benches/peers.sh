#!/usr/bin/env bash
# Compares another miner's own benchmark with hashwatt's. Both are pinned to one logical processor and
# run alternately, so that disturbances affect both; the ratio is computed for each pair of runs. No
# miner is included: give the command that benchmarks yours on ONE thread.
#
#   cargo build --release -p hashwatt-cli
#   benches/peers.sh [OPTIONS] target/release/hashwatt PATTERN COMMAND [ARGUMENT...]
#   benches/peers.sh -t 20 target/release/hashwatt '([0-9.]+) MH/s' ./miner --benchmark --threads 1
#
# PATTERN is an extended regular expression whose first group is the rate, a plain number without
# thousands separators. The last matching line of the miner's output is used (stdout and stderr, the
# last 64 KiB, without colour codes).
#
#   -k KERNEL   hashwatt's kernel (auto)
#   -n ROUNDS   how many times each is run (5)
#   -s SECONDS  duration of hashwatt's measurement after its warm-up (5)
#   -t SECONDS  stops the miner with SIGINT after this time and uses its output up to then: for
#               benchmarks that never end (without it the miner must exit by itself, successfully)
#   -u UNIT     the unit of the miner's number: H/s, kH/s, MH/s or GH/s (MH/s)
#   -c CPU      the logical processor (default: the last one that this shell may use)
#
# Exit code: 0 for a result, 1 for a failure, 2 for wrong arguments, 130 after Ctrl-C, with the
# measurements up to then. `cargo bench -p peers` compares with other crates.
set -euo pipefail
export LC_ALL=C

options() { sed -n '/^#   benches/p;/^#   -[a-z] /p;/^#               /p' "$0" | cut -c5-; }
usage() {
    echo "peers.sh: $1" >&2
    options >&2
    exit 2
}
fail() {
    echo "peers.sh: $1" >&2
    exit 1
}
positive() {
    if ! [[ $2 =~ ^[0-9]{1,5}$ ]] || ((10#$2 == 0)); then
        usage "-$1 takes a whole number from 1 to 99999, not '$2'"
    fi
}

kernel=auto rounds=5 seconds=5 limit='' unit=MH/s cpu=''
while getopts :hk:n:s:t:u:c:-: option; do
    case $option in
        h) options && exit ;;
        k)
            if [[ $OPTARG == *,* ]]; then usage "-k takes one kernel, not '$OPTARG'"; fi
            kernel=$OPTARG
            ;;
        n) positive n "$OPTARG" && rounds=$((10#$OPTARG)) ;;
        s) positive s "$OPTARG" && seconds=$OPTARG ;;
        t) positive t "$OPTARG" && limit=$OPTARG ;;
        u) unit=$OPTARG ;;
        c) cpu=$OPTARG ;;
        :) usage "-$OPTARG needs a value" ;;
        -) if [ "$OPTARG" = help ]; then options && exit; else usage "there is no option --$OPTARG"; fi ;;
        *) usage "there is no option -$OPTARG" ;;
    esac
done
shift $((OPTIND - 1))
[ $# -ge 3 ] || usage "HASHWATT, PATTERN and COMMAND are required"
hashwatt=$1 pattern=$2
shift 2

case $unit in
    H/s) scale=1e-6 ;;
    kH/s) scale=1e-3 ;;
    MH/s) scale=1 ;;
    GH/s) scale=1e3 ;;
    *) usage "-u takes H/s, kH/s, MH/s or GH/s, not '$unit'" ;;
esac
# Match an empty string to count the groups; status 2 means that the pattern is not a valid expression.
status=0
[[ '' =~ $pattern ]] || status=$?
[ $status = 2 ] || [[ '' =~ ($pattern)| ]] || status=$?
if [ $status = 2 ] || [ ${#BASH_REMATCH[@]} -lt 3 ]; then
    usage "PATTERN must be an extended regular expression with a group, such as '([0-9.]+) MH/s'"
fi
for needed in taskset timeout awk; do
    command -v $needed >/dev/null || fail "$needed is missing (Debian: util-linux, coreutils, mawk)"
done
command -v "$hashwatt" >/dev/null || usage "$hashwatt cannot be run: build it, or give its path"
command -v "$1" >/dev/null || usage "$1 cannot be run: give the path of the miner's program"
if [ -z "$cpu" ]; then
    cpu=$(taskset -cp $$ | sed -E 's/.*[^0-9]([0-9]+)$/\1/')
fi
[[ $cpu =~ ^[0-9]{1,5}$ ]] || usage "-c takes the number of one processor, not '$cpu'"
taskset -c "$cpu" true 2>/dev/null || usage "this shell may not use processor '$cpu' (-c)"

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
interrupted='' running=''
# Ctrl-C does not reach the miner: it is terminated here, and killed at the second Ctrl-C.
trap 'if [ -n "$running" ]; then
        if [ -n "$interrupted" ]; then pkill -KILL -P "$running" 2>/dev/null || true; fi
        kill ${interrupted:+-KILL} "$running" 2>/dev/null || true
    fi
    interrupted=1' INT

# The last rate in the miner's output; a `~` marks a match that is only the end of a longer number.
last_rate() {
    local line found=''
    while IFS= read -r line; do
        if [[ $line =~ $pattern ]]; then
            found=${BASH_REMATCH[1]}
            local before=${line%%"${BASH_REMATCH[0]}"*}${BASH_REMATCH[0]%%"$found"*}
            if [[ $before =~ [0-9][.,_]?[eE]?[+-]?$ ]]; then found="~$found"; fi
        fi
    done < <(tail -c 65536 "$work/miner" | sed -E 's/\x1b\[[0-9;]*[A-Za-z]//g' | tr '\r' '\n')
    echo "$found"
}
ours() {
    taskset -c "$cpu" "$hashwatt" bench --kernel "$kernel" --threads 1 --seconds "$seconds" \
        --json >"$work/ours" 2>"$work/errors" || return 1
    sed -nE 's/^  "hashrate_mh_s": ([0-9.eE+-]+),?$/\1/p' "$work/ours" | head -1
}
theirs() {
    local status=0 begin=(env --default-signal=INT)
    if [ -n "$limit" ]; then begin+=(timeout --signal=INT --kill-after=5 "$limit"); fi
    taskset -c "$cpu" "${begin[@]}" "$@" >"$work/miner" 2>&1 </dev/null &
    running=$!
    # A signal ends `wait`, not the miner.
    while :; do
        status=0
        wait "$running" 2>/dev/null || status=$?
        kill -0 "$running" 2>/dev/null || break
    done
    running=''
    # 124 and 137: `timeout` ended it.
    if [ $status != 0 ] && ! { [ -n "$limit" ] && { [ $status = 124 ] || [ $status = 137 ]; }; }; then
        return $status
    fi
}
summary() {
    awk '
        function sort(values, n,   i, j, v) {
            for (i = 2; i <= n; i++) {
                v = values[i]
                for (j = i - 1; j > 0 && values[j] > v; j--) values[j + 1] = values[j]
                values[j + 1] = v
            }
        }
        function report(name, values, n, unit) {
            sort(values, n)
            median = n % 2 ? values[(n + 1) / 2] : (values[n / 2] + values[n / 2 + 1]) / 2
            printf "%-10s median %.4g%s (%.4g to %.4g)\n", name, median, unit, values[1], values[n]
        }
        { a[NR] = $1; b[NR] = $2; r[NR] = $1 / $2 }
        END {
            report("hashwatt", a, NR, " MH/s")
            report("miner", b, NR, " MH/s")
            report("ratio", r, NR, ", hashwatt over miner, pair by pair")
        }' "$work/pairs"
}

echo "one thread on processor $cpu, $rounds alternating rounds; $(uname -srm)"
grep -m1 'model name' /proc/cpuinfo 2>/dev/null | sed 's/.*: //' || true
echo "hashwatt: $hashwatt bench --kernel $kernel --threads 1 --seconds $seconds"
echo "miner:    $*"
printf '%-10s%12s%12s%10s\n' round hashwatt miner ratio
: >"$work/pairs"
for ((round = 1; round <= rounds; round++)); do
    echo "round $round of $rounds" >&2
    a=$(ours) || a=''
    [ -z "$interrupted" ] || break
    if [ -z "$a" ]; then
        sed 's/^/  /' "$work/errors" >&2
        fail "no rate from $hashwatt: its output must contain hashrate_mh_s (its messages are above)"
    fi
    status=0
    theirs "$@" || status=$?
    [ -z "$interrupted" ] || break
    if [ $status != 0 ]; then
        tail -5 "$work/miner" | sed 's/^/  /' >&2
        fail "the miner ended with exit code $status (its last lines are above)"
    fi
    number=$(last_rate)
    b=$(awk -v n="$number" -v scale=$scale \
        'BEGIN { if (n ~ /^([0-9]+\.?[0-9]*|\.[0-9]+)([eE][-+]?[0-9]+)?$/ && n > 0) printf "%.10g", n * scale }')
    if [[ $number == "~"* ]]; then
        fail "PATTERN '$pattern' gave '${number#\~}', which is the end of a longer number: match all of it"
    fi
    if [ -z "$b" ]; then
        tail -5 "$work/miner" | sed 's/^/  /' >&2
        fail "no rate in the miner's output: PATTERN '$pattern' gave '$number' (its last lines are above)"
    fi
    echo "$a $b" >>"$work/pairs"
    awk -v round=$round -v a="$a" -v b="$b" 'BEGIN { printf "%-10d%12.3f%12.3f%10.3f\n", round, a, b, a / b }'
done
if [ -n "$interrupted" ]; then
    echo "incomplete: interrupted after $(wc -l <"$work/pairs") of $rounds rounds"
    if [ -s "$work/pairs" ]; then summary; fi
    exit 130
fi
summary
