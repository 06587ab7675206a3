// SPDX-License-Identifier: GPL-2.0-only
/* Verdicts as cells, and the inequality that decided as a line. */
#include <inttypes.h>
#include <stdio.h>

#include "allocator/explain-table.h"
#include "base/array.h"
#include "base/units.h"
#include "table/row.h"

#define SHOWN	PFNSCOPE_SHOWN

#define VERDICT_ROW(INTEGER, STRING)					\
	INTEGER(node, SHOWN, "NUMA node, where one is known")		\
	STRING(zone, SHOWN, "zone of the node")				\
	STRING(reason, SHOWN, "what the zone says to the request, and why") \
	STRING(inequality, 0, "the comparison that decided, with its numbers")	\
	STRING(takes, 0, "where the block comes from: per-cpu, own, cma, claim, steal, highatomic") \
	INTEGER(takes_order, 0, "order of that block")			\
	STRING(takes_type, 0, "its migratetype")

#define NUMBERS_ROW(INTEGER, STRING)					\
	INTEGER(free_pages, SHOWN, "in the buddy allocator")		\
	INTEGER(min_pages, SHOWN, "watermark, boost included")		\
	INTEGER(boost_pages, 0, "part of the watermark, after a fragmenting fallback") \
	INTEGER(lowmem_reserve_for_class, SHOWN, "kept from requests of this class") \
	INTEGER(free_cma_pages, 0, "free, for movable requests only")	\
	INTEGER(reserved_highatomic_pages, 0, "kept for high-order atomic requests") \
	INTEGER(free_highatomic_pages, 0, "free pages of that")		\
	INTEGER(per_cpu_pages, 0, "on the per-CPU lists")		\
	INTEGER(min_after_alloc_flags, SHOWN, "watermark lowered by what the gfp flags allow") \
	INTEGER(unusable_pages, SHOWN, "free pages that this request cannot use: CMA, highatomic") \
	INTEGER(free_minus_order, SHOWN, "free pages less the order")	\
	INTEGER(left_side, SHOWN, "what must be greater")		\
	INTEGER(right_side, SHOWN, "than this")				\
	STRING(loop_fail, 0, "order at which kernels up to 4.3 gave up") \
	INTEGER(blocks_ge_order, 0, "free blocks of the order or above") \
	INTEGER(blocks_ge_order_maybe_usable, 0, "of them at orders with a usable migratetype") \
	STRING(migrate_letters_ge_order, 0, "migratetypes among those blocks")

PFNSCOPE_ROW(verdict, VERDICT_ROW)
PFNSCOPE_ROW(numbers, NUMBERS_ROW)

const struct pfnscope_view pfnscope_view_verdict = PFNSCOPE_ROW_VIEW(verdict);
const struct pfnscope_view pfnscope_view_numbers = PFNSCOPE_ROW_VIEW(numbers);

/**
 * pfnscope_types_letters - migratetypes as the kernel's letters
 * @types: mask of PFNSCOPE_TYPE_BIT()
 * @out: gets the letters, in alphabetical order
 * @size: size of @out
 */
void pfnscope_types_letters(uint32_t types, char *out, size_t size)
{
	static const struct {
		char letter;
		enum pfnscope_type type;
	} letters[] = {
		{ 'C', PFNSCOPE_CMA }, { 'E', PFNSCOPE_RECLAIMABLE },
		{ 'H', PFNSCOPE_HIGHATOMIC }, { 'I', PFNSCOPE_ISOLATE },
		{ 'M', PFNSCOPE_MOVABLE }, { 'R', PFNSCOPE_RESERVE },
		{ 'U', PFNSCOPE_UNMOVABLE },
	};
	size_t n = 0;

	for (size_t i = 0; i < ARRAY_SIZE(letters); i++)
		if ((types & PFNSCOPE_TYPE_BIT(letters[i].type)) &&
		    n + 1 < size)
			out[n++] = letters[i].letter;
	out[n] = '\0';
}

static void take_verdict_block(const struct pfnscope_verdict *v,
			       struct verdict_row *row)
{
	if (!v->checked || v->take.from <= PFNSCOPE_TAKE_UNKNOWN)
		return;
	row->takes = pfnscope_take_name(v->take.from);
	row->takes_order = v->take.order;
	row->takes_type = pfnscope_type_name(v->take.type);
}

/**
 * pfnscope_verdict_table - the answers of zones
 * @verdicts: the answers
 * @count: how many
 *
 * Return: a table with a row for each.
 */
struct pfnscope_table *
pfnscope_verdict_table(const struct pfnscope_verdict *verdicts, size_t count)
{
	struct pfnscope_table *table = pfnscope_table_new(&verdict_view);

	for (size_t i = 0; i < count; i++) {
		char reason[96], inequality[224];
		struct verdict_row row = {
			.node = verdicts[i].zone->node,
			.zone = verdicts[i].zone->name,
			.reason = reason,
			.takes_order = PFNSCOPE_MISSING,
		};

		pfnscope_reason_text(&verdicts[i], reason, sizeof(reason));
		pfnscope_verdict_inequality(&verdicts[i], inequality,
					    sizeof(inequality));
		row.inequality = *inequality ? inequality : NULL;
		take_verdict_block(&verdicts[i], &row);
		pfnscope_row_add(table, &row);
	}
	return table;
}

static void take_terms(const struct pfnscope_verdict *v, struct numbers_row *row)
{
	const struct pfnscope_wmark_terms *t = &v->terms;

	row->min_after_alloc_flags = t->min;
	row->unusable_pages = t->unusable;
	row->free_minus_order = t->after_order;
	row->left_side = t->left;
	row->right_side = t->right;
}

/* Blocks matter only where the watermark itself let the request pass. */
static void take_verdict_blocks(const struct pfnscope_rules *rules,
				const struct pfnscope_verdict *v,
				struct numbers_row *row, char *letters, size_t size)
{
	const struct pfnscope_wmark_terms *t = &v->terms;

	if (!t->blocks_known || v->reason == PFNSCOPE_REASON_BELOW_MIN ||
	    v->reason == PFNSCOPE_REASON_RESERVE)
		return;
	row->blocks_ge_order = (int64_t)t->blocks;
	if (rules->wmark.order_loop)
		return;
	row->blocks_ge_order_maybe_usable = (int64_t)t->usable_blocks;
	pfnscope_types_letters(t->types, letters, size);
	row->migrate_letters_ge_order = letters;
}

/**
 * pfnscope_verdict_numbers - the terms of one answer
 * @rules: rules it was made by
 * @verdict: the answer
 *
 * Return: a table of one row.
 */
struct pfnscope_table *
pfnscope_verdict_numbers(const struct pfnscope_rules *rules,
			 const struct pfnscope_verdict *verdict)
{
	const struct pfnscope_explain_zone *zone = verdict->zone;
	const struct pfnscope_wmark_terms *t = &verdict->terms;
	char letters[16], loop[64];
	struct numbers_row row = {
		.free_pages = zone->free,
		.min_pages = zone->min,
		.boost_pages = zone->boost,
		.lowmem_reserve_for_class = verdict->reserve,
		.free_highatomic_pages = zone->free_highatomic,
		.per_cpu_pages = zone->pcp,
		.free_cma_pages = zone->cma,
		.reserved_highatomic_pages = zone->highatomic,
		.min_after_alloc_flags = PFNSCOPE_MISSING,
		.unusable_pages = PFNSCOPE_MISSING,
		.free_minus_order = PFNSCOPE_MISSING,
		.left_side = PFNSCOPE_MISSING,
		.right_side = PFNSCOPE_MISSING,
		.blocks_ge_order = PFNSCOPE_MISSING,
		.blocks_ge_order_maybe_usable = PFNSCOPE_MISSING,
	};

	if (verdict->checked) {
		take_terms(verdict, &row);
		take_verdict_blocks(rules, verdict, &row, letters, sizeof(letters));
	}
	if (verdict->checked && t->loop_order >= 0) {
		snprintf(loop, sizeof(loop),
			 "at order %d: %" PRId64 " <= %" PRId64, t->loop_order,
			 t->loop_left, t->loop_right);
		row.loop_fail = loop;
	}
	return pfnscope_row_table(&numbers_view, &row);
}

/**
 * pfnscope_verdict_zone - "Node 0 DMA32"
 * @verdict: the answer of a zone
 * @out: gets the name
 * @size: size of @out
 */
void pfnscope_verdict_zone(const struct pfnscope_verdict *verdict, char *out,
			   size_t size)
{
	const struct pfnscope_explain_zone *zone = verdict->zone;

	if (zone->node == PFNSCOPE_MISSING)
		snprintf(out, size, "%s", zone->name);
	else
		snprintf(out, size, "Node %" PRId64 " %s", zone->node,
			 zone->name);
}

static void blocks_line(const struct pfnscope_verdict *v, char *out,
			size_t size)
{
	const struct pfnscope_wmark_terms *t = &v->terms;
	char letters[16];

	pfnscope_types_letters(t->types, letters, sizeof(letters));
	if (v->reason == PFNSCOPE_REASON_LOOP)
		snprintf(out, size, "above order %d: %" PRId64 " <= %" PRId64,
			 t->loop_order, t->loop_left, t->loop_right);
	else if (v->reason == PFNSCOPE_REASON_TYPE)
		snprintf(out, size, "%" PRIu64 " blocks of order >= %u, all "
			 "of type %s", t->blocks, v->order, letters);
	else
		snprintf(out, size, "0 blocks of order >= %u", v->order);
}

/* A term that is zero is not worth its place. */
static void term(char *out, size_t size, const char *name, int64_t pages,
		 int64_t page_kb)
{
	char number[64];

	*out = '\0';
	if (!pages)
		return;
	pfnscope_units_pages(number, sizeof(number), pages, page_kb);
	snprintf(out, size, "%s%s", name, number);
}

/* Where no watermark was checked term by term. */
static void unchecked(const struct pfnscope_verdict *v, int64_t page_kb, char *out,
		      size_t size)
{
	char left[64], right[64];

	*out = '\0';
	if (v->reason == PFNSCOPE_REASON_BELOW_MIN) {
		pfnscope_units_pages(left, sizeof(left), v->zone->free, page_kb);
		pfnscope_units_pages(right, sizeof(right), v->mark, page_kb);
		snprintf(out, size, "free %s <= %s %s", left,
			 pfnscope_mark_name(v->which), right);
	}
	if (v->reason == PFNSCOPE_REASON_DIRTY) {
		pfnscope_units_pages(left, sizeof(left), v->dirty.pages, page_kb);
		pfnscope_units_pages(right, sizeof(right), v->dirty.limit, page_kb);
		snprintf(out, size, "dirty and in writeback %s > limit %s", left,
			 right);
	}
}

/* "min 190 + boost 512": where sizes are wanted, the boost is a term of its own. */
static void boosted(const char *name, int64_t mark, int64_t boost, int64_t page_kb,
		    char *out, size_t size)
{
	char pages[64], extra[64];

	if (page_kb > 0 && boost > 0 && boost < mark) {
		pfnscope_units_pages(pages, sizeof(pages), mark - boost, page_kb);
		pfnscope_units_pages(extra, sizeof(extra), boost, page_kb);
		snprintf(out, size, "%s %s + boost %s", name, pages, extra);
	} else {
		pfnscope_units_pages(pages, sizeof(pages), mark, page_kb);
		snprintf(out, size, "%s %s", name, pages);
	}
}

/* The boost that is part of the mark: single pages may not have to pay for it. */
static int64_t boost_in(const struct pfnscope_verdict *v)
{
	const struct pfnscope_explain_zone *zone = v->zone;
	int64_t with = v->which == PFNSCOPE_MARK_MIN ? zone->min :
		       v->which == PFNSCOPE_MARK_LOW ? zone->low :
		       v->which == PFNSCOPE_MARK_HIGH ? zone->high : zone->promo;

	return v->mark == with ? zone->boost : 0;
}

/* The right side of the comparison, without the reserve. */
static void mark_text(const struct pfnscope_verdict *v, int64_t page_kb,
		      char *out, size_t size)
{
	const char *name = pfnscope_mark_name(v->which);
	char whole[160], lowered[64];

	if (v->terms.min == v->mark) {
		boosted(name, v->mark, boost_in(v), page_kb, out, size);
		return;
	}
	pfnscope_units_pages(lowered, sizeof(lowered), v->terms.min, page_kb);
	boosted("", v->mark, boost_in(v), page_kb, whole, sizeof(whole));
	snprintf(out, size, "%s %s (lowered from%s)", name, lowered, whole);
}

/**
 * pfnscope_verdict_comparison - the comparison that decided, for people
 * @verdict: the answer of a zone
 * @page_kb: page size, for a size beside the pages; 0 for pages alone
 * @out: gets the line, empty where nothing was compared
 * @size: size of @out
 */
void pfnscope_verdict_comparison(const struct pfnscope_verdict *verdict,
				 int64_t page_kb, char *out, size_t size)
{
	const struct pfnscope_wmark_terms *t = &verdict->terms;
	char free[64], mark[320], order[96], apart[96], reserve[96];

	pfnscope_units_pages(free, sizeof(free), verdict->zone->free, page_kb);
	if (!verdict->checked) {
		unchecked(verdict, page_kb, out, size);
		return;
	}
	if (verdict->reason == PFNSCOPE_REASON_NO_BLOCK ||
	    verdict->reason == PFNSCOPE_REASON_TYPE ||
	    verdict->reason == PFNSCOPE_REASON_LOOP) {
		blocks_line(verdict, out, size);
		return;
	}
	if (verdict->unmarked) {
		snprintf(out, size, "free %s, watermarks do not count", free);
		return;
	}
	term(apart, sizeof(apart), " - unusable ", t->unusable, page_kb);
	term(order, sizeof(order), " - rest of the block ",
	     verdict->zone->free - t->after_order, page_kb);
	term(reserve, sizeof(reserve), " + reserve ", t->right - t->min, page_kb);
	mark_text(verdict, page_kb, mark, sizeof(mark));
	snprintf(out, size, "free %s%s%s %s %s%s%s", free, order, apart,
		 t->left > t->right ? ">" : "<=", mark, reserve,
		 verdict->in_kb ? " (in kB)" : "");
}

/**
 * pfnscope_verdict_inequality - the comparison that decided, in pages
 * @verdict: the answer of a zone
 * @out: gets the line, empty where nothing was compared
 * @size: size of @out
 */
void pfnscope_verdict_inequality(const struct pfnscope_verdict *verdict,
				 char *out, size_t size)
{
	pfnscope_verdict_comparison(verdict, 0, out, size);
}
