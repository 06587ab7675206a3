/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The live view: pages of what other commands show, read again and again. A page is a
 * list of commands, run with their output kept; what changed stands behind each number.
 */
#ifndef PFNSCOPE_CMD_TOP_H
#define PFNSCOPE_CMD_TOP_H

#include "cmd/cmd.h"
#include "source/recordings.h"

#define PFNSCOPE_TOP_SECTIONS	4

struct json_object;

/**
 * struct pfnscope_top_section - one command's part of a page
 * @command: whose
 * @scan: it looks at every page frame, or at as much: not at each tick
 * @by_change: columns: the rows that changed most come first; or NULL
 * @sort: columns: what comes first unless somebody sorts, where it is not the command's; or NULL
 * @rows: the first of them, where there may be very many; or 0
 * @program: whose document has the same for programs, where @command has none; or NULL
 * @option: an option of the command's own to run it with, or NULL
 * @value: its argument
 */
struct pfnscope_top_section {
	const struct pfnscope_command *command;
	bool scan;
	const char *by_change;
	const char *sort;
	unsigned int rows;
	const struct pfnscope_command *program;
	const char *option;
	const char *value;
};

/**
 * struct pfnscope_top_page - one page
 * @name: a word for --page
 * @title: for people
 * @sections: what is on it; one without a command ends them
 */
struct pfnscope_top_page {
	const char *name;
	const char *title;
	struct pfnscope_top_section sections[PFNSCOPE_TOP_SECTIONS];
};

/* Ended by a page without a name. There are ten keys: 1 to 9, and 0. */
extern const struct pfnscope_top_page pfnscope_top_pages[];
size_t pfnscope_top_count(void);
char pfnscope_top_key(size_t page);
/* By its name or its key; below 0 where there is none. */
int pfnscope_top_find(const char *page);

/**
 * struct pfnscope_top_kept - what a section said last
 * @text: of it, NULL before it was read
 * @size: of the text
 * @failed: why there is none, or NULL
 * @changes: what changed in it, for programs
 * @at_ns: when that was
 * @spent_ns: what it took
 */
struct pfnscope_top_kept {
	char *text;
	size_t size;
	char *failed;
	struct json_object *changes;
	int64_t at_ns;
	int64_t spent_ns;
};

/**
 * struct pfnscope_top_cost - what reading and showing has cost
 * @at_ns: when this was told
 * @own_ns: time of CPUs, of the command; below 0 where nothing runs
 * @module_ns: of it, what the module counts of all who read it; below 0 without one
 */
struct pfnscope_top_cost {
	int64_t at_ns;
	int64_t own_ns;
	int64_t module_ns;
};

/**
 * struct pfnscope_top - the view
 * @run: the command that shows it
 * @once: of a reading: no file is read twice
 * @page: which page
 * @kept: by section of that page
 * @changes: what tables had before
 * @recordings: of a folder of them, or none
 * @nth: which of them is shown
 * @trouble: why another one cannot be; or NULL
 * @sort: what the user sorts by, or NULL
 * @filter: what the rows have to have, or NULL
 * @tick: readings so far
 * @taken_ns: when the last one was
 * @elapsed_ns: between the last two; 0 for the first
 * @cost: until the last tick
 * @cost_before: until the one before
 */
struct pfnscope_top {
	struct pfnscope_run *run;
	struct pfnscope_source *once;
	size_t page;
	struct pfnscope_top_kept kept[PFNSCOPE_TOP_SECTIONS];
	struct pfnscope_changes *changes;
	struct pfnscope_recordings recordings;
	size_t nth;
	char *trouble;
	char *sort;
	char *filter;
	uint64_t tick;
	int64_t taken_ns;
	int64_t elapsed_ns;
	struct pfnscope_top_cost cost;
	struct pfnscope_top_cost cost_before;
};

/* Which sections are read. */
enum pfnscope_top_why {
	PFNSCOPE_TOP_TICK,	/* those that are due */
	PFNSCOPE_TOP_SCAN,	/* and scans, where the last one is long enough ago */
	PFNSCOPE_TOP_AGAIN,	/* the same once more, to be sorted or chosen otherwise */
};

int64_t pfnscope_top_now(void);
void pfnscope_top_read(struct pfnscope_top *top, enum pfnscope_top_why why);
/* The page as it is, of what was recorded then. */
void pfnscope_top_read_at(struct pfnscope_top *top, int64_t at_ns);

/* --- of a folder of recordings --- */

/* Finds them, if --from has any. */
void pfnscope_top_recordings(struct pfnscope_top *top);
/* The page of the one that is shown, and what has changed since the one before. */
void pfnscope_top_read_recorded(struct pfnscope_top *top);
/* To the next one, or the one before; false where there is none, or it cannot be read. */
bool pfnscope_top_step(struct pfnscope_top *top, int by);
/* "2026-11-27/171458 UTC, 3 of 12, " to be freed. */
char *pfnscope_top_recorded_text(const struct pfnscope_top *top);

/* Another page: nothing of it was read. */
void pfnscope_top_turn(struct pfnscope_top *top, size_t page);
/* The page as text for people, to be freed; @colours: with them. */
char *pfnscope_top_text(const struct pfnscope_top *top, bool colours);
/* "1.2ms/s, module 0.4ms/s"; to be freed. */
char *pfnscope_top_cost_text(const struct pfnscope_top *top);
/* A document for programs; returns 0 or -1. */
int pfnscope_top_json(struct pfnscope_top *top);
extern const struct pfnscope_document pfnscope_top_document;
void pfnscope_top_clear(struct pfnscope_top *top);

/* The whole screen, until somebody ends it. */
int pfnscope_top_live(struct pfnscope_top *top, int64_t every_ns, uint64_t count);

#endif
