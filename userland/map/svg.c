// SPDX-License-Identifier: GPL-2.0-only
/*
 * The picture of the map as SVG: ink on white, or light on black for whoever likes
 * it dark. Neighbours that are alike are one stroke, dashed into squares, and all
 * strokes of a colour one path: half a terabyte is some hundred kilobytes.
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "map/picture.h"
#include "map/render.h"

/**
 * struct strokes - a path while it grows
 * @text: of it
 * @x: where its last stroke ended
 * @y: the same
 */
struct strokes {
	struct pfnscope_text text;
	unsigned int x;
	unsigned int y;
};

/**
 * struct sheet - what is not written before all of it is known
 * @strokes: a path for each colour
 * @step: of the squares, which all strokes share; 0 before the first
 */
struct sheet {
	struct strokes strokes[PFNSCOPE_MAP_CLASSES][PFNSCOPE_MAP_SHADES];
	unsigned int step;
};

static void put_colours(enum pfnscope_map_paper paper)
{
	unsigned int i;

	printf(".paper{fill:#%s}text{fill:#%s;white-space:pre}\n",
	       paper == PFNSCOPE_MAP_LIGHT ? "ffffff" : "11141a",
	       paper == PFNSCOPE_MAP_LIGHT ? "1f2430" : "d7dce5");
	for (i = 0; i < PFNSCOPE_MAP_CLASSES; i++)
		printf(".%c{stroke:#%06" PRIx32 "}", 'a' + (int)i,
		       pfnscope_map_legend[i].rgb[paper]);
	printf("\n");
}

static void svg_begin(void *data, unsigned int width, unsigned int height)
{
	unsigned int i;

	(void)data;
	printf("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%u\" height=\"%u\" viewBox=\"0 0 %u %u\" font-family=\"monospace\" font-size=\"14\">\n<style>\n",
	       width, height, width, height);
	put_colours(PFNSCOPE_MAP_LIGHT);
	for (i = 0; i + 1 < PFNSCOPE_MAP_SHADES; i++)
		printf(".s%u{stroke-opacity:0.%02u}", i, pfnscope_map_ink[i]);
	printf("\n@media (prefers-color-scheme:dark){\n");
	put_colours(PFNSCOPE_MAP_DARK);
	printf("}\n</style>\n<rect width=\"100%%\" height=\"100%%\" class=\"paper\"/>\n");
}

static void put_step(struct pfnscope_text *text, unsigned int from, unsigned int to)
{
	if (to < from)
		pfnscope_text_put_char(text, '-');
	pfnscope_text_put_number(text, to < from ? from - to : to - from, 10);
}

/*
 * Along the middle of the squares, whose side is one less than their step. From where
 * the last one ended, which is shorter than a place on the sheet.
 */
static void put_stroke(struct strokes *path, unsigned int x, unsigned int y,
		       unsigned int length)
{
	pfnscope_text_put_char(&path->text, 'm');
	put_step(&path->text, path->x, x);
	if (y >= path->y)
		pfnscope_text_put_char(&path->text, ' ');
	put_step(&path->text, path->y, y);
	pfnscope_text_put_char(&path->text, 'h');
	pfnscope_text_put_number(&path->text, length, 10);
	path->x = x + length;
	path->y = y;
}

/* Takes over the strokes. */
static void put_path(struct strokes *path, unsigned int step,
		     unsigned int class, unsigned int shade)
{
	if (path->text.length)
		printf("<path class=\"%c s%u\" transform=\"translate(0 %u.%u)\" stroke-width=\"%u\" stroke-dasharray=\"%u 1\" d=\"%s\"/>\n",
		       'a' + (int)class, shade, (step - 1) / 2,
		       (step - 1) % 2 * 5, step - 1, step - 1, path->text.data);
	free(path->text.data);
	*path = (struct strokes){ 0 };
}

/* Those of another step, the keys of the legend, are paths of their own. */
static void svg_squares(void *data, unsigned int x, unsigned int y,
			unsigned int step, unsigned int count,
			enum pfnscope_map_class class, unsigned int shade)
{
	struct sheet *sheet = data;
	struct strokes key = { 0 };

	if (!sheet->step)
		sheet->step = step;
	if (step == sheet->step) {
		put_stroke(&sheet->strokes[class][shade], x, y, count * step - 1);
		return;
	}
	put_stroke(&key, x, y, count * step - 1);
	put_path(&key, step, class, shade);
}

static void svg_words(void *data, unsigned int x, unsigned int y,
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
	struct sheet sheet = { 0 };
	const struct pfnscope_map_pen pen = {
		svg_begin, svg_squares, svg_words, &sheet
	};
	unsigned int class, shade;

	pfnscope_map_paint(map, &pen);
	for (class = 0; class < PFNSCOPE_MAP_CLASSES; class++)
		for (shade = 0; shade < PFNSCOPE_MAP_SHADES; shade++)
			put_path(&sheet.strokes[class][shade], sheet.step,
				 class, shade);
	printf("</svg>\n");
}
