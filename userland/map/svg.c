// SPDX-License-Identifier: GPL-2.0-only
/* The picture of the map as SVG. */
#include <stdio.h>
#include <string.h>

#include "map/picture.h"
#include "map/render.h"

static void begin(void *data, unsigned int width, unsigned int height)
{
	(void)data;
	printf("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%u\" height=\"%u\" font-family=\"sans-serif\" font-size=\"12\">\n"
	       "<rect width=\"100%%\" height=\"100%%\" fill=\"#ffffff\"/>\n",
	       width, height);
}

static void put_square(void *data, unsigned int x, unsigned int y,
		       unsigned int size, const char *rgb, bool pale)
{
	(void)data;
	printf("<rect x=\"%u\" y=\"%u\" width=\"%u\" height=\"%u\" fill=\"%s\"%s/>\n",
	       x, y, size, size, rgb, pale ? " opacity=\"0.55\"" : "");
}

static void put_text(void *data, unsigned int x, unsigned int y,
		     const char *text)
{
	(void)data;
	printf("<text x=\"%u\" y=\"%u\">", x, y);
	for (; *text; text++)
		if (*text >= ' ' && *text <= '~' && !strchr("<>&\"", *text))
			putchar(*text);
		else
			putchar('_');
	printf("</text>\n");
}

void pfnscope_map_svg(const struct pfnscope_map *map)
{
	static const struct pfnscope_map_pen pen = {
		begin, put_square, put_text, NULL
	};

	pfnscope_map_paint(map, &pen);
	printf("</svg>\n");
}
