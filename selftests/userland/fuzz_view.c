// SPDX-License-Identifier: GPL-2.0-only
/*
 * libFuzzer target: any bytes as a file of the module. Either
 * every row is read, or the failure names file and line.
 */
// seeds: ../fixtures/6.1/sys/kernel/debug/pfnscope ../fixtures/7.2/proc
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "source/view.h"
#include "view/views.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void read_as(const struct pfnscope_view *view, const char *text,
		    size_t size)
{
	struct pfnscope_table *table = pfnscope_table_new(view);
	struct pfnscope_error error = { 0 };
	struct pfnscope_input *input;

	pfnscope_input_memory("input", text, size, &input);
	if (pfnscope_view_parse(input, SIZE_MAX, table, &error) &&
	    (error.status != PFNSCOPE_BAD_DATA || !strstr(error.text, "input:")))
		abort();
	pfnscope_input_close(input);
	pfnscope_table_free(table);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const struct pfnscope_view *const *view = pfnscope_views;

	for (; *view; view++)
		read_as(*view, (const char *)data, size);
	return 0;
}
