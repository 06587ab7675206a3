# SPDX-License-Identifier: GPL-2.0-only
# For people; kbuild reads Kbuild. "make help" lists the targets.

KDIR ?= /lib/modules/$(shell uname -r)/build
KERNEL ?=
KERNELS ?=
vm := selftests/vm

.PHONY: help modules userland man all install modules_install dkms clean demo check check-debug check-configs check-install probe-next fresh shell record lint bench safety docs
.DEFAULT_GOAL := help

help:
	@sed -n 's/^#: \{0,1\}//p' $(MAKEFILE_LIST)

#: Build, here and for this machine
#:   all             modules, userland and the manual pages: do this before a "sudo make install"
#:   modules         module/pfnscope.ko for the running kernel, or for KDIR=/path/to/its/build
#:   userland        userland/pfnscope
#:   install         both and the manual pages, as root; DESTDIR= and prefix= as usual
#:   dkms            puts the sources where DKMS finds them, which then builds the module for each kernel
#:   docs            the manual pages and the guide as man and HTML, in Documentation/out
#:   clean           removes what these made
all: modules userland man

modules:
	$(MAKE) -C $(KDIR) M=$(CURDIR) modules

userland:
	$(MAKE) -C userland

# Manual pages are made by docutils, which a machine that only runs the command need not have.
documentation = @if command -v rst2man >/dev/null; then $(MAKE) -C Documentation $(1); \
	else echo "no manual pages: they need python3-docutils"; fi

man: userland
	$(call documentation,man)

install: modules_install
	$(MAKE) -C userland install
	$(call documentation,install)

modules_install: modules
	$(MAKE) -C $(KDIR) M=$(CURDIR) $(if $(DESTDIR),INSTALL_MOD_PATH=$(DESTDIR)) INSTALL_MOD_STRIP=1 modules_install

version = $(shell sed -n 's/^.define PFNSCOPE_VERSION[[:space:]]*"\(.*\)"$$/\1/p' module/uapi/pfnscope.h)
dkms_dir = $(DESTDIR)/usr/src/pfnscope-$(version)

# Sources alone: what a build left here is of one kernel.
dkms:
	rm -rf $(dkms_dir)
	mkdir -p $(dkms_dir)
	tar -c --exclude='.*' --exclude='*.o' --exclude='*.ko' --exclude='*.mod' --exclude='*.mod.c' --exclude=modules.order \
		--exclude=module/reach/config.h Kbuild module | tar -C $(dkms_dir) -x
	sed 's/@VERSION@/$(version)/' Documentation/dkms.conf >$(dkms_dir)/dkms.conf
	@echo 'now: dkms install pfnscope/$(version)'

docs:
	@$(vm)/setup --userland --docs
	@$(MAKE) --no-print-directory -C Documentation

clean:
	$(if $(wildcard $(KDIR)/Makefile),$(MAKE) -C $(KDIR) M=$(CURDIR) clean)
	$(MAKE) -C userland clean
	rm -rf selftests/build/out Documentation/out

#:
#: Try it, in throw-away guests; sets itself up by apt, and says so
#:   demo            the investigation of a failed allocation, in a guest of two NUMA nodes
#:   shell KERNEL=   a prompt in a guest of that kernel, the module loaded
#:
#: Check it; likewise
#:   check           every test on Debian's kernels, or on KERNELS="..."; TESTS="..." runs only these guest tests;
#:                   KERNELS=all: on the debug kernels as well
#:   check-debug     every guest test on the debug kernels, which it builds: KASAN, lockdep, kmemleak and others; a
#:                   planted fault of each kind, and an error for each allocation that fails
#:   check-configs   compiles the module for small kernels that lack this or that, a minute each; check KERNELS=configs
#:                   builds and boots them
#:   probe-next      builds for the newest kernel of unstable and experimental, and tells which probes answer otherwise
#:   check-install   make install, modules_install and DKMS in a Debian with headers only, for each kernel or for KERNELS="..."
#:   fresh           demo and check on a Debian 12 with nothing but git, make and gcc, as root and as a user with sudo;
#:                   COMMANDS="demo", AS="user" and KERNELS="6.1" bound it
#:   lint            checkpatch, sparse, clang-tidy, cppcheck, shellcheck, eslint, tidy, css-tree, the direction of dependencies
#:   bench           one line a mark: ours, theirs, and whether it is reached
#:   safety          the scan for ten minutes while memory comes and goes, on every kernel, or on KERNELS="..."
#:   record KERNEL=  records the fixtures of that kernel anew
demo:
	@$(vm)/demo $(KERNEL)

shell:
	@$(vm)/guest $(KERNEL) --interactive

check:
	@$(vm)/check $(KERNELS)

check-debug:
	@$(vm)/check --debug

check-configs:
	@selftests/build/configs $(KERNELS)

probe-next:
	@selftests/build/probe-next

check-install:
	@$(vm)/install $(KERNELS)

fresh:
	@$(if $(KERNELS),KERNELS="$(KERNELS)") $(vm)/fresh

lint:
	@selftests/build/lint $(KERNELS)

bench:
	@selftests/bench/run

safety:
	@selftests/bench/safety $(KERNELS)

record:
	@$(vm)/record $(KERNEL)
