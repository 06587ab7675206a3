// SPDX-License-Identifier: GPL-2.0-only
/* The known word that a mistyped one is nearest to. */
#include <ctype.h>
#include <stdbool.h>
#include <string.h>

#include "base/nearest.h"

#define LONGEST	63

static size_t min(size_t a, size_t b)
{
	return a < b ? a : b;
}

/* Letters to put in, take out or replace, case aside (Levenshtein). */
static size_t edits(const char *a, const char *b)
{
	size_t row[LONGEST + 1];
	size_t width = strlen(b);
	size_t i, j;

	for (j = 0; j <= width; j++)
		row[j] = j;
	for (i = 1; a[i - 1]; i++) {
		size_t corner = row[0];

		row[0] = i;
		for (j = 1; j <= width; j++) {
			size_t differs = tolower((unsigned char)a[i - 1]) !=
					 tolower((unsigned char)b[j - 1]);
			size_t replaced = corner + differs;

			corner = row[j];
			row[j] = min(replaced, 1 + min(row[j], row[j - 1]));
		}
	}
	return row[width];
}

/**
 * pfnscope_nearest_try() - keep a candidate if it is nearer than the one so far
 * @nearest: the search
 * @candidate: a known word
 *
 * One edit in three letters is a slip of the hand, and so is a word that was
 * begun well; more is another word.
 */
void pfnscope_nearest_try(struct pfnscope_nearest *nearest,
			  const char *candidate)
{
	size_t length = strlen(nearest->word);
	size_t distance;
	bool begun;

	if (!length || length > LONGEST || strlen(candidate) > LONGEST)
		return;
	begun = length > 1 && !strncmp(candidate, nearest->word, length);
	distance = edits(nearest->word, candidate);
	if (distance > (length + 2) / 3 && !begun)
		return;
	if (nearest->found && distance >= nearest->distance)
		return;
	nearest->found = candidate;
	nearest->distance = distance;
}
