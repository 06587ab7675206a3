// SPDX-License-Identifier: GPL-2.0-only
/*
 * Stacks are kept as addresses and named when somebody reads. An address means
 * something else once its module is gone, or the part of it that is only for its
 * init: so these are named before that happens.
 */
#include <linux/kallsyms.h>
#include <linux/kernel.h>
#include <linux/log2.h>
#include <linux/mm.h>
#include <linux/module.h>
#include <linux/mutex.h>
#include <linux/notifier.h>
#include <linux/sched.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/vmalloc.h>

#include "reach/stack.h"
#include "walk/memory.h"
#include "watch/callers.h"

/* Places that are tried: more are only needed by a table that is nearly full. */
#define STEPS		32

/* Frames of ours, and of the tracepoint, that the stack begins with. */
#define OWN_FRAMES	4

/* Names that are kept of modules which are gone; later ones are not known. */
#define NAMES		512
#define NAME_SIZE	96

/* No address of the kernel's is as small as the number of a name. */
#define NAME_FRAME(name)	((unsigned long)(name) + 1)
#define NO_NAME			NAME_FRAME(NAMES)

/**
 * struct pfnscope_callers - all call sites
 * @mask: places less one
 * @at: the places
 * @modules: told of modules that come and go
 * @mutex: protects what follows, and frames from being named and renamed at once
 * @nr_names: in use
 * @name: of frames in modules that are gone
 * @symbol: room for a symbol
 */
struct pfnscope_callers {
	unsigned int mask;
	struct pfnscope_caller *at;
	struct notifier_block modules;
	struct mutex mutex; /* names */
	unsigned int nr_names;
	char name[NAMES][NAME_SIZE];
	char symbol[KSYM_SYMBOL_LEN];
};

/* --- names; the mutex is held --- */

/*
 * "name+0x1c[module]" of an address, without the size that %pB adds. What has no
 * symbol would be printed as the address itself.
 */
static void name_address(struct pfnscope_callers *callers,
			 unsigned long address, char *text, size_t size)
{
	char *symbol = callers->symbol, *end, *module;

	snprintf(symbol, sizeof(callers->symbol), "%pB", (void *)address);
	if (!strncmp(symbol, "0x", 2)) {
		strscpy(text, "?", size);
		return;
	}
	module = strchr(symbol, '[');
	end = strpbrk(symbol, "/ ");
	if (end)
		*end = '\0';
	scnprintf(text, size, "%s%s", symbol,
		  module && module > end ? module : "");
}

static void name_frame(struct pfnscope_callers *callers, unsigned long frame,
		       char *text, size_t size)
{
	if (frame > NO_NAME)
		name_address(callers, frame, text, size);
	else if (frame && frame < NO_NAME)
		strscpy(text, callers->name[frame - 1], size);
	else
		strscpy(text, "?", size);
}

/* The number of the name of @address, which is kept from now on. */
static unsigned long keep_name(struct pfnscope_callers *callers,
			       unsigned long address)
{
	unsigned int name = callers->nr_names, i;

	if (name == NAMES)
		return NO_NAME;
	cond_resched();
	name_address(callers, address, callers->name[name], NAME_SIZE);
	for (i = 0; i < name; i++)
		if (!strcmp(callers->name[i], callers->name[name]))
			return NAME_FRAME(i);
	callers->nr_names++;
	return NAME_FRAME(name);
}

static bool goes(unsigned long frame, const struct module *module,
		 unsigned long state)
{
	return state == MODULE_STATE_LIVE ? within_module_init(frame, module) :
					    within_module(frame, module);
}

static void keep_names(struct pfnscope_callers *callers,
		       const struct module *module, unsigned long state)
{
	struct pfnscope_caller *caller;
	unsigned int place, i;

	for (place = 0; place <= callers->mask; place++) {
		caller = &callers->at[place];
		if (!pfnscope_caller_ready(caller))
			continue;
		for (i = 0; i < caller->count; i++)
			if (goes(caller->frames[i], module, state))
				caller->frames[i] = keep_name(callers,
							      caller->frames[i]);
		if (place % 1024 == 0)
			cond_resched();
	}
}

/*
 * Told after the init, or the exit, of the module has returned and before its memory
 * is freed: nobody calls from there any more.
 */
static int module_notify(struct notifier_block *block, unsigned long state,
			 void *module)
{
	struct pfnscope_callers *callers =
		container_of(block, struct pfnscope_callers, modules);

	if (state != MODULE_STATE_LIVE && state != MODULE_STATE_GOING)
		return NOTIFY_DONE;
	mutex_lock(&callers->mutex);
	keep_names(callers, module, state);
	mutex_unlock(&callers->mutex);
	return NOTIFY_DONE;
}

/* --- the table --- */

static struct pfnscope_callers *callers_new(unsigned int places)
{
	struct pfnscope_callers *callers;

	callers = __vmalloc(sizeof(*callers), PFNSCOPE_GFP | __GFP_ZERO);
	if (!callers)
		return NULL;
	callers->at = __vmalloc(array_size(places, sizeof(*callers->at)),
				PFNSCOPE_GFP | __GFP_ZERO);
	callers->mask = places - 1;
	mutex_init(&callers->mutex);
	callers->modules.notifier_call = module_notify;
	if (callers->at && !register_module_notifier(&callers->modules))
		return callers;
	vfree(callers->at);
	vfree(callers);
	return NULL;
}

/**
 * pfnscope_callers_alloc - an empty table
 * @bytes: at most so large
 *
 * Return: NULL without memory.
 */
struct pfnscope_callers *pfnscope_callers_alloc(size_t bytes)
{
	size_t places = bytes / sizeof(struct pfnscope_caller);

	return callers_new(rounddown_pow_of_two(max_t(size_t, places, STEPS)));
}

/**
 * pfnscope_callers_free - no probe adds to it any more
 * @callers: or NULL
 */
void pfnscope_callers_free(struct pfnscope_callers *callers)
{
	if (!callers)
		return;
	unregister_module_notifier(&callers->modules);
	vfree(callers->at);
	vfree(callers);
}

static u64 mix(u64 hash, u64 word)
{
	hash = (hash ^ word) * 0xff51afd7ed558ccdULL;
	return hash ^ hash >> 32;
}

static void fill(struct pfnscope_caller *caller, const struct page *page,
		 unsigned int order, const unsigned long *frames,
		 unsigned int count)
{
	caller->node = page_to_nid(page);
	caller->zone = page_zonenum(page);
	caller->order = order;
	caller->count = count;
	memcpy(caller->frames, frames, count * sizeof(*frames));
	/* Pairs with pfnscope_caller_ready(). */
	smp_store_release(&caller->ready, true);
}

/* Whoever puts the id into a free place fills it; others go on without waiting. */
static struct pfnscope_caller *place_of(struct pfnscope_callers *callers,
					u64 id, bool *added)
{
	struct pfnscope_caller *caller;
	unsigned int step;
	u64 seen;

	for (step = 0; step < STEPS; step++) {
		caller = &callers->at[(id + step) & callers->mask];
		seen = atomic64_read(&caller->id);
		if (!seen) {
			seen = atomic64_cmpxchg(&caller->id, 0, id);
			*added = !seen;
		}
		if (*added || seen == id)
			return caller;
	}
	return NULL;
}

struct pfnscope_caller *pfnscope_caller_of(struct pfnscope_callers *callers,
					   const struct page *page,
					   unsigned int order)
{
	unsigned long frames[PFNSCOPE_CALLER_FRAMES + OWN_FRAMES];
	struct pfnscope_caller *caller;
	unsigned int count, i;
	bool added = false;
	u64 id;

	count = pfnscope_stack_save(frames, ARRAY_SIZE(frames));
	count = min_t(unsigned int, count, PFNSCOPE_CALLER_FRAMES);
	id = mix(page_to_nid(page), page_zonenum(page) << 8 | order);
	for (i = 0; i < count; i++)
		id = mix(id, frames[i]);
	caller = place_of(callers, id ? id : 1, &added);
	if (added)
		fill(caller, page, order, frames, count);
	return caller;
}

unsigned int pfnscope_callers_size(const struct pfnscope_callers *callers)
{
	return callers->mask + 1;
}

struct pfnscope_caller *pfnscope_caller_at(struct pfnscope_callers *callers,
					   unsigned int place)
{
	return &callers->at[place];
}

unsigned int pfnscope_caller_place(const struct pfnscope_callers *callers,
				   const struct pfnscope_caller *caller)
{
	return caller - callers->at;
}

bool pfnscope_caller_ready(const struct pfnscope_caller *caller)
{
	return smp_load_acquire(&caller->ready); /* pairs with fill() */
}

void pfnscope_caller_print(struct pfnscope_callers *callers,
			   const struct pfnscope_caller *caller,
			   char text[PFNSCOPE_STACK_TEXT])
{
	size_t used = 0, length;
	char name[NAME_SIZE];
	unsigned int i;

	text[0] = '\0';
	mutex_lock(&callers->mutex);
	for (i = 0; i < caller->count; i++) {
		name_frame(callers, caller->frames[i], name, sizeof(name));
		/* There while the tracepoint has more than one probe. */
		if (!used && str_has_prefix(name, "__traceiter_"))
			continue;
		length = strlen(name) + !!used;
		if (used + length >= PFNSCOPE_STACK_TEXT)
			break;
		used += snprintf(text + used, PFNSCOPE_STACK_TEXT - used,
				 "%s%s", used ? "," : "", name);
	}
	mutex_unlock(&callers->mutex);
}
