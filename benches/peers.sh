#!/usr/bin/env bash
# Another miner's own benchmark beside hashwatt's: both pinned to one logical processor, in turns, so
# that what disturbs the machine disturbs both, and their ratio pair by pair. No miner comes with
# this: give the command that benchmarks yours on ONE thread.
#
#   cargo build --release -p hashwatt-cli
#   benches/peers.sh [OPTIONS] target/release/hashwatt PATTERN COMMAND [ARGUMENT...]
#   benches/peers.sh -t 20 target/release/hashwatt '([0-9.]+) MH/s' ./miner --benchmark --threads 1
#
# PATTERN is an extended regular expression whose first group is the rate, a plain number without
# separators of thousands; the last line of the miner's output (stdout and stderr, colours taken out,
# the last 64 KiB of it) that matches counts.
#
#   -k KERNEL   hashwatt's kernel (auto)
#   -n ROUNDS   how often each is run (5)
#   -s SECONDS  hashwatt's window after its warm-up (5)
#   -t SECONDS  ends the miner after so long, by SIGINT, and takes what it printed: for benchmarks
#               that never end (without it the miner must end by itself, with success)
#   -u UNIT     the unit of the miner's number: H/s, kH/s, MH/s or GH/s (MH/s)
#   -c CPU      the logical processor (the last that this shell may use)
#
# Exit code: 0 for a result, 1 where something failed, 2 for wrong arguments, 130 after Ctrl-C, with
# what was measured until then. `cargo bench -p peers` compares with other crates.
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
[ $# -ge 3 ] || usage "HASHWATT, PATTERN and COMMAND are needed"
hashwatt=$1 pattern=$2
shift 2

case $unit in
    H/s) scale=1e-6 ;;
    kH/s) scale=1e-3 ;;
    MH/s) scale=1 ;;
    GH/s) scale=1e3 ;;
    *) usage "-u takes H/s, kH/s, MH/s or GH/s, not '$unit'" ;;
esac
# Of a match with nothing, the groups are counted; 2 is a pattern that is no expression.
status=0
[[ '' =~ $pattern ]] || status=$?
[ $status = 2 ] || [[ '' =~ ($pattern)| ]] || status=$?
if [ $status = 2 ] || [ ${#BASH_REMATCH[@]} -lt 3 ]; then
    usage "PATTERN must be an extended regular expression with a group, as '([0-9.]+) MH/s'"
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
# The miner does not see Ctrl-C itself: it is ended here, and killed at the second.
trap 'if [ -n "$running" ]; then
        if [ -n "$interrupted" ]; then pkill -KILL -P "$running" 2>/dev/null || true; fi
        kill ${interrupted:+-KILL} "$running" 2>/dev/null || true
    fi
    interrupted=1' INT

# The last rate in the miner's output; what is only the end of a number is told apart by a `~`.
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
    # A signal ends the waiting and not the miner.
    while :; do
        status=0
        wait "$running" 2>/dev/null || status=$?
        kill -0 "$running" 2>/dev/null || break
    done
    running=''
    # 124 and 137: it was ended when its time was over.
    if [ $status != 0 ] && ! { [ -n "$limit" ] && { [ $status = 124 ] || [ $status = 137 ]; }; }; then
        return $status
    fi
}
summary() {
    awk -v unit="MH/s" '
        function sorted(of, n,   i, j, v) {
            for (i = 2; i <= n; i++) {
                v = of[i]
                for (j = i - 1; j > 0 && of[j] > v; j--) of[j + 1] = of[j]
                of[j + 1] = v
            }
        }
        function tell(name, of, n, what) {
            sorted(of, n)
            median = n % 2 ? of[(n + 1) / 2] : (of[n / 2] + of[n / 2 + 1]) / 2
            printf "%-10s median %.4g%s (%.4g to %.4g)\n", name, median, what, of[1], of[n]
        }
        { a[NR] = $1; b[NR] = $2; r[NR] = $1 / $2 }
        END {
            tell("hashwatt", a, NR, " " unit)
            tell("miner", b, NR, " " unit)
            tell("ratio", r, NR, ", hashwatt over miner, pair by pair")
        }' "$work/pairs"
}

echo "one thread on processor $cpu, $rounds rounds in turn; $(uname -srm)"
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
        fail "no rate from $hashwatt: it is to print hashrate_mh_s (above is what it said)"
    fi
    status=0
    theirs "$@" || status=$?
    [ -z "$interrupted" ] || break
    if [ $status != 0 ]; then
        tail -5 "$work/miner" | sed 's/^/  /' >&2
        fail "the miner ended with exit code $status (above are its last lines)"
    fi
    number=$(last_rate)
    b=$(awk -v n="$number" -v scale=$scale \
        'BEGIN { if (n ~ /^([0-9]+\.?[0-9]*|\.[0-9]+)([eE][-+]?[0-9]+)?$/ && n > 0) printf "%.10g", n * scale }')
    if [[ $number == "~"* ]]; then
        fail "PATTERN '$pattern' gave '${number#\~}', which is the end of a longer number: match all of it"
    fi
    if [ -z "$b" ]; then
        tail -5 "$work/miner" | sed 's/^/  /' >&2
        fail "no rate in the miner's output: PATTERN '$pattern' gave '$number' (above are its last lines)"
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
