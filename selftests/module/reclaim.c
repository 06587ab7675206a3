// SPDX-License-Identifier: GPL-2.0-only
// guest: --disk 4G
// guest: --nodes 4 --mem 1G --disk 4G
/*
 * Every column of `reclaim`: event counters against /proc/vmstat and /proc/zoneinfo, kswapd against
 * its /proc/PID, compaction's deferral against its tracepoints. Reading more of a disk than fits in
 * memory makes the counters move first, so that zeros are not compared with zeros.
 */

#include <ctype.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "lib/ledger.h"
#include "lib/table.h"
#include "lib/text.h"
#include "lib/zoneinfo.h"

#define DISK "/dev/nvme0n1"

static long long number(const struct table *t, long row, const char *column)
{
	long long value;

	return row >= 0 && table_number(t, (size_t)row, column, &value) ? value : LEDGER_UNKNOWN;
}

static const char *const events[][2] = {
	{ "scanned_kswapd_pages", "pgscan_kswapd" },
	{ "scanned_direct_pages", "pgscan_direct" },
	{ "stolen_kswapd_pages", "pgsteal_kswapd" },
	{ "stolen_direct_pages", "pgsteal_direct" },
	{ "refault_anon_pages", "workingset_refault_anon" },
	{ "refault_file_pages", "workingset_refault_file" },
};

#define EVENTS (sizeof(events) / sizeof(*events))

static void compare_host(struct ledger *l, const struct table *t, const char *before, const char *after)
{
	long row = table_find(t, "scope", "host", NULL);
	char topic[96];

	ledger_enter_fact(l, "there is a host row", "", row >= 0, "missing");
	for (size_t i = 0; i < EVENTS; i++) {
		long long a = LEDGER_UNKNOWN, b = LEDGER_UNKNOWN;

		text_value(before, events[i][1], &a);
		text_value(after, events[i][1], &b);
		snprintf(topic, sizeof(topic), "host %s equals vmstat %s", events[i][0], events[i][1]);
		ledger_enter_number(l, topic, "host", a, number(t, row, events[i][0]), b);
	}
}

/* A node has the counters that zoneinfo prints for it, and "-" for the others. */
static void compare_node(struct ledger *l, const struct table *t, long row,
			 const struct zoneinfo *before, const struct zoneinfo *after)
{
	const char *node = table_cell(t, (size_t)row, "node");
	char topic[96], where[32];

	snprintf(where, sizeof(where), "node %s", node);
	for (size_t i = 0; i < EVENTS; i++) {
		long long a = LEDGER_UNKNOWN, b = LEDGER_UNKNOWN;

		zi_node_value(before, node, events[i][1], &a);
		zi_node_value(after, node, events[i][1], &b);
		snprintf(topic, sizeof(topic), "node %s equals zoneinfo's, - where it has none", events[i][0]);
		ledger_enter_number(l, topic, where, a, number(t, row, events[i][0]), b);
	}
}

struct task {
	const char *name;
	long long pid;
};

static void is_task(const char *dir, const char *name, void *arg)
{
	struct task *task = arg;
	char path[300], *comm;

	if (!isdigit((unsigned char)*name))
		return;
	snprintf(path, sizeof(path), "%s/%s/comm", dir, name);
	comm = text_read(path, NULL);
	if (!comm)
		return;
	comm[strcspn(comm, "\n")] = '\0';
	if (!strcmp(comm, task->name))
		task->pid = atoll(name);
	free(comm);
}

/* The letter after the name in /proc/PID/stat, as a string. */
static void task_state(long long pid, char state[2])
{
	char path[64], *stat, *end;

	snprintf(path, sizeof(path), "/proc/%lld/stat", pid);
	stat = text_read(path, NULL);
	end = stat ? strrchr(stat, ')') : NULL;
	state[0] = end ? end[2] : '?';
	state[1] = '\0';
	free(stat);
}

static void compare_kswapd(struct ledger *l, const char *node)
{
	char name[24], where[32], before[2], after[2];
	struct task task = { name, LEDGER_UNKNOWN };
	struct table t;
	long row;

	snprintf(name, sizeof(name), "kswapd%s", node);
	snprintf(where, sizeof(where), "node %s", node);
	text_each_entry("/proc", is_task, &task);
	task_state(task.pid, before);
	table_need(&t, "reclaim");
	task_state(task.pid, after);
	row = table_find(&t, "scope", "node", "node", node, NULL);
	ledger_enter_number(l, "kswapd_pid is the task of that name", where, task.pid,
			    number(&t, row, "kswapd_pid"), task.pid);
	if (row >= 0 && task.pid != LEDGER_UNKNOWN)
		ledger_enter(l, "kswapd_state is that of the task", where, before,
			     table_cell(&t, (size_t)row, "kswapd_state"), after);
	table_free(&t);
}

/* zoneinfo says node_unreclaimable from the 16th failure on. */
static void compare_failures(struct ledger *l, const struct table *t, long row,
			     const struct zoneinfo *before, const struct zoneinfo *after)
{
	const char *node = table_cell(t, (size_t)row, "node");
	long long failures = number(t, row, "kswapd_failures");

	for (size_t i = 0; i < before->zones && before->zones == after->zones; i++) {
		long long a, b;

		if (strcmp(before->zone[i].node, node))
			continue;
		if (zi_value(&before->zone[i], "node_unreclaimable", &a) &&
		    zi_value(&after->zone[i], "node_unreclaimable", &b))
			ledger_enter_number(l, "kswapd_failures agrees with zoneinfo node_unreclaimable",
					    before->zone[i].zone, a,
					    failures == LEDGER_UNKNOWN ? failures : failures >= 16, b);
	}
}

static void check_zone(struct ledger *l, const struct table *t, long row, const struct zoneinfo *zi)
{
	static const char *const cursors[] = { "compact_migrate_pfn", "compact_migrate_sync_pfn", "compact_free_pfn" };
	const char *node = table_cell(t, (size_t)row, "node"), *zone = table_cell(t, (size_t)row, "zone");
	const struct zi_zone *z = zoneinfo_find(zi, node, zone);
	long long start, spanned, shift = number(t, row, "compact_defer_shift");
	char where[64], text[96];

	snprintf(where, sizeof(where), "node %s zone %s", node, zone);
	ledger_enter_fact(l, "a zone row is a zone of zoneinfo", where, z != NULL, "not in zoneinfo");
	if (!z || !z->populated || !zi_value(z, "start_pfn", &start) || !zi_value(z, "spanned", &spanned))
		return;
	for (size_t i = 0; i < 3; i++) {
		long long pfn = number(t, row, cursors[i]);

		/* Before the first compaction they are 0, or as zone initialisation left them. */
		snprintf(text, sizeof(text), "%s %lld, zone from %lld, %lld pages", cursors[i], pfn, start, spanned);
		ledger_enter_fact(l, "compaction's cursors lie in the zone", where,
				  pfn == 0 || (pfn >= start && pfn <= start + spanned), text);
	}
	snprintf(text, sizeof(text), "defer_shift %lld", shift);
	ledger_enter_fact(l, "compact_defer_shift is 0 to 6", where, shift >= 0 && shift <= 6, text);
}

static void round_of_reclaim(struct ledger *l)
{
	char *vm_before, *vm_after;
	struct zoneinfo before, after;
	size_t populated = 0, zone_rows = 0;
	struct table t;

	zoneinfo_need(&before);
	vm_before = text_need("/proc/vmstat");
	table_need(&t, "reclaim");
	vm_after = text_need("/proc/vmstat");
	zoneinfo_need(&after);
	compare_host(l, &t, vm_before, vm_after);
	for (long row = 0; row < (long)t.rows; row++) {
		const char *scope = table_cell(&t, (size_t)row, "scope");

		if (!strcmp(scope, "node")) {
			compare_node(l, &t, row, &before, &after);
			compare_failures(l, &t, row, &before, &after);
			compare_kswapd(l, table_cell(&t, (size_t)row, "node"));
		} else if (!strcmp(scope, "zone")) {
			check_zone(l, &t, row, &before);
			zone_rows++;
		}
	}
	for (size_t i = 0; i < before.zones; i++)
		populated += before.zone[i].populated;
	ledger_enter_fact(l, "every populated zone has a row", "", zone_rows >= populated, "fewer rows");
	table_free(&t);
	zoneinfo_free(&before);
	zoneinfo_free(&after);
	free(vm_before);
	free(vm_after);
}

/* Reads of the disk a quarter more than fits in memory, twice: scans, steals and refaults. */
static void make_pressure(void)
{
	char *buf = malloc(1 << 20), *meminfo = text_need("/proc/meminfo");
	long long kbytes = 0;
	int fd = open(DISK, O_RDONLY);

	text_value(meminfo, "MemAvailable", &kbytes);
	for (int lap = 0; lap < 2 && fd >= 0; lap++) {
		lseek(fd, 0, SEEK_SET);
		for (long long mbytes = kbytes / 1024 * 5 / 4; mbytes > 0 && read(fd, buf, 1 << 20) > 0; mbytes--)
			;
	}
	if (fd >= 0)
		close(fd);
	free(buf);
	free(meminfo);
}

/* kswapd counts what it scanned when it is done with a round of it. */
static void check_pressure(struct ledger *l, const char *before)
{
	struct table t;
	long long was = 0, now;
	double since = 0;

	make_pressure();
	text_value(before, "pgscan_kswapd", &was);
	do {
		table_need(&t, "reclaim");
		now = number(&t, table_find(&t, "scope", "host", NULL), "scanned_kswapd_pages");
		table_free(&t);
	} while (now <= was && wait_on(&since, 10));
	ledger_enter_fact(l, "reading a disk larger than memory moves scanned_kswapd_pages", "", now > was, "it stood");
}

#define TRACE "/sys/kernel/debug/tracing/"
#define EVENTS_DIR TRACE "events/compaction/"

static const char *const deferral_events[] = {
	EVENTS_DIR "mm_compaction_deferred/enable",
	EVENTS_DIR "mm_compaction_defer_compaction/enable",
	EVENTS_DIR "mm_compaction_defer_reset/enable",
};

static bool switch_events(const char *value)
{
	bool ok = true;

	for (size_t i = 0; i < sizeof(deferral_events) / sizeof(*deferral_events); i++)
		ok = !text_write(deferral_events[i], value) && ok;
	return ok;
}

/* What the zone's last event says: considered, defer_shift, order_failed. False where there is none. */
static bool last_deferral(const char *trace, const char *node, const char *zone, long long value[3])
{
	char head[64];
	bool any = false;

	snprintf(head, sizeof(head), "node=%s zone=%s ", node, zone);
	for (const char *at = trace; (at = strstr(at, head)); at++) {
		const char *failed = strstr(at, "order_failed=");
		const char *considered = strstr(at, "consider=");
		long long limit;

		if (!failed || !considered || sscanf(failed, "order_failed=%lld", &value[2]) != 1 ||
		    sscanf(considered, "consider=%lld limit=%lld", &value[0], &limit) != 2)
			continue;
		for (value[1] = 0; (1LL << value[1]) < limit; value[1]++)
			;
		any = true;
	}
	return any;
}

/* compaction_deferred() tells of every step but the last, which lets compaction try again. */
static bool is_last_step(long long considered, const long long event[3])
{
	return considered == 1LL << event[1] && considered == event[0] + 1;
}

static void compare_deferral(struct ledger *l, const struct table *t, long row, const long long event[3])
{
	static const char *const columns[] = { "compact_considered", "compact_defer_shift", "compact_order_failed" };
	char where[64], topic[96], text[96];

	snprintf(where, sizeof(where), "node %s zone %s", table_cell(t, (size_t)row, "node"),
		 table_cell(t, (size_t)row, "zone"));
	for (size_t i = 0; i < 3; i++) {
		long long ours = number(t, row, columns[i]);

		snprintf(topic, sizeof(topic), "%s is what compaction's tracepoints said last", columns[i]);
		snprintf(text, sizeof(text), "tracepoint %lld, file %lld", event[i], ours);
		ledger_enter_fact(l, topic, where, ours == event[i] || (!i && is_last_step(ours, event)), text);
	}
}

/* The events, and the file read between two readings of them that are equal: nothing compacted then. */
static char *still_trace(struct table *t)
{
	char *before = NULL, *after = text_need(TRACE "trace");
	double since = 0;

	table_need(t, "reclaim");
	while ((!before || strcmp(before, after)) && wait_on(&since, 30)) {
		free(before);
		table_free(t);
		before = after;
		table_need(t, "reclaim");
		after = text_need(TRACE "trace");
	}
	free(before);
	return after;
}

static bool any_event(void)
{
	char *trace = text_need(TRACE "trace");
	bool any = strstr(trace, "order_failed=");

	free(trace);
	return any;
}

/*
 * Huge pages are asked for until compaction, which is not even tried where too little is free, has failed
 * and put itself off. What others still do beside the test is the kernel's affair, and it may take a while.
 */
static bool force_deferral(double seconds)
{
	double since = 0;
	bool any;

	do {
		text_write("/proc/sys/vm/nr_hugepages", "0");
		for (int i = 0; i < 8; i++)
			text_write("/proc/sys/vm/nr_hugepages", "100000");
		any = any_event();
	} while (!any && wait_on(&since, seconds));
	return any;
}

/*
 * More huge pages than memory has make compaction fail and put itself off. The tracepoints tell the
 * three fields, and what the last one said must be what the file shows. With several nodes the huge
 * pages may leave compaction too little room to be tried: then no event comes.
 */
static void check_deferral(struct ledger *l)
{
	bool one_node = access("/sys/devices/system/node/node1", F_OK), any;
	struct table t;
	long long event[3];
	char *trace;

	ledger_enter_fact(l, "compaction's tracepoints can be switched on", "", switch_events("1"), EVENTS_DIR);
	any = force_deferral(one_node ? 10 : 0);
	trace = still_trace(&t);
	switch_events("0");
	for (long row = 0; row < (long)t.rows; row++)
		if (!strcmp(table_cell(&t, (size_t)row, "scope"), "zone") &&
		    last_deferral(trace, table_cell(&t, (size_t)row, "node"), table_cell(&t, (size_t)row, "zone"), event))
			compare_deferral(l, &t, row, event);
	if (one_node)
		ledger_enter_fact(l, "too many huge pages make compaction put itself off", "", any, "no event");
	text_write("/proc/sys/vm/nr_hugepages", "0");
	table_free(&t);
	free(trace);
}

int main(void)
{
	struct ledger l = { 0 };
	char *before = text_need("/proc/vmstat");

	if (access(DISK, R_OK))
		ledger_enter_fact(&l, "the guest has a disk", DISK, false, "none: it was to be started with one");
	check_pressure(&l, before);
	ledger_run(&l, round_of_reclaim, 100);
	check_deferral(&l);
	free(before);
	return ledger_report(&l, "reclaim");
}
