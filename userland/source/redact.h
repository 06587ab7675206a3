/* SPDX-License-Identifier: GPL-2.0-only */
/* Names that tell whose machine it is, made numbers; what they count stays. */
#ifndef PFNSCOPE_SOURCE_REDACT_H
#define PFNSCOPE_SOURCE_REDACT_H

#include "base/siphash.h"
#include "source/archive.h"
#include "source/source.h"
#include "table/table.h"

/* What --redact says that it took out. */
#define PFNSCOPE_REDACTED	"host,tasks,cgroups,files"

/*
 * A key that is the machine's own, so that a name is the same in all that is recorded of it;
 * where it has no machine-id, one of this moment.
 */
void pfnscope_redact_key(const struct pfnscope_source *source, struct pfnscope_key *key);
/* A name as a number, to be freed; and the path of a cgroup. */
char *pfnscope_redact_name(const struct pfnscope_key *key, const char *name);
char *pfnscope_redact_cgroup(const struct pfnscope_key *key, const char *path);
/* From now on names that tell whose machine it is come as numbers, by @key. */
void pfnscope_source_redact(struct pfnscope_source *source, const struct pfnscope_key *key);
/*
 * Names come as they are again, for who finds files by them and then makes his own rows numbers.
 * Return: whether they did not, with the key to go on with.
 */
bool pfnscope_source_reveal(struct pfnscope_source *source, struct pfnscope_key *key);
/* NULL where they come as they are. */
const struct pfnscope_key *pfnscope_source_redaction(const struct pfnscope_source *source);
/* The same of the cells of one row of a table that was read. */
void pfnscope_redact_row(const struct pfnscope_key *key, struct pfnscope_table *table,
			 size_t row);
/* Of all its rows. */
void pfnscope_redact_rows(const struct pfnscope_key *key, struct pfnscope_table *table);
/* A copy of @archive without such names. */
struct pfnscope_archive *pfnscope_redact(const struct pfnscope_archive *archive,
					 const struct pfnscope_key *key);

#endif
