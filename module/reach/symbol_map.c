// SPDX-License-Identifier: GPL-2.0-only
/*
 * The build of a kernel leaves a System.map: one line "ADDRESS TYPE NAME" a
 * symbol, by address. A kernel may be moved at boot (KASLR), all of it by the same
 * distance, which a symbol that is exported tells. That the map is this kernel's
 * and not that of a sister is told by all that is known without it: other exported
 * data lies where the map says, and so do functions, which kallsyms lists whether
 * or not it lists data.
 */
#include <linux/ctype.h>
#include <linux/fs.h>
#include <linux/init_task.h>
#include <linux/ioport.h>
#include <linux/kernel.h>
#include <linux/moduleparam.h>
#include <linux/nodemask.h>
#include <linux/sched.h>
#include <linux/string.h>
#include <linux/utsname.h>
#include <linux/vmalloc.h>
#include <linux/vmstat.h>

#include "readfile.h"
#include "symbol.h"
#include "symbol_map.h"

/*
 * What is found is locked and written to, so that whoever chooses the file may
 * write anywhere: under lockdown the parameter is refused.
 */
static char *system_map;
module_param_hw_named(system_map, system_map, charp, other, 0400);
MODULE_PARM_DESC(system_map, "the running kernel's System.map, if kallsyms lists no data");

/* Of the functions one in so many is compared, and at least so many of them. */
#define COMPARE_ONE_IN	16
#define COMPARE_MIN	100
/* kallsyms may know one in so many by another name. */
#define WRONG_ONE_IN	100

/* In text, data and read-only data, early and late. */
static struct {
	const char *name;
	const void *address;
	unsigned long in_map;
} anchors[] = {
	{ "init_task", &init_task },
	{ "init_uts_ns", &init_uts_ns },
	{ "iomem_resource", &iomem_resource },
	{ "vm_zone_stat", vm_zone_stat },
	{ "vm_node_stat", vm_node_stat },
	{ "node_states", node_states },
	{ "simple_dir_operations", &simple_dir_operations },
	{ "_ctype", _ctype },
};

struct line {
	unsigned long address;
	char type;
	const char *name;
};

struct map {
	char *data;
	char *at;
	char *end;
	unsigned int lines;
};

static char why[96];

static const char *refuse(const char *reason, const char *name)
{
	snprintf(why, sizeof(why), "the System.map is %s%s%s", reason,
		 name ? ": " : "", name ?: "");
	return why;
}

static unsigned int digit(char c)
{
	return isdigit(c) ? c - '0' : tolower(c) - 'a' + 10;
}

static bool parse_address(char **at, const char *end, unsigned long *address)
{
	unsigned int digits = 0;

	for (*address = 0; *at < end && isxdigit(**at); ++*at, digits++)
		*address = *address << 4 | digit(**at);
	return digits && digits <= 2 * sizeof(*address);
}

/*
 * The end of a name becomes its terminator, so that the next pass meets 0 there.
 * Returns 1, 0 at the end, -EINVAL.
 */
static int next_line(struct map *map, struct line *line)
{
	char *at = map->at;

	if (at == map->end)
		return 0;
	if (!parse_address(&at, map->end, &line->address) ||
	    map->end - at < 5 || at[0] != ' ' || at[2] != ' ')
		return -EINVAL;
	line->type = at[1];
	line->name = at += 3;
	while (at < map->end && *at != '\n' && *at)
		at++;
	if (at == map->end || at == line->name)
		return -EINVAL;
	*at = '\0';
	map->at = at + 1;
	if (++map->lines % 1024 == 0)
		cond_resched();
	return 1;
}

static void note_anchor(const struct line *line)
{
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(anchors); i++)
		if (!strcmp(anchors[i].name, line->name))
			anchors[i].in_map = line->address;
}

/* Of static symbols there may be two of one name: none of them is taken. */
static struct pfnscope_map_want *note_want(const struct line *line,
					   struct pfnscope_map_want *wants,
					   unsigned int count)
{
	unsigned int i;

	for (i = 0; i < count; i++) {
		if (!wants[i].name || strcmp(wants[i].name, line->name))
			continue;
		if (wants[i].address) {
			wants[i].address = 0;
			wants[i].name = NULL;
			return NULL;
		}
		wants[i].address = line->address;
		return &wants[i];
	}
	return NULL;
}

static const char *read_names(struct map *map, struct pfnscope_map_want *wants,
			      unsigned int count)
{
	struct pfnscope_map_want *open = NULL, *found;
	struct line line;
	int ret;

	while ((ret = next_line(map, &line)) > 0) {
		if (open && line.address > open->address) {
			open->size = line.address - open->address;
			open = NULL;
		}
		note_anchor(&line);
		found = note_want(&line, wants, count);
		open = found ?: open;
	}
	return ret ? refuse("malformed", NULL) : NULL;
}

static const char *check_anchors(unsigned long *slide)
{
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(anchors); i++)
		if (!anchors[i].in_map)
			return refuse("no map of a kernel, it lacks",
				      anchors[i].name);
	*slide = (unsigned long)anchors[0].address - anchors[0].in_map;
	for (i = 0; i < ARRAY_SIZE(anchors); i++)
		if (anchors[i].in_map + *slide !=
		    (unsigned long)anchors[i].address)
			return refuse("of another kernel", anchors[i].name);
	return NULL;
}

static bool stands(const struct line *line, unsigned long slide)
{
	struct pfnscope_place place;

	return pfnscope_symbol_locate(line->address + slide, &place) &&
	       !place.offset && !strcmp(place.text, line->name);
}

/* Where several stand at one address, kallsyms has the choice. */
static const char *check_functions(struct map *map, unsigned long slide)
{
	struct line before = {}, line = {}, next;
	unsigned int compared = 0, wrong = 0;
	bool text = false;

	while (next_line(map, &next) > 0) {
		if (!strcmp(next.name, "_stext"))
			text = true;
		if (!strcmp(next.name, "_etext"))
			break;
		if (text && tolower(line.type) == 't' &&
		    map->lines % COMPARE_ONE_IN == 0 &&
		    line.address != before.address &&
		    line.address != next.address) {
			compared++;
			wrong += !stands(&line, slide);
		}
		before = line;
		line = next;
	}
	if (compared < COMPARE_MIN || wrong > compared / WRONG_ONE_IN)
		return refuse("of another kernel", "functions");
	return NULL;
}

static const char *check_map(struct map *map, struct pfnscope_map_want *wants,
			     unsigned int count, unsigned long *slide)
{
	const char *reason;

	map->at = map->data;
	reason = read_names(map, wants, count) ?: check_anchors(slide);
	map->at = map->data;
	return reason ?: check_functions(map, *slide);
}

/**
 * pfnscope_map_given - whether there is one to look into
 */
bool pfnscope_map_given(void)
{
	return system_map;
}

/**
 * pfnscope_map_find - find symbols in the System.map
 * @wants: what to find; filled
 * @count: how many
 *
 * Call only where pfnscope_map_given().
 *
 * Return: NULL, or why nothing in it can be used.
 */
const char *pfnscope_map_find(struct pfnscope_map_want *wants,
			      unsigned int count)
{
	const char *reason;
	struct map map = {};
	unsigned long slide;
	unsigned int i;
	size_t len;

	if (!IS_ENABLED(CONFIG_KALLSYMS))
		return refuse("not comparable", "CONFIG_KALLSYMS is off");
	if (pfnscope_readfile(system_map, (void **)&map.data, &len))
		return refuse("not to be read", NULL);
	map.end = map.data + len;
	reason = check_map(&map, wants, count, &slide);
	vfree(map.data);
	for (i = 0; i < count; i++)
		if (wants[i].address)
			wants[i].address += slide;
	return reason;
}
