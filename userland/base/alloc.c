// SPDX-License-Identifier: GPL-2.0-only
/* Memory that is there or ends the command. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>
#include <unistd.h>

#include "base/alloc.h"

static _Noreturn void out_of_memory(void)
{
	static const char message[] = "pfnscope: out of memory\n";
	ssize_t written = write(STDERR_FILENO, message, sizeof(message) - 1);

	(void)written;
	/* Not exit(): stdout may hold half an answer. */
	_exit(EX_OSERR);
}

void *pfnscope_calloc(size_t count, size_t size)
{
	void *memory = calloc(count ? count : 1, size ? size : 1);

	if (!memory)
		out_of_memory();
	return memory;
}

void *pfnscope_realloc(void *old, size_t count, size_t size)
{
	void *memory = reallocarray(old, count ? count : 1, size ? size : 1);

	if (!memory)
		out_of_memory();
	return memory;
}

char *pfnscope_strndup(const char *text, size_t length)
{
	char *copy = strndup(text, length);

	if (!copy)
		out_of_memory();
	return copy;
}

char *pfnscope_strdup(const char *text)
{
	return pfnscope_strndup(text, strlen(text));
}

char *pfnscope_vformat(const char *format, va_list arguments)
{
	char *text;

	if (vasprintf(&text, format, arguments) < 0)
		out_of_memory();
	return text;
}

char *pfnscope_format(const char *format, ...)
{
	va_list arguments;
	char *text;

	va_start(arguments, format);
	text = pfnscope_vformat(format, arguments);
	va_end(arguments);
	return text;
}
