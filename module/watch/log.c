// SPDX-License-Identifier: GPL-2.0-only
#include <linux/atomic.h>
#include <linux/bitops.h>
#include <linux/cpumask.h>
#include <linux/hardirq.h>
#include <linux/irqflags.h>
#include <linux/kernel.h>
#include <linux/log2.h>
#include <linux/seqlock.h>
#include <linux/smp.h>
#include <linux/string.h>

#include "walk/memory.h"
#include "watch/events.h"
#include "watch/log.h"

/**
 * struct log_entry - a place for an event
 * @number: of the event; 0 for none, or while it is being written
 * @event: itself
 */
struct log_entry {
	u64 number;
	struct pfnscope_event event;
};

/**
 * struct log_times - how long events of a kind and class took
 * @count: of them
 * @sum_ns: of their times
 * @buckets: as of struct pfnscope_latency
 * @longest: of them
 */
struct log_times {
	u64 count;
	u64 sum_ns;
	u64 buckets[PFNSCOPE_EVENT_BUCKETS];
	struct pfnscope_event longest;
};

/**
 * struct cpu_log - the events of a CPU
 * @last: number of the newest
 * @writing: counts up before @times are written to and again afterwards
 * @times: by kind and class
 * @entries: the newest, by number
 */
struct cpu_log {
	u64 last;
	seqcount_t writing;
	struct log_times times[PFNSCOPE_EVENT_KINDS][PFNSCOPE_EVENT_CLASSES];
	struct log_entry entries[];
};

/**
 * struct pfnscope_logs - those of all CPUs
 * @lost: events that interrupted the writing of another one
 * @size: entries of each
 * @cpus: by CPU
 */
struct pfnscope_logs {
	atomic64_t lost;
	unsigned int size;
	struct cpu_log *cpus[];
};

/**
 * pfnscope_logs_free - give them back
 * @logs: or NULL
 */
void pfnscope_logs_free(struct pfnscope_logs *logs)
{
	unsigned int cpu;

	if (!logs)
		return;
	for_each_possible_cpu(cpu)
		vfree(logs->cpus[cpu]);
	kfree(logs);
}

static struct cpu_log *log_alloc(unsigned int size)
{
	struct cpu_log *log;

	log = __vmalloc(struct_size(log, entries, size),
			PFNSCOPE_GFP | __GFP_ZERO);
	if (log)
		seqcount_init(&log->writing);
	return log;
}

/**
 * pfnscope_logs_alloc - an empty one for each CPU that may come
 *
 * Return: NULL without memory.
 */
struct pfnscope_logs *pfnscope_logs_alloc(void)
{
	struct pfnscope_logs *logs;
	unsigned int cpu;

	logs = kzalloc(struct_size(logs, cpus, nr_cpu_ids), PFNSCOPE_GFP);
	if (!logs)
		return NULL;
	logs->size = max_t(unsigned int, PFNSCOPE_LOG_CPU_MIN,
			   rounddown_pow_of_two(PFNSCOPE_LOG_EVENTS /
						num_possible_cpus() ?: 1));
	for_each_possible_cpu(cpu) {
		logs->cpus[cpu] = log_alloc(logs->size);
		if (logs->cpus[cpu])
			continue;
		pfnscope_logs_free(logs);
		return NULL;
	}
	return logs;
}

/* --- the writer --- */

static unsigned int bucket_of(u64 ns)
{
	return min_t(unsigned int, fls64(ns >> 10), PFNSCOPE_EVENT_BUCKETS - 1);
}

static void add_times(struct cpu_log *log, const struct pfnscope_event *event)
{
	struct log_times *times =
		&log->times[event->kind][pfnscope_event_class_of(event->asked.order)];

	raw_write_seqcount_begin(&log->writing);
	times->count++;
	times->sum_ns += event->ns;
	times->buckets[bucket_of(event->ns)]++;
	if (times->count == 1 || event->ns > times->longest.ns)
		times->longest = *event;
	raw_write_seqcount_end(&log->writing);
}

static void add_entry(struct pfnscope_logs *logs, struct cpu_log *log,
		      const struct pfnscope_event *event)
{
	struct log_entry *entry = &log->entries[event->number % logs->size];

	WRITE_ONCE(entry->number, 0);
	/* Nobody takes what follows for what was here. */
	smp_wmb();
	entry->event = *event;
	/* Pairs with read_entry(): it is all there. */
	smp_store_release(&entry->number, event->number);
	WRITE_ONCE(log->last, event->number);
}

/**
 * pfnscope_logs_add - note an event, in any context
 * @logs: all of them
 * @event: cpu and number are filled in
 *
 * An NMI may come while another event is being written: it is only counted.
 */
void pfnscope_logs_add(struct pfnscope_logs *logs, struct pfnscope_event *event)
{
	struct cpu_log *log;
	unsigned long flags;

	if (in_nmi()) {
		atomic64_inc(&logs->lost);
		return;
	}
	local_irq_save(flags);
	event->cpu = raw_smp_processor_id();
	log = logs->cpus[event->cpu];
	event->number = log->last + 1;
	if (event->ns != PFNSCOPE_UNKNOWN)
		add_times(log, event);
	add_entry(logs, log, event);
	local_irq_restore(flags);
}

/* --- readers --- */

/**
 * pfnscope_logs_lost - events that nobody has noted
 * @logs: all of them
 */
u64 pfnscope_logs_lost(struct pfnscope_logs *logs)
{
	return atomic64_read(&logs->lost);
}

/**
 * pfnscope_log_last - the number of the newest event of a CPU
 * @logs: all of them
 * @cpu: possible
 */
u64 pfnscope_log_last(struct pfnscope_logs *logs, unsigned int cpu)
{
	return READ_ONCE(logs->cpus[cpu]->last);
}

/* False where it has given way to a newer one. */
static bool read_entry(struct pfnscope_logs *logs, unsigned int cpu, u64 number,
		       struct pfnscope_event *event)
{
	struct log_entry *entry =
		&logs->cpus[cpu]->entries[number % logs->size];

	/* Pairs with add_entry(): the event is there. */
	if (smp_load_acquire(&entry->number) != number)
		return false;
	*event = entry->event;
	/* It was still there when all of it had been read. */
	smp_rmb();
	return READ_ONCE(entry->number) == number;
}

/**
 * pfnscope_log_next - the oldest event of a CPU that is still there
 * @logs: all of them
 * @cpu: possible
 * @number: of those wanted, the first
 * @event: filled
 *
 * Return: its number; 0 where there is none.
 */
u64 pfnscope_log_next(struct pfnscope_logs *logs, unsigned int cpu, u64 number,
		      struct pfnscope_event *event)
{
	u64 last = pfnscope_log_last(logs, cpu);

	if (last > logs->size)
		number = max(number, last - logs->size + 1);
	for (; number <= last; number++)
		if (read_entry(logs, cpu, number, event))
			return number;
	return 0;
}

/* Enough for any writer, who needs some microseconds now and then. */
#define READ_TRIES	1000

static void read_times(struct cpu_log *log, const struct pfnscope_latency *of,
		       struct log_times *times)
{
	unsigned int tries, before;

	for (tries = 0; tries < READ_TRIES; tries++) {
		before = raw_read_seqcount(&log->writing);
		*times = log->times[of->kind][of->class];
		if (!(before & 1) && !read_seqcount_retry(&log->writing, before))
			return;
		cpu_relax();
	}
	memset(times, 0, sizeof(*times));
}

static void add_up(struct pfnscope_latency *latency,
		   const struct log_times *times)
{
	unsigned int i;

	if (!times->count)
		return;
	if (!latency->count || times->longest.ns > latency->longest.ns)
		latency->longest = times->longest;
	latency->count += times->count;
	latency->sum_ns += times->sum_ns;
	for (i = 0; i < PFNSCOPE_EVENT_BUCKETS; i++)
		latency->buckets[i] += times->buckets[i];
}

/**
 * pfnscope_logs_latency - how long events took
 * @logs: all of them
 * @latency: kind and class say which; the rest is filled
 *
 * Return: false where there were none.
 */
bool pfnscope_logs_latency(struct pfnscope_logs *logs,
			   struct pfnscope_latency *latency)
{
	struct log_times times;
	unsigned int cpu;

	latency->count = 0;
	latency->sum_ns = 0;
	memset(latency->buckets, 0, sizeof(latency->buckets));
	for_each_possible_cpu(cpu) {
		read_times(logs->cpus[cpu], latency, &times);
		add_up(latency, &times);
	}
	return latency->count;
}
