// SPDX-License-Identifier: GPL-2.0-only
/* /proc/zoneinfo as it stands. */

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "text.h"
#include "zoneinfo.h"

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

static void add(struct zi_pair *pair, size_t *pairs, size_t max, const char *name, long long value)
{
	if (*pairs == max) {
		printf("Bail out! /proc/zoneinfo: more than %zu pairs in one place\n", max);
		exit(1);
	}
	snprintf(pair[*pairs].name, sizeof(pair->name), "%s", name);
	pair[(*pairs)++].value = value;
}

/* "(0, 1024, 2048)" becomes "0,1024,2048". */
static void keep_protection(struct zi_zone *z, const char *text)
{
	size_t n = 0;

	for (; *text; text++)
		if (!strchr("() ", *text) && n < sizeof(z->protection) - 1)
			z->protection[n++] = *text;
	z->protection[n] = '\0';
}

static void parse_pair(struct zi_zone *z, const char *line, bool *in_node)
{
	char name[40];
	long long value;
	size_t len;

	if (sscanf(line, " pages free %lld", &value) == 1) {
		*in_node = false;
		add(z->pair, &z->pairs, COUNT(z->pair), "free", value);
		return;
	}
	if (sscanf(line, " vm stats threshold: %lld", &value) == 1 || sscanf(line, " %39s %lld", name, &value) != 2)
		return;
	len = strlen(name);
	if (name[len - 1] == ':')
		name[len - 1] = '\0';
	if (!strcmp(name, "cpu") && z->cpus < COUNT(z->cpu))
		z->cpu[z->cpus++].cpu = (int)value;
	else if (*in_node)
		add(z->node_pair, &z->node_pairs, COUNT(z->node_pair), name, value);
	else if (z->cpus && strcmp(name, "node_unreclaimable") && strcmp(name, "start_pfn"))
		add(z->cpu[z->cpus - 1].pair, &z->cpu[z->cpus - 1].pairs, COUNT(z->cpu[0].pair), name, value);
	else
		add(z->pair, &z->pairs, COUNT(z->pair), name, value);
}

static void parse_line(struct zoneinfo *zi, const char *line, bool *in_node)
{
	struct zi_zone *z = zi->zone + zi->zones - 1;
	char node[8], zone[16];
	const char *at;

	if (sscanf(line, "Node %7[0-9], zone %15s", node, zone) == 2) {
		zi->zone = realloc(zi->zone, ++zi->zones * sizeof(*zi->zone));
		z = zi->zone + zi->zones - 1;
		memset(z, 0, sizeof(*z));
		memcpy(z->node, node, sizeof(node));
		memcpy(z->zone, zone, sizeof(zone));
		*in_node = false;
	} else if (!zi->zones) {
		return;
	} else if (strstr(line, "per-node stats")) {
		*in_node = true;
	} else if ((at = strstr(line, "protection:"))) {
		keep_protection(z, at + strlen("protection:"));
	} else if (strstr(line, "pagesets")) {
		z->populated = true;
	} else {
		parse_pair(z, line, in_node);
	}
}

void zoneinfo_need(struct zoneinfo *zi)
{
	char *text = text_need("/proc/zoneinfo");
	bool in_node = false;
	char *at = text, *line;

	memset(zi, 0, sizeof(*zi));
	while ((line = text_line(&at)))
		parse_line(zi, line, &in_node);
	free(text);
}

void zoneinfo_free(struct zoneinfo *zi)
{
	free(zi->zone);
	memset(zi, 0, sizeof(*zi));
}

struct zi_zone *zoneinfo_find(const struct zoneinfo *zi, const char *node, const char *zone)
{
	for (size_t i = 0; i < zi->zones; i++)
		if (!strcmp(zi->zone[i].node, node) && !strcmp(zi->zone[i].zone, zone))
			return &zi->zone[i];
	return NULL;
}

static bool pair_value(const struct zi_pair *pair, size_t pairs, const char *name, long long *value)
{
	for (size_t i = 0; i < pairs; i++) {
		if (!strcmp(pair[i].name, name)) {
			*value = pair[i].value;
			return true;
		}
	}
	return false;
}

bool zi_value(const struct zi_zone *z, const char *name, long long *value)
{
	return pair_value(z->pair, z->pairs, name, value);
}

bool zi_cpu_value(const struct zi_cpu *c, const char *name, long long *value)
{
	return pair_value(c->pair, c->pairs, name, value);
}

bool zi_node_value(const struct zoneinfo *zi, const char *node, const char *name, long long *value)
{
	for (size_t i = 0; i < zi->zones; i++)
		if (!strcmp(zi->zone[i].node, node) && zi->zone[i].node_pairs)
			return pair_value(zi->zone[i].node_pair, zi->zone[i].node_pairs, name, value);
	return false;
}
