// SPDX-License-Identifier: GPL-2.0-only
/* The picture of the map as SVG: ink on white, or light on black for whoever likes it dark. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "map/picture.h"
#include "map/render.h"

static void put_colours(enum pfnscope_map_paper paper)
{
	unsigned int i;

	printf(".paper{fill:#%s}text{fill:#%s;white-space:pre}\n",
	       paper == PFNSCOPE_MAP_LIGHT ? "ffffff" : "11141a",
	       paper == PFNSCOPE_MAP_LIGHT ? "1f2430" : "d7dce5");
	for (i = 0; i < PFNSCOPE_MAP_CLASSES; i++)
		printf(".%c{fill:#%06" PRIx32 "}", 'a' + (int)i,
		       pfnscope_map_legend[i].rgb[paper]);
	printf("\n");
}

static void begin(void *data, unsigned int width, unsigned int height)
{
	unsigned int i;

	(void)data;
	printf("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%u\" height=\"%u\" font-family=\"monospace\" font-size=\"14\">\n<style>\n",
	       width, height);
	put_colours(PFNSCOPE_MAP_LIGHT);
	for (i = 0; i + 1 < PFNSCOPE_MAP_SHADES; i++)
		printf(".s%u{fill-opacity:0.%02u}", i, pfnscope_map_ink[i]);
	printf("\n@media (prefers-color-scheme:dark){\n");
	put_colours(PFNSCOPE_MAP_DARK);
	printf("}\n</style>\n<rect width=\"100%%\" height=\"100%%\" class=\"paper\"/>\n");
}

static void put_square(void *data, unsigned int x, unsigned int y,
		       unsigned int size, enum pfnscope_map_class class,
		       unsigned int shade)
{
	(void)data;
	printf("<rect x=\"%u\" y=\"%u\" width=\"%u\" height=\"%u\" class=\"%c s%u\"/>\n",
	       x, y, size, size, 'a' + (int)class, shade);
}

static void put_text(void *data, unsigned int x, unsigned int y,
		     const char *text)
{
	(void)data;
	printf("<text x=\"%u\" y=\"%u\">", x, y);
	for (; *text; text++)
		if (*text >= ' ' && *text <= '~' && !strchr("<>&\"", *text))
			putchar(*text);
		else if (*text == '<')
			fputs("&lt;", stdout);
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
