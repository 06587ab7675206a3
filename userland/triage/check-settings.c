// SPDX-License-Identifier: GPL-2.0-only
/* Settings that decide how much there is, and whose figures these are. */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "allocator/watermarks.h"
#include "source/words.h"
#include "triage/check.h"
#include "base/array.h"

/* --- overcommit --- */

#define NEVER	2	/* OVERCOMMIT_NEVER */

static void look_commit(const struct pfnscope_facts *facts, struct pfnscope_findings *f)
{
	int64_t mode = pfnscope_number_in(facts->source, "proc/sys/vm/overcommit_memory");
	int64_t asked = pfnscope_facts_meminfo(facts, "Committed_AS");
	int64_t limit = pfnscope_facts_meminfo(facts, "CommitLimit");
	int64_t all = pfnscope_plus(pfnscope_facts_meminfo(facts, "MemTotal"),
				    pfnscope_facts_meminfo(facts, "SwapTotal"));
	struct pfnscope_finding finding = {
		.number = pfnscope_permille(asked, mode == NEVER ? limit : all),
		.cure = mode == NEVER ?
			  "at the limit malloc() fails: raise vm.overcommit_ratio, or add swap" :
			  "more is promised than there is, which is fine until all of it is used",
	};

	if (mode != NEVER) {
		finding.judged = true;
		finding.level = finding.number > 1000 ? PFNSCOPE_LEVEL_NOTE : PFNSCOPE_LEVEL_OK;
	}
	if (mode == PFNSCOPE_MISSING || finding.number == PFNSCOPE_MISSING)
		pfnscope_found_unknown(f, "vm.overcommit_memory or Committed_AS cannot be read");
	else if (mode == NEVER)
		pfnscope_found(f, &finding, "%s of CommitLimit %s, which is enforced: vm.overcommit_memory is 2",
			       pfnscope_said_size(f, asked), pfnscope_said_size(f, limit));
	else
		pfnscope_found(f, &finding, "%s of %s of memory and swap; vm.overcommit_memory is %" PRId64
			       ": CommitLimit decides nothing", pfnscope_said_size(f, asked),
			       pfnscope_said_size(f, all), mode);
}

/* --- min_free_kbytes --- */

/* What the kernel's formula is made from, and what all marks together keep. */
static int64_t lowmem_kb(const struct pfnscope_machine *m, int64_t *high_kb)
{
	int64_t sum = PFNSCOPE_MISSING;

	*high_kb = 0;
	for (size_t i = 0; i < m->nr_zones; i++) {
		const struct pfnscope_explain_zone *zone = &m->zones[i];
		int64_t left = pfnscope_minus(zone->managed, zone->high);

		if (left == PFNSCOPE_MISSING)
			return left;
		*high_kb += zone->high * m->page_kb;
		if (zone->class <= PFNSCOPE_CLASS_NORMAL && left > 0)
			sum = pfnscope_plus_known(sum, left * m->page_kb);
	}
	return sum;
}

static void look_min_free(const struct pfnscope_facts *facts,
			  struct pfnscope_findings *f)
{
	const struct pfnscope_machine *m = &facts->now.machine;
	int64_t kb = pfnscope_number_in(facts->source, "proc/sys/vm/min_free_kbytes");
	int64_t high_kb, own = pfnscope_min_free_default_kb(lowmem_kb(m, &high_kb),
							    m->rules.version);
	int64_t ram_kb = facts->ram == PFNSCOPE_MISSING ? facts->ram : facts->ram / 1024;
	struct pfnscope_finding finding = {
		.number = pfnscope_times(kb, 1024),
		.judged = true,
	};
	bool small, large;

	if (kb == PFNSCOPE_MISSING || own == PFNSCOPE_MISSING || ram_kb <= 0) {
		pfnscope_found_unknown(f, "vm.min_free_kbytes or the zones cannot be read");
		return;
	}
	small = kb < own - own / 5;
	large = high_kb > ram_kb / 20;
	finding.level = small || large ? PFNSCOPE_LEVEL_NOTE : PFNSCOPE_LEVEL_OK;
	finding.cure = small ?
		pfnscope_said(f, "sysctl vm.min_free_kbytes=%" PRId64, own) :
		"huge pages raise it at boot; what it keeps, by zone: pfnscope zones";
	pfnscope_found(f, &finding, "the kernel's own formula gives %s; kswapd keeps up to %s free",
		       pfnscope_said_size(f, own * 1024),
		       pfnscope_said_size(f, high_kb * 1024));
}

/* --- whose figures --- */

static const char *container_of(const struct pfnscope_facts *facts)
{
	static const char *const marks[] = {
		"run/systemd/container", "run/.containerenv", ".dockerenv",
	};

	for (size_t i = 0; i < ARRAY_SIZE(marks); i++)
		if (pfnscope_source_has(facts->source, marks[i]))
			return marks[i];
	return NULL;
}

static void look_container(const struct pfnscope_facts *facts,
			   struct pfnscope_findings *f)
{
	bool faked = pfnscope_word_is_there(facts->source, "proc/mounts", 0, "lxcfs");
	const char *mark = container_of(facts);
	struct pfnscope_finding finding = {
		.number = PFNSCOPE_MISSING,
		.judged = true,
		.level = PFNSCOPE_LEVEL_NOTE,
		.cure = "what counts here is the cgroup: cat /sys/fs/cgroup/memory.max",
	};

	if (faked)
		pfnscope_found(f, &finding, "lxcfs makes up /proc/meminfo for this container; vmstat and zones are the host's");
	else if (mark)
		pfnscope_found(f, &finding, "inside a container, by /%s: the figures of /proc are the host's", mark);
	else
		pfnscope_found_none(f, "not inside a container, as far as files tell");
}

#define NO PFNSCOPE_NO_LIMIT

const struct pfnscope_check pfnscope_checks_settings[] = {
	PFNSCOPE_CHECK("commit", look_commit, PERMILLE, FROM, NO, 900, 1000, K,
		       "__vm_enough_memory(): with vm.overcommit_memory 2 requests above CommitLimit fail; else a note above memory and swap",
		       "/proc/meminfo, vm.overcommit_memory",
		       "Committed_AS, of CommitLimit with vm.overcommit_memory 2, else of memory and swap"),
	PFNSCOPE_CHECK_WORDS("minfree", look_min_free, BYTES, "< 4/5 own, > 1/20", NULL, NULL, P,
			     "oled-tools' ratio 0.8, to the kernel's init_per_zone_wmark_min(); or all high watermarks above a twentieth of memory",
			     "vm.min_free_kbytes; zones of the module, or /proc/zoneinfo",
			     "vm.min_free_kbytes"),
	PFNSCOPE_CHECK_WORDS("container", look_container, COUNT, "inside", NULL, NULL, K,
			     "/proc of a container shows what the host has, the limit is in its cgroup",
			     "/run/systemd/container, /run/.containerenv, /.dockerenv, /proc/mounts",
			     "whether this is a container"),
	PFNSCOPE_CHECKS_END
};
