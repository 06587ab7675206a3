// SPDX-License-Identifier: GPL-2.0-only
/* The live view on a whole screen: what its keys do. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "cmd/top-live.h"
#include "render/screen.h"

#define CONTROL(letter)	((letter) & 0x1f)
#define ESCAPE	0x1b
#define SIDEWAYS	8	/* columns at a key */

void pfnscope_top_again(struct pfnscope_top_live *live, enum pfnscope_top_why why)
{
	pfnscope_top_read(live->top, why);
	free(live->text);
	live->text = pfnscope_top_text(live->top, live->top->run->format.colours);
	if (live->count && live->top->tick >= live->count)
		live->over = true;
}

static void turn_to(struct pfnscope_top_live *live, size_t page)
{
	if (page == live->top->page || page >= pfnscope_top_count())
		return;
	pfnscope_top_turn(live->top, page);
	live->first = 0;
	live->left = 0;
	live->column = -1;
	pfnscope_top_again(live, PFNSCOPE_TOP_AGAIN);
}

static void step(struct pfnscope_top_live *live, int by)
{
	if (pfnscope_top_step(live->top, by))
		pfnscope_top_again(live, PFNSCOPE_TOP_TICK);
}

static void set(char **what, const char *text)
{
	free(*what);
	*what = *text ? pfnscope_strdup(text) : NULL;
}

/* The columns of the first table on the page that are shown without being asked for. */
static const struct pfnscope_field *shown_column(const struct pfnscope_top_live *live, int column)
{
	const struct pfnscope_top_page *page = &pfnscope_top_pages[live->top->page];

	for (size_t i = 0; i < PFNSCOPE_TOP_SECTIONS && page->sections[i].command; i++) {
		const struct pfnscope_view *of = page->sections[i].command->view;

		for (size_t field = 0; of && field < of->nr_fields; field++)
			if (of->fields[field].flags & PFNSCOPE_SHOWN && !column--)
				return &of->fields[field];
		if (of)
			return NULL;
	}
	return NULL;
}

static void sort_beside(struct pfnscope_top_live *live, int by)
{
	const struct pfnscope_field *field;

	if (live->column + by < -1)
		return;
	field = live->column + by < 0 ? NULL : shown_column(live, live->column + by);
	if (!field && live->column + by >= 0)
		return;
	live->column += by;
	set(&live->top->sort, field ? field->name : "");
	pfnscope_top_again(live, PFNSCOPE_TOP_AGAIN);
}

static void prompt_line(struct pfnscope_top_live *live, enum pfnscope_top_prompt prompt,
			const char *now)
{
	live->prompt = prompt;
	live->length = (size_t)snprintf(live->typed, sizeof(live->typed), "%s", now ? now : "");
	if (live->length >= sizeof(live->typed))
		live->length = sizeof(live->typed) - 1;
}

static void answer(struct pfnscope_top_live *live)
{
	set(live->prompt == PFNSCOPE_TOP_FILTER ? &live->top->filter : &live->top->sort, live->typed);
	live->prompt = PFNSCOPE_TOP_NOTHING;
	live->column = -1;
	pfnscope_top_again(live, PFNSCOPE_TOP_AGAIN);
}

static void type(struct pfnscope_top_live *live, int key)
{
	if (key == '\r' || key == '\n')
		answer(live);
	else if (key == ESCAPE)
		live->prompt = PFNSCOPE_TOP_NOTHING;
	else if (key == PFNSCOPE_KEY_BACKSPACE)
		live->length -= live->length > 0;
	else if (key == CONTROL('u'))
		live->length = 0;
	else if (key >= ' ' && key <= '~' && live->length + 1 < sizeof(live->typed))
		live->typed[live->length++] = (char)key;
	live->typed[live->length] = '\0';
}

static void move(struct pfnscope_top_live *live, int key)
{
	size_t page = pfnscope_top_room() ? pfnscope_top_room() : 1;

	switch (key) {
	case PFNSCOPE_KEY_UP: case 'k':
		live->first -= live->first > 0;
		break;
	case PFNSCOPE_KEY_DOWN: case 'j':
		live->first++;
		break;
	case PFNSCOPE_KEY_PAGE_UP:
		live->first -= live->first < page ? live->first : page;
		break;
	case PFNSCOPE_KEY_PAGE_DOWN:
		live->first += page;
		break;
	case PFNSCOPE_KEY_HOME:
		live->first = 0;
		break;
	case PFNSCOPE_KEY_END:
		live->first = live->lines;
		break;
	case PFNSCOPE_KEY_LEFT:
		live->left -= live->left < SIDEWAYS ? live->left : SIDEWAYS;
		break;
	case PFNSCOPE_KEY_RIGHT:
		live->left += SIDEWAYS;
		break;
	}
}

static void obey(struct pfnscope_top_live *live, int key)
{
	if (key >= '0' && key <= '9') {
		turn_to(live, (size_t)(key == '0' ? 9 : key - '1'));
		return;
	}
	switch (key) {
	case 'q': case 'Q':
		live->over = true;
		break;
	case '\t':
		turn_to(live, (live->top->page + 1) % pfnscope_top_count());
		break;
	case ' ':
		live->paused = !live->paused;
		break;
	case '[':
		step(live, -1);
		break;
	case ']':
		step(live, 1);
		break;
	case 's':
		pfnscope_top_again(live, PFNSCOPE_TOP_SCAN);
		break;
	case '/':
		prompt_line(live, PFNSCOPE_TOP_FILTER, live->top->filter);
		break;
	case 'F':
		prompt_line(live, PFNSCOPE_TOP_SORT, live->top->sort);
		break;
	case '<':
		sort_beside(live, -1);
		break;
	case '>':
		sort_beside(live, 1);
		break;
	case 'h': case '?':
		live->help = true;
		break;
	case CONTROL('l'):
		pfnscope_screen_redraw();
		break;
	default:
		move(live, key);
	}
}

void pfnscope_top_keys(struct pfnscope_top_live *live)
{
	int key;

	while (!live->over && (key = pfnscope_screen_key()) != PFNSCOPE_KEY_NONE) {
		if (live->prompt != PFNSCOPE_TOP_NOTHING)
			type(live, key);
		else if (live->help)
			live->help = false;
		else
			obey(live, key);
	}
}
