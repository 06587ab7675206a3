/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Subcommands. One is a file of cmd/ with its struct, a declaration below and
 * a row of the table in pfnscope.c.
 */
#ifndef PFNSCOPE_CMD_CMD_H
#define PFNSCOPE_CMD_CMD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include "base/error.h"
#include "base/lines.h"
#include "render/render.h"
#include "render/shape.h"
#include "source/snapshot.h"
#include "source/source.h"
#include "table/table.h"
#include "table/where.h"

/**
 * struct pfnscope_option - a long option of one command
 * @name: without the dashes
 * @argument: what --help calls its argument, NULL where it takes none
 * @help: a few words, no final dot
 */
struct pfnscope_option {
	const char *name;
	const char *argument;
	const char *help;
};

struct pfnscope_run;

/**
 * struct pfnscope_other - another table that a command may show
 * @when: with which options, for --help
 * @view: what its columns are
 * @json: programs get it as well, as a document of its own
 */
struct pfnscope_other {
	const char *when;
	const struct pfnscope_view *view;
	bool json;
};

/* What a command is for: --help lists them so, and README. */
enum pfnscope_group {
	PFNSCOPE_GROUP_ASK,
	PFNSCOPE_GROUP_TIME,
	PFNSCOPE_GROUP_WHO,
	PFNSCOPE_GROUP_MUCH,
	PFNSCOPE_GROUP_RECLAIM,
	PFNSCOPE_GROUP_MODULE,
	PFNSCOPE_GROUPS
};

/**
 * struct pfnscope_command - one subcommand
 * @name: the word on the command line
 * @group: among which it is listed
 * @summary: one line for the list of commands
 * @description: a paragraph for its own --help, or NULL
 * @arguments: what --help calls its arguments, NULL where it takes none
 * @view: the table it shows: -o, --help and the completion follow from it; or NULL
 * @others: tables it shows in place of that of @view, as --help tells
 * @view_of: the view where an option makes it another one, or NULL
 * @options: its own options, ended by a row without a name, or NULL
 * @repeats: the one of them that may be given again, or NULL
 * @letters: their short forms, one for each, '-' where it has none; or NULL
 * @sort: column by which rows are sorted unless --sort says another, or NULL
 * @brief_sort: the same for what @brief makes, NULL where it is @sort
 * @empty: why a complete table may have no rows, or NULL
 * @document: what it answers as JSON that is not the table of @view, or NULL
 * @verbose: it says more with --verbose
 * @variant: the command that its first option makes of it, or NULL: options, table and
 *	help are then of that one
 * @rootless: it reads no system, so that --root means nothing to it
 * @logs: it reads logs, and the one in an archive of a system
 * @scans: it reads what looks at each page of memory, or of each process
 * @unrecorded: record does not ask it: others read what it reads, or it does not end
 * @moments: --time is of its first argument
 * @recorded: an option that it does not answer without, and its value, for record
 * @shows: for people, whether a row is shown without --all, or NULL for every row
 * @brief: for people, the table to show without --all and -o, to be freed; or NULL
 * @fold: makes the sorted table fit a terminal of so many rows, or NULL
 * @weighs: columns by whose sum rows are kept where not all fit; without them it is
 *	the first ones
 * @tell: the same where more has to be read for it
 * @examples: two command lines, without "pfnscope"; every command has them
 * @run: does it; returns an enum pfnscope_status, or -1 with the error filled
 */
struct pfnscope_command {
	const char *name;
	enum pfnscope_group group;
	const char *summary;
	const char *description;
	const char *arguments;
	const struct pfnscope_view *view;
	struct pfnscope_other others[2];
	const struct pfnscope_view *(*view_of)(const struct pfnscope_run *run);
	const struct pfnscope_option *options;
	const char *repeats;
	const char *letters;
	const char *sort;
	const char *brief_sort;
	const char *empty;
	const struct pfnscope_document *document;
	bool verbose;
	const struct pfnscope_command *variant;
	bool rootless;
	bool logs;
	bool scans;
	bool unrecorded;
	bool moments;
	const char *recorded[2];
	bool (*shows)(const struct pfnscope_table *table, size_t row,
		      const void *nothing);
	struct pfnscope_table *(*brief)(const struct pfnscope_table *table);
	void (*fold)(struct pfnscope_table *table, size_t rows);
	const char *weighs[2];
	struct pfnscope_table *(*tell)(struct pfnscope_run *run,
				       const struct pfnscope_table *table);
	const char *examples[2];
	int (*run)(struct pfnscope_run *run);
};

/**
 * struct pfnscope_live - a command that is run again and again, to be looked at
 * @remarks: where remarks go in place of stderr
 * @filter: only rows with this word in one of their cells, or NULL
 * @by_change: columns: the rows that changed most come first; or NULL
 * @shown: told the table whose rows are shown, or NULL
 * @context: for it
 */
struct pfnscope_live {
	FILE *remarks;
	const char *filter;
	const char *by_change;
	void (*shown)(void *context, const struct pfnscope_table *table);
	void *context;
};

/**
 * struct pfnscope_run - one run of a command, all options parsed
 * @command: what runs
 * @source: the root it reads
 * @earlier: the same a moment before, where somebody has read it already; or NULL
 * @from: of --from, or NULL
 * @until: of --time, in seconds since 1970; INT64_MAX where it was not given
 * @format: how it prints
 * @head: what a JSON document says of itself
 * @where: which rows: --where, and --node and --zone of a table with such columns
 * @sort: argument of --sort, or NULL
 * @usual_sort: what is sorted by without it, where it is not the command's; or NULL
 * @top: argument of --top, UINT64_MAX where it was not given
 * @all: --all
 * @verbose: --verbose
 * @values: arguments of @command->options by index, NULL where not given; an
 *	option without argument has "" when given
 * @repeated: every argument of the option that @command->repeats names
 * @arguments: what is left of the command line
 * @nr_arguments: how many
 * @live: what is different where it is run again and again, or NULL
 * @error: where failures go
 */
struct pfnscope_run {
	const struct pfnscope_command *command;
	struct pfnscope_source *source;
	const struct pfnscope_source *earlier;
	const char *from;
	int64_t until;
	struct pfnscope_format format;
	struct pfnscope_head head;
	struct pfnscope_where where;
	const char *sort;
	const char *usual_sort;
	uint64_t top;
	bool all;
	bool verbose;
	const char **values;
	struct pfnscope_lines repeated;
	char **arguments;
	size_t nr_arguments;
	const struct pfnscope_live *live;
	struct pfnscope_error error;
};

extern const struct pfnscope_command pfnscope_cmd_about;
extern const struct pfnscope_command pfnscope_cmd_balance;
extern const struct pfnscope_command pfnscope_cmd_contiguity;
extern const struct pfnscope_command pfnscope_cmd_diff;
extern const struct pfnscope_command pfnscope_cmd_doctor;
extern const struct pfnscope_command pfnscope_cmd_events;
extern const struct pfnscope_command pfnscope_cmd_explain;
extern const struct pfnscope_command pfnscope_cmd_files;
extern const struct pfnscope_command pfnscope_cmd_forecast;
extern const struct pfnscope_command pfnscope_cmd_frag;
extern const struct pfnscope_command pfnscope_cmd_freelists;
extern const struct pfnscope_command pfnscope_cmd_generations;
extern const struct pfnscope_command pfnscope_cmd_gfp;
extern const struct pfnscope_command pfnscope_cmd_hugepages;
extern const struct pfnscope_command pfnscope_cmd_incidents;
extern const struct pfnscope_command pfnscope_cmd_latency;
extern const struct pfnscope_command pfnscope_cmd_leak;
extern const struct pfnscope_command pfnscope_cmd_lru;
extern const struct pfnscope_command pfnscope_cmd_lrutail;
extern const struct pfnscope_command pfnscope_cmd_map;
extern const struct pfnscope_command pfnscope_cmd_offline;
extern const struct pfnscope_command pfnscope_cmd_oom;
extern const struct pfnscope_command pfnscope_cmd_oom_next;
extern const struct pfnscope_command pfnscope_cmd_owners;
extern const struct pfnscope_command pfnscope_cmd_pageblocks;
extern const struct pfnscope_command pfnscope_cmd_pcp;
extern const struct pfnscope_command pfnscope_cmd_processes;
extern const struct pfnscope_command pfnscope_cmd_reclaim;
extern const struct pfnscope_command pfnscope_cmd_record;
extern const struct pfnscope_command pfnscope_cmd_report;
extern const struct pfnscope_command pfnscope_cmd_shrinkers;
extern const struct pfnscope_command pfnscope_cmd_sample;
extern const struct pfnscope_command pfnscope_cmd_sites;
extern const struct pfnscope_command pfnscope_cmd_slabs;
extern const struct pfnscope_command pfnscope_cmd_stalls;
extern const struct pfnscope_command pfnscope_cmd_stats;
extern const struct pfnscope_command pfnscope_cmd_status;
extern const struct pfnscope_command pfnscope_cmd_summary;
extern const struct pfnscope_command pfnscope_cmd_swap;
extern const struct pfnscope_command pfnscope_cmd_thp;
extern const struct pfnscope_command pfnscope_cmd_top;
extern const struct pfnscope_command pfnscope_cmd_triage;
extern const struct pfnscope_command pfnscope_cmd_whose;
extern const struct pfnscope_command pfnscope_cmd_zonelists;
extern const struct pfnscope_command pfnscope_cmd_zones;
extern const struct pfnscope_command pfnscope_cmd_zswap;

/* Argument of the option @name, NULL where it was not given. */
const char *pfnscope_run_value(const struct pfnscope_run *run,
			       const char *name);
/* The same as a number; @number keeps what it holds where it was not given. */
int pfnscope_run_number(struct pfnscope_run *run, const char *name,
			uint64_t max, uint64_t *number);
/* A remark for stderr, as "pfnscope: COMMAND: text". */
void pfnscope_run_remark(const struct pfnscope_run *run, const char *format, ...)
	__attribute__((format(printf, 2, 3)));
/* A remark for people, of when @what is, in seconds since 1970. */
void pfnscope_run_of(const struct pfnscope_run *run, const char *what, int64_t at);
/* Fails, as there is no such table, with what to do next. */
int pfnscope_run_absent(struct pfnscope_run *run, const struct pfnscope_table *table);
/*
 * Shows a table as the whole answer: the rows that the options choose, and what it
 * lacks. Changes @table.
 */
int pfnscope_run_show(struct pfnscope_run *run, struct pfnscope_table *table);
/* The same of a table of which a choice has left nothing, or what @none says: exit 1. */
int pfnscope_run_show_none(struct pfnscope_run *run, struct pfnscope_table *table,
			   const char *none);
/* Reads and shows @run->command->view. */
int pfnscope_run_view(struct pfnscope_run *run);

#endif
