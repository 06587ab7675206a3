// SPDX-License-Identifier: GPL-2.0-only
/* What reclaim weighs, by memory cgroup and node. */
#include "view/cgroup.h"
#include "view/view.h"
#include "walk/balance.h"

static int balance_fill(void *cursor, void *record)
{
	return pfnscope_balance_fill(cursor, record);
}

static void balance_end(void *cursor)
{
	struct pfnscope_balance_cursor *balance = cursor;

	pfnscope_cgroups_end(&balance->cgroups);
}

static unsigned int known(const u64 *numbers, unsigned int count)
{
	unsigned int i;

	for (i = 0; i < count && numbers[i] != PFNSCOPE_UNKNOWN; i++)
		;
	return i;
}

static void show_generations(struct seq_file *m,
			     const struct pfnscope_balance_type *type)
{
	pfnscope_put_number(m, type->min_seq);
	pfnscope_put_numbers(m, type->generations,
			     known(type->generations,
				   PFNSCOPE_LRU_GENERATIONS));
	pfnscope_put_numbers(m, type->refaulted, PFNSCOPE_LRU_TIERS);
	pfnscope_put_numbers(m, type->evicted, PFNSCOPE_LRU_TIERS);
}

static void show_type(struct seq_file *m,
		      const struct pfnscope_balance_type *type)
{
	pfnscope_put_number(m, type->inactive);
	pfnscope_put_number(m, type->active);
	pfnscope_put_number(m, type->cost);
	pfnscope_put_number(m, type->refault_snapshot);
	if (type->min_seq == PFNSCOPE_UNKNOWN)
		seq_puts(m, " - - - -");
	else
		show_generations(m, type);
}

static void balance_show(struct seq_file *m, const void *record)
{
	const struct pfnscope_balance *balance = record;
	unsigned int type;

	seq_printf(m, "%d", balance->node);
	pfnscope_put_cgroup(m, &balance->cgroup);
	seq_puts(m, balance->gen ? " generations" : " lists");
	pfnscope_put_number(m, balance->swappiness);
	pfnscope_put_number(m, balance->usage);
	pfnscope_put_number(m, balance->min);
	pfnscope_put_number(m, balance->low);
	pfnscope_put_number(m, balance->emin);
	pfnscope_put_number(m, balance->elow);
	pfnscope_put_number(m, balance->swap);
	pfnscope_put_number(m, balance->swap_max);
	pfnscope_put_number(m, balance->max_seq);
	for (type = 0; type < PFNSCOPE_LRU_TYPES; type++)
		show_type(m, &balance->types[type]);
	seq_putc(m, '\n');
}

const struct pfnscope_view pfnscope_view_balance = {
	.name = "balance",
	.major = 1,
	.minor = 0,
	.columns = PFNSCOPE_COLUMNS(node cgroup cgroup_id state lru swappiness
				    usage_pages min_pages low_pages emin_pages
				    elow_pages swap_pages swap_max_pages
				    max_seq
				    inactive_anon_pages active_anon_pages
				    anon_cost anon_refault_snapshot
				    anon_min_seq anon_generation_pages
				    anon_tier_refaulted anon_tier_evicted
				    inactive_file_pages active_file_pages
				    file_cost file_refault_snapshot
				    file_min_seq file_generation_pages
				    file_tier_refaulted file_tier_evicted),
	.record_size = sizeof(struct pfnscope_balance),
	.cursor_size = sizeof(struct pfnscope_balance_cursor),
	.fill = balance_fill,
	.end = balance_end,
	.show = balance_show,
};
