// SPDX-License-Identifier: GPL-2.0-only
/*
 * Joining wrapped lines. Mail clients, terminals and posters break the long
 * lines of a report at blanks or in the middle of a word. What carries a time
 * begins a message; what does not belongs to the message before, unless it has
 * the shape of a beginning itself.
 */
#include "oomlog/join-inside.h"

#include "base/array.h"

/* A header is complete when the order is there and no list is left open. */
static bool header_open(struct pfnscope_scan s)
{
	if (join_ends_with(s, ",") || join_ends_with(s, ":") || join_ends_with(s, "invoked"))
		return true;
	return (!pfnscope_scan_has(s, "order") && !pfnscope_scan_has(s, "bytes") && !pfnscope_scan_has(s, "size")) ||
	       (!pfnscope_scan_has(s, "gfp_mask=") && !pfnscope_scan_has(s, "mode:"));
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
	struct pfnscope_scan s = join_held(joiner);

	if (join_ends_with_hyphen(s))
		return true;
	switch (joiner->held.kind) {
	case PFNSCOPE_LINE_HEADER:
		return header_open(s);
	case PFNSCOPE_LINE_TASK:
		return !pfnscope_scan_has(s, " #");
	case PFNSCOPE_LINE_LIST:
		return !join_ends_with(s, "kB") || !pfnscope_scan_has(s, "=");
	case PFNSCOPE_LINE_MEMCG_USAGE:
		return usage_open(s);
	case PFNSCOPE_LINE_MEMCG_TASK:
		return !pfnscope_scan_after(&s, " limit of ") || pfnscope_scan_done(&s);
	case PFNSCOPE_LINE_TASK_HEAD:
		return !join_ends_with(s, "name");
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
		return join_ends_with(s, ",");
	default:
		return join_ends_with(s, " invoked");
	}
}

/* "kworker/7:0: page" or "app invoked": a header's name, which is in the line above. */
static bool ends_before_header(struct pfnscope_scan s)
{
	static const char *const ends[] = {
		" invoked", ": page", ": page allocation", ": vmalloc", ": vmalloc:", ": vmalloc error:",
		": vmalloc: allocation",
	};

	for (size_t i = 0; i < ARRAY_SIZE(ends); i++)
		if (join_ends_with(s, ends[i]))
			return true;
	/* A name alone. */
	return join_ends_with(s, ":") && !pfnscope_scan_has(s, " ");
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
	struct pfnscope_scan s = join_held(joiner);
	int64_t node;

	/* The rest of a word; the kernel's own lines begin large, or with a mark. */
	if (join_ends_with_hyphen(s))
		return islower((unsigned char)*line->text) || isdigit((unsigned char)*line->text);
	if (next == PFNSCOPE_LINE_HEADER)
		return ends_before_header(s) || begins_without_name(line);
	if (next == PFNSCOPE_LINE_FRAME)
		return pfnscope_join_open_frame(joiner);
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
	/* Kernels of 7.x have fields behind the answer. */
	if (join_ends_with(join_held(joiner), "all_unreclaimable?"))
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
	       !lacks_name(join_held(joiner)) && line->room;
}

/* "/kubepo", "ds/pod1": a path has no blank, so the next line is a word of it alone. */
static bool is_rest_of_path(const struct pfnscope_joiner *joiner,
			    const struct pfnscope_logline *line)
{
	return joiner->held.kind == PFNSCOPE_LINE_MEMCG_TASK &&
	       *join_last_word(join_held(joiner)) == '/' &&
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
	if (held->size && !pfnscope_join_was_cut(joiner, line)) {
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
		held->kind = pfnscope_line_kind_grown(join_held(joiner),
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
	held->doubled = line->doubled;
	held->marked = line->marked;
	held->spaced = line->spaced;
	held->unread = line->unread;
	held->quotes = line->quotes;
	memcpy(held->caller, line->caller, sizeof(held->caller));
	memcpy(held->host, line->host, sizeof(held->host));
	copy_prefix(line, held->prefix, sizeof(held->prefix));
}

/* Kinds whose numbers have a unit that tells where they end, and those nothing is read from. */
static bool ends_in_unit(enum pfnscope_line_kind kind)
{
	return kind == PFNSCOPE_LINE_OTHER || kind == PFNSCOPE_LINE_TRACE ||
	       kind == PFNSCOPE_LINE_FRAME || kind == PFNSCOPE_LINE_NODE ||
	       kind == PFNSCOPE_LINE_ZONE || kind == PFNSCOPE_LINE_LIST ||
	       kind == PFNSCOPE_LINE_TOTAL || kind == PFNSCOPE_LINE_SWAP ||
	       kind == PFNSCOPE_LINE_SLAB_ROW;
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
		return join_ends_with(s, ">") || join_ends_with(s, "...");
	default:
		return false;
	}
}

/* "oom-kill:constraint=a,nodemask=b": commas part it, and no blanks. */
static const char *last_member(const struct pfnscope_logical *held)
{
	struct pfnscope_scan s = pfnscope_scan_from(held->text, held->size);
	const char *comma = memrchr(held->text, ',', held->size);

	return held->kind == PFNSCOPE_LINE_CONSTRAINT && comma ? comma : join_last_word(s);
}

/* Its last member is there: a header may be just as long as the text is wide. */
static bool is_whole_header(const struct pfnscope_logical *held)
{
	struct pfnscope_scan s = pfnscope_scan_from(held->text, held->size);
	struct pfnscope_scan word = { join_last_word(s), s.end };

	return held->kind == PFNSCOPE_LINE_HEADER &&
	       (pfnscope_scan_starts(&word, "oom_score_adj=") || pfnscope_scan_starts(&word, "oom_adj="));
}

/* A line that was cut, and whose rest is not there: neither is its last word. */
static void drop_cut_word(struct pfnscope_joiner *joiner)
{
	struct pfnscope_logical *held = &joiner->held;

	held->cut = held->marked || is_cut_by_pager(held) || (held->full && !joiner->wraps);
	if (!held->cut || (!held->marked && !is_cut_by_pager(held) &&
			   (ends_in_unit(held->kind) || is_whole_header(held))))
		return;
	held->size = (size_t)(last_member(held) - held->text);
	/* Its place says which class a number is of, and what is behind the last is 0. */
	if (held->kind == PFNSCOPE_LINE_RESERVE)
		held->size = 0;
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
