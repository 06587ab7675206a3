// SPDX-License-Identifier: GPL-2.0-only
/* Who has the pages of each zone. */
#include "view/view.h"
#include "walk/owners.h"

static int owners_begin(void *cursor)
{
	return pfnscope_owners_begin(cursor);
}

static int owners_fill(void *cursor, void *record)
{
	return pfnscope_owners_fill(cursor, record);
}

static void owners_end(void *cursor)
{
	pfnscope_owners_end(cursor);
}

static struct pfnscope_cost *owners_cost(void *cursor)
{
	struct pfnscope_owner_cursor *owners = cursor;

	return &owners->scan.cost;
}

/* What is counted and not seen lies in no block that we know of. */
static void owners_show(struct seq_file *m, const void *record)
{
	const struct pfnscope_owner *owner = record;
	bool seen = owner->kind != PFNSCOPE_OWNER_COUNTER;
	bool spoils = owner->kind == PFNSCOPE_OWNER_CLASS ||
		      owner->kind == PFNSCOPE_OWNER_RESERVED ||
		      owner->kind == PFNSCOPE_OWNER_VMALLOC ||
		      owner->kind == PFNSCOPE_OWNER_HOLDER ||
		      owner->kind == PFNSCOPE_OWNER_SLAB ||
		      owner->kind == PFNSCOPE_OWNER_CGROUP ||
		      owner->kind == PFNSCOPE_OWNER_DYING_CGROUP;

	seq_printf(m, "%d", owner->node);
	pfnscope_put_string(m, owner->zone);
	pfnscope_put_string(m, pfnscope_owner_kind_name(owner->kind));
	pfnscope_put_string(m, owner->name);
	pfnscope_put_number(m, owner->pages);
	pfnscope_put_number(m, seen ? owner->blocks : PFNSCOPE_UNKNOWN);
	pfnscope_put_number(m, spoils ? owner->spoiled : PFNSCOPE_UNKNOWN);
	seq_putc(m, '\n');
}

const struct pfnscope_view pfnscope_view_owners = {
	.name = "owners",
	.major = 1,
	.minor = 0,
	.columns = PFNSCOPE_COLUMNS(node zone kind owner pages blocks
				    spoiled_blocks),
	.record_size = sizeof(struct pfnscope_owner),
	.cursor_size = sizeof(struct pfnscope_owner_cursor),
	.begin = owners_begin,
	.fill = owners_fill,
	.end = owners_end,
	.cost = owners_cost,
	.show = owners_show,
};
