// SPDX-License-Identifier: GPL-2.0-only
/* pfnscope about: versions, what was resolved and how, what is unavailable. */
#include "cmd/cmd.h"
#include "view/fold.h"
#include "view/about.h"

const struct pfnscope_command pfnscope_cmd_about = {
	.name = "about",
	.group = PFNSCOPE_GROUP_MODULE,
	.summary = "versions, what was resolved and how, what is unavailable",
	.description =
		"What pfnscope doctor makes its verdicts from.",
	.view = &pfnscope_view_about,
	.fold = pfnscope_about_fold,
	.examples = { "about", "about --where key=page_size_bytes" },
	.run = pfnscope_run_view,
};
