# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash
# Debug kernels: built here, from Debian's linux-source, with every checker of selftests/vm/debug.config.
#
# $cache/KERNEL/root is the object folder; modules are built against it as against any other O= folder.

. "$repo/selftests/lib/source.sh"

# The stamp of a kernel that was built with the configuration as it is now.
debug_stamp() {
	echo "$1/root-$(cksum <"$repo/selftests/vm/debug.config" | cut -d' ' -f1).done"
}

# debug_root KERNEL: about ten minutes on two CPUs, 2 GB while it lasts.
debug_root() {
	local kernel=$1

	install_packages "${source_packages[@]}"
	rm -f "$cache/$kernel"/root*.done
	source_tree "$kernel"
	debug_configure "$kernel"
	say "builds the kernel $kernel, some ten minutes; the log is $cache/$kernel/build.log"
	debug_make "$kernel" -j2 bzImage modules >"$cache/$kernel/build.log" 2>&1 ||
		{ tail -n 20 "$cache/$kernel/build.log" >&2; die "$kernel does not build"; }
	rm -rf "$cache/$kernel/image"
	debug_make "$kernel" -s INSTALL_MOD_PATH="$cache/$kernel/image" INSTALL_MOD_STRIP=1 modules_install
	debug_make "$kernel" -s kernelrelease >"$cache/$kernel/release"
	ln -sfn root/arch/x86/boot/bzImage "$cache/$kernel/vmlinuz"
	debug_trim "$cache/$kernel/root"
}

debug_make() {
	local kernel=$1
	shift
	source_make "$kernel" "$cache/$kernel/root" "$@"
}

# Kconfig drops in silence what it cannot have, and a net without a knot catches nothing.
debug_configure() {
	local config=$repo/selftests/vm/debug.config lost

	mkdir -p "$cache/$1/root"
	quiet debug_make "$1" KCONFIG_ALLCONFIG="$config" allnoconfig || die "$1 cannot be configured"
	lost=$(grep '^CONFIG_.*=[ym]$' "$config" | silent_grep grep -vxFf "$cache/$1/root/.config")
	[ -z "$lost" ] || die "$1: the configuration lost $(echo "$lost" | paste -sd' ')"
}

# The objects of the kernel itself are not needed to build modules.
debug_trim() {
	find "$1" -name '*.o' -not -path '*/scripts/*' -not -path '*/tools/*' -delete
	find "$1" -name 'vmlinux*.a' -delete
	rm -f "$1"/.tmp_vmlinux*
}
