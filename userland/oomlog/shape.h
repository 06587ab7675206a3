/* SPDX-License-Identifier: GPL-2.0-only */
/* The shapes of the prefixes of one log, learned from its own lines. */
#ifndef PFNSCOPE_OOMLOG_SHAPE_H
#define PFNSCOPE_OOMLOG_SHAPE_H

#include <stdbool.h>
#include <stdint.h>

#include "oomlog/anchor.h"
#include "oomlog/scan.h"

#define PFNSCOPE_SHAPES		24
#define PFNSCOPE_SHAPE_TOKENS	64
#define PFNSCOPE_SHAPE_WORD	20

/**
 * struct pfnscope_token - a piece of a prefix
 * @kind: 'w' a word, 'B' a group in brackets, else the character itself
 * @marks: of a group, the marks that it holds
 * @digits: of a word: it was a number each time
 * @size: bytes of @text, 0 where the word was not always the same
 * @text: the word
 */
struct pfnscope_token {
	char kind;
	unsigned char marks;
	bool digits;
	unsigned char size;
	char text[PFNSCOPE_SHAPE_WORD];
};

/**
 * struct pfnscope_shape - what stands before the kernel's text
 * @token: pieces
 * @count: of them
 * @clock: pieces up to a time of day or of the kernel, 0 without one
 * @blanks: that stood behind it at least
 * @seen: lines that taught it
 * @ranks: kinds of lines that taught it
 */
struct pfnscope_shape {
	struct pfnscope_token token[PFNSCOPE_SHAPE_TOKENS];
	unsigned int count;
	unsigned int clock;
	unsigned int blanks;
	unsigned int seen;
	uint32_t ranks;
};

struct pfnscope_shapes {
	struct pfnscope_shape shape[PFNSCOPE_SHAPES];
	unsigned int count;
};

/**
 * struct pfnscope_match - a prefix found in a line
 * @rest: what stands behind it
 * @whole: all of the prefix is there
 * @words: there is more to it than marks
 * @clock: a time is part of it
 * @stamp_missing: of a part: only the kernel's own time is missing
 */
struct pfnscope_match {
	struct pfnscope_scan rest;
	bool whole;
	bool words;
	bool clock;
	bool stamp_missing;
};

void pfnscope_shapes_init(struct pfnscope_shapes *shapes);
void pfnscope_shapes_learn(struct pfnscope_shapes *shapes,
			   struct pfnscope_scan prefix,
			   enum pfnscope_anchor_rank rank);
bool pfnscope_shapes_match(const struct pfnscope_shapes *shapes,
			   struct pfnscope_scan line,
			   struct pfnscope_match *match);
bool pfnscope_shapes_inside(const struct pfnscope_shapes *shapes,
			    struct pfnscope_scan line,
			    struct pfnscope_match *match);

#endif
