// SPDX-License-Identifier: GPL-2.0-only
/*
 * Each CPU has a table of fixed size, open addressed. A cgroup is known by its number
 * and by nothing else, so that none is held up from going. What finds no place is
 * counted all the same, without its cgroup.
 */
#include <linux/bits.h>
#include <linux/cpumask.h>
#include <linux/delay.h>
#include <linux/hash.h>
#include <linux/irqflags.h>
#include <linux/kernel.h>
#include <linux/sched.h>
#include <linux/seqlock.h>
#include <linux/smp.h>
#include <linux/sort.h>
#include <linux/string.h>

#include "walk/memory.h"
#include "watch/events.h"
#include "watch/ledger.h"

#define LEDGER_BITS	10
#define LEDGER_PLACES	BIT(LEDGER_BITS)
#define LEDGER_TRIES	16
#define LEDGER_OTHERS	(PFNSCOPE_EVENT_KINDS * PFNSCOPE_EVENT_CLASSES)

/**
 * struct pfnscope_ledger - what ended on a CPU; there is an array, by CPU
 * @writing: counts up before the rest is written to and again afterwards
 * @others: by kind and class, what found no place
 * @places: one without a count is free; none becomes free again
 */
struct pfnscope_ledger {
	seqcount_t writing;
	struct pfnscope_stall others[LEDGER_OTHERS];
	struct pfnscope_stall places[LEDGER_PLACES];
};

/**
 * pfnscope_ledger_alloc - an empty one for each CPU
 *
 * Return: NULL without memory.
 */
struct pfnscope_ledger *pfnscope_ledger_alloc(void)
{
	struct pfnscope_ledger *ledger;
	unsigned int cpu;

	ledger = __vmalloc(array_size(nr_cpu_ids, sizeof(*ledger)),
			   PFNSCOPE_GFP | __GFP_ZERO);
	for (cpu = 0; ledger && cpu < nr_cpu_ids; cpu++)
		seqcount_init(&ledger[cpu].writing);
	return ledger;
}

/**
 * pfnscope_ledger_free - give it back
 * @ledger: or NULL
 */
void pfnscope_ledger_free(struct pfnscope_ledger *ledger)
{
	vfree(ledger);
}

/* --- the writer --- */

static unsigned int row_of(enum pfnscope_event_kind kind,
			   enum pfnscope_event_class class)
{
	return kind * PFNSCOPE_EVENT_CLASSES + class;
}

/* Its own place, or a free one, or that of all others. */
static struct pfnscope_stall *place_of(struct pfnscope_ledger *cpu,
				       const struct pfnscope_stall *key)
{
	unsigned int row = row_of(key->kind, key->class), try, at;
	struct pfnscope_stall *place;

	at = hash_64(key->cgroup_id * LEDGER_OTHERS + row, LEDGER_BITS);
	for (try = 0; try < LEDGER_TRIES; try++) {
		place = &cpu->places[(at + try) % LEDGER_PLACES];
		if (!place->count || (place->cgroup_id == key->cgroup_id &&
				      place->kind == key->kind &&
				      place->class == key->class))
			return place;
	}
	return &cpu->others[row];
}

static void add_to(struct pfnscope_stall *place, const struct pfnscope_stall *one)
{
	place->count += one->count;
	place->sum_ns += one->sum_ns;
	place->longest_ns = max(place->longest_ns, one->longest_ns);
	place->pages += one->pages;
}

static void add_on(struct pfnscope_ledger *cpu, const struct pfnscope_stall *one)
{
	struct pfnscope_stall *place = place_of(cpu, one);

	raw_write_seqcount_begin(&cpu->writing);
	if (!place->count) {
		place->kind = one->kind;
		place->class = one->class;
		place->cgroup_id = place >= cpu->places ? one->cgroup_id :
							  PFNSCOPE_NO_CGROUP;
	}
	add_to(place, one);
	raw_write_seqcount_end(&cpu->writing);
}

/**
 * pfnscope_ledger_add - enter what a task has waited for; in the context of a task
 * @ledger: the ledger
 * @event: of it
 * @own_ns: how long, without what is entered as an event of its own
 */
void pfnscope_ledger_add(struct pfnscope_ledger *ledger,
			 const struct pfnscope_event *event, u64 own_ns)
{
	const struct pfnscope_stall one = {
		.cgroup_id = event->cgroup_id,
		.kind = event->kind,
		.class = pfnscope_event_class_of(event->asked.order),
		.count = 1,
		.sum_ns = own_ns,
		.longest_ns = own_ns,
		.pages = event->pages == PFNSCOPE_UNKNOWN ? 0 : event->pages,
	};
	unsigned long flags;

	local_irq_save(flags);
	add_on(&ledger[raw_smp_processor_id()], &one);
	local_irq_restore(flags);
}

/* --- readers --- */

/* A writer needs less than a microsecond, unless his CPU is a guest's that does not run. */
#define READ_TRIES	1000
#define READ_PAUSES	1000

static bool read_once(const struct pfnscope_ledger *cpu,
		      const struct pfnscope_stall *place,
		      struct pfnscope_stall *stall)
{
	unsigned int before = raw_read_seqcount(&cpu->writing);

	*stall = *place;
	return !(before & 1) && !read_seqcount_retry(&cpu->writing, before);
}

static int read_place(const struct pfnscope_ledger *cpu,
		      const struct pfnscope_stall *place,
		      struct pfnscope_stall *stall)
{
	unsigned int pauses, tries;

	for (pauses = 0; pauses < READ_PAUSES; pauses++) {
		for (tries = 0; tries < READ_TRIES; tries++) {
			if (read_once(cpu, place, stall))
				return 0;
			cpu_relax();
		}
		usleep_range(100, 1000);
	}
	return -EBUSY;
}

static int read_places(const struct pfnscope_ledger *cpu,
		       const struct pfnscope_stall *places, size_t count,
		       struct pfnscope_ledger_sums *sums)
{
	struct pfnscope_stall *stall;
	size_t i;
	int ret;

	for (i = 0; i < count; i++) {
		if (!READ_ONCE(places[i].count))
			continue;
		stall = &sums->stalls[sums->count];
		ret = read_place(cpu, &places[i], stall);
		if (ret)
			return ret;
		/* It may be that of the first one, while it is entered. */
		sums->count += !!stall->count;
	}
	return 0;
}

/* For one CPU more, however much has ended there. */
static int make_room(struct pfnscope_ledger_sums *sums)
{
	size_t needed = sums->count + LEDGER_PLACES + LEDGER_OTHERS;
	struct pfnscope_stall *larger;

	if (needed <= sums->room)
		return 0;
	needed = max(needed, 2 * sums->room);
	larger = pfnscope_room(needed, sizeof(*larger));
	if (!larger)
		return -ENOMEM;
	if (sums->count)
		memcpy(larger, sums->stalls, sums->count * sizeof(*larger));
	kvfree(sums->stalls);
	sums->stalls = larger;
	sums->room = needed;
	return 0;
}

static int read_cpu(const struct pfnscope_ledger *cpu,
		    struct pfnscope_ledger_sums *sums)
{
	return make_room(sums) ?:
	       read_places(cpu, cpu->others, LEDGER_OTHERS, sums) ?:
	       read_places(cpu, cpu->places, LEDGER_PLACES, sums);
}

static int compare_ids(u64 left, u64 right)
{
	return left < right ? -1 : left > right;
}

/* There may be some hundred thousand, and sort() does not stop to let others run. */
static int compare(const void *a, const void *b)
{
	const struct pfnscope_stall *left = a, *right = b;

	cond_resched();
	return compare_ids(left->cgroup_id, right->cgroup_id) ?:
	       (int)row_of(left->kind, left->class) -
	       (int)row_of(right->kind, right->class);
}

/* Those of several CPUs become one. */
static void fold(struct pfnscope_ledger_sums *sums)
{
	struct pfnscope_stall *last = NULL;
	size_t count = 0, i;

	sort(sums->stalls, sums->count, sizeof(*last), compare, NULL);
	for (i = 0; i < sums->count; i++) {
		if (last && !compare(last, &sums->stalls[i])) {
			add_to(last, &sums->stalls[i]);
			continue;
		}
		last = &sums->stalls[count++];
		*last = sums->stalls[i];
	}
	sums->count = count;
}

/**
 * pfnscope_ledger_sum - what was entered so far
 * @ledger: the ledger
 * @sums: zeroed; filled, to be given to pfnscope_ledger_sums_free()
 *
 * Return: 0 or a negative errno, and then there is nothing to give back.
 */
int pfnscope_ledger_sum(struct pfnscope_ledger *ledger,
			struct pfnscope_ledger_sums *sums)
{
	unsigned int cpu;
	int ret = 0;

	for_each_possible_cpu(cpu) {
		ret = read_cpu(&ledger[cpu], sums);
		if (ret) {
			pfnscope_ledger_sums_free(sums);
			return ret;
		}
		cond_resched();
	}
	fold(sums);
	return 0;
}

/**
 * pfnscope_ledger_sums_free - give them back
 * @sums: zeroed, or filled
 */
void pfnscope_ledger_sums_free(struct pfnscope_ledger_sums *sums)
{
	kvfree(sums->stalls);
	memset(sums, 0, sizeof(*sums));
}

/**
 * pfnscope_ledger_first_of - where the sums of a cgroup are
 * @sums: filled
 * @cgroup_id: of the cgroup
 *
 * Return: the place of the first that is not of a cgroup with a lower number.
 */
size_t pfnscope_ledger_first_of(const struct pfnscope_ledger_sums *sums,
				u64 cgroup_id)
{
	size_t first = 0, end = sums->count;

	while (first < end) {
		size_t middle = first + (end - first) / 2;

		if (sums->stalls[middle].cgroup_id < cgroup_id)
			first = middle + 1;
		else
			end = middle;
	}
	return first;
}
