/* SPDX-License-Identifier: GPL-2.0-only */
/* The live view on a whole screen: what is on it, and what its keys do. */
#ifndef PFNSCOPE_CMD_TOP_LIVE_H
#define PFNSCOPE_CMD_TOP_LIVE_H

#include "cmd/top.h"

/* What the last line asks for. */
enum pfnscope_top_prompt {
	PFNSCOPE_TOP_NOTHING,
	PFNSCOPE_TOP_FILTER,
	PFNSCOPE_TOP_SORT,
};

/**
 * struct pfnscope_top_live - the screen
 * @top: what is on it
 * @text: the page, NULL before it was read
 * @lines: of it
 * @first: the uppermost of these on the screen
 * @left: the first column on the screen
 * @paused: the clock does not run
 * @help: the keys, in place of the page
 * @prompt: what the last line asks for
 * @typed: what was typed there
 * @length: of that
 * @column: what < and > have chosen, below 0 for the usual order
 * @count: readings after which it ends, 0 for never
 * @over: it ends
 * @signal: because of this one, or 0
 */
struct pfnscope_top_live {
	struct pfnscope_top *top;
	char *text;
	size_t lines;
	size_t first;
	size_t left;
	bool paused;
	bool help;
	enum pfnscope_top_prompt prompt;
	char typed[64];
	size_t length;
	int column;
	uint64_t count;
	bool over;
	int signal;
};

/* Draws all of it. */
void pfnscope_top_draw(struct pfnscope_top_live *live);
/* Lines of the page that the screen has room for. */
size_t pfnscope_top_room(void);
/* Reads the page once more. */
void pfnscope_top_again(struct pfnscope_top_live *live, enum pfnscope_top_why why);
/* Obeys what was typed. */
void pfnscope_top_keys(struct pfnscope_top_live *live);

#endif
