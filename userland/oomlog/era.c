// SPDX-License-Identifier: GPL-2.0-only
/*
 * Which kernel printed this? The release where the log has it, else what the
 * shape of the lines allows, for the rules of the watermark check and the
 * meaning of the gfp bits depend on it.
 */
#include "oomlog/parts.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/array.h"

/**
 * pfnscope_oomlog_release - take a release
 * @release: as uname -r prints it
 * @era: gets the text and the number
 */
void pfnscope_oomlog_release(const char *release,
			     struct pfnscope_oom_era *era)
{
	strncpy(era->release, release, sizeof(era->release) - 1);
	era->version = pfnscope_release_version(release);
	if (strstr(release, "x86_64") || strstr(release, "amd64"))
		era->x86 = true;
}

/* "RIP: " and "kB (" are the shortest words below. */
#define SHORTEST	4

struct evidence {
	const char *text;
	unsigned int since;
	unsigned int until;
};

/* Words of a report that came with one kernel or went with another. */
static const struct evidence words[] = {
	{ "protections[]", 0, PFNSCOPE_KERNEL(2, 6, 10) },
	{ "oomkilladj=", PFNSCOPE_KERNEL(2, 6, 16), PFNSCOPE_KERNEL(2, 6, 31) },
	{ " oom_adj", 0, PFNSCOPE_KERNEL(3, 7, 255) },
	{ "oom_score_adj", PFNSCOPE_KERNEL(2, 6, 36), 0 },
	{ "Active:", 0, PFNSCOPE_KERNEL(2, 6, 27) },
	{ "Active_anon:", PFNSCOPE_KERNEL(2, 6, 28), PFNSCOPE_KERNEL(2, 6, 31) },
	{ " unevictable:", PFNSCOPE_KERNEL(2, 6, 28), 0 },
	{ "page allocation failure. ", 0, PFNSCOPE_KERNEL(2, 6, 38) },
	{ "page allocation failure: ", PFNSCOPE_KERNEL(2, 6, 39), 0 },
	{ "slab_reclaimable:", PFNSCOPE_KERNEL(2, 6, 32), 0 },
	{ "isolated_anon:", PFNSCOPE_KERNEL(2, 6, 32), 0 },
	{ "pages_scanned:", 0, PFNSCOPE_KERNEL(4, 7, 255) },
	{ "unstable:", 0, PFNSCOPE_KERNEL(5, 7, 255) },
	{ " managed:", PFNSCOPE_KERNEL(3, 8, 0), 0 },
	{ "kB (", PFNSCOPE_KERNEL(3, 8, 0), 0 },
	{ "Pid: ", 0, PFNSCOPE_KERNEL(3, 9, 255) },
	{ " PID: ", PFNSCOPE_KERNEL(3, 10, 0), 0 },
	{ "free_cma:", PFNSCOPE_KERNEL(3, 7, 0), 0 },
	{ "free_pcp:", PFNSCOPE_KERNEL(4, 2, 0), 0 },
	{ "(GFP_", PFNSCOPE_KERNEL(4, 4, 0), 0 },
	{ "(__GFP_", PFNSCOPE_KERNEL(4, 4, 0), 0 },
	{ "writepending:", PFNSCOPE_KERNEL(4, 9, 0), 0 },
	{ ", nodemask=", PFNSCOPE_KERNEL(4, 10, 0), 0 },
	{ "pgtables_bytes", PFNSCOPE_KERNEL(4, 15, 0), 0 },
	{ "oom-kill:constraint", PFNSCOPE_KERNEL(5, 0, 0), 0 },
	{ "reserved_highatomic:", PFNSCOPE_KERNEL(5, 6, 0), 0 },
	{ "kernel_misc_reclaimable:", PFNSCOPE_KERNEL(5, 9, 0), 0 },
	{ " boost:", PFNSCOPE_KERNEL(5, 14, 0), 0 },
	{ "sec_pagetables:", PFNSCOPE_KERNEL(6, 1, 0), 0 },
	{ "rss_shmem", PFNSCOPE_KERNEL(6, 8, 0), 0 },
	{ " UID: ", PFNSCOPE_KERNEL(6, 12, 0), 0 },
	{ "free_highatomic:", PFNSCOPE_KERNEL(6, 13, 0), 0 },
	{ "zspages:", PFNSCOPE_KERNEL(6, 19, 0), 0 },
};

static void mark(const struct evidence *e, struct pfnscope_oom_era *era)
{
	if (e->since > era->not_before)
		era->not_before = e->since;
	if (e->until && (!era->not_after || e->until < era->not_after))
		era->not_after = e->until;
}

/* "[<c015c4e1>]" or "[c000000007eeb370]": how wide is a pointer? */
static void pointer_width(struct pfnscope_scan s, struct pfnscope_oom_era *era)
{
	size_t digits = 0;

	if (!pfnscope_scan_char(&s, '['))
		return;
	pfnscope_scan_char(&s, '<');
	for (; s.at < s.end && isxdigit((unsigned char)*s.at); s.at++)
		digits++;
	if (s.at >= s.end || !strchr(">]", *s.at))
		return;
	if (digits == 8 || digits == 16)
		era->pointer_bits = (unsigned int)digits * 4;
}

/*
 * " 0000000000000086 ffff88037fd03998 ...": up to 4.8 the words of the stack, of
 * which those of x86-64 point into the map of all memory.
 */
static bool is_stack_of_x86(struct pfnscope_scan line)
{
	struct pfnscope_scan s = line;

	pfnscope_scan_blanks(&s);
	for (int i = 0; i < 16; i++, s.at++)
		if (s.at >= s.end || !isxdigit((unsigned char)*s.at))
			return false;
	return pfnscope_scan_char(&s, ' ') && pfnscope_scan_has(line, "ffff88");
}

/* Which of its stacks a trace is on, only x86 says. */
static bool is_mark_of_x86(struct pfnscope_scan line)
{
	pfnscope_scan_blanks(&line);
	return pfnscope_scan_starts(&line, "<IRQ>") || pfnscope_scan_starts(&line, "<EOI>") ||
	       pfnscope_scan_starts(&line, "<NMI>") || pfnscope_scan_starts(&line, "<TASK>");
}

/**
 * pfnscope_oomlog_evidence - what one line says about its kernel
 * @line: any line of a report
 * @era: gathers it
 */
void pfnscope_oomlog_evidence(struct pfnscope_scan line,
			      struct pfnscope_oom_era *era)
{
	struct pfnscope_scan found;

	if (line.end - line.at < SHORTEST)
		return;
	for (size_t i = 0; i < ARRAY_SIZE(words); i++)
		if (pfnscope_scan_find(&line, words[i].text, &found))
			mark(&words[i], era);
	if (!era->pointer_bits)
		pointer_width(line, era);
	if (!era->x86)
		era->x86 = is_stack_of_x86(line) || is_mark_of_x86(line);
	if (pfnscope_scan_starts(&line, "RIP: ") ||
	    pfnscope_scan_starts(&line, "RAX: ")) {
		era->x86 = true;
		era->pointer_bits = 64;
	} else if (pfnscope_scan_starts(&line, "EIP: ") ||
		   pfnscope_scan_starts(&line, "EAX: ")) {
		era->x86 = true;
		era->pointer_bits = 32;
	}
}
