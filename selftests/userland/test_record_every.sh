#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# What `record --every` leaves in a folder: whole recordings of their times, and no more than is to stay; in what memory.

. "$(dirname "$0")/tap.sh"

fixtures=$repo/selftests/fixtures
cd "$work" || exit
root=$fixtures/7.2-numa

# until_true COMMAND...: waits; false where it does not come true.
until_true() {
	local left=$((300 * ${PATIENCE:-3}))

	until "$@"; do
		left=$((left - 1))
		[ "$left" -gt 0 ] || return 1
		sleep 0.1
	done
}

# recorded N FOLDER: there are at least so many recordings, all of them whole.
recorded() {
	[ "$(find "$2" -name '??????.tar*' ! -name '*.tar*.*[0-9]' 2>/dev/null | wc -l)" -ge "$1" ]
}

# --- again and again ---
run record --root "$root" --every 1s --count 2 two/
expect "two of them" 0 '' '^two/20[0-9]{2}-[0-9]{2}-[0-9]{2}/[0-9]{6}\.tar'
result "$([ "$(wc -l <out)" -eq 2 ]; echo $?)" "and no more"
result "$([ "$(find two -type d ! -perm 700 -o -type f ! -perm 600 | wc -l)" -eq 0 ]; echo $?)" "only their owner may read them"
for file in two/*/*; do
	"$PFNSCOPE" --from "$file" zones --raw
done | sort -u >answers
"$PFNSCOPE" --root "$root" zones --raw | sort -u | cmp - answers
result $? "each of them answers as the root"

run record --root "$root" --every 1s ended
expect "a folder that is not there, without a slash, is none" 64 'ended is no folder \(ended/ makes one\)' ''
"$PFNSCOPE" record --root "$root" --every 1s ended/ >ended.out 2>ended.err &
pid=$!
until_true recorded 2 ended
result $? "without a count it goes on"
kill -TERM "$pid"
status=0
wait "$pid" || status=$?
[ "$status" -eq 0 ] && [ ! -s ended.err ] && [ "$(find ended -name '*.tar*.*[0-9]' | wc -l)" -eq 0 ]
result $? "until a signal ends it, and nothing is half done"

# --- a disk that is full for a while ---
"$PFNSCOPE" record --root "$root" --every 1s later/ >later.out 2>later.err &
pid=$!
# It says so when all of it is done.
until_true test -s later.out
result $? "one is there"
kill -STOP "$pid"
mv later kept && : >later
kill -CONT "$pid"
until_true grep -q '^pfnscope: record: later' later.err
result $? "a later one that fails is told"
kill -STOP "$pid"
rm later
kill -CONT "$pid"
until_true recorded 1 later
result $? "and the next one is tried"
kill "$pid"
wait "$pid"
: >file
run record --root "$root" --every 1s --count 3 file/
expect "where the first one fails, that is all" 74 '^pfnscope: file' ''

# --- what stays ---
# kept DAYS...: recordings of so many days ago, of 100000 bytes each.
kept() {
	local days day

	rm -rf history
	for days; do
		day=$(date -u -d "@$(($(date +%s) - days * 86400))" '+%F %H%M%S')
		mkdir -p "history/${day% *}"
		dd if=/dev/zero of="history/${day/ //}.tar.zst" bs=100000 count=1 status=none
	done
}
# The recorded root knows no time of its own: what is recorded of it is of now.
days() {
	find history -mindepth 1 -maxdepth 1 | wc -l
}
kept 1 6 8 400
mkdir history/2020-13-01 history/notes elsewhere
day=$(date -u -d '20 days ago' +%F)
mkdir "history/$day"
: >elsewhere/000000.tar.zst
ln -s ../elsewhere history/2019-01-01
ln -s ../../elsewhere/000000.tar.zst "history/$day/000000.tar.zst"
: >"history/$day/mine.tar.zst"
: >history/2020-13-01/000000.tar.zst
run record --root "$root" --keep 7d history
expect "what is older than that goes" 0 '' '^history/'
[ "$(find history -type f -name '??????.tar.zst' | wc -l)" -eq 4 ]
result $? "and nothing else"
[ -e elsewhere/000000.tar.zst ] && [ -e "history/$day/mine.tar.zst" ] && [ -e history/2020-13-01/000000.tar.zst ] && [ -L history/2019-01-01 ]
result $? "links are not followed, and what record did not write stays"
kept 8
run record --root "$root" --keep 7d history
result "$([ "$(days)" -eq 1 ]; echo $?)" "a day without any is gone"
kept 1 2 3 4 5
run record --root "$root" --keep 7d --max 250K history
[ "$(days)" -eq 3 ] && [ ! -e "history/$(date -u -d '3 days ago' +%F)" ]
result $? "of too much, the oldest go"
run record --root "$root" --max 1 history
[ "$(days)" -eq 1 ] && [ "$(find history -type f | wc -l)" -eq 1 ]
result $? "the newest stays whatever it takes"
kept 1
day=$(ls history)
: >"history/$day/000000.tar.zst.4711"
: >"history/$day/000001.tar.zst.4711"
touch -d '2 hours ago' "history/$day/000000.tar.zst.4711"
run record --root "$root" --keep 7d history
[ ! -e "history/$day/000000.tar.zst.4711" ] && [ -e "history/$day/000001.tar.zst.4711" ]
result $? "what a writer that was killed has left goes, but not what one may be writing"

# --- what it asks ---
for option in '--every 60s' '--keep 7d' '--max 1M'; do
	# shellcheck disable=SC2086 # two words
	run record --root "$root" $option now.tar
	expect "$option of a file" 64 "now\.tar is no folder" ''
done
for wrong in '--every 0' '--every soon' '--every 5y' '--every ' '--keep 99999999999d' '--max lots' '--max 99999999999999999T' '--count 3'; do
	run record --root "$root" "${wrong% *}" "${wrong#* }" history
	expect "$wrong" 64 "^pfnscope: ${wrong%% *}: " ''
done

# --- the marks ---
most=0
for kernel in 5.10 6.1 6.12 7.2 5.10-numa 6.1-numa 6.12-numa 7.2-numa; do
	"$PFNSCOPE" record --root "$fixtures/$kernel" mark.tar.zst >/dev/null 2>err || continue
	size=$(stat -c %s mark.tar.zst)
	[ "$size" -le "$most" ] || most=$size
done
if [ "$most" -eq 0 ] && grep -q libzstd err; then
	skip "20 KB a recording" "built without libzstd"
else
	[ "$most" -gt 0 ] && [ "$most" -le 20000 ] && [ "$((most * 60 * 24 * 7))" -le 200000000 ]
	result $? "a recording takes at most $most bytes, 7 days of one a minute $((most * 60 * 24 * 7))"
fi
plain=$repo/userland/pfnscope
if [ -x "$plain" ]; then
	"$plain" record --root "$root" --every 1s memory/ >/dev/null &
	pid=$!
	until_true recorded 3 memory
	peak=$(awk '/^VmHWM:/ { print $2 }' "/proc/$pid/status")
	kill "$pid"
	wait "$pid"
	result "$([ "$peak" -lt 8192 ]; echo $?)" "it has had at most $peak KiB of memory"
else
	skip "in little memory" "the command without sanitizers is not built"
fi

# --- the units ---
units=$repo/userland/systemd
mkdir units
cp "$units"/* units/
line=$(sed -n 's|^ExecStart=@bindir@/pfnscope ||p' units/pfnscope-record.service)
read -ra words <<<"${line//\/var\/lib\/pfnscope\//unit/}"
run "${words[@]}" --root "$root"
expect "the unit's command" 0 '' '^unit/'
if command -v systemd-analyze >/dev/null; then
	sed -i 's|^ExecStart=@bindir@/pfnscope|ExecStart=/bin/true|' units/pfnscope-record.service
	systemd-analyze verify --man=no units/pfnscope-record.service units/pfnscope-record.timer >log 2>&1 && ! grep -q pfnscope-record log
	result $? "systemd takes the units"
	sed 's/^/# /' log
else
	skip "systemd takes the units" "systemd-analyze is not installed"
fi
finish
