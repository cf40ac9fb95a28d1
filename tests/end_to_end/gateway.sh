# shellcheck shell=bash
# A real `kabinet serve` with the shipped configuration in a temporary folder, for the drivers beside it to
# source. What happens on the link it leaves to them.

room=$(mktemp -d)
trap leave EXIT

# leave: the exit trap; ends what runs, shows the gateway's log of a failure, removes the folder.
leave() {
    local status=$? pid
    for pid in $(jobs -pr); do
        kill -KILL "$pid" 2>/dev/null || true
        wait "$pid" 2>/dev/null || true
    done
    if [ "$status" -ne 0 ] && [ -f "$room/log" ]; then cat "$room/log" >&2; fi
    rm -rf "$room"
}

# skip WHY: ends the driver so that ctest counts the test as skipped.
skip() {
    echo "skipped: $*" >&2
    exit 77
}

# await_file FILE PID: until the file has content; ends the driver if PID, who writes it, ends without.
await_file() {
    until [ -s "$1" ]; do
        if ! kill -0 "$2" 2>/dev/null && [ ! -s "$1" ]; then
            echo "$(basename "$1") was never written" >&2
            exit 1
        fi
        sleep 0.02
    done
}

# find_port: a free one for a door, below those that the system gives away; no two of these drivers at once try
# the same.
find_port() {
    local port=$((20000 + $$ % 12000))
    while (: <"/dev/tcp/127.0.0.1/$port") 2>/dev/null; do port=$((port + 1)); done
    echo "$port"
}

# make_tokens: portal.token and operator.token in the room.
make_tokens() {
    local whose
    for whose in portal operator; do
        (umask 077 && head -c 32 /dev/urandom | base64 >"$room/$whose.token")
    done
}

# move_clock LIBFAKETIME FILE: a gateway started after this is as far ahead as FILE says. Its timers are not: they
# count what really passes.
move_clock() {
    before_gateway=(env "LD_PRELOAD=$1" "FAKETIME_TIMESTAMP_FILE=$2" FAKETIME_NO_CACHE=1 FAKETIME_DONT_FAKE_MONOTONIC=1)
}
before_gateway=()

# start_gateway KABINET CONFIG_FOLDER PORT [PACK]: its SMSC is on that port of loopback; another pack than the
# shipped configuration's is a folder of operators/. Where `door` holds a port, its door is open there to
# make_tokens' tokens; where `feed` or `vouchers` holds a file, that is imported first; where `billing` holds a port,
# a billing system is there.
start_gateway() {
    cp -r "$2/." "$room"
    if [ -n "${4:-}" ]; then sed -i "s|^pack = \"[^\"]*\"|pack = \"operators/$4\"|" "$room/kabinet.toml"; fi
    sed -i -e "s/^port = .*/port = $3/" -e 's/^level = .*/level = "trace"/' "$room/kabinet.toml"
    if [ -n "${door:-}" ]; then
        printf '\n[http]\nlisten = "127.0.0.1:%s"\nportal_token_file = "portal.token"\n' "$door"
        echo 'operator_token_file = "operator.token"'
    fi >>"$room/kabinet.toml"
    if [ -n "${billing:-}" ]; then
        printf '\n[billing]\nurl = "http://127.0.0.1:%s"\ntoken_file = "billing.token"\ndeadline = "500ms"\n' "$billing"
    fi >>"$room/kabinet.toml"
    "$1" keygen "$room/kabinet.key"
    if [ -n "${feed:-}" ]; then "$1" subscribers import "$feed" --config "$room/kabinet.toml" >&2; fi
    if [ -n "${vouchers:-}" ]; then "$1" vouchers import "$vouchers" --config "$room/kabinet.toml" >&2; fi
    "${before_gateway[@]}" "$1" serve --config "$room/kabinet.toml" 2>"$room/log" &
    gateway=$!
}

# stop_gateway: by SIGTERM; fails unless it ends with 0.
stop_gateway() {
    local ended=0
    kill -TERM "$gateway"
    wait "$gateway" || ended=$?
    [ "$ended" -eq 0 ] || echo "kabinet serve ended with $ended" >&2
    return "$ended"
}
