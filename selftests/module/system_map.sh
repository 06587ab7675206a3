#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# guest:
# kernels: configs
#
# Where kallsyms lists no data, the System.map gives the addresses, and the views are as right as elsewhere; a map that is not
# this kernel's gives none, and says why.

count=0
map=/tests/System.map
files=/sys/kernel/debug/pfnscope

# result STATUS NAME
result() {
	count=$((count + 1))
	[ "$1" -eq 0 ] && echo "ok $count - $2" || echo "not ok $count - $2"
}

# load ARGUMENT...
load() {
	[ ! -e /sys/module/pfnscope ] || rmmod pfnscope
	insmod /lib/pfnscope/pfnscope.ko "$@"
}

# about KEY: its value, in words.
about() {
	sed -n "s/^$1 //p" $files/about | sed 's/\\040/ /g'
}

# says KEY WORDS
says() {
	case $(about "$1") in *"$2"*) return 0 ;; esac
	echo "# $1: $(about "$1")"
	return 1
}

# refused NAME WORDS: a wrong map in /tmp/map gives no view.
refused() {
	load system_map=/tmp/map && says symbol.slab_caches "$2" && says view.shrinkers "$2"
	result $? "$1: $2"
}

address_of() {
	sed -n "s/^\([0-9a-f]*\) . $1$/\1/p" $map
}

# moved FROM: the map with all from that symbol on 64 bytes further, as if a variable had come before it.
moved() {
	awk -v from="$1" '
		function hex(s,   n, i) { n = 0; for (i = 1; i <= length(s); i++) n = n * 16 + index("0123456789abcdef", substr(s, i, 1)) - 1; return n }
		$3 == from { on = 1 }
		on && length($1) == 16 { $1 = substr($1, 1, 8) sprintf("%08x", hex(substr($1, 9)) + 64) }
		{ print }' $map
}

# cells FILE COLUMN...: those of every row.
cells() {
	file=$files/$1
	shift
	awk -v wanted="$*" '
		NR == 2 { for (i = 1; i <= NF; i++) column[$i] = i }
		NR > 2 && !/^#/ { n = split(wanted, name); for (i = 1; i <= n; i++) printf "%s%s", $column[name[i]], i < n ? " " : "\n" }' "$file"
}

# What the pools of huge pages are in sysfs.
same_pools() {
	echo 3 >/sys/kernel/mm/hugepages/hugepages-2048kB/nr_hugepages
	read -r pages </sys/kernel/mm/hugepages/hugepages-2048kB/nr_hugepages
	[ "$pages" -gt 0 ] && [ "$(cells hugepages scope size_bytes total_hugepages | grep '^host 2097152 ')" = "host 2097152 $pages" ]
}

same_swap() {
	mkswap /dev/ram0 >/dev/null && swapon -p 7 /dev/ram0 &&
		[ "$(cells swap path size_pages priority)" = "$(awk 'NR > 1 { print $1, $3 / 4, $5 }' /proc/swaps)" ]
}

has() {
	zcat /proc/config.gz | grep -q "^CONFIG_$1=y$"
}

symbols='slab_caches slab_mutex shrinker_list'
! has DEBUG_INFO_BTF || symbols="$symbols __start_BTF"
! has HUGETLBFS || symbols="$symbols hstates hugetlb_max_hstate"
! has SWAP || symbols="$symbols swap_info"
tests=8
for option in DEBUG_INFO_BTF HUGETLBFS SWAP; do
	! has $option || tests=$((tests + 1))
done

if has KALLSYMS_ALL; then
	echo '1..0 # SKIP kallsyms lists data'
	exit
fi
echo 'TAP version 13'
echo "1..$((tests + $(echo "$symbols" | wc -w)))"
load
says symbol.slab_caches 'CONFIG_KALLSYMS_ALL is off' && says view.shrinkers 'CONFIG_KALLSYMS_ALL is off'
result $? "without the map, a view says why there is none"
load system_map=$map
for symbol in $symbols; do
	says "symbol.$symbol" System.map
	result $? "$symbol is found in the map"
done
grep -q super_cache_count $files/shrinkers
result $? "shrinkers has those of file systems"
if has DEBUG_INFO_BTF; then
	/tests/slabs >/tmp/slabs
	result $? "slabs equals /proc/slabinfo"
fi
if has HUGETLBFS; then
	same_pools
	result $? "hugepages equals sysfs"
fi
if has SWAP; then
	same_swap
	result $? "swap equals /proc/swaps"
fi
moved vm_zone_stat >/tmp/map
refused "a map with a variable more" "of another kernel"
moved schedule >/tmp/map
refused "a map with a longer function" "of another kernel"
awk '$2 ~ /[tT]/ && $3 != "_stext" && $3 != "_etext" { $3 = $3 "_2" } { print }' $map >/tmp/map
refused "a map with other functions" "of another kernel: functions"
sed "s/^[0-9a-f]* \(. slab_caches\)$/$(address_of slab_mutex) \1/; s/^[0-9a-f]* \(. shrinker_list\)$/$(address_of vm_node_stat) \1/" $map >/tmp/map
load system_map=/tmp/map && says symbol.slab_caches 'in the System.map, but ' && says view.shrinkers 'in the System.map, but '
result $? "an address of something else is not taken"
head -c 100001 $map >/tmp/map
refused "a map that ends early" "the System.map is "
rm /tmp/map
refused "no map" "not to be read"
load
