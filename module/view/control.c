// SPDX-License-Identifier: GPL-2.0-only
/*
 * control/: the switches, apart from the files that are only read, because a file
 * that can be written may not be opened under lockdown. Each takes what it shows, a
 * decimal number or some words, and nothing else; what is not is refused and changes
 * nothing.
 */
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt

#include <linux/ctype.h>
#include <linux/debugfs.h>
#include <linux/kernel.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/uaccess.h>

#include "view/incidents.h"
#include "view/pin.h"
#include "view/view.h"
#include "walk/whose.h"
#include "watch/events.h"
#include "watch/sites.h"

/* More than any switch takes. */
#define CONTROL_TEXT	192

/**
 * struct opened - a switch that somebody has open
 * @pin: keeps the module
 * @kinds: of events that are on until he closes it
 */
struct opened {
	struct file *pin;
	unsigned long kinds;
};

/**
 * struct control - a switch
 * @name: of its file
 * @get: puts what it is set to, without a newline
 * @set: 0 or a negative errno, and then it is set as it was; may change the text
 * @hold: the same of what follows "hold ", as long as the file is open; or NULL
 */
struct control {
	const char *name;
	void (*get)(char text[CONTROL_TEXT]);
	int (*set)(char *text);
	int (*hold)(char *text, struct opened *opened);
};

#define HOLD	"hold "

/* Digits of the largest number of 32 bits, and of 64. */
#define DIGITS_32	10
#define DIGITS_64	20

/* kstrtox() takes a sign, and any number of zeros. */
static bool begins_as_number(const char *text, size_t digits)
{
	return isdigit(text[0]) && strlen(text) <= digits;
}

/* Digits and nothing else. */
static int parse_number(const char *text, unsigned int *number)
{
	if (!begins_as_number(text, DIGITS_32))
		return -EINVAL;
	return kstrtouint(text, 10, number) ? -EINVAL : 0;
}

static void incidents_get(char text[CONTROL_TEXT])
{
	snprintf(text, CONTROL_TEXT, "%u", pfnscope_incidents_size());
}

static int incidents_set(char *text)
{
	unsigned int number;

	return parse_number(text, &number) ?: pfnscope_incidents_set(number);
}

static void failures_get(char text[CONTROL_TEXT])
{
	snprintf(text, CONTROL_TEXT, "%u", pfnscope_failures_on());
}

static int failures_set(char *text)
{
	unsigned int number;

	if (parse_number(text, &number) || number > 1)
		return -EINVAL;
	return pfnscope_failures_set(number);
}

#define SITES_RATE	64
#define SITES_MIB	8

static void sites_get(char text[CONTROL_TEXT])
{
	struct pfnscope_sites_setting setting;

	pfnscope_sites_get(&setting);
	if (setting.rate)
		snprintf(text, CONTROL_TEXT, "pages rate=%u mib=%u%s",
			 setting.rate, setting.mib,
			 setting.movable ? " movable" : "");
	else
		snprintf(text, CONTROL_TEXT, "off");
}

/* "NAME=NUMBER", once; @number is 0 before that. */
static bool parse_named(const char *word, const char *name,
			unsigned int *number)
{
	size_t length = strlen(name);

	return !strncmp(word, name, length) && !*number &&
	       !parse_number(word + length, number) && *number;
}

static bool parse_movable(const char *word, bool *movable)
{
	if (*movable || strcmp(word, "movable"))
		return false;
	*movable = true;
	return true;
}

/* "off", or "pages" and after it words in any order. */
static int sites_set(char *text)
{
	struct pfnscope_sites_setting setting = { 0 };
	char *word = strsep(&text, " ");

	if (!strcmp(word, "off"))
		return text ? -EINVAL : pfnscope_sites_set(&setting);
	if (strcmp(word, "pages"))
		return -EINVAL;
	while ((word = strsep(&text, " ")))
		if (!parse_named(word, "rate=", &setting.rate) &&
		    !parse_named(word, "mib=", &setting.mib) &&
		    !parse_movable(word, &setting.movable))
			return -EINVAL;
	setting.rate = setting.rate ?: SITES_RATE;
	setting.mib = setting.mib ?: SITES_MIB;
	return pfnscope_sites_set(&setting);
}

static void events_get(char text[CONTROL_TEXT])
{
	unsigned long kinds = pfnscope_events_get();
	size_t length = 0;
	unsigned int kind;

	for (kind = 0; kind < PFNSCOPE_EVENT_KINDS; kind++)
		if (kinds & BIT(kind))
			length += scnprintf(text + length,
					    CONTROL_TEXT - length, "%s%s",
					    length ? " " : "",
					    pfnscope_event_name(kind));
	if (!length)
		snprintf(text, CONTROL_TEXT, "off");
}

/* The name of a kind, once. */
static bool parse_kind(const char *word, unsigned long *kinds)
{
	unsigned int kind;

	for (kind = 0; kind < PFNSCOPE_EVENT_KINDS; kind++)
		if (!strcmp(word, pfnscope_event_name(kind)))
			break;
	if (kind == PFNSCOPE_EVENT_KINDS || *kinds & BIT(kind))
		return false;
	*kinds |= BIT(kind);
	return true;
}

/* "all" that this kernel has, or kinds in any order. */
static int parse_kinds(char *text, unsigned long *kinds)
{
	const char *word;

	*kinds = 0;
	if (!strcmp(text, "all")) {
		*kinds = pfnscope_events_available();
		return *kinds ? 0 : -ENODEV;
	}
	while ((word = strsep(&text, " ")))
		if (!parse_kind(word, kinds))
			return -EINVAL;
	return 0;
}

static int events_set(char *text)
{
	unsigned long kinds = 0;
	int ret = strcmp(text, "off") ? parse_kinds(text, &kinds) : 0;

	return ret ?: pfnscope_events_set(kinds);
}

static int events_hold(char *text, struct opened *opened)
{
	unsigned long kinds;

	return parse_kinds(text, &kinds) ?:
	       pfnscope_events_hold(&opened->kinds, kinds);
}

static void whose_get(char text[CONTROL_TEXT])
{
	struct pfnscope_range range;

	if (pfnscope_whose_range(&range))
		snprintf(text, CONTROL_TEXT, "%lu-%lu", range.first,
			 range.last);
	else
		snprintf(text, CONTROL_TEXT, "none");
}

static bool parse_pfn(const char *text, unsigned long *pfn)
{
	return begins_as_number(text, DIGITS_64) && !kstrtoul(text, 10, pfn);
}

/* "none", or the first page frame and the last, which may be left out. */
static int whose_set(char *text)
{
	struct pfnscope_range range = { 1, 0 };
	char *last = text, *first = strsep(&last, "-");

	if (last || strcmp(first, "none")) {
		if (!parse_pfn(first, &range.first) ||
		    !parse_pfn(last ?: first, &range.last) ||
		    range.first > range.last)
			return -EINVAL;
	}
	pfnscope_whose_ask(&range);
	return 0;
}

static const struct control controls[] = {
	{ "incidents", incidents_get, incidents_set },
	{ "failures", failures_get, failures_set },
	{ "sites", sites_get, sites_set },
	{ "events", events_get, events_set, events_hold },
	{ "whose", whose_get, whose_set },
};

static struct dentry *directory;

static ssize_t control_read(struct file *filp, char __user *buffer,
			    size_t count, loff_t *pos)
{
	const struct control *control = file_inode(filp)->i_private;
	char text[CONTROL_TEXT + 1];
	size_t length;

	control->get(text);
	length = strlen(text);
	text[length++] = '\n';
	return simple_read_from_buffer(buffer, count, pos, text, length);
}

/* One line, with its newline or without. */
static int set(const struct control *control, struct opened *opened, char *text,
	       size_t length)
{
	if (length && text[length - 1] == '\n')
		length--;
	text[length] = '\0';
	if (!length || strlen(text) != length || strchr(text, '\n'))
		return -EINVAL;
	if (control->hold && !strncmp(text, HOLD, strlen(HOLD)))
		return control->hold(text + strlen(HOLD), opened);
	return control->set(text);
}

static ssize_t control_write(struct file *filp, const char __user *buffer,
			     size_t count, loff_t *pos)
{
	const struct control *control = file_inode(filp)->i_private;
	char text[CONTROL_TEXT];
	int ret;

	if (*pos || !count || count >= sizeof(text))
		return -EINVAL;
	if (copy_from_user(text, buffer, count))
		return -EFAULT;
	ret = set(control, filp->private_data, text, count);
	return ret ? ret : count;
}

static int control_open(struct inode *inode, struct file *filp)
{
	struct opened *opened = kzalloc(sizeof(*opened), GFP_KERNEL);
	int ret;

	if (!opened)
		return -ENOMEM;
	opened->pin = pfnscope_pin();
	if (IS_ERR(opened->pin)) {
		ret = PTR_ERR(opened->pin);
		kfree(opened);
		return ret;
	}
	filp->private_data = opened;
	return 0;
}

static int control_release(struct inode *inode, struct file *filp)
{
	struct opened *opened = filp->private_data;
	struct file *pin = opened->pin;

	if (opened->kinds)
		pfnscope_events_hold(&opened->kinds, 0);
	kfree(opened);
	pfnscope_unpin(pin);
	return 0;
}

static const struct file_operations control_fops = {
	.open = control_open,
	.read = control_read,
	.write = control_write,
	.llseek = default_llseek,
	.release = control_release,
};

/**
 * pfnscope_control_init - create the switches, all off
 * @parent: directory of the module; an error pointer without debugfs
 *
 * A switch without memory for its file is missing, and the log says so.
 */
void pfnscope_control_init(struct dentry *parent)
{
	struct dentry *file;
	unsigned int i;

	pfnscope_incident_files_init();
	directory = debugfs_create_dir("control", parent);
	for (i = 0; i < ARRAY_SIZE(controls); i++) {
		file = debugfs_create_file(controls[i].name, 0600, directory,
					   (void *)&controls[i], &control_fops);
		if (IS_ERR(file) && !IS_ERR(parent))
			pr_warn("no file control/%s: error %ld\n",
				controls[i].name, PTR_ERR(file));
	}
}

/**
 * pfnscope_control_exit - remove the switches, then switch off
 */
void pfnscope_control_exit(void)
{
	debugfs_remove(directory);
	pfnscope_incidents_exit();
	pfnscope_sites_exit();
	pfnscope_events_exit();
}
