// SPDX-License-Identifier: GPL-2.0-only
/*
 * The last slab cache, cgroup and part of what is reserved are those without a
 * name: what came after the names were collected, or what was one too many then.
 */
#include <linux/sched.h>
#include <linux/string.h>

#include "classify.h"
#include "reach/slab.h"
#include "walk/memory.h"
#include "walk/owner_table.h"
#include "walk/sorted.h"

static const char *const kind_names[PFNSCOPE_OWNER_KINDS] = {
	[PFNSCOPE_OWNER_CLASS] = "class",
	[PFNSCOPE_OWNER_STATE] = "state",
	[PFNSCOPE_OWNER_ORDER] = "order",
	[PFNSCOPE_OWNER_RESERVED] = "reserved",
	[PFNSCOPE_OWNER_VMALLOC] = "vmalloc",
	[PFNSCOPE_OWNER_HOLDER] = "holder",
	[PFNSCOPE_OWNER_SLAB] = "slab",
	[PFNSCOPE_OWNER_CGROUP] = "cgroup",
	[PFNSCOPE_OWNER_DYING_CGROUP] = "dying_cgroup",
	[PFNSCOPE_OWNER_COUNTER] = "counter",
};

/**
 * pfnscope_owner_kind_name - a kind of owner as a word
 * @kind: the kind
 *
 * Return: the word, the same in every view.
 */
const char *pfnscope_owner_kind_name(enum pfnscope_owner_kind kind)
{
	return kind_names[kind];
}

static void rank(struct pfnscope_owner_slot *slot)
{
	slot->rank = ~(unsigned long)slot->pages;
	cond_resched();
}

static unsigned int places(enum pfnscope_owner_kind kind,
			   const struct pfnscope_names *names)
{
	switch (kind) {
	case PFNSCOPE_OWNER_CLASS:
		return PFNSCOPE_CLASSES;
	case PFNSCOPE_OWNER_STATE:
		return PFNSCOPE_CLASSES * PFNSCOPE_STATES;
	case PFNSCOPE_OWNER_ORDER:
		return PFNSCOPE_CLASSES * PFNSCOPE_OWNER_ORDERS;
	case PFNSCOPE_OWNER_COUNTER:
		return 1;
	case PFNSCOPE_OWNER_RESERVED:
		return names->reserved.nr_names + 1;
	case PFNSCOPE_OWNER_VMALLOC:
		return names->vmalloc.nr_names;
	case PFNSCOPE_OWNER_HOLDER:
		return names->holders.nr_names;
	case PFNSCOPE_OWNER_SLAB:
		return names->caches.count + 1;
	case PFNSCOPE_OWNER_CGROUP:
		return names->charges.cgroup.count + 1;
	default:	/* dying ones are among the cgroups */
		return 0;
	}
}

/**
 * pfnscope_owner_table_make - make a table for all who have a name
 * @table: made, not cleared; to be given to pfnscope_owner_table_free()
 * @names: the names
 *
 * Return: 0 or -ENOMEM.
 */
int pfnscope_owner_table_make(struct pfnscope_owner_table *table,
			      const struct pfnscope_names *names)
{
	unsigned int kind, count = 0;

	for (kind = 0; kind < PFNSCOPE_OWNER_KINDS; kind++) {
		table->first[kind] = count;
		count += places(kind, names);
	}
	table->first[kind] = count;
	table->slots = pfnscope_room(count, sizeof(*table->slots));
	return table->slots ? 0 : -ENOMEM;
}

/**
 * pfnscope_owner_table_free - give the memory back
 * @table: made, or zeroed
 */
void pfnscope_owner_table_free(struct pfnscope_owner_table *table)
{
	kvfree(table->slots);
	table->slots = NULL;
}

/**
 * pfnscope_owner_table_clear - forget all pages
 * @table: the table
 */
void pfnscope_owner_table_clear(struct pfnscope_owner_table *table)
{
	struct pfnscope_owner_slot *slot;
	unsigned int kind, i;

	for (kind = 0; kind < PFNSCOPE_OWNER_KINDS; kind++)
		for (i = table->first[kind]; i < table->first[kind + 1]; i++) {
			slot = &table->slots[i];
			memset(slot, 0, sizeof(*slot));
			slot->number = i - table->first[kind];
			cond_resched();
		}
}

/**
 * pfnscope_owner_table_sort - those with most pages first, of each kind with many
 * @table: the table
 *
 * Where only the first rows are kept these are the ones that matter.
 */
void pfnscope_owner_table_sort(struct pfnscope_owner_table *table)
{
	unsigned int kind, first, count, i;

	for (kind = PFNSCOPE_OWNER_RESERVED; kind < PFNSCOPE_OWNER_KINDS; kind++) {
		first = table->first[kind];
		count = table->first[kind + 1] - first;
		for (i = first; i < first + count; i++)
			rank(&table->slots[i]);
		pfnscope_sort(&table->slots[first], count,
			      sizeof(*table->slots));
	}
}

static void name_cgroup(const struct pfnscope_names *names, unsigned int number,
			struct pfnscope_owner *owner)
{
	const struct pfnscope_charges *charges = &names->charges;

	if (number == charges->cgroup.count) {
		owner->name = charges->over ? "over_limit" : "unnamed";
		owner->spoiled = PFNSCOPE_UNKNOWN;
		return;
	}
	owner->name = charges->cgroups[number].path;
	if (charges->cgroups[number].dying)
		owner->kind = PFNSCOPE_OWNER_DYING_CGROUP;
}

static void name_cache(const struct pfnscope_names *names, unsigned int number,
		       struct pfnscope_owner *owner)
{
	if (number == names->caches.count) {
		owner->name = "unnamed";
		owner->spoiled = PFNSCOPE_UNKNOWN;
		return;
	}
	owner->name = pfnscope_slab_name(names->caches.all[number]);
}

/* All that is reserved has a row, what has no name as well; an area has a name. */
static void name_frames(const struct pfnscope_frames *frames,
			unsigned int number, struct pfnscope_owner *owner)
{
	if (number < frames->nr_names) {
		owner->name = frames->names[number].text;
		return;
	}
	owner->name = "other";
	owner->spoiled = PFNSCOPE_UNKNOWN;
}

/**
 * pfnscope_owner_table_name - kind and name of the owner at a place
 * @table: the table
 * @names: that it was made for
 * @place: its index among all
 * @owner: filled. Who spoils a block is not known of those without a name, as
 *	they may be several
 */
void pfnscope_owner_table_name(const struct pfnscope_owner_table *table,
			       const struct pfnscope_names *names,
			       unsigned int place, struct pfnscope_owner *owner)
{
	unsigned int number;

	owner->kind = 0;
	while (place >= table->first[owner->kind + 1])
		owner->kind++;
	number = table->slots[place].number;
	owner->name = owner->words;
	switch (owner->kind) {
	case PFNSCOPE_OWNER_CLASS:
		owner->name = pfnscope_class_name(number);
		break;
	case PFNSCOPE_OWNER_STATE:
		scnprintf(owner->words, sizeof(owner->words), "%s.%s",
			  pfnscope_class_name(number / PFNSCOPE_STATES),
			  pfnscope_state_name(number % PFNSCOPE_STATES));
		break;
	case PFNSCOPE_OWNER_ORDER:
		scnprintf(owner->words, sizeof(owner->words), "%s-%u",
			  pfnscope_class_name(number / PFNSCOPE_OWNER_ORDERS),
			  number % PFNSCOPE_OWNER_ORDERS);
		break;
	case PFNSCOPE_OWNER_RESERVED:
		name_frames(&names->reserved, number, owner);
		break;
	case PFNSCOPE_OWNER_VMALLOC:
		name_frames(&names->vmalloc, number, owner);
		break;
	case PFNSCOPE_OWNER_HOLDER:
		name_frames(&names->holders, number, owner);
		break;
	case PFNSCOPE_OWNER_SLAB:
		name_cache(names, number, owner);
		break;
	case PFNSCOPE_OWNER_CGROUP:
		name_cgroup(names, number, owner);
		break;
	default:
		owner->name = "pcp";
	}
}
