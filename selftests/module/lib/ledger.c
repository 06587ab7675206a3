// SPDX-License-Identifier: GPL-2.0-only
/* Comparing racy numbers without a tolerance. */

#include <malloc.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "ledger.h"

#define SETTLED 3
/* So many rounds must have ours between two values of the kernel that differ, where they always do. */
#define BOUNDED 20

struct ledger_claim {
	char topic[96], where[96];
	unsigned int agreed, differed, moved, inside, facts;
	char detail[256];
};

static struct ledger_claim *find(struct ledger *l, const char *topic, const char *where)
{
	struct ledger_claim *c;

	for (size_t i = 0; i < l->claims; i++) {
		c = &l->claim[i];
		if (!strcmp(c->topic, topic) && !strcmp(c->where, where))
			return c;
	}
	l->claim = realloc(l->claim, ++l->claims * sizeof(*l->claim));
	c = &l->claim[l->claims - 1];
	memset(c, 0, sizeof(*c));
	snprintf(c->topic, sizeof(c->topic), "%s", topic);
	snprintf(c->where, sizeof(c->where), "%s", where);
	return c;
}

static bool is_between(const char *before, const char *ours, const char *after)
{
	char *end_a, *end_b, *end_c;
	long long a = strtoll(before, &end_a, 10), b = strtoll(ours, &end_b, 10), c = strtoll(after, &end_c, 10);

	return !*end_a && !*end_b && !*end_c && ((a <= b && b <= c) || (c <= b && b <= a));
}

void ledger_enter(struct ledger *l, const char *topic, const char *where,
		  const char *before, const char *ours, const char *after)
{
	struct ledger_claim *c = find(l, topic, where);

	if (c->agreed >= SETTLED || c->differed >= SETTLED)
		return;
	if (strcmp(before, after)) {
		c->moved++;
		c->inside += is_between(before, ours, after);
		return;
	}
	if (!strcmp(before, ours)) {
		c->agreed++;
		return;
	}
	c->differed++;
	snprintf(c->detail, sizeof(c->detail), "the kernel says %.100s, pfnscope %.100s", before, ours);
}

static const char *number(long long value, char *buf, size_t size)
{
	if (value == LEDGER_UNKNOWN)
		return "-";
	snprintf(buf, size, "%lld", value);
	return buf;
}

void ledger_enter_number(struct ledger *l, const char *topic, const char *where,
			 long long before, long long ours, long long after)
{
	char a[32], b[32], c[32];

	ledger_enter(l, topic, where, number(before, a, sizeof(a)), number(ours, b, sizeof(b)),
		     number(after, c, sizeof(c)));
}

void ledger_enter_fact(struct ledger *l, const char *topic, const char *where, bool ok, const char *detail)
{
	struct ledger_claim *c = find(l, topic, where);

	c->facts++;
	if (ok)
		return;
	c->differed = SETTLED;
	snprintf(c->detail, sizeof(c->detail), "%s", detail);
}

static bool is_settled(const struct ledger_claim *c)
{
	return c->facts || c->agreed >= SETTLED || c->differed >= SETTLED;
}

/* What never holds still is right where it mostly lies between: a wrong number does so by chance only. */
static bool is_right(const struct ledger_claim *c)
{
	if (c->differed >= SETTLED)
		return false;
	return c->facts || c->agreed || (c->inside >= BOUNDED && c->inside > c->moved / 2);
}

void ledger_run(struct ledger *l, void (*round)(struct ledger *l), unsigned int rounds)
{
	bool settled = false;

	/* Memory given back and taken anew each round would move what is compared. */
	mallopt(M_MMAP_THRESHOLD, 1 << 30);
	mallopt(M_TRIM_THRESHOLD, 1 << 30);
	while (rounds-- && !settled) {
		round(l);
		settled = true;
		for (size_t i = 0; i < l->claims; i++)
			settled = settled && is_settled(&l->claim[i]);
		usleep(5000);
	}
}

static bool is_first_of_topic(const struct ledger *l, size_t i)
{
	for (size_t k = 0; k < i; k++)
		if (!strcmp(l->claim[k].topic, l->claim[i].topic))
			return false;
	return true;
}

/* True where every claim of the topic of claim @i held; says why where one did not. */
static bool judge(const struct ledger *l, size_t i)
{
	bool ok = true;

	for (size_t k = i; k < l->claims; k++) {
		const struct ledger_claim *c = &l->claim[k];

		if (strcmp(c->topic, l->claim[i].topic))
			continue;
		if (is_right(c))
			continue;
		ok = false;
		printf("# %s: %s: %s (%u rounds agreed, %u differed, in %u the kernel's value moved, %u of these around ours)\n",
		       c->topic, c->where, c->differed ? c->detail : "never held still",
		       c->agreed, c->differed, c->moved, c->inside);
	}
	return ok;
}

int ledger_report(const struct ledger *l, const char *file)
{
	size_t topics = 0, failed = 0, n = 0;

	for (size_t i = 0; i < l->claims; i++)
		topics += is_first_of_topic(l, i);
	printf("KTAP version 1\n1..%zu\n", topics ? topics : 1);
	if (!topics) {
		printf("not ok 1 %s: nothing was compared\n", file);
		return 1;
	}
	for (size_t i = 0; i < l->claims; i++) {
		bool ok;

		if (!is_first_of_topic(l, i))
			continue;
		ok = judge(l, i);
		failed += !ok;
		printf("%sok %zu %s: %s\n", ok ? "" : "not ", ++n, file, l->claim[i].topic);
	}
	return failed ? 1 : 0;
}
