// SPDX-License-Identifier: GPL-2.0-only
// guest: --secure-boot --kmod efivarfs --allow Lockdown:
// kernels: amd64
/*
 * A machine with Secure Boot, whose firmware knows one key: the kernel is in lockdown from its start, and what doctor says of
 * a module that is installed is what happens when it is loaded. A kernel may take the firmware's keys for modules or not.
 */

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/utsname.h>
#include <unistd.h>

#include "lib/ko.h"
#include "lib/ledger.h"
#include "lib/text.h"

#define LOCKDOWN "/sys/kernel/security/lockdown"
#define MARK "~Module signature appended~\n"
#define LENGTH_AT (sizeof(MARK) - 1 + 4)
#define NAME "SnakeOil"

/* A row of doctor, "" where it has none; until the next call. */
static const char *doctor_says(const char *check)
{
	static char line[2048];
	char begin[64];
	FILE *pipe = popen("pfnscope doctor --json", "r");

	snprintf(begin, sizeof(begin), "{ \"check\": \"%s\",", check);
	while (pipe && fgets(line, sizeof(line), pipe) && strncmp(line, begin, strlen(begin)))
		line[0] = '\0';
	if (pipe)
		pclose(pipe);
	return line;
}

static void doctor_has(struct ledger *l, const char *topic, const char *check, const char *state, const char *words)
{
	const char *row = doctor_says(check);
	char wanted[32];

	snprintf(wanted, sizeof(wanted), "\"state\": \"%s\"", state);
	ledger_enter_fact(l, topic, check, strstr(row, wanted) && strstr(row, words), row);
}

static bool kernel_has_the_key(void)
{
	char *keys = text_need("/proc/keys");
	bool has = strstr(keys, " " NAME ": ") != NULL;

	free(keys);
	printf("# the kernel %s the firmware's key for modules\n", has ? "takes" : "does not take");
	return has;
}

/* With PREEMPT_RT the kernel calls no firmware, whose variables nobody can read then. */
static void check_firmware(struct ledger *l)
{
	struct utsname uts;
	const char *row;

	uname(&uts);
	if (!strstr(uts.version, "PREEMPT_RT")) {
		doctor_has(l, "doctor sees Secure Boot", "secure boot", "ok", "\"on: ");
		return;
	}
	row = doctor_says("secure boot");
	ledger_enter_fact(l, "doctor says nothing of Secure Boot where it cannot be told", "", !*row, row);
}

/* --- a module file --- */

struct file {
	char *bytes;
	size_t size;
	char path[256];
};

static size_t signature_of(const struct file *file)
{
	const unsigned char *at = (const unsigned char *)file->bytes + file->size - LENGTH_AT;

	if (memcmp(file->bytes + file->size - sizeof(MARK) + 1, MARK, sizeof(MARK) - 1))
		return 0;
	return ((size_t)at[0] << 24 | (size_t)at[1] << 16 | (size_t)at[2] << 8 | at[3]) + LENGTH_AT + 8;
}

static bool install(const struct file *file, size_t size)
{
	FILE *out = fopen(file->path, "w");
	bool whole = out && fwrite(file->bytes, 1, size, out) == size;

	return out && !fclose(out) && whole;
}

static bool read_module(struct file *file)
{
	struct utsname uts;

	uname(&uts);
	mkdir("/lib/modules", 0755);
	snprintf(file->path, sizeof(file->path), "/lib/modules/%s", uts.release);
	mkdir(file->path, 0755);
	strcat(file->path, "/extra");
	mkdir(file->path, 0755);
	strcat(file->path, "/pfnscope.ko");
	file->bytes = text_read(PFNSCOPE_KO, &file->size);
	return file->bytes && file->size > LENGTH_AT && signature_of(file) && install(file, file->size);
}

static void check_refused(struct ledger *l, const struct file *file, const char *kind, const char *words)
{
	doctor_has(l, "doctor says of a module what is wrong with its signature", "signature", "missing", words);
	ledger_enter_fact(l, "a module is refused of which doctor says so", kind, ko_load(file->path, "") < 0, "it loads");
}

static void check_unsigned(struct ledger *l, const struct file *file)
{
	ledger_enter_fact(l, "the module can be written without its signature", "", install(file, file->size - signature_of(file)),
			  strerror(errno));
	check_refused(l, file, "unsigned", "is not signed: it will not be loaded");
}

/* The signer's name is in the signature and nowhere else. */
static void check_stranger(struct ledger *l, const struct file *file)
{
	size_t size = signature_of(file);
	char *name = memmem(file->bytes + file->size - size, size, NAME, sizeof(NAME) - 1);

	ledger_enter_fact(l, "the signature names who signed", NAME, name != NULL, "it does not");
	if (!name)
		return;
	*name = 'T';
	ledger_enter_fact(l, "the module can be written as if signed by somebody else", "", install(file, file->size),
			  strerror(errno));
	*name = NAME[0];
	check_refused(l, file, "signed by a stranger", "signed by \\\"TnakeOil\\\", of which this kernel has no key");
}

static void check_loaded(struct ledger *l)
{
	char *about = text_need(PFNSCOPE_DIR "/about");

	ledger_enter_fact(l, "the module's own check passes", "about", strstr(about, "\nself_check passed") != NULL, about);
	free(about);
	doctor_has(l, "doctor says what lockdown forbids once it is loaded", "lockdown", "ok", "forbids to switch");
	doctor_has(l, "and who signed it", "signature", "ok", "is signed by \\\"" NAME "\\\"");
}

static void check_signed(struct ledger *l, const struct file *file, bool known)
{
	ledger_enter_fact(l, "the module can be written as it was signed", "", install(file, file->size), strerror(errno));
	if (!known) {
		check_refused(l, file, "signed with the firmware's key", "of which this kernel has no key");
		return;
	}
	doctor_has(l, "doctor says that the kernel has the key", "signature", "ok", "of which this kernel has a key");
	ledger_enter_fact(l, "a module loads of which doctor says so", file->path, !ko_load(file->path, ""), strerror(errno));
	check_loaded(l);
}

int main(void)
{
	struct ledger l = { 0 };
	struct file file = { 0 };
	char *mode;

	mount("securityfs", "/sys/kernel/security", "securityfs", 0, NULL);
	mount("efivarfs", "/sys/firmware/efi/efivars", "efivarfs", 0, NULL);
	mode = text_need(LOCKDOWN);
	ledger_enter_fact(&l, "Secure Boot puts the kernel into lockdown", LOCKDOWN, strstr(mode, "[integrity]") != NULL, mode);
	free(mode);
	if (!access("/sys/module/pfnscope", F_OK))
		ledger_enter_fact(&l, "unloads", "what the guest loaded", !ko_unload("pfnscope"), strerror(errno));
	ledger_enter_fact(&l, "the guest's module is signed", PFNSCOPE_KO, read_module(&file), strerror(errno));
	check_firmware(&l);
	doctor_has(&l, "doctor says what lockdown takes", "lockdown", "limited", "signed with a key the kernel trusts");
	check_unsigned(&l, &file);
	check_stranger(&l, &file);
	check_signed(&l, &file, kernel_has_the_key());
	free(file.bytes);
	return ledger_report(&l, "secure_boot");
}
