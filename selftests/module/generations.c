// SPDX-License-Identifier: GPL-2.0-only
// guest: --nodes 2 --mem 1G
/* `generations` against the kernel's own lru_gen_full, summed over the zones; or the reason why there are none. */

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "lib/ledger.h"
#include "lib/table.h"
#include "lib/text.h"

#define SWITCH "/sys/kernel/mm/lru_gen/enabled"
#define FULL "/sys/kernel/debug/lru_gen_full"

#define MAX_GENERATIONS 512

/* One line of the kernel's file, "SEQ AGE ANON FILE"; a mark x stands where the type has no such generation. */
struct generation {
	char cgroup[128];
	int node;
	unsigned long long seq, age_ms;
	long long pages[2];
	bool absent[2];
};

static size_t kernel_says(struct generation *out)
{
	char *text = text_need(FULL), *at = text, *line, cgroup[128] = "/";
	int node = 0;
	size_t n = 0;

	while ((line = text_line(&at)) && n < MAX_GENERATIONS) {
		struct generation g = { .node = 0 };
		char mark[2] = { ' ', ' ' };

		if (sscanf(line, "memcg %*u %127s", cgroup) == 1)
			continue;
		if (sscanf(line, " node %d", &node) == 1)
			continue;
		/* Lines of what was refaulted and evicted are longer, and begin with blanks alone. */
		if (sscanf(line, " %llu %llu %lld%c %lld%c", &g.seq, &g.age_ms, &g.pages[0], &mark[0], &g.pages[1],
			   &mark[1]) < 5 || strlen(line) > 48)
			continue;
		snprintf(g.cgroup, sizeof(g.cgroup), "%s", cgroup);
		g.node = node;
		g.absent[0] = mark[0] == 'x';
		g.absent[1] = mark[1] == 'x';
		out[n++] = g;
	}
	free(text);
	return n;
}

static long long ours(const struct table *t, const struct generation *g, const char *column, unsigned long long *age)
{
	char node[8], seq[24];
	long long sum = LEDGER_UNKNOWN, value;

	snprintf(node, sizeof(node), "%d", g->node);
	snprintf(seq, sizeof(seq), "%llu", g->seq);
	for (size_t row = 0; row < t->rows; row++) {
		if (strcmp(table_cell(t, row, "cgroup"), g->cgroup) || strcmp(table_cell(t, row, "node"), node) ||
		    strcmp(table_cell(t, row, "generation"), seq) || !table_number(t, row, column, &value))
			continue;
		sum = value + (sum == LEDGER_UNKNOWN ? 0 : sum);
		if (table_number(t, row, "age_ms", &value))
			*age = (unsigned long long)value;
	}
	return sum;
}

static void compare(struct ledger *l, const struct table *t, const struct generation *a, const struct generation *b)
{
	static const char *const columns[] = { "anon_pages", "file_pages" };
	char where[224], topic[96], text[96];

	snprintf(where, sizeof(where), "%.100s node %d generation %llu", a->cgroup, a->node, a->seq);
	for (int type = 0; type < 2; type++) {
		unsigned long long age = a->age_ms;
		long long pages = ours(t, a, columns[type], &age);

		if (a->absent[type] || b->absent[type])
			continue;
		snprintf(topic, sizeof(topic), "%s of all zones sum up to lru_gen_full", columns[type]);
		ledger_enter_number(l, topic, where, a->pages[type], pages, b->pages[type]);
		snprintf(text, sizeof(text), "%llu, between %llu and %llu", age, a->age_ms, b->age_ms);
		ledger_enter_fact(l, "age_ms lies between two readings of lru_gen_full", where,
				  age >= a->age_ms && age <= b->age_ms, text);
	}
}

static void round_of_generations(struct ledger *l)
{
	static struct generation before[MAX_GENERATIONS], after[MAX_GENERATIONS];
	size_t a = kernel_says(before), b;
	struct table t;

	table_need(&t, "generations");
	b = kernel_says(after);
	for (size_t i = 0; i < a && a == b; i++)
		if (before[i].seq == after[i].seq)
			compare(l, &t, &before[i], &after[i]);
	ledger_enter_fact(l, "lru_gen_full has generations", "", a > 0, "none");
	table_free(&t);
}

static void check_unavailable(struct ledger *l, const char *topic, const char *word)
{
	struct table t;

	table_need(&t, "generations");
	ledger_enter_fact(l, topic, "", t.unavailable && strstr(t.unavailable, word) && !t.rows,
			  t.unavailable ? t.unavailable : "available");
	table_free(&t);
}

static void touch(void)
{
	const size_t bytes = 24 << 20;
	char *map = mmap(NULL, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	memset(map, 1, bytes);
}

int main(void)
{
	struct ledger l = { 0 };

	if (access(SWITCH, W_OK)) {
		check_unavailable(&l, "a kernel without the multi-gen LRU says so", "no multi-gen LRU");
		return ledger_report(&l, "generations");
	}
	text_write("/sys/fs/cgroup/cgroup.subtree_control", "+memory");
	mkdir("/sys/fs/cgroup/quiet", 0755);
	text_write(SWITCH, "n");
	check_unavailable(&l, "the multi-gen LRU switched off is said", "off");
	text_write(SWITCH, "y");
	touch();
	ledger_run(&l, round_of_generations, 200);
	return ledger_report(&l, "generations");
}
