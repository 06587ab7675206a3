// SPDX-License-Identifier: GPL-2.0-only
/* What the module knows about the kernel, and which views it can give. */
#include "reach/eventtrace.h"
#include "view/view.h"
#include "walk/about.h"
#include "watch/events.h"

/* Where the walker's rows end, and which view and which kind of events come next. */
struct about_cursor {
	unsigned int index;
	unsigned int view;
	unsigned int kind;
};

static int fill_kind(struct about_cursor *cursor, struct pfnscope_about *about)
{
	enum pfnscope_event_kind kind = cursor->kind;
	const char *reason;

	if (kind == PFNSCOPE_EVENT_KINDS)
		return 0;
	cursor->kind++;
	reason = pfnscope_eventtrace_unavailable(kind);
	snprintf(about->key, sizeof(about->key), "events.%s",
		 pfnscope_event_name(kind));
	strscpy(about->value, reason ? reason : "available",
		sizeof(about->value));
	return 1;
}

static int fill_view(struct about_cursor *cursor, struct pfnscope_about *about)
{
	const struct pfnscope_view *view = pfnscope_view_at(cursor->view);
	const char *reason;

	if (!view)
		return fill_kind(cursor, about);
	cursor->view++;
	reason = pfnscope_view_unavailable(view);
	snprintf(about->key, sizeof(about->key), "view.%s", view->name);
	strscpy(about->value, reason ? reason : "available",
		sizeof(about->value));
	return 1;
}

static int about_fill(void *cursor, void *record)
{
	struct about_cursor *about = cursor;

	if (pfnscope_about_fill(about->index, record)) {
		about->index++;
		return 1;
	}
	return fill_view(about, record);
}

static void about_show(struct seq_file *m, const void *record)
{
	const struct pfnscope_about *about = record;

	seq_puts(m, about->key);
	pfnscope_put_string(m, about->value);
	seq_putc(m, '\n');
}

const struct pfnscope_view pfnscope_view_about = {
	.name = "about",
	.major = 1,
	.minor = 0,
	.columns = PFNSCOPE_COLUMNS(key value),
	.record_size = sizeof(struct pfnscope_about),
	.cursor_size = sizeof(struct about_cursor),
	.fill = about_fill,
	.show = about_show,
};
