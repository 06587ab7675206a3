/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Shorthand for the files that declare fields, and the fields that several
 * tables have: what a column means is said here once.
 */
#ifndef PFNSCOPE_TABLE_FIELDS_H
#define PFNSCOPE_TABLE_FIELDS_H

#include "table/field.h"

#define SHOWN	PFNSCOPE_SHOWN
#define WIDE	PFNSCOPE_WIDE
#define BELOW	PFNSCOPE_BELOW

#define FIELD(type, unit, name, flags, heading, help) \
	{ name, PFNSCOPE_##type, PFNSCOPE_UNIT_##unit, flags, help, heading }
#define COUNT(...)	FIELD(NUMBER, NONE, __VA_ARGS__)
#define PAGES(...)	FIELD(NUMBER, PAGES, __VA_ARGS__)
#define BYTES(...)	FIELD(NUMBER, BYTES, __VA_ARGS__)
#define PFN(...)	FIELD(NUMBER, PFN, __VA_ARGS__)
#define STRING(...)	FIELD(STRING, NONE, __VA_ARGS__)
#define WORDS(...)	FIELD(WORDS, NONE, __VA_ARGS__)

#define NODE_FIELD	COUNT("node", SHOWN, NULL, "NUMA node")
#define ZONE_FIELD	STRING("zone", SHOWN, NULL, "zone of the node")

#define CGROUP_FIELD \
	STRING("cgroup", SHOWN, NULL, \
	       "memory cgroup that the pages are charged to")
#define CGROUP_ID_FIELD \
	COUNT("cgroup_id", 0, NULL, \
	      "number of the cgroup, the inode of its directory")
#define CGROUP_STATE_FIELD(flags) \
	STRING("state", flags, NULL, \
	       "online, or dying where its directory is gone")

#define GENERATION_FIELDS \
	COUNT("generation", SHOWN, NULL, \
	      "number of the generation; the highest is the youngest"), \
	FIELD(NUMBER, MS, "age_ms", SHOWN, NULL, \
	      "time since the generation began"), \
	PAGES("anon_pages", SHOWN, NULL, \
	      "anonymous pages last seen in use while it was the youngest"), \
	PAGES("file_pages", SHOWN, NULL, \
	      "pages of files last seen in use while it was the youngest")

/* What can be had: each includes the one before it. */
#define LADDER_FIELDS \
	COUNT("now_blocks", SHOWN, "NOW", "free"), \
	COUNT("drained_blocks", SHOWN, "DRAINED", \
	      "free if the per-CPU lists were given back, at best"), \
	COUNT("reclaimed_blocks", SHOWN, "RECLAIMED", \
	      "free if clean, unmapped file cache were dropped as well"), \
	COUNT("compacted_blocks", SHOWN, "COMPACTED", \
	      "free if pages were moved, as far as the free pages go")
#define UNSURE_FIELD(flags) \
	COUNT("unsure_blocks", flags, "UNSURE", \
	      "of OBTAINABLE, what hangs on pages being unmapped or moved in time")
#define WRITTEN_FIELD \
	COUNT("written_blocks", SHOWN, "WRITTEN", \
	      "what one write to nr_hugepages gets at least")
#define NEVER_FIELD \
	COUNT("never_blocks", SHOWN, "NEVER", "with a page that cannot move")
#define UNUSABLE_FIELD(flags) \
	FIELD(SIGNED, PERMILLE, "unusable_permille", flags, "UNUSABLE", \
	      "share of the free memory that lies in blocks too small for the order: higher is worse")
#define EXTFRAG_FIELD(flags) \
	FIELD(SIGNED, PERMILLE, "extfrag_permille", flags, "EXTFRAG", \
	      "kernel's __fragmentation_index: ok, the request does not fail (-1000); towards 0 it fails for want of memory, towards 100 % (1000) for fragmentation")

#endif
