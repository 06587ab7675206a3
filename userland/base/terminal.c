// SPDX-License-Identifier: GPL-2.0-only
/* How large the terminal is, and what colours it has. */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "base/terminal.h"

#define LARGEST	10000	/* beyond that a variable is no size of a screen */

/* The variable @name, where the terminal itself did not say. */
static unsigned int size_of(unsigned int told, const char *name,
			    unsigned int usual)
{
	const char *value = getenv(name);
	unsigned long number;
	char *end;

	if (told)
		return told;
	number = value && isdigit((unsigned char)*value) ?
		 strtoul(value, &end, 10) : 0;
	return number && !*end && number <= LARGEST ? (unsigned int)number : usual;
}

/* The console of Linux, and whoever does not say more, has 16. */
static unsigned int colours(void)
{
	const char *none = getenv("NO_COLOR"), *term = getenv("TERM");
	const char *more = getenv("COLORTERM");

	if (!isatty(STDOUT_FILENO) || (none && *none) || !term || !*term ||
	    !strcmp(term, "dumb"))
		return 0;
	return (more && *more) || strstr(term, "256color") ||
	       strstr(term, "direct") ? 256 : 16;
}

struct pfnscope_terminal pfnscope_terminal(void)
{
	struct winsize size = { 0 };

	if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size))
		size = (struct winsize){ 0 };
	return (struct pfnscope_terminal){
		.columns = size_of(size.ws_col, "COLUMNS", 80),
		.rows = size_of(size.ws_row, "LINES", 24),
		.colours = colours(),
	};
}
