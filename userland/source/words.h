/* SPDX-License-Identifier: GPL-2.0-only */
/* Single words of files that are no table. */
#ifndef PFNSCOPE_SOURCE_WORDS_H
#define PFNSCOPE_SOURCE_WORDS_H

#include <stdbool.h>
#include <stddef.h>

#include "source/source.h"

/* The @nth word of the first line, to be freed; NULL where there is none. */
char *pfnscope_word_of_first_line(const struct pfnscope_source *source,
				  const char *path, unsigned int nth);
/* The word behind @key on the line that begins with it, to be freed, or NULL. */
char *pfnscope_word_behind(const struct pfnscope_source *source,
			   const char *path, const char *key);
/* Whether the @nth word of a line of the file is @word. */
bool pfnscope_word_is_there(const struct pfnscope_source *source,
			    const char *path, unsigned int nth,
			    const char *word);
/* The word in brackets of the first line, "always [madvise] never", to be freed, or NULL. */
char *pfnscope_word_in_brackets(const struct pfnscope_source *source,
				const char *path);

#endif
