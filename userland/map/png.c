// SPDX-License-Identifier: GPL-2.0-only
/*
 * The picture of the map as PNG, by cairo. It comes with a dozen other
 * libraries, which take longer to load than most commands run: it is loaded
 * when it is asked for.
 */
#include <cairo.h>
#include <dlfcn.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include "map/picture.h"
#include "map/render.h"

#define LIBRARY "libcairo.so.2"

/* What is used of it: CALL(name) declares, and finds, cairo_name(). */
#define CALLS						\
	CALL(image_surface_create)			\
	CALL(create)					\
	CALL(set_source_rgba)				\
	CALL(rectangle)					\
	CALL(fill)					\
	CALL(paint)					\
	CALL(set_antialias)				\
	CALL(select_font_face)				\
	CALL(set_font_size)				\
	CALL(move_to)					\
	CALL(show_text)					\
	CALL(surface_write_to_png_stream)		\
	CALL(status)					\
	CALL(status_to_string)				\
	CALL(destroy)					\
	CALL(surface_destroy)

#define CALL(name) __typeof__(&cairo_##name) name;
struct cairo {
	void *library;
	CALLS
};
#undef CALL

struct canvas {
	struct cairo cairo;
	cairo_surface_t *surface;
	cairo_t *context;
};

static int load(struct cairo *cairo, struct pfnscope_error *error)
{
	cairo->library = dlopen(LIBRARY, RTLD_NOW | RTLD_LOCAL);
	if (!cairo->library)
		return pfnscope_fail(error, PFNSCOPE_SYSTEM,
			"--png needs " LIBRARY " (on Debian: apt-get install libcairo2), --svg does not");
#define CALL(name)							\
	cairo->name = (__typeof__(cairo->name))				\
		(intptr_t)dlsym(cairo->library, "cairo_" #name);	\
	if (!cairo->name)						\
		return pfnscope_fail(error, PFNSCOPE_SYSTEM,	\
			LIBRARY " has no cairo_" #name ": too old");
	CALLS
#undef CALL
	return 0;
}

static void colour(struct canvas *canvas, const char *rgb, double alpha)
{
	unsigned long word = strtoul(rgb + 1, NULL, 16);

	canvas->cairo.set_source_rgba(canvas->context,
				      (double)(word >> 16 & 0xff) / 255,
				      (double)(word >> 8 & 0xff) / 255,
				      (double)(word & 0xff) / 255, alpha);
}

static void begin(void *data, unsigned int width, unsigned int height)
{
	struct canvas *canvas = data;
	struct cairo *cairo = &canvas->cairo;

	canvas->surface = cairo->image_surface_create(CAIRO_FORMAT_RGB24,
						      (int)width, (int)height);
	canvas->context = cairo->create(canvas->surface);
	cairo->set_antialias(canvas->context, CAIRO_ANTIALIAS_NONE);
	colour(canvas, "#ffffff", 1);
	cairo->paint(canvas->context);
	cairo->select_font_face(canvas->context, "sans-serif",
				CAIRO_FONT_SLANT_NORMAL,
				CAIRO_FONT_WEIGHT_NORMAL);
	cairo->set_font_size(canvas->context, 12);
}

static void put_square(void *data, unsigned int x, unsigned int y,
		       unsigned int size, const char *rgb, bool pale)
{
	struct canvas *canvas = data;

	colour(canvas, rgb, pale ? 0.55 : 1);
	canvas->cairo.rectangle(canvas->context, x, y, size, size);
	canvas->cairo.fill(canvas->context);
}

static void put_text(void *data, unsigned int x, unsigned int y,
		     const char *text)
{
	struct canvas *canvas = data;

	colour(canvas, "#000000", 1);
	canvas->cairo.move_to(canvas->context, x, y);
	canvas->cairo.show_text(canvas->context, text);
}

static cairo_status_t put_bytes(void *data, const unsigned char *bytes,
				unsigned int length)
{
	(void)data;
	return fwrite(bytes, 1, length, stdout) == length ?
	       CAIRO_STATUS_SUCCESS : CAIRO_STATUS_WRITE_ERROR;
}

static int write_out(struct canvas *canvas, struct pfnscope_error *error)
{
	cairo_status_t status = canvas->cairo.status(canvas->context);

	if (status == CAIRO_STATUS_SUCCESS)
		status = canvas->cairo.surface_write_to_png_stream(
				canvas->surface, put_bytes, NULL);
	/* What the output lacks is told by whoever ends it. */
	if (status == CAIRO_STATUS_SUCCESS || status == CAIRO_STATUS_WRITE_ERROR)
		return 0;
	return pfnscope_fail(error, PFNSCOPE_SYSTEM, "--png: %s",
			     canvas->cairo.status_to_string(status));
}

int pfnscope_map_png(const struct pfnscope_map *map,
		     struct pfnscope_error *error)
{
	struct canvas canvas = { 0 };
	const struct pfnscope_map_pen pen = {
		begin, put_square, put_text, &canvas
	};
	int result = load(&canvas.cairo, error);

	if (!result) {
		pfnscope_map_paint(map, &pen);
		result = write_out(&canvas, error);
		canvas.cairo.destroy(canvas.context);
		canvas.cairo.surface_destroy(canvas.surface);
	}
	/* The library stays: the process ends, and its fonts are its own. */
	return result;
}
