// SPDX-License-Identifier: GPL-2.0-only
/* pfnscope sample: what each zone holds, told from a random part of it. */
#include "cmd/cmd.h"
#include "view/sample.h"

const struct pfnscope_command pfnscope_cmd_sample = {
	.name = "sample",
	.group = PFNSCOPE_GROUP_WHO,
	.summary = "what a zone holds, told from a random part of it in no time",
	.description =
		"Looks at some parts of each zone, chosen at random each time, and takes the\n"
		"same few milliseconds whatever the memory. PAGES are within ERROR of what\n"
		"is there in 19 of 20 readings. Classes are those of owners; stacks of the\n"
		"kernel are counted as kernel or unreferenced. For exact figures: owners",
	.view = &pfnscope_view_sample,
	.sort = "-node,zone,pages",
	.shows = pfnscope_sample_shown,
	.weighs = { "pages" },
	.examples = { "sample", "sample --zone DMA32 --all" },
	.run = pfnscope_run_view,
};
