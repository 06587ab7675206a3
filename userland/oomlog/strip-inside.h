/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What the three parts of taking off share: the lines that wait, what they have
 * taught so far, and what becomes of each.
 */
#ifndef PFNSCOPE_OOMLOG_STRIP_INSIDE_H
#define PFNSCOPE_OOMLOG_STRIP_INSIDE_H

#include "oomlog/anchor.h"
#include "oomlog/scan.h"
#include "oomlog/shape.h"
#include "oomlog/strip.h"
#include "oomlog/suffix.h"

#include <stdint.h>

/* A report with a table of thousands of tasks has less. */
#define PFNSCOPE_WAITING_BYTES	(1024UL * 1024)
#define PFNSCOPE_WAITING_LINES	16384

/* Between two lines without a known prefix, or above them. */
#define PFNSCOPE_NO_ANCHOR	SIZE_MAX

struct pfnscope_waiting {
	size_t at;
	size_t size;
	size_t number;
	size_t width;
	size_t anchor;			/* offset of the kernel's text */
	bool goes_on;
	bool inside;			/* a record that began above */
	bool full;
	bool marked;
	bool doubled;
	bool wraps;			/* its words are short enough to be wrapped */
	bool header;
};

struct pfnscope_strip {
	struct pfnscope_loglines out;
	struct pfnscope_shapes shapes;
	struct pfnscope_suffixes suffixes;
	struct pfnscope_logline last;
	enum pfnscope_anchor_rank rank;	/* of the last anchor */
	unsigned int ups;
	unsigned int downs;
	bool lost;			/* the last prefix was not understood */
	bool complete;			/* the last line learnt from: nothing can go on with it */
	unsigned int alone;		/* such lines with another's line behind */
	unsigned int together;		/* with another line of the same log */
	bool quoted;			/* the present one ends with a quote */
	bool escaped;			/* newlines of the present record were */
	bool partial;			/* the last line waiting is not whole */
	size_t used;
	size_t count;
	struct pfnscope_waiting line[PFNSCOPE_WAITING_LINES];
	char text[PFNSCOPE_WAITING_BYTES];
};

unsigned int pfnscope_strip_quotes(struct pfnscope_scan *s);
bool pfnscope_strip_knows(struct pfnscope_scan s);
void pfnscope_strip_learn(struct pfnscope_strip *strip);
size_t pfnscope_strip_drain(struct pfnscope_strip *strip, size_t count);
void pfnscope_strip_bare(struct pfnscope_strip *strip,
			 const struct pfnscope_waiting *waiting);

#endif
