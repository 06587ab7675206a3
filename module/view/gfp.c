// SPDX-License-Identifier: GPL-2.0-only
/* Which bit is which gfp flag on this kernel. */
#include "reach/gfp.h"
#include "view/view.h"

static int gfp_fill(void *cursor, void *record)
{
	unsigned int *index = cursor;
	const struct pfnscope_gfp *gfp = pfnscope_gfp_nth((*index)++);

	if (!gfp)
		return 0;
	*(struct pfnscope_gfp *)record = *gfp;
	return 1;
}

static void gfp_show(struct seq_file *m, const void *record)
{
	const struct pfnscope_gfp *gfp = record;

	seq_printf(m, "%s %s", gfp->name, gfp->compound ? "compound" : "bit");
	pfnscope_put_number(m, gfp->value);
	seq_putc(m, '\n');
}

const struct pfnscope_view pfnscope_view_gfp = {
	.name = "gfp",
	.major = 1,
	.minor = 0,
	.columns = PFNSCOPE_COLUMNS(name kind value),
	.record_size = sizeof(struct pfnscope_gfp),
	.cursor_size = sizeof(unsigned int),
	.fill = gfp_fill,
	.show = gfp_show,
};
