/* SPDX-License-Identifier: GPL-2.0-only */
/* What the parts of cutting a text into lines share. */
#ifndef PFNSCOPE_OOMLOG_UNDRESS_INSIDE_H
#define PFNSCOPE_OOMLOG_UNDRESS_INSIDE_H

#include "oomlog/encoded.h"
#include "oomlog/mail.h"
#include "oomlog/records.h"
#include "oomlog/strip.h"
#include "oomlog/undress.h"
#include "oomlog/wrap.h"

#define BLOCK		(1024UL * 1024)
/* Seen ahead of each byte: the longest message of a record. */
#define AHEAD		(64UL * 1024)

struct pfnscope_undress {
	struct pfnscope_strip *strip;
	struct pfnscope_records records;
	struct pfnscope_mail mail;
	struct pfnscope_encoded encoded;
	char waiting[2 * PFNSCOPE_ENCODED_AHEAD];	/* a line's head: is it encoded? */
	size_t undecided;
	struct pfnscope_scan in;
	size_t column;			/* at which the text was cut, or 0 */
	bool paragraph;			/* its newlines were lost, then it was wrapped */
	bool spaced;			/* an empty line behind each line */
	bool doubled;			/* each line twice, soon after one another */
	bool skipped;			/* such a one, just now */
	size_t width;			/* of the line in the file, so far */
	bool begun;			/* the line in the file: not at its start */
	bool json;			/* this line is JSON */
	bool goes_on;			/* the record, behind an escaped newline */
	char head[PFNSCOPE_WRAP_HEAD];	/* of the record */
	size_t head_size;
	bool escapes;			/* there are records with escaped newlines */
	bool escaped;			/* the present one is of these */
	bool broken;			/* a tag has just ended a line */
	size_t number;
	size_t size;
	char line[PFNSCOPE_LOGLINE_MAX];
	size_t looked;			/* bytes of the block that were looked at */
	size_t filled;
	char block[BLOCK];
};

void pfnscope_undress_keep(struct pfnscope_undress *u, char c);
void pfnscope_undress_end_line(struct pfnscope_undress *u, bool full);

#endif
