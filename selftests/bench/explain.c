// SPDX-License-Identifier: GPL-2.0-only
/*
 * Puts random requests to the allocator of a guest, with trial.ko, and writes what `pfnscope explain` needs to foretell
 * each of them: the files read right before it, the request and what became of it. To stdout:
 *
 *   explain TRIALS SEED [atomic]	the latter: none that waits
 *
 *   @ PATH BYTES	and so many bytes: this file, from now on
 *   ? GFP ORDER NODE KIND	an atomic or waiting request, with the files as they are now
 *   ! ANSWER		of trial.ko
 *
 * Most requests meet a zone whose free pages are within a few dozen of what the request needs there.
 */
#include <fcntl.h>
#include <sched.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "explain-askers.h"

#define DEBUGFS	"/sys/kernel/debug/pfnscope/"
#define TRIAL	"/sys/module/trial/parameters/"
#define ZONES	16
#define CLASSES	8
#define TRIES	30	/* kswapd may go on for ever */

struct zone {
	int node;
	char name[16];
	long managed, free, min, low, high, boost, reserve[CLASSES];
};

static struct zone zones[ZONES];
static int nr_zones, nr_nodes;
static char *out;
static size_t used, room = 192UL << 20;

static void die(const char *what)
{
	perror(what);
	exit(1);
}

static void say(const char *bytes, size_t length)
{
	if (used + length > room)
		die("the log is full");
	memcpy(out + used, bytes, length);
	used += length;
}

static uint32_t chance(uint32_t ceiling)
{
	static uint64_t x;

	x = x * 6364136223846793005ULL + 1442695040888963407ULL;
	return (uint32_t)(x >> 33) % ceiling;
}

/* --- files, kept open so that reading them takes no memory --- */

struct file {
	const char *path;
	int fd;
	char text[65536];
	size_t length;
};

static struct file moving[] = {
	{ .path = DEBUGFS "zones" },
	{ .path = "/proc/pagetypeinfo" },
	{ .path = "/proc/zoneinfo" },
	{ .path = DEBUGFS "pcp" },
	{ .path = DEBUGFS "reclaim" },
};

static const char *const still[] = {
	DEBUGFS "about", DEBUGFS "gfp", DEBUGFS "zonelists",
	"/proc/sys/kernel/osrelease", "/proc/version",
};

/* Not every kernel has all of them. */
static const char *const settings[] = {
	"/proc/sys/vm/dirty_ratio", "/proc/sys/vm/dirty_bytes", "/proc/sys/vm/zone_reclaim_mode",
	"/proc/sys/vm/min_unmapped_ratio", "/proc/sys/vm/min_slab_ratio", "/proc/sys/vm/defrag_mode",
	"/proc/sys/vm/extfrag_threshold", "/proc/sys/kernel/numa_balancing", "/proc/swaps",
};

static void read_file(struct file *file)
{
	ssize_t got;

	file->length = 0;
	while ((got = pread(file->fd, file->text + file->length, sizeof(file->text) - 1 - file->length,
			    (off_t)file->length)) > 0)
		file->length += (size_t)got;
	if (got < 0)
		die(file->path);
	file->text[file->length] = '\0';
}

/* What zoneinfo alone has: free CMA pages, and what limits of a node are reckoned from. */
static bool is_counter(const char *line, size_t length)
{
	static const char *const names[] = { "nr_free_cma ", "nr_inactive_file ", "nr_active_file ", "nr_mapped ",
		"nr_file_pages ", "nr_dirty ", "nr_writeback ", "nr_slab_reclaimable " };

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (memmem(line, length, names[i], strlen(names[i])))
			return true;
	return false;
}

/* Of pagetypeinfo the free blocks, of zoneinfo some counters. */
static bool is_kept(const struct file *file, const char *line, size_t length)
{
	if (strstr(file->path, "pagetypeinfo"))
		return memmem(line, length, ", type ", 7);
	if (strstr(file->path, "zoneinfo"))
		return memmem(line, length, ", zone ", 7) || is_counter(line, length);
	if (strstr(file->path, "/status"))
		return !strncmp(line, "Mems_allowed_list:", 18);
	return true;
}

static void keep_lines(struct file *file)
{
	char *to = file->text, *line = file->text, *end;

	for (; (end = strchr(line, '\n')); line = end + 1) {
		size_t length = (size_t)(end + 1 - line);

		if (!is_kept(file, line, length))
			continue;
		memmove(to, line, length);
		to += length;
	}
	*to = '\0';
	file->length = (size_t)(to - file->text);
}

static void log_file(const struct file *file)
{
	char head[128];

	say(head, (size_t)snprintf(head, sizeof(head), "@ %s %zu\n", file->path, file->length));
	say(file->text, file->length);
}

static void open_file(struct file *file)
{
	file->fd = open(file->path, O_RDONLY);
	if (file->fd < 0)
		die(file->path);
	read_file(file);
}

static void write_word(const char *path, const char *format, ...) __attribute__((format(printf, 2, 3)));

static void write_word(const char *path, const char *format, ...)
{
	static char word[128];
	va_list values;
	int fd = open(path, O_WRONLY), length;

	va_start(values, format);
	length = vsnprintf(word, sizeof(word), format, values);
	va_end(values);
	if (fd < 0 || write(fd, word, (size_t)length) != length)
		die(path);
	close(fd);
}

/* --- zones --- */

static int column(const char *names, const char *name)
{
	size_t length = strlen(name);
	int i = 0;

	for (; *names && *names != '\n'; i++) {
		if (!strncmp(names, name, length) && (names[length] == ' ' || names[length] == '\n'))
			return i;
		names += strcspn(names, " \n");
		names += *names == ' ';
	}
	die(name);
	return -1;
}

static const char *cell(const char *row, int index)
{
	for (; index; index--)
		row = strchr(row, ' ') + 1;
	return row;
}

static void take_zone(struct zone *zone, const char *names, const char *row)
{
	const char *reserve = cell(row, column(names, "lowmem_reserve_pages"));

	zone->node = atoi(row);
	sscanf(cell(row, 1), "%15s", zone->name);
	zone->managed = atol(cell(row, column(names, "managed_pages")));
	zone->free = atol(cell(row, column(names, "free_pages")));
	zone->boost = atol(cell(row, column(names, "boost_pages")));
	zone->min = atol(cell(row, column(names, "min_pages"))) + zone->boost;
	zone->low = atol(cell(row, column(names, "low_pages"))) + zone->boost;
	zone->high = atol(cell(row, column(names, "high_pages"))) + zone->boost;
	for (int i = 0; i < CLASSES; i++) {
		zone->reserve[i] = atol(reserve);
		reserve += strcspn(reserve, ", \n");
		if (*reserve != ',')
			break;
		reserve++;
	}
}

static void take_zones(void)
{
	const char *names = strchr(moving[0].text, '\n') + 1, *row = strchr(names, '\n') + 1;

	for (nr_zones = 0; *row && nr_zones < ZONES; row = strchr(row, '\n') + 1) {
		take_zone(&zones[nr_zones], names, row);
		if (zones[nr_zones].node >= nr_nodes)
			nr_nodes = zones[nr_zones].node + 1;
		nr_zones += zones[nr_zones].managed > 0;
	}
}

/* --- requests --- */

static struct file gfp_file = { .path = DEBUGFS "gfp" };

static unsigned int flag(const char *name)
{
	char line[64];
	const char *at;

	snprintf(line, sizeof(line), "\n__GFP_%s bit ", name);
	at = strstr(gfp_file.text, line);
	return at ? (unsigned int)atol(at + strlen(line)) : 0;
}

/* @node is -1 where cpuset and policy of the asker decide; without an asker this process asks. */
struct request {
	unsigned int gfp, order;
	int node, class, asker;
};

static unsigned int any_zone_flags(int *class)
{
	static const char *const mobility[] = { "MOVABLE", "RECLAIMABLE", "NONE", "NONE" };
	unsigned int kind = chance(20), gfp = flag(mobility[chance(4)]);

	*class = kind < 5 ? 0 : kind < 8 ? 1 : kind < 14 ? 3 : 2;
	if (*class == 0)
		return gfp | flag("DMA");
	if (*class == 1)
		return gfp | flag("DMA32");
	if (*class == 3)
		return flag("HIGHMEM") | flag("MOVABLE");
	return gfp | (chance(8) ? 0 : flag("HIGHMEM"));
}

static unsigned int often(unsigned int percent, const char *name)
{
	return chance(100) < percent ? flag(name) : 0;
}

static bool may_wait = true, policies;

static struct request any_request(void)
{
	struct request r = { .gfp = flag("NOWARN"), .node = (int)chance((uint32_t)nr_nodes), .asker = -1 };

	r.gfp |= any_zone_flags(&r.class);
	r.gfp |= often(50, "KSWAPD_RECLAIM") | often(50, "HIGH") | often(20, "THISNODE") | often(20, "HARDWALL") |
		 often(30, "COMP") | often(15, "WRITE") | often(10, "NOMEMALLOC") | often(4, "MEMALLOC");
	if (chance(100) < 20 && may_wait)
		r.gfp |= flag("DIRECT_RECLAIM") | flag("IO") | flag("FS") | often(50, "KSWAPD_RECLAIM") |
			 (chance(2) ? flag("NORETRY") : flag("RETRY_MAYFAIL"));
	else
		r.gfp |= often(50, "ATOMIC") | often(30, "IO");
	/* Above 10 there is no block on any of the kernels. */
	r.order = chance(5) < 2 ? 0 : chance(4) ? 1 + chance(4) : chance(12);
	return r;
}

/* --- pressure --- */

static long wanted_free(const struct zone *zone, const struct request *r)
{
	long marks[] = { zone->low, zone->low, zone->min, zone->min, zone->high, zone->min - zone->min / 2,
			 zone->min - zone->min / 4, zone->min / 2 - zone->min / 8, 0 };
	long mark = marks[chance(sizeof(marks) / sizeof(marks[0]))];

	return mark + zone->reserve[r->class] + (1L << r->order) - 1 + (long)chance(49) - 24;
}

/*
 * Some zones at the edge of what the request needs, the others empty for it, now and then plenty. Where it is tried who is
 * woken, kswapds that gave up may try again, which overtakes some requests.
 */
static void press(const struct request *r)
{
	unsigned int others = chance(10);

	if (policies && !chance(8))
		write_word(TRIAL "revive", "1");
	for (int i = 0; i < nr_zones; i++) {
		const struct zone *zone = &zones[i];
		long target = others < 2 ? zone->high + 2000 : zone->min / 4;

		if (chance(100) < 45)
			target = wanted_free(zone, r);
		else if (chance(100) < 30)
			continue;
		if (target < 0)
			target = 0;
		write_word(TRIAL "level", "%d %s %ld", zone->node, zone->name, target);
	}
}

static void put(const struct request *r)
{
	static struct file answer = { .path = TRIAL "ask" };
	char node[12] = "-", pid[12] = "-", line[96], words[48];

	if (r->node >= 0)
		snprintf(node, sizeof(node), "%d", r->node);
	if (r->asker >= 0)
		snprintf(pid, sizeof(pid), "%d", asker_pid((unsigned int)r->asker));
	say(line, (size_t)snprintf(line, sizeof(line), "? 0x%x %u %s %s %s\n! ", r->gfp, r->order, node, pid,
				  r->gfp & flag("DIRECT_RECLAIM") ? "waiting" : "atomic"));
	snprintf(words, sizeof(words), "0x%x %u %d", r->gfp, r->order, r->node);
	if (r->asker >= 0)
		ask_request((unsigned int)r->asker, words);
	else
		write_word(TRIAL "ask", "%s", words);
	open_file(&answer);
	close(answer.fd);
	say(answer.text, answer.length);
}

/* Whether zones are at the end as they were at the begin: kswapd may be at work. */
static bool read_at_rest(void)
{
	struct zone before[ZONES];

	for (size_t i = 0; i < sizeof(moving) / sizeof(moving[0]); i++)
		read_file(&moving[i]);
	take_zones();
	memcpy(before, zones, sizeof(before));
	read_file(&moving[0]);
	take_zones();
	return !memcmp(before, zones, sizeof(before));
}

/* --- who asks --- */

#define TOLD	3	/* files of a task that explain reads */

static struct file told[ASKERS][TOLD];

/* Before they are looked at for the first time: the files are kept open, as the others are. */
static void open_askers(void)
{
	static const char *const names[TOLD] = { "status", "stat", "numa_maps" };
	static char paths[ASKERS][TOLD][32];

	start_askers(nr_nodes, TRIAL "ask");
	for (unsigned int i = 0; i < ASKERS; i++) {
		for (int f = 0; f < TOLD; f++) {
			snprintf(paths[i][f], sizeof(paths[i][f]), "/proc/%d/%s", asker_pid(i), names[f]);
			told[i][f].path = paths[i][f];
			open_file(&told[i][f]);
		}
	}
}

/* A policy out of all that there are, for one node, two, or all. Two of three requests name no node. */
static void choose_asker(struct request *r)
{
	unsigned int asker = chance(ASKERS), mode = chance(7);
	unsigned long nodes = 1UL << chance((uint32_t)nr_nodes);

	if (chance(3))
		nodes |= 1UL << chance((uint32_t)nr_nodes);
	ask_policy(asker, mode, chance(6) ? nodes : (1UL << nr_nodes) - 1);
	r->asker = (int)asker;
	if (chance(3))
		r->node = -1;
	for (int f = 0; f < TOLD; f++) {
		read_file(&told[asker][f]);
		keep_lines(&told[asker][f]);
		log_file(&told[asker][f]);
	}
}

static void trial(void)
{
	struct request r;
	int tries = 0;

	read_file(&moving[0]);
	take_zones();
	r = any_request();
	if (policies)
		choose_asker(&r);
	press(&r);
	while (!read_at_rest() && tries++ < TRIES)
		usleep(1000);
	for (size_t i = 0; i < sizeof(moving) / sizeof(moving[0]); i++) {
		keep_lines(&moving[i]);
		log_file(&moving[i]);
	}
	put(&r);
}

/* --- the whole --- */

/* What forks forks first: locked memory would be copied. */
static void settle(void)
{
	cpu_set_t first;

	CPU_ZERO(&first);
	CPU_SET(0, &first);
	if (sched_setaffinity(0, sizeof(first), &first))
		die("affinity");
	if (policies)
		open_askers();
	out = mmap(NULL, room, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	if (out == MAP_FAILED)
		die("mmap");
	memset(out, 0, room);
	if (mlockall(MCL_CURRENT | MCL_FUTURE))
		die("mlockall");
	write_word("/proc/sys/vm/lowmem_reserve_ratio", "8192 8192 1024");
	/* After it, as this alone takes boosts out of what is reserved. */
	write_word("/proc/sys/vm/min_free_kbytes", "6000");
	if (!access("/proc/sys/vm/percpu_pagelist_high_fraction", F_OK))
		write_word("/proc/sys/vm/percpu_pagelist_high_fraction", "1000000");
}

static void log_one(const char *path)
{
	static struct file file;

	file.path = path;
	open_file(&file);
	log_file(&file);
	close(file.fd);
}

static void log_still(void)
{
	static const struct file node = { .path = "/sys/devices/system/cpu/cpu0/node0" };

	log_file(&node);
	for (size_t i = 0; i < sizeof(still) / sizeof(still[0]); i++)
		log_one(still[i]);
	for (size_t i = 0; i < sizeof(settings) / sizeof(settings[0]); i++)
		if (!access(settings[i], F_OK))
			log_one(settings[i]);
}

static void write_log(void)
{
	for (size_t done = 0; done < used;) {
		ssize_t wrote = write(STDOUT_FILENO, out + done, used - done);

		if (wrote <= 0)
			die("stdout");
		done += (size_t)wrote;
	}
}

int main(int argc, char **argv)
{
	unsigned long trials = argc > 1 ? strtoul(argv[1], NULL, 10) : 100;
	unsigned long seed = argc > 2 ? strtoul(argv[2], NULL, 10) : 1;

	may_wait = argc < 4 || strcmp(argv[3], "atomic");
	policies = argc > 3 && !strcmp(argv[3], "policies");
	for (size_t i = 0; i < sizeof(moving) / sizeof(moving[0]); i++)
		open_file(&moving[i]);
	take_zones();
	settle();
	for (unsigned long i = 0; i < seed; i++)
		chance(2);
	write_word(TRIAL "seed", "%lu", seed);
	open_file(&gfp_file);
	log_still();
	for (unsigned long i = 0; i < trials; i++)
		trial();
	for (int i = 0; i < nr_zones; i++)
		write_word(TRIAL "level", "%d %s %ld", zones[i].node, zones[i].name, zones[i].managed);
	if (policies)
		stop_askers();
	write_log();
	return 0;
}
