// SPDX-License-Identifier: GPL-2.0-only
/*
 * The scans of all memory that an incident is shown with. `hugepages` counts what
 * `contiguity` finds: one walk for both.
 */
#include <linux/build_bug.h>
#include <linux/ktime.h>
#include <linux/slab.h>

#include "view/incidents.h"
#include "view/print.h"
#include "view/view.h"
#include "walk/cancel.h"
#include "walk/hugepages.h"
#include "walk/memory.h"

/* Each file has at least so much of the room, however long those before it are. */
#define SHARE	(PFNSCOPE_INCIDENT_TEXT / 16)

static_assert(SHARE >= PFNSCOPE_PRINT_MIN);

static const struct pfnscope_view *const views[PFNSCOPE_DEFERRED] = {
	[PFNSCOPE_DEFERRED_RECLAIM] = &pfnscope_view_reclaim,
	[PFNSCOPE_DEFERRED_CONTIGUITY] = &pfnscope_view_contiguity,
	[PFNSCOPE_DEFERRED_HUGEPAGES] = &pfnscope_view_hugepages,
	[PFNSCOPE_DEFERRED_OWNERS] = &pfnscope_view_owners,
};

/**
 * pfnscope_deferred_view - what a deferred scan prints
 * @which: the scan
 */
const struct pfnscope_view *pfnscope_deferred_view(enum pfnscope_deferred which)
{
	return views[which];
}

static void add_to_pools(void *data, const void *cursor, const void *record)
{
	pfnscope_hugepages_add(data, cursor, record);
}

/* Return: false where it was cancelled. */
static bool print_one(struct pfnscope_scanned *scanned,
		      enum pfnscope_deferred which,
		      struct pfnscope_printing *printing)
{
	struct pfnscope_text *text = &scanned->deferred[which];
	size_t left = PFNSCOPE_INCIDENT_TEXT - scanned->used;

	text->begin = scanned->used;
	text->boot_ns = ktime_get_mono_fast_ns();
	printing->text = scanned->text + scanned->used;
	printing->size = left - (PFNSCOPE_DEFERRED - 1 - which) * SHARE;
	text->length = pfnscope_view_print(views[which], printing);
	text->cut = printing->cut;
	scanned->used += text->length;
	return !pfnscope_walk_cancelled();
}

/* Without @pools each of the two walks by itself. */
static bool print_both(struct pfnscope_scanned *scanned,
		       struct pfnscope_hugepages_cursor *pools)
{
	struct pfnscope_printing contiguity = { 0 }, hugepages = { 0 };

	if (pools) {
		contiguity.each = add_to_pools;
		contiguity.data = pools;
		hugepages.begun = pools;
	}
	if (!print_one(scanned, PFNSCOPE_DEFERRED_CONTIGUITY, &contiguity))
		return false;
	if (pools && contiguity.whole)
		pfnscope_hugepages_added(pools);
	return print_one(scanned, PFNSCOPE_DEFERRED_HUGEPAGES, &hugepages);
}

static bool print_walk(struct pfnscope_scanned *scanned)
{
	struct pfnscope_hugepages_cursor *pools;
	bool done;

	pools = kvzalloc(sizeof(*pools), PFNSCOPE_GFP);
	if (pools && pfnscope_hugepages_begin(pools)) {
		kvfree(pools);
		pools = NULL;
	}
	done = print_both(scanned, pools);
	if (pools)
		pfnscope_hugepages_end(pools);
	kvfree(pools);
	return done;
}

/**
 * pfnscope_deferred_scan - make the scans
 * @scanned: gets their text
 *
 * Return: false where the walk was cancelled.
 */
bool pfnscope_deferred_scan(struct pfnscope_scanned *scanned)
{
	struct pfnscope_printing reclaim = { 0 }, owners = { 0 };

	return print_one(scanned, PFNSCOPE_DEFERRED_RECLAIM, &reclaim) &&
	       print_walk(scanned) &&
	       print_one(scanned, PFNSCOPE_DEFERRED_OWNERS, &owners);
}

/**
 * pfnscope_deferred_show - a deferred scan as it was printed
 * @m: the file
 * @place: the incident
 * @which: the scan
 */
void pfnscope_deferred_show(struct seq_file *m,
			    const struct pfnscope_recorded *place,
			    enum pfnscope_deferred which)
{
	const struct pfnscope_text *text = &place->scanned.deferred[which];
	/* Pairs with the worker's: the text is there. */
	size_t length = smp_load_acquire(&text->length);

	if (!length) {
		pfnscope_view_show_header(m, views[which], "not scanned yet");
		return;
	}
	seq_write(m, place->scanned.text + text->begin, length);
	pfnscope_incidents_show_remark(m, text->boot_ns -
					  place->incident.boot_ns,
				       text->cut ? PFNSCOPE_CUT : NULL);
}
