// SPDX-License-Identifier: GPL-2.0-only
/* The live view: what was read, as text for people and as a document for programs. */
#include <json-c/json.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/text.h"
#include "base/units.h"
#include "cmd/top.h"
#include "render/shown.h"

#define SECOND	1000000000LL

/* --- text --- */

/* "forecast  how many huge pages can be had, 4 s ago" */
static void put_title(struct pfnscope_text *text, const struct pfnscope_top *top,
		      const struct pfnscope_top_section *section,
		      const struct pfnscope_top_kept *kept, bool colours)
{
	int64_t age = (top->taken_ns - kept->at_ns) / SECOND;
	char *title = pfnscope_format("%s%s%s: %s", colours ? "\033[1m" : "",
				      section->command->name,
				      colours ? PFNSCOPE_COLOUR_END : "",
				      section->command->summary);

	pfnscope_text_put_string(text, title);
	free(title);
	if (age > 0) {
		pfnscope_text_put_string(text, ", ");
		pfnscope_text_put_number(text, (uint64_t)age, 10);
		pfnscope_text_put_string(text, " s ago");
	}
	pfnscope_text_put_char(text, '\n');
}

char *pfnscope_top_text(const struct pfnscope_top *top, bool colours)
{
	const struct pfnscope_top_page *page = &pfnscope_top_pages[top->page];
	struct pfnscope_text text = { 0 };

	for (size_t i = 0; i < PFNSCOPE_TOP_SECTIONS && page->sections[i].command; i++) {
		const struct pfnscope_top_kept *kept = &top->kept[i];

		if (i)
			pfnscope_text_put_char(&text, '\n');
		put_title(&text, top, &page->sections[i], kept, colours);
		pfnscope_text_put(&text, kept->text, kept->text ? kept->size : 0);
		if (!kept->failed)
			continue;
		pfnscope_text_put_string(&text, kept->failed);
		pfnscope_text_put_char(&text, '\n');
	}
	return text.data ? text.data : pfnscope_strdup("");
}

/* A part of a CPU: time each second. */
static void put_cost(struct pfnscope_text *text, int64_t ns, int64_t elapsed)
{
	pfnscope_units_ns(text, (uint64_t)((unsigned __int128)(ns > 0 ? ns : 0) * SECOND /
					   (uint64_t)elapsed));
	pfnscope_text_put_string(text, "/s");
}

char *pfnscope_top_cost_text(const struct pfnscope_top *top)
{
	const struct pfnscope_top_cost *now = &top->cost, *before = &top->cost_before;
	struct pfnscope_text text = { 0 };
	int64_t elapsed = now->at_ns - before->at_ns;

	if (!before->at_ns || elapsed <= 0)
		return pfnscope_strdup("-");
	put_cost(&text, now->own_ns - before->own_ns, elapsed);
	if (now->module_ns >= 0 && before->module_ns >= 0) {
		pfnscope_text_put_string(&text, ", module ");
		put_cost(&text, now->module_ns - before->module_ns, elapsed);
	}
	return text.data;
}

/* --- JSON --- */

static const struct pfnscope_shape change_keys[] = {
	PFNSCOPE_KEY(STRING, "table", 0, "in which table"),
	PFNSCOPE_KEY(INTEGER, "row", 0, "in which of its rows, from 0"),
	PFNSCOPE_KEY(STRING, "column", 0, "in which column"),
	PFNSCOPE_KEY(INTEGER, "delta", 0, "what it has more than before"),
	PFNSCOPE_KEY(INTEGER, "ns", 0, "time between the two"),
	PFNSCOPE_KEYS_END
};

static const struct pfnscope_shape top_keys[] = {
	PFNSCOPE_KEY(STRING, "page", 0, "which page, as --page has it"),
	PFNSCOPE_KEY(INTEGER, "tick", 0, "the reading, from 1"),
	PFNSCOPE_KEY(INTEGER, "elapsed_ns", 0, "since the reading before"),
	PFNSCOPE_KEY(INTEGER, "own_ns", 0, "time of CPUs that the command has used"),
	PFNSCOPE_KEY(INTEGER, "module_ns", 0,
		     "time that the module's files have taken, whoever read them"),
	PFNSCOPE_KEY(DOCUMENTS, "answers", 0, "of the commands on that page"),
	PFNSCOPE_PART(OBJECTS, "changes", 0, "numbers of these tables that changed",
		      NULL, change_keys),
	PFNSCOPE_KEYS_END
};

const struct pfnscope_document pfnscope_top_document = {
	.name = "top",
	.version = 1,
	.help = "one reading of one page of the live view",
	.keys = top_keys,
};

static struct json_object *known_integer(int64_t number)
{
	return number < 0 ? NULL : json_object_new_int64(number);
}

static void add_failure(struct json_object *answer, const char *name, const char *why)
{
	struct json_object *reasons;

	if (!json_object_object_get_ex(answer, "unavailable", &reasons)) {
		reasons = json_object_new_object();
		json_object_object_add(answer, "unavailable", reasons);
	}
	json_object_object_add(reasons, name, json_object_new_string(why));
}

/* The commands' own documents, and what changed in their tables. */
static void add_answers(const struct pfnscope_top *top, struct json_object *object)
{
	const struct pfnscope_top_page *page = &pfnscope_top_pages[top->page];
	struct json_object *answers = json_object_new_array();
	struct json_object *changes = json_object_new_array();

	for (size_t i = 0; i < PFNSCOPE_TOP_SECTIONS && page->sections[i].command; i++) {
		const struct pfnscope_top_kept *kept = &top->kept[i];
		bool is_new = kept->changes && kept->at_ns >= top->taken_ns;
		size_t count = is_new ? json_object_array_length(kept->changes) : 0;
		struct json_object *answer = kept->text ? json_tokener_parse(kept->text) : NULL;

		if (answer)
			json_object_array_add(answers, answer);
		if (kept->failed)
			add_failure(object, page->sections[i].command->name, kept->failed);
		for (size_t j = 0; j < count; j++)
			json_object_array_add(changes, json_object_get(
				json_object_array_get_idx(kept->changes, j)));
	}
	json_object_object_add(object, "answers", answers);
	json_object_object_add(object, "changes", changes);
}

int pfnscope_top_json(struct pfnscope_top *top)
{
	struct json_object *object = json_object_new_object();

	json_object_object_add(object, "page", json_object_new_string(
			       pfnscope_top_pages[top->page].name));
	json_object_object_add(object, "tick", json_object_new_uint64(top->tick));
	json_object_object_add(object, "elapsed_ns", json_object_new_int64(top->elapsed_ns));
	json_object_object_add(object, "own_ns", known_integer(top->cost.own_ns));
	json_object_object_add(object, "module_ns", known_integer(top->cost.module_ns));
	add_answers(top, object);
	return pfnscope_render_json_line(&top->run->format, &pfnscope_top_document, object,
					 &top->run->error);
}
