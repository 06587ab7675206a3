/* SPDX-License-Identifier: GPL-2.0-only */
/* The whole screen of a terminal, by ncurses. */
#ifndef PFNSCOPE_RENDER_SCREEN_H
#define PFNSCOPE_RENDER_SCREEN_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"

/* Keys that are no characters. */
enum pfnscope_key {
	PFNSCOPE_KEY_NONE = -1,	/* nothing more was typed */
	PFNSCOPE_KEY_UP = 0x110000,
	PFNSCOPE_KEY_DOWN,
	PFNSCOPE_KEY_LEFT,
	PFNSCOPE_KEY_RIGHT,
	PFNSCOPE_KEY_PAGE_UP,
	PFNSCOPE_KEY_PAGE_DOWN,
	PFNSCOPE_KEY_HOME,
	PFNSCOPE_KEY_END,
	PFNSCOPE_KEY_BACKSPACE,
	PFNSCOPE_KEY_OTHER,
};

/* Takes over the terminal; fails where there is none. */
int pfnscope_screen_open(bool colours, struct pfnscope_error *error);
/* The terminal is as it was. */
void pfnscope_screen_close(void);
/* It has another size now. */
void pfnscope_screen_resize(void);
/* Draws everything anew, whatever others wrote on it. */
void pfnscope_screen_redraw(void);
size_t pfnscope_screen_rows(void);
size_t pfnscope_screen_columns(void);
int pfnscope_screen_key(void);

void pfnscope_screen_clear(void);
/*
 * A line of rendered text, from its column @first on; in it, what switches a colour on
 * is obeyed. @reversed: the whole line stands out.
 */
void pfnscope_screen_line(size_t row, const char *text, size_t length, size_t first,
			  bool reversed);
/* What was drawn appears. */
void pfnscope_screen_show(void);

#endif
