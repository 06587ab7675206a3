#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# The page of `map --html` in a browser: pointing at a block tells its owner, boxes hide classes, clicks and keys look closer
# and search; on light and on dark paper, from a recorded root, and from as many blocks as a machine of 1 TiB has.
#
# Needs chromium; `selftests/vm/setup --browser` installs it.

. "$(dirname "$0")/tap.sh"

# The answers, from the file itself: the last block that a slab cache keeps, how many it keeps, one that is free, one that
# is in use to the last page, and the classes that have a page.
answers() {
	awk -v scheme="$2" '
		BEGIN {
			title["free_pages"] = "free"; title["anon_pages"] = "anonymous memory"; title["file_pages"] = "page cache"
			title["shmem_pages"] = "shmem, tmpfs"; title["hugetlb_pages"] = "hugetlb"
			title["movable_ops_pages"] = "zsmalloc, movable"; title["slab_pages"] = "slab"
			title["page_table_pages"] = "page tables"; title["kernel_stack_pages"] = "kernel stacks"
			title["kernel_pages"] = "other kernel memory"; title["reserved_pages"] = "reserved"
			title["unreferenced_pages"] = "unreferenced"; title["large_kmalloc_pages"] = "large kmalloc"
			title["page_pool_pages"] = "network page pool"
			order = "free anon file shmem hugetlb movable_ops slab page_table kernel_stack kernel reserved unreferenced" \
				" large_kmalloc page_pool"
		}
		NR == 2 { for (i = 1; i <= NF; i++) at[$i] = i }
		NR > 2 {
			blocks++
			for (name in title) pages[name] += $at[name]
			if ($NF != "-") { pfn = $3; owner = $NF }
			name = $NF != "-" ? $NF : $(NF - 1); kept[name]++
			if ($at["free_pages"] == $at["present_pages"]) free = $3
			if ($at["kernel_pages"] == $at["present_pages"] || $at["reserved_pages"] == $at["present_pages"]) full = $3
		}
		END {
			count = split(order, column, " ")
			for (i = 1; i <= count; i++)
				if (pages[column[i] "_pages"]) classes = classes (classes ? "; " : "") title[column[i] "_pages"]
			for (name in kept) if (index(name, owner)) sum += kept[name]
			printf "const answers={blocks:%d,pfn:%d,owner:\"%s\",kept:%d,free:%d,full:%d,classes:\"%s\",scheme:\"%s\"};\n",
				blocks, pfn, owner, sum, free, full, classes, scheme
		}' "$1"
}

# try NAME ROOT SCHEME [OPTION...]: the page with the script of map-html.js behind its own.
try() {
	local name=$1 root=$2 scheme=$3
	shift 3

	{
		"$PFNSCOPE" --root "$root" map --html "$@" | sed 's,^</body></html>$,,'
		echo '<script>'
		answers "$root/sys/kernel/debug/pfnscope/pageblocks" "$scheme"
		[ $# -eq 0 ] || echo "answers.inside = 4096; answers.cgroup = '/';"
		cat "$(dirname "$0")/map-html.js"
		echo '</script></body></html>'
	} >"$work/page.html"
	browse "$name" "$scheme"
}

# terabyte FILE: the blocks of a recorded file again and again, up to 524288.
terabyte() {
	awk -f "$(dirname "$0")/../lib/terabyte.awk" "$1"
}

need_browser
try "two nodes and more" "$repo/selftests/fixtures/6.1-numa" light
cp -r "$repo/selftests/fixtures/7.2-numa" "$work/pages"
chmod -R u+w "$work/pages"
python3 "$(dirname "$0")/map-pages.py" "$work/pages" 4096 1
try "pages" "$work/pages" light --pages 4096-4700
try "dark" "$repo/selftests/fixtures/7.2" dark
mkdir -p "$work/big/sys/kernel/debug/pfnscope"
terabyte "$repo/selftests/fixtures/6.1/sys/kernel/debug/pfnscope/pageblocks" >"$work/big/sys/kernel/debug/pfnscope/pageblocks"
try "524288 blocks" "$work/big" light
finish
