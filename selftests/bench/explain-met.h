/* SPDX-License-Identifier: GPL-2.0-only */
/* Files of a log with what a request met in the place of what they say. */
#ifndef BENCH_EXPLAIN_MET_H
#define BENCH_EXPLAIN_MET_H

#include <stdbool.h>
#include <stddef.h>

#define ZONES	"/sys/kernel/debug/pfnscope/zones"
#define RECLAIM	"/sys/kernel/debug/pfnscope/reclaim"

struct file {
	char path[96];
	char *text;
	size_t length;
};

void die(const char *what);
void met_zones(const struct file *zones, const char *met, struct file *out);
void met_reclaim(const struct file *reclaim, const char *kswapds, struct file *out);
bool differ(const struct file *a, const struct file *b);
bool moved(const struct file *zones, const struct file *met, int node, const char *zone);

#endif
