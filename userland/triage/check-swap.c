// SPDX-License-Identifier: GPL-2.0-only
/* Swap: how full, how busy, and how well what is compressed fits. */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "source/parse.h"
#include "source/words.h"
#include "triage/check.h"

static int64_t swap_total(const struct pfnscope_facts *facts)
{
	return pfnscope_facts_meminfo(facts, "SwapTotal");
}

/* Whether anything went either way between the readings; true where nobody can tell. */
static bool is_busy(const struct pfnscope_facts *facts)
{
	struct pfnscope_rate rate = pfnscope_rate_plus(pfnscope_facts_rate(facts, "pswpin"),
						       pfnscope_facts_rate(facts, "pswpout"));

	return rate.over != PFNSCOPE_OVER_INTERVAL || rate.count;
}

static bool has_no_swap(const struct pfnscope_facts *facts, struct pfnscope_findings *f)
{
	int64_t total = swap_total(facts);

	if (total == PFNSCOPE_MISSING)
		pfnscope_found_unknown(f, "%s", pfnscope_said_lack(f, &facts->now.meminfo,
			"/proc/meminfo", "SwapTotal"));
	else if (!total)
		pfnscope_found_none(f, "there is no swap");
	return f->found;
}

static void look_used(const struct pfnscope_facts *facts, struct pfnscope_findings *f)
{
	int64_t total = swap_total(facts);
	int64_t used = pfnscope_minus(total, pfnscope_facts_meminfo(facts, "SwapFree"));
	const struct pfnscope_finding finding = {
		.number = pfnscope_permille(used, total),
		.most = is_busy(facts) ? PFNSCOPE_LEVEL_CRIT : PFNSCOPE_LEVEL_NOTE,
		.cure = "grep -H VmSwap /proc/[0-9]*/status | sort -k2nr | head",
	};

	if (!has_no_swap(facts, f))
		pfnscope_found(f, &finding, "%s of %s are used%s",
			       pfnscope_said_size(f, used), pfnscope_said_size(f, total),
			       finding.most == PFNSCOPE_LEVEL_NOTE ?
			       ", and nothing was read or written" : "");
}

/* Every line below the heading is of a zram device. */
static bool is_zram_alone(const struct pfnscope_source *source)
{
	struct pfnscope_error error = { 0 };
	struct pfnscope_parser parser = { .error = &error };
	struct pfnscope_token word;
	bool alone = true, any = false;

	if (pfnscope_source_input(source, "proc/swaps", &parser.input))
		return false;
	while (pfnscope_parse_line(&parser) > 0) {
		if (parser.line == 1 || !pfnscope_parse_word(&parser, &word))
			continue;
		any = true;
		alone = alone && !strncmp(word.text, "/dev/zram", strlen("/dev/zram"));
	}
	pfnscope_input_close(parser.input);
	return any && alone;
}

/* Traffic alone is no want of memory: proactive reclaim makes it, and zram needs no disk. */
static void look_rate(const struct pfnscope_facts *facts, struct pfnscope_findings *f)
{
	struct pfnscope_rate out = pfnscope_facts_rate(facts, "pswpout");
	struct pfnscope_rate in = pfnscope_facts_rate(facts, "pswpin");
	bool zram = is_zram_alone(facts->source);
	const struct pfnscope_finding finding = {
		.most = zram ? PFNSCOPE_LEVEL_NOTE : PFNSCOPE_LEVEL_CRIT,
		.cure = "it hurts with thrash or psi.full only; who swaps: pidstat -r 1",
	};

	if (has_no_swap(facts, f))
		return;
	pfnscope_found_rate(f, &out, pfnscope_rate_each(&out, 1000), &finding,
			    out.over == PFNSCOPE_OVER_NOTHING ?
			    pfnscope_said_lack(f, &facts->now.vmstat, "/proc/vmstat", "pswpout") :
			    pfnscope_said(f, "%" PRId64 " pages out, %" PRId64 " in%s",
					  out.count, in.count,
					  zram ? ", all of it to zram" : ""));
}

/* --- zram --- */

static void look_at_zram(const struct pfnscope_facts *facts, struct pfnscope_findings *f,
			 const char *device)
{
	char *path = pfnscope_format("sys/block/%s/mm_stat", device);
	int64_t original = pfnscope_number_nth(facts->source, path, 0);
	int64_t used = pfnscope_number_nth(facts->source, path, 2);
	const struct pfnscope_finding finding = {
		.where = device,
		.number = pfnscope_permille(used, facts->ram),
		.cure = pfnscope_said(f, "zramctl; echo SIZE >/sys/block/%s/mem_limit",
					device),
	};

	free(path);
	if (original <= 0 || used == PFNSCOPE_MISSING)
		return;
	pfnscope_found(f, &finding, "%s take %s of memory",
		       pfnscope_said_size(f, original), pfnscope_said_size(f, used));
}

static void look_zram(const struct pfnscope_facts *facts, struct pfnscope_findings *f)
{
	char **devices = pfnscope_source_list(facts->source, "sys/block");

	for (char **device = devices; *device; device++)
		if (!strncmp(*device, "zram", strlen("zram")))
			look_at_zram(facts, f, *device);
	if (!f->found && *devices)
		pfnscope_found_none(f, "there is no zram device in use");
	else if (!f->found)
		pfnscope_found_unknown(f, "/sys/block: cannot be listed");
	pfnscope_source_list_free(devices);
}

/* --- zswap --- */

#define PARAMETERS "sys/module/zswap/parameters/"

static int64_t pool_bytes(const struct pfnscope_facts *facts)
{
	int64_t bytes = pfnscope_facts_meminfo(facts, "Zswap");

	return bytes == PFNSCOPE_MISSING ?
	       pfnscope_number_in(facts->source,
				  "sys/kernel/debug/zswap/pool_total_size") : bytes;
}

static void look_zswap(const struct pfnscope_facts *facts, struct pfnscope_findings *f)
{
	int64_t percent = pfnscope_number_in(facts->source, PARAMETERS "max_pool_percent");
	int64_t pool = pool_bytes(facts);
	int64_t limit = pfnscope_times(pfnscope_facts_meminfo(facts, "MemTotal"), percent);
	char *enabled = pfnscope_word_of_first_line(facts->source, PARAMETERS "enabled", 0);
	struct pfnscope_finding finding = {
		.cure = "pfnscope zswap; /sys/module/zswap/parameters/max_pool_percent",
	};

	if (limit != PFNSCOPE_MISSING)
		limit /= 100;
	finding.number = pfnscope_permille(pool, limit);
	if (enabled && *enabled == 'N' && pool <= 0)
		pfnscope_found_none(f, "it is off");
	else if (percent == PFNSCOPE_MISSING || finding.number == PFNSCOPE_MISSING)
		pfnscope_found_unknown(f, "its parameters or its pool cannot be read");
	else
		pfnscope_found(f, &finding, "the pool has %s, its limit is %s",
			       pfnscope_said_size(f, pool), pfnscope_said_size(f, limit));
	free(enabled);
}

#define NO PFNSCOPE_NO_LIMIT

const struct pfnscope_check pfnscope_checks_swap[] = {
	PFNSCOPE_CHECK("swap.used", look_used, PERMILLE, FROM, NO, 800, 900, P,
		       "atop 80 %, netdata 90 %, systemd-oomd 90 % together with memory",
		       "/proc/meminfo, /proc/vmstat",
		       "SwapTotal without SwapFree, of SwapTotal; a note where nothing is read or written"),
	PFNSCOPE_CHECK("swap.rate", look_rate, PER_SECOND, FROM, 1, 10, NO, P,
		       "atop colours 10 pages a second, PCP warns from 5; no more than a warning, as traffic alone is no want",
		       "/proc/vmstat, /proc/swaps",
		       "pswpout, pages written to swap devices; zswap not counted, zram a note"),
	PFNSCOPE_CHECK("zram", look_zram, PERMILLE, FROM, NO, 450, 600, P,
		       "nohang warns at 45 % of memory, kills at 60 %",
		       "/sys/block/zram*/mm_stat", "memory that zram takes, of MemTotal without Hugetlb"),
	PFNSCOPE_CHECK("zswap", look_zswap, PERMILLE, FROM, 950, NO, NO, K,
		       "at max_pool_percent zswap writes back to the swap device, or refuses pages",
		       "/proc/meminfo, debugfs zswap/, /sys/module/zswap/parameters/",
		       "size of the pool, of the limit that max_pool_percent makes"),
	PFNSCOPE_CHECKS_END
};
