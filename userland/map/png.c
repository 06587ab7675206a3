// SPDX-License-Identifier: GPL-2.0-only
/*
 * The picture of the map as PNG. A byte a pixel, an index of the palette: half a
 * million squares are a few megabytes, and become few of them.
 */
#include "map/render.h"

#ifdef HAVE_PNG
#include <png.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "map/font.h"
#include "map/picture.h"

/* The palette: paper, the ink of words, then the shades of each class. */
enum { PAPER, INK, FIRST };

#define COLOURS	(FIRST + PFNSCOPE_MAP_CLASSES * PFNSCOPE_MAP_SHADES)
#define SCALE	2	/* pixels of a dot of the font */

struct canvas {
	unsigned int width;
	unsigned int height;
	unsigned char *pixels;
};

static void png_begin(void *data, unsigned int width, unsigned int height)
{
	struct canvas *canvas = data;

	canvas->width = width;
	canvas->height = height;
	canvas->pixels = pfnscope_calloc(height, width);
}

/* What lies outside is cut off: a zone's name may be longer than the sheet. */
static void png_fill(struct canvas *canvas, unsigned int x, unsigned int y,
		     unsigned int size, unsigned char index)
{
	unsigned int line;

	if (x + size > canvas->width || y + size > canvas->height)
		return;
	for (line = y; line < y + size; line++)
		memset(canvas->pixels + (size_t)line * canvas->width + x, index,
		       size);
}

static void png_squares(void *data, unsigned int x, unsigned int y,
			unsigned int step, unsigned int count,
			enum pfnscope_map_class class, unsigned int shade)
{
	for (; count; count--, x += step)
		png_fill(data, x, y, step - 1,
			 (unsigned char)(FIRST + class * PFNSCOPE_MAP_SHADES + shade));
}

static void png_words(void *data, unsigned int x, unsigned int y,
		     const char *text)
{
	unsigned int row, column;

	y -= SCALE * PFNSCOPE_FONT_BASE;
	for (; *text; text++, x += SCALE * (PFNSCOPE_FONT_WIDTH + 1))
		for (row = 0; row < PFNSCOPE_FONT_HEIGHT; row++)
			for (column = 0; column < PFNSCOPE_FONT_WIDTH; column++)
				if (pfnscope_font_dot(*text, column, row))
					png_fill(data, x + SCALE * column,
						 y + SCALE * row, SCALE, INK);
}

static unsigned char mixed(uint32_t rgb, unsigned int shift, unsigned int ink)
{
	unsigned int part = rgb >> shift & 0xff;

	return (unsigned char)(255 - (255 - part) * ink / 100);
}

static void set_palette(png_structp png, png_infop info)
{
	png_color palette[COLOURS] = {
		[PAPER] = { 255, 255, 255 }, [INK] = { 0x1f, 0x24, 0x30 },
	};
	unsigned int i, ink;
	uint32_t rgb;

	for (i = 0; i < COLOURS - FIRST; i++) {
		rgb = pfnscope_map_legend[i / PFNSCOPE_MAP_SHADES].rgb[PFNSCOPE_MAP_LIGHT];
		ink = pfnscope_map_ink[i % PFNSCOPE_MAP_SHADES];
		palette[FIRST + i] = (png_color){ mixed(rgb, 16, ink),
						  mixed(rgb, 8, ink),
						  mixed(rgb, 0, ink) };
	}
	png_set_PLTE(png, info, palette, COLOURS);
}

/* What the output lacks is told by whoever ends it. */
static void put_bytes(png_structp png, png_bytep bytes, size_t length)
{
	(void)png;
	fwrite(bytes, 1, length, stdout);
}

static void put_warning(png_structp png, png_const_charp words)
{
	(void)png;
	(void)words;
}

/* The library keeps the words no longer than the jump out of it. */
static void put_failure(png_structp png, png_const_charp words)
{
	pfnscope_fail(png_get_error_ptr(png), PFNSCOPE_SYSTEM, "--png: %s", words);
	longjmp(png_jmpbuf(png), 1);
}

static int write_out(const struct canvas *canvas, png_structp png, png_infop info)
{
	unsigned int line;

	if (setjmp(png_jmpbuf(png)))
		return -1;
	png_set_write_fn(png, NULL, put_bytes, NULL);
	png_set_IHDR(png, info, canvas->width, canvas->height, 8,
		     PNG_COLOR_TYPE_PALETTE, PNG_INTERLACE_NONE,
		     PNG_COMPRESSION_TYPE_DEFAULT, PNG_FILTER_TYPE_DEFAULT);
	set_palette(png, info);
	png_write_info(png, info);
	for (line = 0; line < canvas->height; line++)
		png_write_row(png, canvas->pixels + (size_t)line * canvas->width);
	png_write_end(png, info);
	return 0;
}

int pfnscope_map_png(const struct pfnscope_map *map,
		     struct pfnscope_error *error)
{
	struct canvas canvas = { 0 };
	const struct pfnscope_map_pen pen = {
		png_begin, png_squares, png_words, &canvas
	};
	png_structp png = png_create_write_struct(PNG_LIBPNG_VER_STRING, error,
						  put_failure, put_warning);
	png_infop info = png ? png_create_info_struct(png) : NULL;
	int result;

	if (!info) {
		png_destroy_write_struct(&png, NULL);
		return pfnscope_fail(error, PFNSCOPE_SYSTEM,
				     "--png: libpng does not begin, --svg needs none");
	}
	pfnscope_map_paint(map, &pen);
	result = write_out(&canvas, png, info);
	png_destroy_write_struct(&png, &info);
	free(canvas.pixels);
	return result;
}
#else
int pfnscope_map_png(const struct pfnscope_map *map,
		     struct pfnscope_error *error)
{
	(void)map;
	return pfnscope_fail(error, PFNSCOPE_SYSTEM,
			     "--png: built without libpng (on Debian: apt-get install libpng-dev, and make userland again); rsvg-convert makes the same of --svg");
}
#endif
