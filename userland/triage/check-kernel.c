// SPDX-License-Identifier: GPL-2.0-only
/* What the kernel itself holds, by the names that /proc has for it, and what has none. */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/array.h"
#include "source/parse.h"
#include "triage/check.h"

/* --- slab --- */

#define TOP	3

struct cache {
	char name[64];
	int64_t bytes;
};

/* "name active objects size per-slab pages-per-slab : tunables a b c : slabdata active slabs shared" */
static bool take_cache(struct pfnscope_parser *parser, int64_t page_bytes,
		       struct cache *cache)
{
	struct pfnscope_token words[16];
	uint64_t pages, slabs;
	size_t count = 0;

	while (count < ARRAY_SIZE(words) && pfnscope_parse_word(parser, &words[count]))
		count++;
	if (count < ARRAY_SIZE(words) || words[0].length >= sizeof(cache->name) ||
	    pfnscope_digits(words[5].text, words[5].length, &pages) ||
	    pfnscope_digits(words[14].text, words[14].length, &slabs) ||
	    pages > 1024 || slabs > (uint64_t)PFNSCOPE_NUMBER_MAX)
		return false;
	memcpy(cache->name, words[0].text, words[0].length + 1);
	cache->bytes = pfnscope_times((int64_t)(pages * slabs), page_bytes);
	return cache->bytes != PFNSCOPE_MISSING;
}

/* Among the largest, in their order. */
static void place(struct cache *top, const struct cache *cache)
{
	for (size_t i = 0; i < TOP; i++) {
		if (cache->bytes <= top[i].bytes)
			continue;
		memmove(&top[i + 1], &top[i], (TOP - 1 - i) * sizeof(*top));
		top[i] = *cache;
		return;
	}
}

/* Reading it takes a mutex that caches are made and merged under: only where it matters. */
static const char *top_caches(const struct pfnscope_facts *facts,
			      struct pfnscope_findings *f)
{
	struct pfnscope_error error = { 0 };
	struct pfnscope_parser parser = { .error = &error };
	struct cache top[TOP] = { 0 }, cache;
	const char *names = "";

	if (pfnscope_source_input(facts->source, "proc/slabinfo", &parser.input))
		return ", by which caches is in /proc/slabinfo, for root";
	while (pfnscope_parse_line(&parser) > 0)
		if (take_cache(&parser, facts->page_bytes, &cache))
			place(top, &cache);
	pfnscope_input_close(parser.input);
	for (size_t i = 0; i < TOP && top[i].bytes; i++)
		names = pfnscope_said(f, "%s%s %s %s", names, i ? "," : "; most in",
				      top[i].name, pfnscope_said_size(f, top[i].bytes));
	return names;
}

static void look_slab(const struct pfnscope_facts *facts, struct pfnscope_findings *f)
{
	int64_t slab = pfnscope_facts_meminfo(facts, "Slab");
	int64_t fixed = pfnscope_facts_meminfo(facts, "SUnreclaim");
	struct pfnscope_finding finding = {
		.number = pfnscope_permille(slab, facts->ram),
		/* Names and inodes of files are given back: that is cache. */
		.most = pfnscope_times(fixed, 2) < slab ? PFNSCOPE_LEVEL_NOTE : PFNSCOPE_LEVEL_CRIT,
		.cure = "pfnscope slabs --top 5; what can be given back: pfnscope shrinkers",
	};

	if (finding.number == PFNSCOPE_MISSING || fixed == PFNSCOPE_MISSING) {
		pfnscope_found_unknown(f, "%s", pfnscope_said_lack(f, &facts->now.meminfo,
			"/proc/meminfo", "Slab"));
		return;
	}
	pfnscope_found(f, &finding, "%s, of which %s cannot be reclaimed%s",
		       pfnscope_said_size(f, slab), pfnscope_said_size(f, fixed),
		       pfnscope_check_grade(f->check, finding.number) ?
		       top_caches(facts, f) : "");
}

/* --- page tables --- */

static void look_pagetables(const struct pfnscope_facts *facts,
			    struct pfnscope_findings *f)
{
	int64_t tables = pfnscope_facts_meminfo(facts, "PageTables");
	const struct pfnscope_finding finding = {
		.number = pfnscope_permille(tables, facts->ram),
		.cure = "grep -H VmPTE /proc/[0-9]*/status | sort -k2nr | head",
	};

	if (finding.number == PFNSCOPE_MISSING)
		pfnscope_found_unknown(f, "%s", pfnscope_said_lack(f, &facts->now.meminfo,
			"/proc/meminfo", "PageTables"));
	else
		pfnscope_found(f, &finding, "%s of %s", pfnscope_said_size(f, tables),
			       pfnscope_said_size(f, facts->ram));
}

/* --- the rest that has a name --- */

/* "mem 12" of the lines of sockets, in pages. */
static int64_t socket_bytes(const struct pfnscope_facts *facts)
{
	struct pfnscope_error error = { 0 };
	struct pfnscope_parser parser = { .error = &error };
	int64_t pages = PFNSCOPE_MISSING;
	struct pfnscope_token word;
	uint64_t number;

	if (pfnscope_source_input(facts->source, "proc/net/sockstat", &parser.input))
		return pages;
	while (pfnscope_parse_line(&parser) > 0)
		while (pfnscope_parse_word(&parser, &word))
			if (!strcmp(word.text, "mem") &&
			    pfnscope_parse_word(&parser, &word) &&
			    !pfnscope_digits(word.text, word.length, &number) &&
			    number < INT32_MAX)
				pages = pfnscope_plus_known(pages, (int64_t)number);
	pfnscope_input_close(parser.input);
	return pfnscope_times(pages, facts->page_bytes);
}

static const struct {
	const char *where;
	const char *meminfo;
	const char *vmstat;
	const char *cure;
} named[] = {
	{ "stacks", "KernelStack", NULL, "ps -eo nlwp,pid,comm --sort=-nlwp | head" },
	{ "percpu", "Percpu", NULL, "each cgroup and BPF map has some for /sys/devices/system/cpu/possible" },
	{ "vmalloc", "VmallocUsed", NULL, "sort -k2nr /proc/vmallocinfo | head" },
	{ "sockets", NULL, NULL, "ss -tum" },
	{ "iommu", NULL, "nr_iommu_pages", "page tables for devices" },
	{ "secondary", "SecPageTables", NULL, "page tables of virtual machines" },
	{ "gpu", "GPUActive", NULL, "what the driver has given to programs" },
	{ "balloon", "Balloon", NULL, "the host has taken it; ask there" },
};

static void look_named(const struct pfnscope_facts *facts, struct pfnscope_findings *f)
{
	for (size_t i = 0; i < ARRAY_SIZE(named); i++) {
		int64_t bytes = named[i].meminfo ? pfnscope_facts_meminfo(facts, named[i].meminfo) :
				named[i].vmstat ? pfnscope_facts_pages(facts, named[i].vmstat) :
				socket_bytes(facts);
		const struct pfnscope_finding finding = {
			.where = named[i].where,
			.number = pfnscope_permille(bytes, facts->ram),
			.cure = named[i].cure,
		};

		/* Older kernels do not count all of them. */
		if (finding.number != PFNSCOPE_MISSING)
			pfnscope_found(f, &finding, "%s of %s", pfnscope_said_size(f, bytes),
				       pfnscope_said_size(f, facts->ram));
	}
	if (!f->found)
		pfnscope_found_unknown(f, "%s", pfnscope_said_lack(f, &facts->now.meminfo,
			"/proc/meminfo", "KernelStack"));
}

/* --- what has none --- */

/* Stacks are of vmalloc where the kernel can guard them so: then they are in both. */
static int64_t stacks_or_vmalloc(const struct pfnscope_facts *facts)
{
	int64_t stacks = pfnscope_or_zero(pfnscope_facts_meminfo(facts, "KernelStack"));
	int64_t vmalloc = pfnscope_or_zero(pfnscope_facts_meminfo(facts, "VmallocUsed"));

	return vmalloc > stacks ? vmalloc : stacks;
}

static int64_t accounted(const struct pfnscope_facts *facts)
{
	static const char *const names[] = {
		"MemFree", "Active", "Inactive", "Unevictable", "Slab", "PageTables",
		"SecPageTables", "Percpu", "Hugetlb", "Bounce", "Balloon", "GPUActive",
		"GPUReclaim", "Unaccepted",
	};
	int64_t sum = stacks_or_vmalloc(facts);

	for (size_t i = 0; i < ARRAY_SIZE(names); i++)
		sum = pfnscope_plus(sum, pfnscope_or_zero(pfnscope_facts_meminfo(facts, names[i])));
	sum = pfnscope_plus(sum, pfnscope_or_zero(pfnscope_facts_pages(facts, "nr_zspages")));
	sum = pfnscope_plus(sum, pfnscope_or_zero(pfnscope_facts_pages(facts, "nr_iommu_pages")));
	/* KReclaimable is what of slab can be reclaimed, and what else drivers give back. */
	return pfnscope_plus(sum, pfnscope_or_zero(pfnscope_minus(
		pfnscope_facts_meminfo(facts, "KReclaimable"),
		pfnscope_facts_meminfo(facts, "SReclaimable"))));
}

/* Free pages that CPUs keep are in no counter. */
static int64_t pcp_bytes(const struct pfnscope_facts *facts)
{
	int64_t pages = 0;

	for (size_t i = 0; i < facts->now.machine.nr_zones; i++)
		pages += pfnscope_or_zero(facts->now.machine.zones[i].pcp);
	return pfnscope_or_zero(pfnscope_times(pages, facts->page_bytes));
}

int64_t pfnscope_unaccounted(const struct pfnscope_facts *facts)
{
	if (pfnscope_facts_meminfo(facts, "Slab") == PFNSCOPE_MISSING)
		return PFNSCOPE_MISSING;
	return pfnscope_minus(pfnscope_facts_meminfo(facts, "MemTotal"),
			      pfnscope_plus(accounted(facts), pcp_bytes(facts)));
}

static void look_unaccounted(const struct pfnscope_facts *facts,
			     struct pfnscope_findings *f)
{
	int64_t rest = pfnscope_unaccounted(facts);
	const struct pfnscope_finding finding = {
		/* The files are not of one moment. */
		.number = pfnscope_permille(rest < 0 && rest != PFNSCOPE_MISSING ? 0 : rest,
					    facts->ram),
		.cure = "a leak grows; by zone, as unreferenced: pfnscope owners",
	};

	if (finding.number == PFNSCOPE_MISSING)
		pfnscope_found_unknown(f, "%s", pfnscope_said_lack(f, &facts->now.meminfo,
			"/proc/meminfo", "Slab"));
	else
		pfnscope_found(f, &finding, "%s are on no list and in no counter of meminfo",
			       pfnscope_said_size(f, rest < 0 ? 0 : rest));
}

#define NO PFNSCOPE_NO_LIMIT

const struct pfnscope_check pfnscope_checks_kernel[] = {
	PFNSCOPE_CHECK("slab", look_slab, PERMILLE, FROM, NO, 300, NO, P,
		       "oled-tools 30 %, arbitrary by its own words; a note where most of it can be reclaimed",
		       "/proc/meminfo, /proc/slabinfo", "Slab, of MemTotal without Hugetlb"),
	PFNSCOPE_CHECK("pagetables", look_pagetables, PERMILLE, FROM, NO, 20, NO, P,
		       "oled-tools 2 %", "/proc/meminfo",
		       "PageTables, of MemTotal without Hugetlb"),
	PFNSCOPE_CHECK("kernel", look_named, PERMILLE, FROM, 50, NO, NO, R,
		       "one in twenty, so that it is named; no peer has a limit",
		       "/proc/meminfo, /proc/vmstat, /proc/net/sockstat",
		       "stacks, percpu, vmalloc, sockets, page tables of devices and guests, GPU, balloon: each of MemTotal without Hugetlb"),
	PFNSCOPE_CHECK("unaccounted", look_unaccounted, PERMILLE, FROM, 100, NO, NO, P,
		       "oled-tools 10 %; a small machine comes near it by what the kernel took at boot, so it is a note",
		       "/proc/meminfo, /proc/vmstat, pcp of the module or /proc/zoneinfo",
		       "MemTotal without what is free, on LRU lists, in slabs, page tables, stacks, vmalloc, percpu, zsmalloc and pools of huge pages, of MemTotal without Hugetlb"),
	PFNSCOPE_CHECKS_END
};
