// SPDX-License-Identifier: GPL-2.0-only
/*
 * Who allocated most, as kernels since 6.10 with CONFIG_MEM_ALLOC_PROFILING count it. Nothing else in a report names
 * who holds the memory that no counter has.
 */
#include "oomlog/parts.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

/* "660 MiB", "1.23 GiB", "512 B": three digits of it, in kB. */
static bool read_size(struct pfnscope_scan *s, int64_t *kb)
{
	static const char units[] = "BKMGT";
	int64_t whole, thousandths = 0, scale = 100;
	const char *unit;

	if (!pfnscope_scan_number(s, &whole) || whole < 0 || whole > 1024)
		return false;
	if (pfnscope_scan_char(s, '.'))
		for (; s->at < s->end && isdigit((unsigned char)*s->at); s->at++, scale /= 10)
			thousandths += (*s->at - '0') * scale;
	pfnscope_scan_blanks(s);
	unit = s->at < s->end && *s->at ? strchr(units, *s->at) : NULL;
	if (!unit || (*unit != 'B' && !pfnscope_scan_starts(&(struct pfnscope_scan){ s->at + 1, s->end }, "iB")))
		return false;
	s->at += *unit == 'B' ? 1 : 3;
	*kb = *unit == 'B' ? whole / 1024 :
	      (whole * 1000 + thousandths) * (INT64_C(1) << 10 * (unit - units - 1)) / 1000;
	return true;
}

/* "168960 drivers/net/leaky.c:88 [leaky] func:leaky_refill" */
static bool read_place(struct pfnscope_scan s, struct pfnscope_oom_site *site)
{
	pfnscope_scan_blanks(&s);
	if (!pfnscope_scan_number(&s, &site->calls))
		return false;
	pfnscope_scan_blanks(&s);
	pfnscope_scan_word(&s, " ", site->place, sizeof(site->place));
	if (!strchr(site->place, ':'))
		return false;
	pfnscope_scan_blanks(&s);
	if (pfnscope_scan_char(&s, '['))
		pfnscope_scan_word(&s, "]", site->module, sizeof(site->module));
	if (!pfnscope_scan_after(&s, "func:"))
		return false;
	pfnscope_scan_word(&s, " ", site->function, sizeof(site->function));
	return *site->function != '\0';
}

static bool read_site(struct pfnscope_scan line, struct pfnscope_oom_site *site)
{
	*site = (struct pfnscope_oom_site){ .kb = 0 };
	return read_size(&line, &site->kb) && read_place(line, site);
}

/**
 * pfnscope_oomlog_is_site - "660 MiB   168960 mm/a.c:88 func:b"
 * @line: a line without prefixes
 *
 * Return: whether it is a row of the table of those that allocated most.
 */
bool pfnscope_oomlog_is_site(struct pfnscope_scan line)
{
	struct pfnscope_oom_site ignored;

	return line.at < line.end && isdigit((unsigned char)*line.at) && pfnscope_scan_has(line, " func:") &&
	       read_site(line, &ignored);
}

/**
 * pfnscope_oomlog_site - read such a row
 * @line: the row
 * @report: gets it, largest first, as the kernel prints them
 */
void pfnscope_oomlog_site(struct pfnscope_scan line, struct pfnscope_oom_report *report)
{
	struct pfnscope_oom_site site;

	if (report->nr_sites < PFNSCOPE_OOM_TOP && read_site(line, &site))
		report->sites[report->nr_sites++] = site;
}
