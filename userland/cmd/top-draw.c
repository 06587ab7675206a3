// SPDX-License-Identifier: GPL-2.0-only
/* The live view on a whole screen: how it looks. */
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/text.h"
#include "cmd/top-live.h"
#include "render/screen.h"

static const char help_text[] =
	"1 to 0, Tab   the page\n"
	"up, down      line by line, also j and k; PgUp, PgDn; Home, End\n"
	"left, right   sideways\n"
	"space         pause, or go on\n"
	"[ ]           of a folder of recordings: the one before, the next one\n"
	"s             scan now: free lists, huge pages, triage, the map\n"
	"/             only rows with a word in them\n"
	"F             sort by columns: -free, zone; nothing for the usual order\n"
	"< >           sort by the column to the left, or to the right\n"
	"h, ?          this text\n"
	"^L            draw everything anew\n"
	"q             end\n"
	"\n"
	"+N and -N behind a number: its change each second, since the reading before.\n"
	"While it is paused, another page, order or filter still takes one reading.\n"
	"cost: time of CPUs that this takes each second; of it, the module's.\n";

size_t pfnscope_top_room(void)
{
	size_t rows = pfnscope_screen_rows();

	return rows > 2 ? rows - 2 : 0;
}

static size_t count_lines(const char *text)
{
	size_t lines = 0;

	for (; *text; text++)
		lines += *text == '\n';
	return lines;
}

/* "1 Overview 2 Zones", the one that is shown first of all where not all fit. */
static void draw_pages(const struct pfnscope_top_live *live)
{
	struct pfnscope_text bar = { 0 };

	for (size_t i = 0; i < pfnscope_top_count(); i++) {
		bool here = i == live->top->page;

		pfnscope_text_put_string(&bar, i ? " " : "");
		pfnscope_text_put_string(&bar, here ? "[" : "");
		pfnscope_text_put_char(&bar, pfnscope_top_key(i));
		pfnscope_text_put_char(&bar, ' ');
		pfnscope_text_put_string(&bar, pfnscope_top_pages[i].title);
		pfnscope_text_put_string(&bar, here ? "]" : "");
	}
	pfnscope_screen_line(0, bar.data, bar.length, 0, true);
	free(bar.data);
}

static char *status_text(const struct pfnscope_top_live *live)
{
	const struct pfnscope_top *top = live->top;
	struct pfnscope_text text = { 0 };
	char *cost = pfnscope_top_cost_text(top);

	if (live->paused)
		pfnscope_text_put_string(&text, "paused, ");
	if (!pfnscope_source_is_live(top->run->source)) {
		char *recorded = pfnscope_top_recorded_text(top);

		pfnscope_text_put_string(&text, recorded);
		free(recorded);
	}
	pfnscope_text_put_string(&text, "reading ");
	pfnscope_text_put_number(&text, top->tick, 10);
	pfnscope_text_put_string(&text, ", cost ");
	pfnscope_text_put_string(&text, cost);
	if (top->sort) {
		pfnscope_text_put_string(&text, ", by ");
		pfnscope_text_put_printable(&text, top->sort, "");
	}
	if (top->filter) {
		pfnscope_text_put_string(&text, ", /");
		pfnscope_text_put_printable(&text, top->filter, "");
	}
	pfnscope_text_put_string(&text, ", h: keys");
	free(cost);
	return text.data;
}

static void draw_last(const struct pfnscope_top_live *live)
{
	char *text;

	switch (live->prompt) {
	case PFNSCOPE_TOP_FILTER:
		text = pfnscope_format("only rows with: %s_", live->typed);
		break;
	case PFNSCOPE_TOP_SORT:
		text = pfnscope_format("sort by: %s_", live->typed);
		break;
	default:
		text = live->top->trouble ? pfnscope_strdup(live->top->trouble) :
					    status_text(live);
	}
	pfnscope_screen_line(pfnscope_screen_rows() - 1, text, strlen(text), 0, true);
	free(text);
}

void pfnscope_top_draw(struct pfnscope_top_live *live)
{
	const char *text = live->help ? help_text : live->text ? live->text : "";
	size_t lines = count_lines(text), row;

	pfnscope_screen_clear();
	if (!pfnscope_screen_rows())
		return;
	if (live->first + pfnscope_top_room() > lines)
		live->first = lines > pfnscope_top_room() ? lines - pfnscope_top_room() : 0;
	live->lines = lines;
	for (row = 0; row < live->first; row++)
		text = strchr(text, '\n') + 1;
	for (row = 0; row < pfnscope_top_room() && *text; row++) {
		size_t length = strcspn(text, "\n");

		pfnscope_screen_line(row + 1, text, length, live->left, false);
		text += length + (text[length] == '\n');
	}
	draw_pages(live);
	draw_last(live);
	pfnscope_screen_show();
}
