#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# `make userland STATIC=1`: one file that answers in a root where there is nothing else, as the command here does.

. "$(dirname "$0")/tap.sh"

# missing: the libraries that cannot be linked statically.
missing() {
	local library

	for library in c json-c png z lzma zstd ncursesw; do
		echo 'int main(void) { return 0; }' | ${CC:-cc} -static -x c -o "$work/empty" - -Wl,--no-as-needed -l"$library" -lm -lz -ltinfo 2>/dev/null ||
			echo "lib$library.a"
	done
}

# jailed WORD...: the command in the empty root.
jailed() {
	local into=(chroot)

	[ "$(id -u)" -eq 0 ] || into=(unshare --user --map-root-user chroot)
	"${into[@]}" "$work/jail" /pfnscope "$@" >"$work/got" 2>"$work/errors"
}

lacking=$(missing | tr '\n' ' ')
if [ -n "$lacking" ]; then
	skip "a static command" "not here: $lacking"
	finish
	exit
fi
make --silent --no-print-directory -C "$repo/userland" STATIC=1 WERROR=1 >"$work/log" 2>&1
status=$?
grep -v '^  [A-Z]*	' "$work/log" | sed 's/^/# /'
result "$status" "it is built"
! ldd "$repo/userland/build/static/pfnscope" >/dev/null 2>&1
result $? "and needs no library"
mkdir -p "$work/jail/machine"
cp "$repo/userland/build/static/pfnscope" "$work/jail/"
cp -r "$repo/selftests/fixtures/7.2-numa/." "$work/jail/machine/"
cp "$repo/selftests/fixtures/oom/6.1-dma.log" "$work/jail/log"
for packer in gzip xz zstd; do
	command -v "$packer" >/dev/null && "$packer" -c "$work/jail/log" >"$work/jail/log.$packer"
done
jailed --version || true
if [ ! -s "$work/got" ]; then
	skip "an empty root" "chroot is refused here: $(sed -n 1p "$work/errors")"
	finish
	exit
fi
cd "$work/jail" || exit
for command in zones 'zones --json' pcp 'freelists --all' owners 'forecast' 'explain --gfp GFP_KERNEL --order 9' map 'map --html' 'map --png' 'top -b --page zones'; do
	# shellcheck disable=SC2086 # a list of words
	jailed $command --root machine
	status=$?
	# shellcheck disable=SC2086
	"$PFNSCOPE" $command --root machine >"$work/out" 2>"$work/err"
	[ "$status" -eq $? ] && [ -s "$work/got" ] && cmp "$work/out" "$work/got" && cmp "$work/err" "$work/errors"
	result $? "$command in an empty root, byte by byte"
done
# There is no terminal to be described there.
jailed top --root machine
[ $? -eq 64 ] && grep -q 'pfnscope top -b' "$work/errors"
result $? "top on a whole screen says what it lacks"
for log in log*; do
	jailed oom "$log"
	"$PFNSCOPE" oom "$log" >"$work/out" 2>/dev/null
	[ -s "$work/got" ] && cmp "$work/out" "$work/got"
	result $? "oom $log in an empty root"
done
finish
