// SPDX-License-Identifier: GPL-2.0-only
/*
 * Joining wrapped lines. Mail clients, terminals and posters break the long
 * lines of a report at blanks or in the middle of a word. What carries a time
 * begins a message; what does not belongs to the message before, unless it has
 * the shape of a beginning itself.
 */
#include "oomlog/line.h"

#include <ctype.h>
#include <string.h>

#include "base/array.h"

static struct pfnscope_scan held_scan(const struct pfnscope_joiner *joiner)
{
	return pfnscope_scan_from(joiner->held.text, joiner->held.size);
}

static bool ends_with(struct pfnscope_scan s, const char *word)
{
	size_t size = strlen(word);

	return (size_t)(s.end - s.at) >= size &&
	       !memcmp(s.end - size, word, size);
}

/* Editors and browsers also wrap behind the hyphen of a word: "invoked oom-", "anon-". */
static bool ends_with_hyphen(struct pfnscope_scan s)
{
	return s.end - s.at > 1 && s.end[-1] == '-' &&
	       isalnum((unsigned char)s.end[-2]);
}

/* A header is complete when the order is there and no list is left open. */
static bool header_open(struct pfnscope_scan s)
{
	if (ends_with(s, ",") || ends_with(s, ":") || ends_with(s, "invoked"))
		return true;
	return (!pfnscope_scan_has(s, "order") && !pfnscope_scan_has(s, "bytes") && !pfnscope_scan_has(s, "size")) ||
	       (!pfnscope_scan_has(s, "gfp_mask=") && !pfnscope_scan_has(s, "mode:"));
}

static const char *join_last_word(struct pfnscope_scan s)
{
	const char *word = s.end;

	while (word > s.at && word[-1] != ' ')
		word--;
	return word;
}

/* The row of a task ends with its name, behind numbers only. */
static bool lacks_name(struct pfnscope_scan s)
{
	s.at = join_last_word(s);
	pfnscope_scan_char(&s, '-');
	return pfnscope_scan_digits(&s) && pfnscope_scan_done(&s);
}

/* "memory: usage 5242": a number without its unit, or "failcnt" without a number. */
static bool usage_open(struct pfnscope_scan s)
{
	return !pfnscope_scan_after(&s, "failcnt ") || pfnscope_scan_done(&s);
}

/* Does a message without a time still wait for its rest? */
static bool open_without_stamp(const struct pfnscope_joiner *joiner)
{
	struct pfnscope_scan s = held_scan(joiner);

	if (ends_with_hyphen(s))
		return true;
	switch (joiner->held.kind) {
	case PFNSCOPE_LINE_HEADER:
		return header_open(s);
	case PFNSCOPE_LINE_TASK:
		return !pfnscope_scan_has(s, " #");
	case PFNSCOPE_LINE_LIST:
		return !ends_with(s, "kB") || !pfnscope_scan_has(s, "=");
	case PFNSCOPE_LINE_MEMCG_USAGE:
		return usage_open(s);
	case PFNSCOPE_LINE_MEMCG_TASK:
		return !pfnscope_scan_after(&s, " limit of ") || pfnscope_scan_done(&s);
	case PFNSCOPE_LINE_TASK_HEAD:
		return !ends_with(s, "name");
	case PFNSCOPE_LINE_TASK_ROW:
		return lacks_name(s);
	case PFNSCOPE_LINE_COUNTERS:
	case PFNSCOPE_LINE_COUNTERS_MORE:
	case PFNSCOPE_LINE_NODE:
	case PFNSCOPE_LINE_ZONE:
	case PFNSCOPE_LINE_HUGEPAGES:
	case PFNSCOPE_LINE_MEMCG_STATS:
	case PFNSCOPE_LINE_CONSTRAINT:
	case PFNSCOPE_LINE_KILL:
		return true;
	case PFNSCOPE_LINE_SLAB_FAILURE:
	case PFNSCOPE_LINE_LOWMEMORY:
		return ends_with(s, ",");
	default:
		return ends_with(s, " invoked");
	}
}

/* "[<c01af34c>] ?" lacks its function, "(a) from [<c01af34c>] (b" its end. */
static bool is_open_frame(const struct pfnscope_joiner *joiner)
{
	struct pfnscope_scan s = held_scan(joiner);
	int depth = 0;

	if (joiner->held.kind != PFNSCOPE_LINE_FRAME)
		return ends_with(s, "?") || ends_with(s, "]");
	for (; s.at < s.end; s.at++)
		depth += (*s.at == '(') - (*s.at == ')');
	return depth > 0;
}

/* "kworker/7:0: page" or "app invoked": a header's name, which is in the line above. */
static bool ends_before_header(struct pfnscope_scan s)
{
	static const char *const ends[] = {
		" invoked", ": page", ": page allocation", ": vmalloc", ": vmalloc:", ": vmalloc error:",
		": vmalloc: allocation",
	};

	for (size_t i = 0; i < ARRAY_SIZE(ends); i++)
		if (ends_with(s, ends[i]))
			return true;
	/* A name alone. */
	return ends_with(s, ":") && !pfnscope_scan_has(s, " ");
}

/* "invoked oom-killer:" behind a line that is of no other kind. */
static bool begins_without_name(const struct pfnscope_logline *line)
{
	struct pfnscope_scan s = pfnscope_scan_from(line->text, line->size);

	return pfnscope_scan_starts(&s, "invoked oom-killer:");
}

/* The wrap fell between the words of something that looks like a beginning. */
static bool broken_opening(const struct pfnscope_joiner *joiner,
			   const struct pfnscope_logline *line,
			   enum pfnscope_line_kind next)
{
	struct pfnscope_scan s = held_scan(joiner);
	int64_t node;

	if (ends_with_hyphen(s))
		return true;
	if (next == PFNSCOPE_LINE_HEADER)
		return ends_before_header(s) || begins_without_name(line);
	if (next == PFNSCOPE_LINE_FRAME)
		return is_open_frame(joiner);
	if (next == PFNSCOPE_LINE_STAT)
		return joiner->held.kind == PFNSCOPE_LINE_MEMCG_STATS ||
		       (joiner->held.full && !pfnscope_scan_has(s, " ")) ||
		       (joiner->held.kind == PFNSCOPE_LINE_MEMCG_USAGE &&
			usage_open(s));
	if (next != PFNSCOPE_LINE_LIST && next != PFNSCOPE_LINE_ZONE)
		return false;
	return pfnscope_scan_skip(&s, "Node ") &&
	       pfnscope_scan_number(&s, &node) && pfnscope_scan_done(&s);
}

/* Kinds whose end can be told. */
static bool has_an_end(enum pfnscope_line_kind kind)
{
	return kind == PFNSCOPE_LINE_HEADER || kind == PFNSCOPE_LINE_TASK ||
	       kind == PFNSCOPE_LINE_LIST || kind == PFNSCOPE_LINE_TASK_HEAD ||
	       kind == PFNSCOPE_LINE_TASK_ROW || kind == PFNSCOPE_LINE_MEMCG_USAGE;
}

/*
 * A mail client that wraps what it quotes puts its mark before the first piece
 * only. A reply below the quote begins with a word; of the kernel's lines that
 * have no certain end, the next piece begins with a field.
 */
static bool is_rewrapped(const struct pfnscope_joiner *joiner,
			 const struct pfnscope_logline *line)
{
	struct pfnscope_scan s = pfnscope_scan_from(line->text, line->size);
	int words = joiner->held.kind == PFNSCOPE_LINE_MEMCG_STATS ? 2 : 1;

	if (line->quotes > joiner->held.quotes)
		return false;
	if (has_an_end(joiner->held.kind) && open_without_stamp(joiner))
		return true;
	for (; s.at < s.end && words; s.at++) {
		if (isdigit((unsigned char)*s.at) || strchr("=:*_()+", *s.at))
			return true;
		words -= *s.at == ' ';
	}
	return false;
}

/* The row of a task may end with any words, and those of another line are no name. */
static bool is_other_text(const struct pfnscope_joiner *joiner,
			  const struct pfnscope_logline *line)
{
	return joiner->held.kind == PFNSCOPE_LINE_TASK_ROW && !joiner->held.full &&
	       !lacks_name(held_scan(joiner)) && line->room;
}

/* "/kubepo", "ds/pod1": a path has no blank, so the next line is a word of it alone. */
static bool is_rest_of_path(const struct pfnscope_joiner *joiner,
			    const struct pfnscope_logline *line)
{
	return joiner->held.kind == PFNSCOPE_LINE_MEMCG_TASK &&
	       *join_last_word(held_scan(joiner)) == '/' &&
	       !memchr(line->text, ' ', line->size);
}

static bool continues(const struct pfnscope_joiner *joiner,
		      const struct pfnscope_logline *line,
		      enum pfnscope_line_kind kind)
{
	if (!joiner->holding || line->stamped ||
	    joiner->pieces >= PFNSCOPE_LOGICAL_PIECES ||
	    (line->quotes != joiner->held.quotes && !is_rewrapped(joiner, line)))
		return false;
	/* Wrapped behind its prefix: the message has not begun yet. */
	if (joiner->held.stamped && !joiner->held.size)
		return true;
	if (kind != PFNSCOPE_LINE_OTHER && kind != PFNSCOPE_LINE_COUNTERS_MORE)
		return broken_opening(joiner, line, kind);
	if (is_other_text(joiner, line))
		return false;
	return joiner->held.stamped || joiner->held.full ||
	       is_rest_of_path(joiner, line) || open_without_stamp(joiner);
}

/* "free:57" of "free:5752kB", "0*10" of "0*1024kB", "(UM" of "(UME)". */
static bool is_cut_field(struct pfnscope_scan word, bool pages)
{
	struct pfnscope_scan value = word;

	if (pfnscope_scan_starts(&word, "("))
		return !ends_with(word, ")");
	if (pfnscope_scan_after(&value, "*"))
		return !ends_with(word, "kB");
	value = word;
	while (value.at < value.end && (islower((unsigned char)*value.at) ||
					strchr("_()", *value.at)))
		value.at++;
	if (value.at == word.at)
		return false;
	if (pfnscope_scan_done(&value))
		return true;
	if (!pfnscope_scan_char(&value, ':'))
		return false;
	if (pages && !pfnscope_scan_done(&value))
		return false;
	return !ends_with(value, "kB") && !ends_with(value, "KB");
}

/*
 * "/kubepo" and "ds/pod1 killed as": a path ends before a word of the kernel's,
 * or in a colon.
 */
static bool is_cut_path(struct pfnscope_scan word, const struct pfnscope_logline *line)
{
	struct pfnscope_scan next = pfnscope_scan_from(line->text, line->size);

	return pfnscope_scan_starts(&word, "/") && !ends_with(word, ":") &&
	       !pfnscope_scan_starts(&next, "killed ") && !pfnscope_scan_starts(&next, "are going");
}

/* The number of "limit 5242" and of "rss:44" has lost its unit. */
static bool is_cut_number(struct pfnscope_scan word, char next)
{
	return word.at < word.end && isdigit((unsigned char)word.end[-1]) &&
	       (isdigit((unsigned char)next) || next == 'k' || next == 'K');
}

/* Of a header: "oom_score_adj=-9" and "99", "gfp_mask=0x140c" and "a(GFP_", "(GFP_KERN" and "EL)". */
static bool was_cut_header(struct pfnscope_scan word, const struct pfnscope_logline *line)
{
	struct pfnscope_scan next = pfnscope_scan_from(line->text, line->size), mask = word;
	uint64_t ignored;

	if (pfnscope_scan_after(&word, "(") && !pfnscope_scan_has(word, ")"))
		return true;
	if (!pfnscope_scan_after(&mask, "=0x") && !pfnscope_scan_after(&mask, ":0x"))
		return mask.at < mask.end && isdigit((unsigned char)mask.end[-1]) &&
		       isdigit((unsigned char)*line->text);
	if (!pfnscope_scan_done(&mask) &&
	    (!pfnscope_scan_hex(&mask, &ignored) || !pfnscope_scan_done(&mask)))
		return false;
	pfnscope_scan_hex(&next, &ignored);
	return pfnscope_scan_done(&next) || strchr("(,", *next.at);
}

/* The lines of a cgroup: paths, and numbers with a unit. */
static bool was_cut_memcg(enum pfnscope_line_kind kind, struct pfnscope_scan s,
			  const struct pfnscope_logline *line)
{
	struct pfnscope_scan word = { join_last_word(s), s.end };
	bool fields = pfnscope_scan_has(s, "B ") && ends_with(word, ":") &&
		      isdigit((unsigned char)*line->text);

	if (kind == PFNSCOPE_LINE_MEMCG_STATS && (fields || (pfnscope_scan_has(s, "B ") &&
						  is_cut_field(word, false))))
		return true;
	return is_cut_path(word, line) || (kind != PFNSCOPE_LINE_MEMCG_TASK &&
					   is_cut_number(word, *line->text));
}

/* A whole field of a zone or node before, the name of another one behind. */
static bool is_between_fields(const struct pfnscope_joiner *joiner, char next)
{
	struct pfnscope_scan s = held_scan(joiner);

	return (joiner->held.kind == PFNSCOPE_LINE_ZONE ||
		joiner->held.kind == PFNSCOPE_LINE_NODE) &&
	       (ends_with(s, "kB") || ends_with(s, "KB")) &&
	       isalpha((unsigned char)next);
}

/*
 * A cut at a column splits words, a wrap at blanks does not. The fields of
 * these lines have a fixed shape, so the last one says which it was.
 */
static bool was_cut(const struct pfnscope_joiner *joiner,
		    const struct pfnscope_logline *line)
{
	char next = *line->text;
	struct pfnscope_scan s = held_scan(joiner);
	struct pfnscope_scan word = { join_last_word(s), s.end };
	bool pages = joiner->held.kind == PFNSCOPE_LINE_COUNTERS ||
		     joiner->held.kind == PFNSCOPE_LINE_COUNTERS_MORE;

	if (joiner->held.full)
		return !line->indented && !joiner->held.spaced &&
		       !is_between_fields(joiner, next);
	if (ends_with_hyphen(s) && isalnum((unsigned char)next))
		return true;
	/* "oom-kill:constraint=a,nodemask=b": no blank but within a name. */
	if (joiner->held.kind == PFNSCOPE_LINE_CONSTRAINT)
		return true;
	if (joiner->held.kind == PFNSCOPE_LINE_FRAME)
		return is_open_frame(joiner);
	if (joiner->held.kind == PFNSCOPE_LINE_HEADER)
		return was_cut_header(word, line);
	if (joiner->held.kind == PFNSCOPE_LINE_MEMCG_TASK ||
	    joiner->held.kind == PFNSCOPE_LINE_MEMCG_STATS ||
	    joiner->held.kind == PFNSCOPE_LINE_MEMCG_USAGE)
		return was_cut_memcg(joiner->held.kind, s, line);
	if (joiner->held.kind != PFNSCOPE_LINE_ZONE &&
	    joiner->held.kind != PFNSCOPE_LINE_NODE &&
	    joiner->held.kind != PFNSCOPE_LINE_LIST && !pages)
		return false;
	if (isdigit((unsigned char)next) && pages && word.at < word.end &&
	    isdigit((unsigned char)word.end[-1]))
		return true;
	return next == '*' || is_cut_field(word, pages);
}

static void join_append(struct pfnscope_joiner *joiner,
			const struct pfnscope_logline *line)
{
	struct pfnscope_logical *held = &joiner->held;
	size_t room = sizeof(held->text) - held->size;
	size_t size = line->size, before = held->size;

	joiner->pieces++;
	joiner->wraps |= held->full;
	if (!size || room < 2)
		return;
	if (held->size && !was_cut(joiner, line)) {
		held->text[held->size++] = ' ';
		room--;
	}
	if (size > room)
		size = room;
	memcpy(held->text + held->size, line->text, size);
	held->size += size;
	held->full = line->full;
	held->marked = line->marked;
	held->spaced = line->spaced;
	if (held->kind == PFNSCOPE_LINE_OTHER)
		held->kind = pfnscope_line_kind_grown(held_scan(joiner),
						      before);
}

/* A prefix that people can read; records of JSON and the like are none. */
static void copy_prefix(const struct pfnscope_logline *line, char *out,
			size_t size)
{
	const char *from = line->prefix;
	size_t length = line->prefix_size;

	*out = '\0';
	while (length && strchr(" :\t", from[length - 1]))
		length--;
	if (!length || length >= size)
		return;
	for (size_t i = 0; i < length; i++)
		if (!isprint((unsigned char)from[i]) || strchr("{\"", from[i]))
			return;
	memcpy(out, from, length);
	out[length] = '\0';
}

static void join_begin(struct pfnscope_joiner *joiner,
		       const struct pfnscope_logline *line,
		       enum pfnscope_line_kind kind)
{
	struct pfnscope_logical *held = &joiner->held;

	joiner->holding = true;
	joiner->pieces = 1;
	held->size = line->size < sizeof(held->text) ? line->size :
						       sizeof(held->text);
	memcpy(held->text, line->text, held->size);
	held->number = line->number;
	held->kind = kind;
	held->stamped = line->stamped;
	held->full = line->full;
	held->marked = line->marked;
	held->spaced = line->spaced;
	held->unread = line->unread;
	held->quotes = line->quotes;
	memcpy(held->caller, line->caller, sizeof(held->caller));
	copy_prefix(line, held->prefix, sizeof(held->prefix));
}

/* Kinds whose numbers have no unit that tells where they end, and those with paths. */
static bool ends_anywhere(enum pfnscope_line_kind kind)
{
	return kind == PFNSCOPE_LINE_COUNTERS || kind == PFNSCOPE_LINE_COUNTERS_MORE ||
	       kind == PFNSCOPE_LINE_RESERVE || kind == PFNSCOPE_LINE_TASK ||
	       kind == PFNSCOPE_LINE_STAT || kind == PFNSCOPE_LINE_KILL ||
	       kind == PFNSCOPE_LINE_CONSTRAINT ||
	       kind == PFNSCOPE_LINE_CPUSET || kind == PFNSCOPE_LINE_MEMCG_TASK || kind == PFNSCOPE_LINE_OOMD;
}

/* Long lines, none of which ends so but where journalctl, less and others cut it. */
static bool is_cut_by_pager(const struct pfnscope_logical *held)
{
	struct pfnscope_scan s = pfnscope_scan_from(held->text, held->size);

	switch (held->kind) {
	case PFNSCOPE_LINE_HEADER:
	case PFNSCOPE_LINE_TASK:
	case PFNSCOPE_LINE_COUNTERS:
	case PFNSCOPE_LINE_NODE:
	case PFNSCOPE_LINE_ZONE:
	case PFNSCOPE_LINE_LIST:
	case PFNSCOPE_LINE_CONSTRAINT:
	case PFNSCOPE_LINE_KILL:
	case PFNSCOPE_LINE_MEMCG_STATS:
	case PFNSCOPE_LINE_MEMCG_TASK:
		return ends_with(s, ">") || ends_with(s, "...");
	default:
		return false;
	}
}

/* A line that was cut, and whose rest is not there: neither is its last word. */
static void drop_cut_word(struct pfnscope_joiner *joiner)
{
	struct pfnscope_logical *held = &joiner->held;
	struct pfnscope_scan s = pfnscope_scan_from(held->text, held->size);

	if (held->marked || is_cut_by_pager(held) ||
	    (held->full && !joiner->wraps && ends_anywhere(held->kind)))
		held->size = (size_t)(join_last_word(s) - s.at);
}

/**
 * pfnscope_join_end - hand out the message that is being held
 * @joiner: the joiner
 */
void pfnscope_join_end(struct pfnscope_joiner *joiner)
{
	if (joiner->holding) {
		drop_cut_word(joiner);
		joiner->out.line(joiner->out.context, &joiner->held);
	}
	joiner->holding = false;
}

/**
 * pfnscope_join_line - take the next line
 * @joiner: the joiner
 * @line: a line without prefixes
 *
 * An empty line without a prefix ends a message.
 */
void pfnscope_join_line(struct pfnscope_joiner *joiner,
			const struct pfnscope_logline *line)
{
	struct pfnscope_scan s = pfnscope_scan_from(line->text, line->size);
	enum pfnscope_line_kind kind;

	if (!line->size && !line->stamped) {
		pfnscope_join_end(joiner);
		return;
	}
	kind = pfnscope_line_kind(s);
	if (continues(joiner, line, kind)) {
		join_append(joiner, line);
		return;
	}
	pfnscope_join_end(joiner);
	join_begin(joiner, line, kind);
}
