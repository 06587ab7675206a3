#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# The map as letters, as SVG and as PNG, from a recorded root; the page is tried by test_map_html.sh.

. "$(dirname "$0")/tap.sh"

root=$repo/selftests/fixtures/6.1-numa
file=$root/sys/kernel/debug/pfnscope/pageblocks
blocks=$(($(wc -l <"$file") - 2))
# What the legend calls the classes.
declare -A called=([free]='free' [anon]='anonymous memory' [file]='page cache' [shmem]='shmem, tmpfs' [hugetlb]='hugetlb'
	[slab]='slab' [large_kmalloc]='large kmalloc' [page_table]='page tables' [kernel_stack]='kernel stacks'
	[page_pool]='network page pool' [movable_ops]='zsmalloc' [offline]='balloon' [guard]='guard' [unaccepted]='unaccepted'
	[reserved]='reserved' [hwpoison]='hardware poison' [unreferenced]='unreferenced' [kernel]='other kernel memory')

# in_terminal WORD...: what the command prints to one of 80 columns.
in_terminal() {
	script -qec "stty cols 80; $*" /dev/null </dev/null | sed 's/\r$//'
}

# legend FILE: fails where a class that is there is not named, or one that is not.
legend() {
	local name missing=0

	for name in "${present[@]}"; do
		grep -qF "$name" "$1" || { echo "# no \"$name\""; missing=1; }
	done
	for name in "${absent[@]}"; do
		! grep -qF "$name" "$1" || { echo "# there is no \"$name\""; missing=1; }
	done
	return "$missing"
}

# letters: those of the map in $work/out, without what is beside them.
letters() {
	sed -nE 's/^.{23,37}[0-9]\.[0-9]{3}  ([A-Za-z.]+)$|^ .*[0-9]\.[0-9]{3}  ([A-Za-z.]+)$/\1\2/p' "$work/out" | tr -d '\n'
}

# sum COLUMN: pages of it in the whole file.
sum() {
	awk -v name="$1" 'NR == 2 { for (i = 1; i <= NF; i++) at[$i] = i } NR > 2 { sum += $at[name] } END { print sum + 0 }' "$file"
}

# Those that have a page there are named, and no other.
present=() absent=('anything else')
for class in "${!called[@]}"; do
	if [ "$(sum "${class}_pages")" -gt 0 ]; then
		present+=("${called[$class]}")
	else
		absent+=("${called[$class]}")
	fi
done

run --root "$root" map --full
expect "a map of letters" 0 '' '^ +[0-9]+ [A-Z0-9]+ +[0-9]+ +[0-9]+\.[0-9]{3}  [A-Za-z.]+$'
[ "$(letters | wc -c)" -eq "$blocks" ]
result $? "with a letter for each of $blocks blocks"
grep -q '^A letter is a pageblock, 2M,' "$work/out"
result $? "which it says"
awk 'NR > 2 { print $3, sprintf("%.3f", $3 * 4096 / 1024 ^ 3) }' "$file" >"$work/known"
sed -nE 's/^.* ([0-9]+) +([0-9]+\.[0-9]{3})  [A-Za-z.]+$/\1 \2/p' "$work/out" >"$work/axis"
[ -s "$work/axis" ] && ! grep -vxFf "$work/known" "$work/axis"
result $? "and page frames and addresses that are those of blocks"
run --root "$root" map
expect "a map of letters on one screen" 0 '' '^   1 DMA32 +0\.500  [A-Za-z.]+$'
scale=$(sed -nE 's/^A letter is ([0-9]+) pageblocks, .*/\1/p' "$work/out")
[ "${scale:-0}" -gt 1 ] && [ "$(letters | wc -c)" -eq "$(awk -v scale="$scale" '
	NR > 2 { count[$1 " " $2]++ }
	END { for (zone in count) sum += int((count[zone] + scale - 1) / scale); print sum }' "$file")" ]
result $? "where a letter is as many blocks as it says: ${scale:-none}"
[ "$(wc -l <"$work/out")" -lt 24 ]
result $? "of less than 24 lines"
legend "$work/out"
result $? "and a legend that names the classes there are"
pages=$(sum reserved_pages)
words=$(awk -v pages="$pages" -v all="$(sum present_pages)" 'BEGIN {
	printf "%.1fM %.1f%%", int(pages * 40 / 1024) / 10, 100 * pages / all }')
grep -qE "R reserved +${words//./[.]}( |$)" "$work/out"
result $? "with their size and share: $pages reserved pages"
! grep -q $'\033' "$work/out" && ! LC_ALL=C grep -q '[^ -~]' "$work/out"
result $? "plain ASCII, no colours, where it is no terminal"
for columns in 40 80 132; do
	COLUMNS=$columns run --root "$root" map
	awk -v columns="$columns" 'length > most { most = length } END { exit !(most > columns / 2 && most <= columns) }' <(sed '/^[A-Za-z.]/d' "$work/out")
	result $? "COLUMNS=$columns is the width of what is no terminal"
done

COLUMNS=40 run --root "$root" map
[ "$(wc -L <"$work/out")" -le 40 ] && grep -qx 'Physical memory, Linux' "$work/out"
result $? "nor is the caption or a sentence wider"
mkdir -p "$work/unnamed/sys/kernel/debug/pfnscope" "$work/unnamed/proc/sys/kernel"
cp "$root/sys/kernel/debug/pfnscope/pageblocks" "$work/unnamed/sys/kernel/debug/pfnscope/"
for name in '(none)' mill; do
	echo "$name" >"$work/unnamed/proc/sys/kernel/hostname"
	run --root "$work/unnamed" map
	sed -n 1p "$work/out"
done >"$work/titles"
[ "$(paste -sd/ "$work/titles")" = 'Physical memory/Physical memory of mill' ]
result $? "a host that nobody named has no name in the caption"

# squares SIDE: how many of that size the SVG in $work/out has, drawn as dashes of strokes.
squares() {
	sed -n "/^<path .*stroke-width=\"$1\" stroke-dasharray=\"$1 1\"/s/.* d=//p" "$work/out" | grep -oE 'h[0-9]+' |
		awk -v side="$1" '{ count += (substr($0, 2) + 1) / (side + 1) } END { print count + 0 }'
}

# 1 TiB: a screen, not thousands of lines.
mkdir -p "$work/big/sys/kernel/debug/pfnscope"
awk -f "$here/../lib/terabyte.awk" "$file" >"$work/big/sys/kernel/debug/pfnscope/pageblocks"
run --root "$work/big" map
[ "$status" -eq 0 ] && [ "$(wc -l <"$work/out")" -lt 24 ] && [ "$(wc -l <"$work/out")" -gt 12 ]
result $? "524288 blocks fit the screen as well"
LINES=50 COLUMNS=160 run --root "$work/big" map
lines=$(wc -l <"$work/out")
[ "$lines" -lt 50 ] && [ "$lines" -gt 22 ]
result $? "and fill one of 50 lines: $lines"

run --root "$work/big" map --svg
bytes=$(wc -c <"$work/out")
[ "$(squares 3)" -eq 524288 ] && [ "$bytes" -lt 1000000 ]
result $? "and are an SVG of less than 1 MB: $bytes bytes"
# Each stroke begins where the last one of its path ended and so many pixels on: no place is taken twice, and none left out.
sed -n '/^<path .*stroke-width="3" stroke-dasharray="3 1"/s/.* d="\([^"]*\)".*/\1/p' "$work/out" | awk '
	{
		x = y = 0
		count = split(substr($0, 2), strokes, "m")
		for (i = 1; i <= count; i++) {
			split(strokes[i], part, "h")
			n = split(part[1], at, " ")
			if (n < 2) { at[2] = part[1]; sub(/^-?[0-9]+/, "", at[2]) }
			x += at[1] + 0; y += at[2] + 0
			for (end = x + part[2]; x < end; x += 4)
				if (taken[x, y]++) bad = 1; else squares++
			x = end
			if (!(y in from) || x - part[2] < from[y]) from[y] = x - part[2]
			if (x > to[y]) to[y] = x
		}
	}
	END { for (y in from) wide += (to[y] - from[y] + 1) / 4; exit bad || squares != 524288 || wide != squares }'
result $? "of which no place has two, and none is empty"

# What most are, not what the first is: of 48 blocks 3 of 4 are slab, of 52 behind them 3 of 4 are free, 8 to a letter.
mkdir -p "$work/most/sys/kernel/debug/pfnscope"
awk 'NR <= 2 { print; for (i = 1; i <= NF; i++) at[$i] = i; next }
	NR <= 102 {
		$1 = 0; $2 = "DMA"; $3 = (NR - 3) * 512; $at["present_pages"] = 512
		for (i = at["free_pages"]; i <= at["kernel_pages"]; i++) $i = 0
		used = (NR - 3) % 4 == 1 ? NR < 51 ? "free_pages" : "slab_pages" : NR < 51 ? "slab_pages" : "free_pages"
		$at[used] = 512; print
	}' "$file" >"$work/most/sys/kernel/debug/pfnscope/pageblocks"
LINES=10 COLUMNS=50 run --root "$work/most" map
[ "$(letters)" = SSSSSS....... ]
result $? "a letter is what most of its blocks are: $(letters)"

if command -v script >/dev/null; then
	in_terminal "TERM=xterm-256color '$PFNSCOPE' --root '$root' map" >"$work/out"
	grep -q $'\033\\[38;5;' "$work/out"
	result $? "256 colours in a terminal that has them"
	in_terminal "unset COLORTERM; TERM=linux '$PFNSCOPE' --root '$root' map" >"$work/out"
	grep -qE $'\033\\[(3|9)[0-7]m' "$work/out" && ! grep -q $'\033\\[38;' "$work/out"
	result $? "16 in one that has no more"
	sed 's/\x1b[^m]*m//g' "$work/out" | awk 'length > 80 { exit 1 }'
	result $? "of 80 columns"
	for words in "NO_COLOR=1 TERM=xterm '$PFNSCOPE' --root '$root' map" "TERM=xterm '$PFNSCOPE' --root '$root' map --ascii" \
		"TERM=dumb '$PFNSCOPE' --root '$root' map"; do
		in_terminal "$words" >"$work/out"
		[ -s "$work/out" ] && ! grep -q $'\033' "$work/out"
		result $? "no colours in a terminal: ${words//\'$PFNSCOPE\' --root \'$root\'/pfnscope}"
	done
else
	skip "colours in a terminal" "script(1) is not installed (bsdutils)"
fi

run --root "$root" map --svg
expect "a map in SVG" 0 '' '^<svg xmlns='
[ "$(squares 7)" -eq "$blocks" ] && [ "$(squares 14)" -eq "${#present[@]}" ]
result $? "with a square for each block and class"
legend "$work/out"
result $? "and a legend that names the classes there are"
grep -q 'Linux 6\.1\.0-' "$work/out" && grep -q 'A square is a pageblock, 2M,' "$work/out" && grep -q '>0\.500<' "$work/out"
result $? "and a caption and addresses"
sed -n '/^@media/q; s/^\.a{stroke:#\(..\)\(..\)\(..\)}.*/\1\n\2\n\3/p' "$work/out" >"$work/free"
[ "$(grep -c '^[ef].$' "$work/free")" -eq 3 ]
result $? "free is light on white"
sed -n '1,/^@media/d; s/^\.a{stroke:#\(..\)\(..\)\(..\)}.*/\1\n\2\n\3/p' "$work/out" >"$work/free"
[ "$(grep -c '^[0-3].$' "$work/free")" -eq 3 ]
result $? "and dark on black"

run --root "$root" map --png
if grep -q 'without libpng' "$work/err"; then
	skip "a map in PNG" "it was built without libpng (libpng-dev)"
else
	[ "$status" -eq 0 ] && [ ! -s "$work/err" ] && [ "$(head -c 8 "$work/out" | od -An -tx1 | tr -d ' ')" = 89504e470d0a1a0a ] &&
		[ "$(tail -c 8 "$work/out" | od -An -tx1 | tr -d ' ')" = 49454e44ae426082 ]
	result $? "a map in PNG, from its signature to its end"
	width=$((0x$(od -An -tx1 -j 16 -N 4 "$work/out" | tr -d ' ')))
	[ "$width" -eq $((1024 + 104 + 2 * 16)) ]
	result $? "128 squares of 8 pixels wide, beside addresses and within margins"
	python3 "$here/map-png.py" "$work/out" >"$work/colours"
	# Paper, free, reserved in its full ink, as the legend of the page has them.
	for colour in ffffff e8eaed 6b7280; do
		grep -q "^$colour " "$work/colours"
		result $? "with pixels of #$colour"
	done
	awk '{ pixels[$1] = $2 } END { free = 49 * '"$(awk 'NR > 2 && $7 == $6' "$file" | wc -l)"' + 196; exit pixels["e8eaed"] != free }' "$work/colours"
	result $? "7 by 7 for each block that is free, and one key"
fi
libraries=$(ldd "$PFNSCOPE" 2>/dev/null | awk '{ print $1 }')
! grep -qE 'libX|libxcb|cairo|fontconfig|freetype|pixman' <<<"$libraries"
result $? "no library of a display is loaded"

# The running machine: its own files, but for those of the module, which come from the recorded root.
# shellcheck disable=SC2016 # expanded by the inner shell
live() {
	unshare --user --map-root-user --mount sh -c 'mount --bind "$1" /sys/kernel/debug && shift && exec "$@"' sh \
		"$root/sys/kernel/debug" "$PFNSCOPE" "$@" >"$work/out" 2>"$work/err"
}

if [ ! -d /sys/kernel/debug ] || ! unshare --user --map-root-user --mount mount --bind "$work" /sys/kernel/debug 2>/dev/null; then
	skip "the title of the running machine" "nothing can be mounted here"
else
	before=$(date +%s)
	live map
	status=$?
	title=$(sed -n 1p "$work/out")
	taken=$(date -d "${title##*, }" +%s 2>/dev/null)
	[ "$status" -eq 0 ] && [ "${title%, *}" = "Physical memory of $(uname -n), Linux $(uname -r)" ] &&
		[ "${taken:-0}" -ge "$before" ] && [ "${taken:-0}" -le "$(date +%s)" ]
	result $? "the title of the running machine names host, kernel and time: $title"
fi
# A root that tells of which machine it is, and when it was recorded.
cp -r "$root" "$work/told"
chmod -R u+w "$work/told"
echo node-a >"$work/told/proc/sys/kernel/hostname"
echo 'btime 1700000000' >"$work/told/proc/stat"
echo '100.99 350.00' >"$work/told/proc/uptime"
TZ=UTC run --root "$work/told" map
[ "$(sed -n 1p "$work/out")" = "Physical memory of node-a, Linux $(cat "$root/proc/sys/kernel/osrelease"), 2023-11-14 22:15:00 +0000" ]
result $? "the title of a recorded root that tells them names host, kernel and time"

run --root "$root" map --node 1
[ "$(awk '$2 ~ /^DMA/ { print $1 }' "$work/out" | sort -u)" = 1 ]
result $? "only the node that was asked for"
run --root "$root" map --svg --png
expect "two pictures at once are refused" 64 'one of --full, --svg, --png and --html' ''
run --root "$root" map --html --pages DMA
expect "pages of a recorded root are not there, it says" 4 '/proc/kpageflags: .* .only the running machine has it' ''
run --root "$root" map --pages DMA
expect "pages are for the page" 64 '^pfnscope: --pages is for --html' ''
for which in 5-4 5- 5x; do
	run --root "$root" map --html "--pages=$which"
	expect "pages $which are refused" 64 '^pfnscope: --pages ' ''
done
run --root "$work/big" map --html --pages all
expect "pages of half a million blocks are too many" 64 '524288 blocks, and at most 4096 are looked into' ''

# Whole and cut blocks of a root that has the files, against what was written there: map-pages.py tells.
cp -r "$root/." "$work/inside"
chmod -R u+w "$work/inside"
python3 "$here/map-pages.py" "$work/inside" 4096 1
# inside WHICH: the blocks of the page, as "PFN CLASSES CHARGES".
inside() {
	run --root "$work/inside" map --html --pages "$1"
	sed -nE 's/^\[([0-9]+),\{classes:"([^"]*)",charges:\[([^]]*)\]\}\],$/\1 \2 \3/p' "$work/out"
}
[ "$(inside 4300)" = '4096 .100S8T4A20C10O370 0,112,1,12,0,388,' ]
result $? "the pages of the block in which a page frame lies"
[ "$(inside 4607-4608)" = $'4096 .100S8T4A20C10O370 0,112,1,12,0,388,\n4608 R512 0,512,' ]
result $? "and of each that a range touches; beyond the last page are holes"
[ "$(inside dma | wc -l)" -eq "$(awk '$2 == "DMA"' "$file" | wc -l)" ] && [ "$(inside all | wc -l)" -eq "$blocks" ]
result $? "and of a zone, and of all"
grep -q '^const cgroups=new Map(\[\[1,"/"\],\]);' "$work/out"
result $? "the cgroup has its path"
awk 'NR == 3 { $6 = "1099511627776" } { print }' "$file" >"$work/inside/sys/kernel/debug/pfnscope/pageblocks"
run --root "$work/inside" map --html --pages 0
expect "a block larger than any is refused" 65 'no kernel has blocks of 1099511627776 pages' ''
cp "$file" "$work/inside/sys/kernel/debug/pfnscope/pageblocks"
rm "$work/inside/proc/kpagecgroup"
[ "$(inside 4096)" = '4096 .100S8T4A20C10O370 0,512,' ] && grep -q '^const charged=false;' "$work/out"
result $? "without /proc/kpagecgroup it has none"

run --root "$work" map
expect "without the module" 4 'pageblocks: the module is not loaded' ''
cp -r "$root" "$work/partial"
echo '# some blocks are missing' >>"$work/partial/sys/kernel/debug/pfnscope/pageblocks"
run map --root "$work/partial"
expect "what is there is drawn, and what the file lacks is said" 3 'map: some blocks are missing' '^ +[0-9]+ [A-Z0-9]+ +[0-9]+\.[0-9]{3}  [A-Za-z.]+$'
finish
