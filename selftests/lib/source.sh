# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash
# Kernels that are built here, from Debian's linux-source, which stays in $cache/linux-source-VERSION for all of them.

# shellcheck disable=SC2034 # for the scripts that source this file
source_packages=(gcc libc6-dev make flex bison bc libelf-dev libssl-dev dwarves rsync xz-utils cpio kmod)

source_dir() {
	echo "$cache/$(kernel_field "$1" 4)"
}

source_tree() {
	locked "$(kernel_field "$1" 4)" source_tree_now "$(kernel_field "$1" 2)" "$(kernel_field "$1" 4)"
}

source_tree_now() {
	local suite=$1 package=$2 dir=$cache/$2

	[ ! -e "$dir/Makefile" ] || return 0
	suite_refresh "$suite"
	unpack_packages "$suite" "$dir.deb" "$package"
	rm -rf "$dir.new"
	mkdir -p "$dir.new"
	tar -C "$dir.new" --strip-components=1 -xf "$dir.deb/usr/src/$package.tar.xz"
	rm -rf "$dir.deb" "$dir"
	mv "$dir.new" "$dir"
}

# source_make KERNEL OBJECTS WORD...
source_make() {
	local kernel=$1 objects=$2
	shift 2
	make -C "$(source_dir "$kernel")" O="$objects" "$@"
}
