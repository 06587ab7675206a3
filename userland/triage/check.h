/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Checks: a row of a table each, with the number, its limits and where these come
 * from. A file check-SUBJECT.c has the rows of a subject and what looks.
 */
#ifndef PFNSCOPE_TRIAGE_CHECK_H
#define PFNSCOPE_TRIAGE_CHECK_H

#include "triage/facts.h"
#include "table/fields.h"

enum pfnscope_level {
	PFNSCOPE_LEVEL_OK,
	PFNSCOPE_LEVEL_NOTE,
	PFNSCOPE_LEVEL_WARN,
	PFNSCOPE_LEVEL_CRIT,
	PFNSCOPE_LEVEL_UNKNOWN,
};

/* What makes a limit one. */
enum pfnscope_limit_kind {
	PFNSCOPE_LIMIT_K,	/* the kernel acts there */
	PFNSCOPE_LIMIT_P,	/* others warn there; nobody has shown why */
	PFNSCOPE_LIMIT_M,	/* measured in trials of this project */
	PFNSCOPE_LIMIT_R,	/* a comparison with other times or places */
};

enum pfnscope_check_unit {
	PFNSCOPE_IN_PERMILLE,
	PFNSCOPE_IN_BYTES,
	PFNSCOPE_IN_COUNT,
	PFNSCOPE_IN_PER_SECOND,
	PFNSCOPE_IN_MS,
};

/* From which side a number is past a limit. */
enum pfnscope_check_side {
	PFNSCOPE_FROM,		/* at the limit, and above it */
	PFNSCOPE_BELOW_IT,	/* below it */
};

struct pfnscope_findings;

/**
 * struct pfnscope_check - one check
 * @id: its name
 * @what: what the number is
 * @files: where it comes from
 * @unit: of the number and of the limits
 * @side: from which side
 * @limit: by level, PFNSCOPE_MISSING where there is none
 * @words: the same where it is no constant, else NULL; what looks knows the level then
 * @kind: of the limits
 * @source: whose limits, or what the kernel does there; never empty
 * @look: finds
 */
struct pfnscope_check {
	const char *id;
	const char *what;
	const char *files;
	enum pfnscope_check_unit unit;
	enum pfnscope_check_side side;
	int64_t limit[PFNSCOPE_LEVEL_CRIT + 1];
	const char *words[PFNSCOPE_LEVEL_CRIT + 1];
	enum pfnscope_limit_kind kind;
	const char *source;
	void (*look)(const struct pfnscope_facts *facts,
		     struct pfnscope_findings *findings);
};

/* Does not compile where @text is too short to name a source. */
#define PFNSCOPE_SOURCED(text)						\
	((text) + 0 * sizeof(struct {					\
		_Static_assert(sizeof(text) > 8, "a limit needs a source"); \
		int unused;						\
	}))
#define PFNSCOPE_NO_LIMIT	PFNSCOPE_MISSING
#define PFNSCOPE_CHECK(id, look, unit, side, note, warn, crit, kind, source, files, what) \
	{ id, what, files, PFNSCOPE_IN_##unit, PFNSCOPE_##side,		\
	  { PFNSCOPE_MISSING, note, warn, crit }, { NULL },		\
	  PFNSCOPE_LIMIT_##kind, PFNSCOPE_SOURCED(source), look }
/* One whose limits are other numbers of the machine. */
#define PFNSCOPE_CHECK_WORDS(id, look, unit, note, warn, crit, kind, source, files, what) \
	{ id, what, files, PFNSCOPE_IN_##unit, PFNSCOPE_FROM,		\
	  { PFNSCOPE_MISSING, PFNSCOPE_MISSING, PFNSCOPE_MISSING, PFNSCOPE_MISSING }, \
	  { NULL, note, warn, crit }, PFNSCOPE_LIMIT_##kind,		\
	  PFNSCOPE_SOURCED(source), look }
#define PFNSCOPE_CHECKS_END	{ 0 }

/* The rows of a subject, ended by one without a name. */
extern const struct pfnscope_check pfnscope_checks_memory[];
extern const struct pfnscope_check pfnscope_checks_waits[];
extern const struct pfnscope_check pfnscope_checks_swap[];
extern const struct pfnscope_check pfnscope_checks_reclaim[];
extern const struct pfnscope_check pfnscope_checks_write[];
extern const struct pfnscope_check pfnscope_checks_kernel[];
extern const struct pfnscope_check pfnscope_checks_growth[];
extern const struct pfnscope_check pfnscope_checks_huge[];
extern const struct pfnscope_check pfnscope_checks_numa[];
extern const struct pfnscope_check pfnscope_checks_events[];
extern const struct pfnscope_check pfnscope_checks_settings[];
/* Those of a cgroup, @facts->group. */
extern const struct pfnscope_check pfnscope_checks_memcg[];
/* Those of a process, @facts->task. */
extern const struct pfnscope_check pfnscope_checks_task[];

/* --- what is found --- */

#define TRIAGE_ROW "a number that was held against its limits"
#define TRIAGE_FIELDS(F, V) \
	F(V, STRING, level, SHOWN, NULL, "crit, warn, note, unknown or ok") \
	F(V, STRING, check, SHOWN | WHICH, NULL, "name of the check, for --explain") \
	F(V, STRING, where, SHOWN | WHICH, NULL, "of what, where there are several") \
	F(V, SIGNED, number, 0, NULL, "the number") \
	F(V, STRING, unit, 0, NULL, "of the number: permille, bytes, count, per_second or ms") \
	F(V, STRING, value, SHOWN, NULL, "the number, for people") \
	F(V, STRING, limit, SHOWN, NULL, \
	  "the limit that it is past, or the next one") \
	F(V, STRING, kind, SHOWN, NULL, \
	  "of the limit: K the kernel acts there, P others warn there, M measured, R a comparison") \
	F(V, STRING, because, SHOWN | BELOW | PROSE, NULL, "what the number was made from") \
	F(V, STRING, do, SHOWN | BELOW, NULL, "what to do: a command or a sentence")

PFNSCOPE_COLUMNS(TRIAGE);
extern const struct pfnscope_view pfnscope_view_triage;
PFNSCOPE_TABLE(TRIAGE, pfnscope_view_triage);

/**
 * struct pfnscope_findings - where findings go
 * @table: of pfnscope_view_triage
 * @check: whose they are
 * @found: the check gave a row
 */
struct pfnscope_findings {
	struct pfnscope_table *table;
	const struct pfnscope_check *check;
	bool found;
};

/**
 * struct pfnscope_finding - one of them
 * @where: of what, or NULL
 * @number: held against the limits; PFNSCOPE_MISSING makes it unknown
 * @judged: the level is @level, whatever the number; else the limits tell
 * @level: see @judged
 * @most: the level is at most that; 0 is no bound
 * @cure: what to do where it is not ok, or NULL
 */
struct pfnscope_finding {
	const char *where;
	int64_t number;
	bool judged;
	enum pfnscope_level level;
	enum pfnscope_level most;
	const char *cure;
};

void pfnscope_found(struct pfnscope_findings *findings,
		    const struct pfnscope_finding *finding, const char *because, ...)
	__attribute__((format(printf, 3, 4)));
/* There is no number, and that is fine; or nobody can tell, and why. */
void pfnscope_found_none(struct pfnscope_findings *findings, const char *because, ...)
	__attribute__((format(printf, 2, 3)));
void pfnscope_found_unknown(struct pfnscope_findings *findings, const char *because, ...)
	__attribute__((format(printf, 2, 3)));
/*
 * A rate, in units of the check over @ms. Of one reading alone it is the mean since boot: what is
 * past a limit is told, at most as a warning, what is below one is not known.
 */
void pfnscope_found_rate(struct pfnscope_findings *findings,
			 const struct pfnscope_rate *rate, int64_t number,
			 const struct pfnscope_finding *finding, const char *because);

/* What a number is by the limits of the check. */
enum pfnscope_level pfnscope_check_grade(const struct pfnscope_check *check,
					 int64_t number);

/* "1.5G", "-" where it is not known; stays as long as the findings. */
const char *pfnscope_said_size(struct pfnscope_findings *findings, int64_t bytes);
const char *pfnscope_said(struct pfnscope_findings *findings, const char *format, ...)
	__attribute__((format(printf, 2, 3)));
/* "in 1.0 s", "since boot" */
const char *pfnscope_said_over(struct pfnscope_findings *findings,
			       const struct pfnscope_rate *rate);
/* Why meminfo or vmstat has not what a check wants. */
const char *pfnscope_said_lack(struct pfnscope_findings *findings,
			       const struct pfnscope_numbers *numbers,
			       const char *file, const char *name);

/* What is on no list and in no counter of meminfo, bytes; below 0 as the files are not of one moment. */
int64_t pfnscope_unaccounted(const struct pfnscope_facts *facts);

/* A number with its unit, for people: "7.3%", "1.5G", "12/s". */
char *pfnscope_check_value(enum pfnscope_check_unit unit, int64_t number);

#endif
