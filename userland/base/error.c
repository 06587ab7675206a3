// SPDX-License-Identifier: GPL-2.0-only
/* How a layer hands a failure up to the dispatcher. */
#include <stdarg.h>
#include <stdio.h>

#include "base/error.h"

/**
 * pfnscope_printable() - replace what could steer a terminal
 * @text: control characters in it become '?'
 */
void pfnscope_printable(char *text)
{
	unsigned char *at;

	for (at = (unsigned char *)text; *at; at++)
		if (*at < ' ' || *at == 0x7f)
			*at = '?';
}

/**
 * pfnscope_fail() - note a failure
 * @error: filled, unless it holds an earlier failure
 * @status: exit status the command shall end with
 * @format: printf format of "what: why"
 *
 * Return: -1, so that callers can return it on.
 */
int pfnscope_fail(struct pfnscope_error *error, enum pfnscope_status status,
		  const char *format, ...)
{
	va_list arguments;

	if (error->status != PFNSCOPE_OK)
		return -1;
	error->status = status;
	va_start(arguments, format);
	vsnprintf(error->text, sizeof(error->text), format, arguments);
	va_end(arguments);
	pfnscope_printable(error->text);
	return -1;
}
