# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash
# The kernels of selftests/vm/configs.txt. Their VERSION has one folder of objects, so that for each of them only what its
# options change is compiled again; what modules are built against is then copied to $cache/KERNEL/root.

. "$repo/selftests/lib/source.sh"

# config_objects KERNEL built|prepared: objects of a whole kernel, or of only what a module needs, which are no use to each other.
config_objects() {
	echo "$cache/$(kernel_field "$1" 4).$2"
}

config_off() {
	config_rows | awk -v name="$1" '$1 == name { for (i = 10; i <= NF; i++) print $i }'
}

# Changes with all that the kernel is made of.
config_stamp() {
	echo "$1/root-$({ cat "$repo/selftests/vm/small.config"; config_rows | grep "^$1 "; } | cksum | cut -d' ' -f1).done"
}

# config_configure KERNEL OBJECTS: no option that is to be off may come back by a "select" of another one.
config_configure() {
	local kernel=$1 objects=$2 fragment=$2.fragment base back lost

	base=$(kernel_field "$kernel" 9)
	mkdir -p "$objects"
	if [ "$base" = small ]; then
		config_off "$kernel" | sed 's/.*/^CONFIG_&=/' >"$fragment.off"
		silent_grep grep -vf "$fragment.off" "$repo/selftests/vm/small.config" >"$fragment"
		echo "CONFIG_LOCALVERSION=\"-${kernel#*-}\"" >>"$fragment"
		quiet source_make "$kernel" "$objects" KCONFIG_ALLCONFIG="$fragment" allnoconfig
		back=$(silent_grep grep -f "$fragment.off" "$objects/.config")
		[ -z "$back" ] || die "$kernel: what was to be off is on: $(echo "$back" | paste -sd' ')"
	else
		quiet source_make "$kernel" "$objects" "$base"
		return
	fi
	[ -z "$(config_off "$kernel")" ] || return 0
	lost=$(grep '^CONFIG_.*=[ym]$' "$fragment" | silent_grep grep -vxFf "$objects/.config")
	[ -z "$lost" ] || die "$kernel: the configuration lost $(echo "$lost" | paste -sd' ')"
}

# Only what a module is compiled against: no vmlinux, and no list of its symbols.
config_prepared() {
	local objects

	objects=$(config_objects "$1" prepared)
	install_packages "${source_packages[@]}"
	source_tree "$1"
	config_configure "$1" "$objects"
	quiet source_make "$1" "$objects" -j2 modules_prepare
}

# A kernel that boots: some minutes, the first one of a version the longest.
config_root() {
	local kernel=$1 objects log=$cache/$1/build.log

	objects=$(config_objects "$kernel" built)
	install_packages "${source_packages[@]}"
	mkdir -p "$cache/$kernel"
	rm -f "$cache/$kernel"/root*.done
	source_tree "$kernel"
	config_configure "$kernel" "$objects"
	say "builds the kernel $kernel; the log is $log"
	source_make "$kernel" "$objects" -j2 bzImage modules >"$log" 2>&1 ||
		{ tail -n 20 "$log" >&2; die "$kernel does not build"; }
	rsync --archive --delete --delete-excluded --include='/scripts/***' --include='/tools/***' --exclude='*.o' --exclude='*.a' \
		--exclude='.*.cmd' --exclude='/vmlinux*' --exclude='.tmp_vmlinux*' "$objects/" "$cache/$kernel/root/"
	# Since 6.13 it names its folder.
	sed -i "s,^export KBUILD_OUTPUT = .*,export KBUILD_OUTPUT = $cache/$kernel/root," "$cache/$kernel/root/Makefile"
	source_make "$kernel" "$objects" -s kernelrelease >"$cache/$kernel/release"
	ln -sfn root/arch/x86/boot/bzImage "$cache/$kernel/vmlinuz"
}

# config_build KERNEL: config_root, one configuration of a version at a time.
config_build() {
	locked "$(kernel_field "$1" 4)-objects" config_root "$1"
}
