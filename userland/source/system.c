// SPDX-License-Identifier: GPL-2.0-only
/* Reads what stands around the module: kernel, mounts, modules, lockdown. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/array.h"
#include "source/parse.h"
#include "source/system.h"
#include "source/view.h"
#include "source/words.h"

/* Where modprobe finds modules that are not the kernel's own. */
static const char *const module_paths[] = {
	"extra", "updates", "updates/dkms", "extra/module", "updates/module",
};

static const char *const module_names[] = {
	"pfnscope.ko", "pfnscope.ko.xz", "pfnscope.ko.zst", "pfnscope.ko.gz",
};

void pfnscope_release_read(const struct pfnscope_source *source, char *release,
			   size_t size)
{
	char *word = pfnscope_word_of_first_line(source,
						 "proc/sys/kernel/osrelease", 0);

	/* "Linux version 6.1.0 (...)" */
	if (!word)
		word = pfnscope_word_of_first_line(source, "proc/version", 2);
	/* What the module says: all there is where only its files were kept. */
	if (!word)
		word = pfnscope_word_behind(source, PFNSCOPE_DEBUGFS "/about",
					    "kernel_release");
	snprintf(release, size, "%s", word ? word : "");
	pfnscope_printable(release);
	free(word);
}

/*
 * "... #1 SMP Debian 6.1.176-1 (2026-07-02)": a release of Debian's names the
 * interface, not the sources. The word after Debian counts if it goes on from
 * the release's first two numbers.
 */
static void read_version(const struct pfnscope_source *source,
			 struct pfnscope_system *system)
{
	struct pfnscope_error error = { 0 };
	struct pfnscope_parser parser = { .error = &error };
	struct pfnscope_token token;
	size_t series = strcspn(system->release, ".");
	bool after = false;

	series += strcspn(system->release + series + !!system->release[series],
			  ".-") + 1;
	memcpy(system->version, system->release, sizeof(system->version));
	if (pfnscope_source_input(source, "proc/version", &parser.input))
		return;
	if (pfnscope_parse_line(&parser) > 0) {
		while (pfnscope_parse_word(&parser, &token)) {
			if (after && token.length > series &&
			    !strncmp(token.text, system->release, series) &&
			    token.text[series] == '.')
				strncpy(system->version, token.text,
					sizeof(system->version) - 1);
			after = !strcmp(token.text, "Debian");
		}
	}
	pfnscope_input_close(parser.input);
	pfnscope_printable(system->version);
}

static void find_installed(const struct pfnscope_source *source,
			   struct pfnscope_system *system)
{
	size_t paths = ARRAY_SIZE(module_paths);
	size_t names = ARRAY_SIZE(module_names);
	size_t i;

	for (i = 0; i < paths * names && !system->module_installed; i++) {
		char *path = pfnscope_format("lib/modules/%s/%s/%s",
					     system->release,
					     module_paths[i / names],
					     module_names[i % names]);

		system->module_installed = pfnscope_source_has(source, path);
		if (system->module_installed)
			snprintf(system->module_file,
				 sizeof(system->module_file), "/%s", path);
		free(path);
	}
}

/* Of the module that would be loaded. A compressed one is not looked into. */
static void read_signature(const struct pfnscope_source *source,
			   struct pfnscope_system *system)
{
	const char *path = system->module_file, *ending;
	struct pfnscope_input *input;
	int failed;

	if (system->module_installed) {
		failed = pfnscope_source_input(source, path + 1, &input);
	} else {
		if (!*system->tree)
			return;
		snprintf(system->module_file, sizeof(system->module_file),
			 "%s/module/pfnscope.ko", system->tree);
		failed = pfnscope_input_open(path, &input);
	}
	if (failed) {
		system->module_file[0] = '\0';
		return;
	}
	ending = strrchr(path, '.');
	if (strcmp(ending, ".ko"))
		pfnscope_input_close(input);
	else
		system->signature = pfnscope_signer_read(input, system->signer,
							 sizeof(system->signer));
	system->signer_known = pfnscope_key_is_there(source, system->signer);
}

static bool headers_installed(const struct pfnscope_source *source,
			      const char *release)
{
	char *path = pfnscope_format("lib/modules/%s/build/Makefile", release);
	bool found = pfnscope_source_has(source, path);

	free(path);
	return found;
}

/* "none [integrity] confidentiality" */
static enum pfnscope_lockdown lockdown(const struct pfnscope_source *source)
{
	static const struct {
		const char *word;
		unsigned int nth;
		enum pfnscope_lockdown mode;
	} modes[] = {
		{ "[none]", 0, PFNSCOPE_LOCKDOWN_NONE },
		{ "[integrity]", 1, PFNSCOPE_LOCKDOWN_INTEGRITY },
		{ "[confidentiality]", 2, PFNSCOPE_LOCKDOWN_CONFIDENTIALITY },
	};
	size_t i;

	for (i = 0; i < ARRAY_SIZE(modes); i++)
		if (pfnscope_word_is_there(source, "sys/kernel/security/lockdown",
					   modes[i].nth, modes[i].word))
			return modes[i].mode;
	return PFNSCOPE_LOCKDOWN_UNKNOWN;
}

/*
 * The command lies in TREE/userland where it was built and not installed. A path
 * that a shell would take apart is left out: remedies are pasted.
 */
static void read_tree(struct pfnscope_system *system)
{
	static const char plain[] = "abcdefghijklmnopqrstuvwxyz"
				    "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789/._+-";
	static const char own[] = "/userland/pfnscope";
	char path[sizeof(system->tree)];
	ssize_t length = readlink("/proc/self/exe", path, sizeof(path) - 1);
	size_t tail = sizeof(own) - 1;

	if (length <= (ssize_t)tail)
		return;
	path[length] = '\0';
	if (strcmp(path + length - tail, own) ||
	    strspn(path, plain) != (size_t)length)
		return;
	memcpy(system->tree, path, (size_t)length - tail);
}

void pfnscope_system_read(const struct pfnscope_source *source,
			  struct pfnscope_system *system)
{
	memset(system, 0, sizeof(*system));
	system->live = pfnscope_source_is_live(source);
	system->incident = pfnscope_source_is_incident(source);
	system->root = !system->live || !geteuid();
	pfnscope_release_read(source, system->release, sizeof(system->release));
	read_version(source, system);
	system->debugfs_mounted =
		pfnscope_word_is_there(source, "proc/mounts", 1, "/sys/kernel/debug");
	system->module_loaded =
		pfnscope_word_is_there(source, "proc/modules", 0, "pfnscope");
	find_installed(source, system);
	system->headers_installed = headers_installed(source, system->release);
	system->btf = pfnscope_source_has(source, "sys/kernel/btf/vmlinux");
	system->signatures_forced =
		pfnscope_word_is_there(source, "sys/module/module/parameters/sig_enforce",
				       0, "Y");
	system->lockdown = lockdown(source);
	system->secure_boot = pfnscope_secure_boot(source);
	system->dkms_key = pfnscope_source_has(source, "var/lib/dkms/mok.key");
	if (!system->live)
		return;
	read_tree(system);
	read_signature(source, system);
}
