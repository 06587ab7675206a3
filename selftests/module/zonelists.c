// SPDX-License-Identifier: GPL-2.0-only
// configs: zonelists
// guest:
// guest: --nodes 4 --mem 2G
// guest: --nodes 4 --mem 2G --qemu -numa --qemu dist,src=0,dst=1,val=40 --qemu -numa --qemu dist,src=0,dst=2,val=15 --qemu -numa --qemu dist,src=0,dst=3,val=30 --qemu -numa --qemu dist,src=1,dst=2,val=25 --qemu -numa --qemu dist,src=1,dst=3,val=20 --qemu -numa --qemu dist,src=2,dst=3,val=35
// guest: --mem 1G --append movablecore=256M
/*
 * `zonelists` against what the kernel says elsewhere: distances and CPUs of the nodes in sysfs, the
 * populated zones of /proc/zoneinfo, and the "Fallback order" it logs at boot since 5.17.
 */

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/klog.h>
#include <unistd.h>

#include "lib/ledger.h"
#include "lib/table.h"
#include "lib/text.h"
#include "lib/zoneinfo.h"

#define SYSLOG_ACTION_READ_ALL 3
#define MAX_NODES 64

/* Not there without CONFIG_NUMA: there is node 0, which has only its fallback list. */
#define NODES "/sys/devices/system/node"

/* Nodes of a list in the order of their first zone; their number. */
static size_t node_order(const struct table *t, const char *node, const char *list, int *order)
{
	size_t n = 0;

	for (size_t row = 0; row < t->rows && n < MAX_NODES; row++) {
		int zone_node = atoi(table_cell(t, row, "zone_node"));

		if (strcmp(table_cell(t, row, "node"), node) || strcmp(table_cell(t, row, "list"), list))
			continue;
		if (!n || order[n - 1] != zone_node)
			order[n++] = zone_node;
	}
	return n;
}

static long long distance(int from, int to)
{
	char path[80], *text, *at;
	long long value = -1;

	snprintf(path, sizeof(path), NODES "/node%d/distance", from);
	text = text_need(path);
	at = text;
	for (int i = 0; i <= to; i++)
		value = strtoll(at, &at, 10);
	free(text);
	return value;
}

static bool has_cpus(int node)
{
	char path[80], *text;
	bool has;

	snprintf(path, sizeof(path), NODES "/node%d/cpulist", node);
	text = text_need(path);
	has = *text && *text != '\n';
	free(text);
	return has;
}

static bool has_cpu0(int node)
{
	char path[80];

	snprintf(path, sizeof(path), NODES "/node%d/cpu0", node);
	return !access(path, F_OK);
}

/*
 * What find_next_best_node() goes by before it spreads load among equals. The lists made at boot
 * know of the first CPU at most, which depends on the kernel; those made anew since, as memory
 * came or went, know of all.
 */
enum known_cpus { NO_CPU, FIRST_CPU, ALL_CPUS };

static long long cost(int from, int to, enum known_cpus known)
{
	bool busy = known == ALL_CPUS ? has_cpus(to) : known == FIRST_CPU && has_cpu0(to);

	return distance(from, to) + (to < from) + busy;
}

static bool nearer_first(int self, const int *order, size_t n, enum known_cpus known)
{
	for (size_t i = 2; i < n; i++)
		if (cost(self, order[i - 1], known) > cost(self, order[i], known))
			return false;
	return true;
}

static void check_order(struct ledger *l, const char *node, const int *order, size_t n)
{
	char text[256] = "order";
	int self = atoi(node);

	for (size_t i = 0; i < n; i++) {
		snprintf(text + strlen(text), sizeof(text) - strlen(text), " %d", order[i]);
		for (size_t k = 0; k < i; k++)
			ledger_enter_fact(l, "a node comes once in a fallback list", node, order[k] != order[i], "again");
	}
	ledger_enter_fact(l, "a node's own zones come first", node, n && order[0] == self, text);
	ledger_enter_fact(l, "nearer nodes come first", node,
			  nearer_first(self, order, n, NO_CPU) || nearer_first(self, order, n, FIRST_CPU) ||
			  nearer_first(self, order, n, ALL_CPUS), text);
}

/* Within a node the kernel prefers the highest zone; every zone with managed pages is there, once. */
static void check_zones(struct ledger *l, const struct table *t, const struct zoneinfo *zi, const char *node,
			const char *list)
{
	const struct zi_zone *last = NULL;
	size_t rows = 0, want = 0;
	char text[96];

	for (size_t row = 0; row < t->rows; row++) {
		const struct zi_zone *z;
		long long position = -1;

		if (strcmp(table_cell(t, row, "node"), node) || strcmp(table_cell(t, row, "list"), list))
			continue;
		table_number(t, row, "position", &position);
		ledger_enter_fact(l, "positions count from 0", node, position == (long long)rows, "a gap");
		z = zoneinfo_find(zi, table_cell(t, row, "zone_node"), table_cell(t, row, "zone"));
		snprintf(text, sizeof(text), "%s place %zu", list, rows);
		ledger_enter_fact(l, "every row names a zone of zoneinfo", node, z != NULL, text);
		if (last && z && !strcmp(last->node, z->node))
			ledger_enter_fact(l, "within a node higher zones come first", node, z < last, text);
		last = z;
		rows++;
	}
	for (size_t i = 0; i < zi->zones; i++) {
		long long managed = 0;

		zi_value(&zi->zone[i], "managed", &managed);
		if (!managed || (!strcmp(list, "nofallback") && strcmp(zi->zone[i].node, node)))
			continue;
		want++;
		snprintf(text, sizeof(text), "%s lacks zone %s of node %s", list, zi->zone[i].zone, zi->zone[i].node);
		ledger_enter_fact(l, "every zone with pages is in the list", node,
				  table_find(t, "node", node, "list", list, "zone_node", zi->zone[i].node,
					     "zone", zi->zone[i].zone, NULL) >= 0, text);
	}
	snprintf(text, sizeof(text), "%s has %zu rows, %zu zones have pages", list, rows, want);
	ledger_enter_fact(l, "no zone comes twice or without pages", node, rows == want, text);
}

/* The line of the boot log that holds the order; false on a kernel that logs none. */
static bool logged_order(const char *log, const char *node, int *order, size_t *n)
{
	char head[48];
	const char *at = NULL;

	snprintf(head, sizeof(head), "Fallback order for Node %s: ", node);
	for (const char *next = log; (next = strstr(next, head)); next++)
		at = next + strlen(head);
	for (*n = 0; at && *n < MAX_NODES; (*n)++) {
		char *end;

		while (*at == ' ')
			at++;
		order[*n] = (int)strtol(at, &end, 10);
		if (end == at)
			break;
		at = end;
	}
	return at != NULL;
}

static void check_log(struct ledger *l, const char *node, const int *order, size_t n)
{
	static char log[1 << 20];
	int length = klogctl(SYSLOG_ACTION_READ_ALL, log, sizeof(log) - 1), logged[MAX_NODES];
	size_t n_logged;

	log[length > 0 ? length : 0] = '\0';
	if (logged_order(log, node, logged, &n_logged))
		ledger_enter_fact(l, "the order of nodes is the one the kernel logged at boot", node,
				  n == n_logged && !memcmp(order, logged, n * sizeof(*order)), "another one");
}

static void each_node(const char *dir, const char *name, void *arg)
{
	struct ledger *l = arg;
	struct zoneinfo zi;
	struct table t;
	int order[MAX_NODES];
	size_t n;

	(void)dir;
	if (strncmp(name, "node", 4) || name[4] < '0' || name[4] > '9')
		return;
	name += 4;
	zoneinfo_need(&zi);
	table_need(&t, "zonelists");
	n = node_order(&t, name, "fallback", order);
	ledger_enter_fact(l, "every online node has a fallback list", name, n > 0, "none");
	check_order(l, name, order, n);
	check_zones(l, &t, &zi, name, "fallback");
	if (!access(NODES, F_OK))
		check_zones(l, &t, &zi, name, "nofallback");
	check_log(l, name, order, n);
	table_free(&t);
	zoneinfo_free(&zi);
}

int main(void)
{
	struct ledger l = { 0 };

	if (access(NODES, F_OK))
		each_node(NULL, "node0", &l);
	else
		text_each_entry(NODES, each_node, &l);
	return ledger_report(&l, "zonelists");
}
