/* SPDX-License-Identifier: GPL-2.0-only */
/* Letters of dots, for the picture that has no other. */
#ifndef PFNSCOPE_MAP_FONT_H
#define PFNSCOPE_MAP_FONT_H

#include <stdbool.h>

#define PFNSCOPE_FONT_WIDTH	5
#define PFNSCOPE_FONT_HEIGHT	8
#define PFNSCOPE_FONT_BASE	7	/* dots above the line on which letters stand */

/* Whether there is a dot; what is not ASCII looks like a question mark. */
bool pfnscope_font_dot(char character, unsigned int column, unsigned int row);

#endif
