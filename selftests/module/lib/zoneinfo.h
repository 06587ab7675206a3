/* SPDX-License-Identifier: GPL-2.0-only */
/* /proc/zoneinfo as it stands: every "name value" pair of every zone, by the kernel's own names. */

#ifndef PFNSCOPE_TEST_ZONEINFO_H
#define PFNSCOPE_TEST_ZONEINFO_H

#include <stdbool.h>
#include <stddef.h>

struct zi_pair {
	char name[40];
	long long value;
};

struct zi_cpu {
	int cpu;
	size_t pairs;
	struct zi_pair pair[8];
};

struct zi_zone {
	char node[8], zone[16];		/* as cells of a table */
	char protection[160];		/* "0,1024,2048" */
	bool populated;
	size_t pairs, node_pairs, cpus;
	struct zi_pair pair[64], node_pair[128];
	struct zi_cpu cpu[64];
};

struct zoneinfo {
	size_t zones;
	struct zi_zone *zone;
};

/* Reads /proc/zoneinfo, ends the test where that fails. */
void zoneinfo_need(struct zoneinfo *zi);
void zoneinfo_free(struct zoneinfo *zi);

struct zi_zone *zoneinfo_find(const struct zoneinfo *zi, const char *node, const char *zone);

bool zi_value(const struct zi_zone *z, const char *name, long long *value);
bool zi_node_value(const struct zoneinfo *zi, const char *node, const char *name, long long *value);
bool zi_cpu_value(const struct zi_cpu *c, const char *name, long long *value);

#endif
