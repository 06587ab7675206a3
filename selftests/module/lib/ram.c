// SPDX-License-Identifier: GPL-2.0-only
/* The lines of /proc/iomem that are not indented. */

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "ram.h"
#include "text.h"

#define PAGE	((unsigned long)page_bytes())

bool *ram_need(size_t pages)
{
	char *text = text_need("/proc/iomem"), *at = text, *line;
	bool *ram = calloc(pages, sizeof(*ram));
	unsigned long start, end;
	char name[16];

	while ((line = text_line(&at))) {
		if (*line == ' ' || sscanf(line, "%lx-%lx : %15[^\n]", &start, &end, name) != 3 || strcmp(name, "System RAM"))
			continue;
		for (start = (start + PAGE - 1) / PAGE; start < (end + 1) / PAGE && start < pages; start++)
			ram[start] = true;
	}
	free(text);
	return ram;
}
