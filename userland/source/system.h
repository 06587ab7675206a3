/* SPDX-License-Identifier: GPL-2.0-only */
/* What stands around the module: enough to say why it does not answer. */
#ifndef PFNSCOPE_SOURCE_SYSTEM_H
#define PFNSCOPE_SOURCE_SYSTEM_H

#include <stdbool.h>

#include "source/signature.h"
#include "source/source.h"

enum pfnscope_lockdown {
	PFNSCOPE_LOCKDOWN_UNKNOWN,
	PFNSCOPE_LOCKDOWN_NONE,
	PFNSCOPE_LOCKDOWN_INTEGRITY,
	PFNSCOPE_LOCKDOWN_CONFIDENTIALITY,
};

/**
 * struct pfnscope_system - a running system, or a recorded one
 * @live: running; the rest but @release means nothing where it is not
 * @incident: recorded, the folder of an incident
 * @root: the command may read root's files
 * @release: of the kernel, empty where it is not known
 * @version: of the sources it was built from, where that says more: "6.1.176"
 *	for Debian's 6.1.0-50
 * @debugfs_mounted: at its usual place
 * @module_loaded: it is in /proc/modules
 * @module_installed: modprobe would find it
 * @module_file: where it lies, installed or built in @tree; else empty
 * @signature: that of @module_file
 * @signer: who signed it, where somebody did
 * @signer_known: the kernel has a key of that name
 * @headers_installed: the module can be built for this kernel
 * @btf: the kernel carries its own type information
 * @signatures_forced: modules without a signature are refused
 * @lockdown: mode of the lockdown security module
 * @secure_boot: what the firmware says
 * @dkms_key: DKMS has a key of its own on this machine
 * @tree: the source tree that the command was run from, as a shell takes it; else empty
 */
struct pfnscope_system {
	bool live;
	bool incident;
	bool root;
	char release[128];
	char version[128];
	bool debugfs_mounted;
	bool module_loaded;
	bool module_installed;
	char module_file[384];
	enum pfnscope_signature signature;
	char signer[64];
	bool signer_known;
	bool headers_installed;
	bool btf;
	bool signatures_forced;
	enum pfnscope_lockdown lockdown;
	enum pfnscope_secure_boot secure_boot;
	bool dkms_key;
	char tree[256];
};

/* Of the kernel; empty where it is not known. */
void pfnscope_release_read(const struct pfnscope_source *source, char *release,
			   size_t size);
/* What cannot be read stays unknown: this never fails. */
void pfnscope_system_read(const struct pfnscope_source *source,
			  struct pfnscope_system *system);

#endif
