// SPDX-License-Identifier: GPL-2.0-only
/*
 * The map as one page. The blocks are a string of letters and lists of numbers,
 * so that a page of half a million blocks stays small, and are painted on a
 * canvas; the page asks for nothing else.
 */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "map/render.h"

static const char head[] =
	"<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">\n"
	"<title>Physical memory</title>\n<style>\n"
	"body{background:#11141a;color:#d7dce5;font:14px sans-serif;margin:16px}\n"
	"label{margin-right:12px;white-space:nowrap}\n"
	".key{display:inline-block;width:12px;height:12px;margin:0 4px}\n"
	"#about{position:fixed;background:#2b313c;padding:6px;display:none}\n"
	"canvas{display:block;margin:4px 0 16px}\n"
	"</style></head><body>\n<h1>Physical memory</h1>\n"
	"<p>A square is a pageblock and shows what most of it is; it is paler the emptier it is."
	" Point at one for its owner.</p>\n"
	"<form id=\"choice\"></form><div id=\"zones\"></div><div id=\"about\"></div>\n<script>\n";

static const char tail[] =
	"const choice=document.getElementById('choice'),about=document.getElementById('about');\n"
	"const shown=new Set(legend.map(l=>l[0]));\n"
	"function box(text,colour,on){const l=document.createElement('label'),b=document.createElement('input');\n"
	" b.type='checkbox';b.checked=true;b.onchange=()=>on(b.checked);l.append(b);\n"
	" if(colour){const k=document.createElement('span');k.className='key';k.style.background=colour;l.append(k);}\n"
	" l.append(text);choice.append(l);}\n"
	"function paint(z){const size=z.blocks.length>65536?2:6,step=z.step=size+1,c=z.canvas,g=c.getContext('2d');\n"
	" const w=Math.max(16,Math.floor((document.body.clientWidth-8)/step));\n"
	" z.width=w;c.width=w*step;c.height=Math.ceil(z.blocks.length/w)*step;\n"
	" for(let i=0;i<z.blocks.length;i++){const l=legend[z.blocks.charCodeAt(i)-97];\n"
	"  if(!shown.has(l[0]))continue;g.globalAlpha=0.3+z.used[i]/143;g.fillStyle=l[1];\n"
	"  g.fillRect(i%w*step,Math.floor(i/w)*step,size,size);}}\n"
	"for(const l of legend)box(l[0],l[1],on=>{on?shown.add(l[0]):shown.delete(l[0]);zones.forEach(paint);});\n"
	"for(const node of new Set(zones.map(z=>z.node)))\n"
	" box('node '+node,null,on=>zones.filter(z=>z.node===node).forEach(z=>z.part.hidden=!on));\n"
	"for(const z of zones){z.part=document.createElement('section');const h=document.createElement('h2');\n"
	" h.textContent='node '+z.node+' zone '+z.zone;z.canvas=document.createElement('canvas');z.part.append(h,z.canvas);\n"
	" document.getElementById('zones').append(z.part);paint(z);\n"
	" z.canvas.onmousemove=e=>{const i=Math.floor(e.offsetY/z.step)*z.width+Math.floor(e.offsetX/z.step);\n"
	"  about.style.display='none';if(!(i<z.blocks.length))return;\n"
	"  const n=z.why[i],what=legend[z.blocks.charCodeAt(i)-97][0];if(!shown.has(what))return;\n"
	"  about.textContent='pfn '+z.pfn[i]+': '+what+', '+z.used[i]+'% in use'\n"
	"   +(n?', kept by '+names[n]:', can be freed');\n"
	"  about.style.cssText='display:block;left:'+(e.clientX+12)+'px;top:'+(e.clientY+12)+'px';};\n"
	" z.canvas.onmouseleave=()=>about.style.display='none';}\n"
	"window.onresize=()=>zones.forEach(paint);\n</script></body></html>\n";

/* Blockers are few; those beyond the last share its place. */
#define NAMES 4096

struct names {
	const char *name[NAMES];
	unsigned int count;
};

static unsigned int name_index(struct names *names, const char *name)
{
	unsigned int i;

	if (!name)
		return 0;
	for (i = 1; i < names->count; i++)
		if (!strcmp(names->name[i], name))
			return i;
	if (names->count < NAMES)
		names->name[names->count++] = name;
	return i < NAMES ? i : NAMES - 1;
}

/* A string of a script: no quote, no tag, nothing that is not plain. */
static void put_string(const char *string)
{
	putchar('"');
	for (; *string; string++)
		if (*string < ' ' || *string > '~' || strchr("\"\\<>&'", *string))
			printf("\\u%04x", (unsigned char)*string);
		else
			putchar(*string);
	putchar('"');
}

enum part { PFN, USED, WHY };

static void put_numbers(const struct pfnscope_map *map, size_t first,
			size_t end, enum part part, struct names *names)
{
	const struct pfnscope_map_block *block;
	size_t i;

	for (i = first; i < end; i++) {
		block = &map->blocks[i];
		printf("%s%" PRIu64, i == first ? "" : ",",
		       part == PFN ? block->pfn :
		       part == USED ? block->used_percent :
		       name_index(names, block->blocker));
	}
}

static void put_zone(const struct pfnscope_map *map, size_t first, size_t end,
		     struct names *names)
{
	const struct pfnscope_map_block *block = &map->blocks[first];
	size_t i;

	printf("{node:%" PRIu64 ",zone:", block->node);
	put_string(block->zone ? block->zone : "-");
	printf(",blocks:\"");
	for (i = first; i < end; i++)
		putchar('a' + (int)map->blocks[i].class);
	printf("\",pfn:[");
	put_numbers(map, first, end, PFN, names);
	printf("],used:[");
	put_numbers(map, first, end, USED, names);
	printf("],why:[");
	put_numbers(map, first, end, WHY, names);
	printf("]},\n");
}

static size_t zone_end(const struct pfnscope_map *map, size_t first)
{
	size_t end = first + 1;

	while (end < map->count &&
	       !pfnscope_map_new_zone(&map->blocks[end], &map->blocks[first]))
		end++;
	return end;
}

void pfnscope_map_html(const struct pfnscope_map *map)
{
	static struct names names;
	size_t first, end;
	unsigned int i;

	names.count = 1;
	fputs(head, stdout);
	printf("const legend=[");
	for (i = 0; i < PFNSCOPE_MAP_CLASSES; i++)
		printf("[\"%s\",\"%s\"],", pfnscope_map_legend[i].name,
		       pfnscope_map_legend[i].rgb);
	printf("];\nconst zones=[\n");
	for (first = 0; first < map->count; first = end) {
		end = zone_end(map, first);
		put_zone(map, first, end, &names);
	}
	printf("];\nconst names=[\"\"");
	for (i = 1; i < names.count; i++) {
		putchar(',');
		put_string(names.name[i]);
	}
	printf("];\n");
	fputs(tail, stdout);
}
