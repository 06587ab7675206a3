/* SPDX-License-Identifier: GPL-2.0-only */
/* The fields of sites, and what is made of its stacks. */
#ifndef PFNSCOPE_VIEW_SITES_H
#define PFNSCOPE_VIEW_SITES_H

#include "table/fields.h"
#include "table/table.h"

struct pfnscope_text;

#define SITE_FUNCTION_FIELD(F, V, flags) \
	F(V, STRING, function, SHOWN | WIDE | (flags), NULL, \
	  "first caller that is no helper of the allocator, and its module")
#define SITE_PAGES_FIELDS(F, V) \
	F(V, PAGES, estimated_pages, SHOWN, "PAGES", "that it holds, told from the samples") \
	F(V, PAGES, error_pages, SHOWN, "ERROR", \
	  "standard error of PAGES: in two of three cases it is not further off")
#define SITE_AGE_FIELDS(F, V) \
	F(V, MS, oldest_ms, SHOWN, "OLDEST", "since the oldest sample was taken") \
	F(V, MS, newest_ms, SHOWN, "NEWEST", "since the newest sample was taken")
#define SITE_COMM_FIELD(F, V) \
	F(V, STRING, comm, SHOWN | WIDE | PRIVATE, NULL, "task that took the newest sample")

#define SITES_ROW "pages of one order in a zone that one stack of calls asked for"
#define SITES_FIELDS(F, V) \
	PLACE_FIELDS(F, V) \
	F(V, COUNT, order, SHOWN, NULL, "of the requests: two to this power pages") \
	SITE_FUNCTION_FIELD(F, V, PFNSCOPE_COMPUTED) \
	SITE_PAGES_FIELDS(F, V) \
	F(V, PAGES, grown_pages, PFNSCOPE_COMPUTED, "GROWN", \
	  "how much more it held when --growing looked again") \
	F(V, COUNT, one_in, 0, NULL, "one request in so many is sampled") \
	F(V, COUNT, samples, 0, NULL, "samples that are held") \
	SITE_AGE_FIELDS(F, V) \
	F(V, PAGES, taken_pages, 0, "TAKEN", "of all samples since it was switched on") \
	F(V, PAGES, given_pages, 0, "GIVEN", "of them, those that came back") \
	F(V, PAGES, lost_pages, 0, "LOST", "of them, those that found no room") \
	F(V, COUNT, pid, 0, NULL, "task that took the newest sample") \
	SITE_COMM_FIELD(F, V) \
	F(V, COUNT, site, 0, NULL, "its number while sites are on") \
	F(V, WORDS, stack, BELOW, NULL, "who called whom, the innermost first")

#define SITES_BRIEF_ROW "pages of a zone that one function asked for"
#define SITES_BRIEF_FIELDS(F, V) \
	PLACE_FIELDS(F, V) \
	SITE_FUNCTION_FIELD(F, V, WHICH) \
	SITE_PAGES_FIELDS(F, V) \
	SITE_AGE_FIELDS(F, V) \
	SITE_COMM_FIELD(F, V)

PFNSCOPE_COLUMNS(SITES);
PFNSCOPE_COLUMNS(SITES_BRIEF);
PFNSCOPE_BEGINS_WITH_PLACE(SITES);
PFNSCOPE_BEGINS_WITH_PLACE(SITES_BRIEF);
extern const struct pfnscope_view pfnscope_view_sites;
PFNSCOPE_TABLE(SITES, pfnscope_view_sites);
extern const struct pfnscope_view pfnscope_view_sites_brief;
PFNSCOPE_TABLE(SITES_BRIEF, pfnscope_view_sites_brief);

/* The caller that is meant, of a stack, without its offset; to be freed. */
char *pfnscope_sites_caller(const char *const *stack, size_t count);
/* Fills the functions in. */
void pfnscope_sites_name(struct pfnscope_table *table);
/* By how much each row of @table holds more than @before; what does not is left out. */
void pfnscope_sites_grow(struct pfnscope_table *table,
			 const struct pfnscope_table *before);
/* Functions, summed up. NULL where there is none. */
struct pfnscope_table *pfnscope_sites_brief(const struct pfnscope_table *table);
/* Lines "outermost;...;innermost PAGES", a stack each, as flame graphs are made from. */
void pfnscope_sites_fold(const struct pfnscope_table *table,
			 struct pfnscope_text *out);

#endif
