// SPDX-License-Identifier: GPL-2.0-only
/* What is missing between a user and the module's answers, and what fixes it. */
#include <regex.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/array.h"
#include "base/release.h"
#include "triage/doctor.h"
#include "uapi/pfnscope.h"
#include "view/about.h"

const struct pfnscope_view pfnscope_view_doctor = PFNSCOPE_VIEW(DOCTOR, "doctor");

#define OK	"ok"
#define LIMITED	"limited"
#define MISSING	"missing"

/* One verdict; @remedy is a command to paste, NULL where none would do. */
static void __attribute__((format(printf, 5, 6)))
judge(struct DOCTOR_table *table, const char *check, const char *state,
      const char *remedy, const char *format, ...)
{
	struct pfnscope_value *row = pfnscope_table_add(&table->all);
	va_list arguments;
	char *finding;

	va_start(arguments, format);
	finding = pfnscope_vformat(format, arguments);
	va_end(arguments);
	pfnscope_table_set_string(CELL(table, row, DOCTOR_check), check);
	pfnscope_table_set_string(CELL(table, row, DOCTOR_state), state);
	pfnscope_table_set_string(CELL(table, row, DOCTOR_finding), finding);
	if (remedy)
		pfnscope_table_set_string(CELL(table, row, DOCTOR_remedy), remedy);
	free(finding);
}

/* What stands before a command that only root may run. */
static const char *as_root(const struct pfnscope_system *system)
{
	return system->root ? "" : "sudo ";
}

/*
 * Makes @targets and loads the module, in place of the one that is loaded if there is
 * one. Where the command was not run from its source tree, that has to be known.
 */
static char *build_and_load(const struct pfnscope_system *system,
			    const char *targets)
{
	const char *sudo = as_root(system), *unload = "";
	char *command, *rmmod = NULL;

	if (system->module_loaded)
		unload = rmmod = pfnscope_format("%srmmod pfnscope && ", sudo);
	if (*system->tree)
		command = pfnscope_format("make -C %s %s && %s%sinsmod %s/module/pfnscope.ko",
					  system->tree, targets, unload, sudo,
					  system->tree);
	else
		command = pfnscope_format("make %s && %s%sinsmod module/pfnscope.ko # in the source tree",
					  targets, unload, sudo);
	free(rmmod);
	return command;
}

/* Whether Debian names kernels like that: only of those its archive may have headers. */
static bool is_of_debian(const char *release)
{
	static const char pattern[] =
		"^[0-9]+\\.[0-9]+(\\.[0-9]+)?"
		"(-[0-9][0-9a-z.~]*|\\+(deb|bpo)[0-9.]*)?"
		"(-cloud|-rt)?-(amd64|arm64|arm64-16k|loong64|powerpc64le|riscv64|s390x)$";
	bool matches;
	regex_t regex;

	if (regcomp(&regex, pattern, REG_EXTENDED | REG_NOSUB))
		return false;
	matches = !regexec(&regex, release, 0, NULL, 0);
	regfree(&regex);
	return matches;
}

static bool module_answers(const struct pfnscope_snapshot *snapshot)
{
	const struct pfnscope_table *about;

	about = pfnscope_snapshot_table(snapshot, &pfnscope_view_about);
	return about && about->state != PFNSCOPE_TABLE_ABSENT;
}

/* How far what is said of this kernel was tried. */
static void judge_release(struct DOCTOR_table *table, const char *release)
{
	static const unsigned int tested[] = {
		PFNSCOPE_KERNEL(5, 10, 0), PFNSCOPE_KERNEL(6, 1, 0),
		PFNSCOPE_KERNEL(6, 12, 0), PFNSCOPE_KERNEL(7, 2, 0),
	};
	unsigned int series = pfnscope_release_version(release) & ~0xffU;
	size_t i;

	for (i = 0; i < ARRAY_SIZE(tested) && tested[i] != series; i++)
		;
	if (i < ARRAY_SIZE(tested))
		judge(table, "kernel", OK, NULL, "%s", release);
	else if (series > tested[0] && series < tested[ARRAY_SIZE(tested) - 1])
		judge(table, "kernel", OK, NULL,
		      "%s, between those it is tested on: 5.10, 6.1, 6.12, 7.2", release);
	else
		judge(table, "kernel", LIMITED, NULL,
		      "%s; it is made for 5.10 to 7.2", release);
}

static void judge_kernel(struct DOCTOR_table *table,
			 const struct pfnscope_system *system)
{
	if (*system->release)
		judge_release(table, system->release);
	else
		judge(table, "kernel", LIMITED, NULL, "its release is not known");
	if (system->live && !system->btf)
		judge(table, "btf", LIMITED, NULL,
		      "the kernel was built without CONFIG_DEBUG_INFO_BTF: no type information, which some views need");
}

static void judge_user(struct DOCTOR_table *table,
		       const struct pfnscope_system *system)
{
	if (system->root)
		judge(table, "user", OK, NULL, system->live ?
		      "root" : "reads a recorded root");
	else
		judge(table, "user", MISSING, "sudo pfnscope doctor",
		      "only root may read the module's files");
}

/* Whether there is no module that fits. */
static bool has_to_be_built(const struct pfnscope_system *system,
			    const struct pfnscope_snapshot *snapshot)
{
	const char *version = pfnscope_snapshot_about(snapshot, "module_version");
	const char *check = pfnscope_snapshot_about(snapshot, "self_check");

	if (!version)
		return !system->module_loaded && !system->module_installed;
	return strcmp(version, PFNSCOPE_VERSION) || (check && strcmp(check, "passed"));
}

static void judge_headers(struct DOCTOR_table *table,
			  const struct pfnscope_system *system,
			  const struct pfnscope_snapshot *snapshot)
{
	char *remedy = NULL;

	if (!system->live || system->headers_installed ||
	    !has_to_be_built(system, snapshot))
		return;
	if (is_of_debian(system->release))
		remedy = pfnscope_format("%sapt-get install linux-headers-%s",
					 as_root(system), system->release);
	judge(table, "headers", MISSING, remedy, remedy ?
	      "the module cannot be built: no kernel headers" :
	      "the module cannot be built: the headers of this kernel come from where the kernel came from");
	free(remedy);
}

static void judge_module(struct DOCTOR_table *table,
			 const struct pfnscope_system *system,
			 const struct pfnscope_snapshot *snapshot)
{
	const char *version = pfnscope_snapshot_about(snapshot, "module_version");
	char *build = system->headers_installed ?
		      build_and_load(system, "modules") : NULL;
	char *modprobe = pfnscope_format("%smodprobe pfnscope", as_root(system));

	if (version && !strcmp(version, PFNSCOPE_VERSION))
		judge(table, "module", OK, NULL, "version %s", version);
	else if (version)
		judge(table, "module", LIMITED, system->live ? build : NULL,
		      "version %s, while the command is " PFNSCOPE_VERSION,
		      version);
	else if (!system->live)
		judge(table, "module", MISSING, NULL,
		      "its files were not recorded");
	else if (system->module_loaded)
		judge(table, "module", OK, NULL, "loaded");
	else if (system->module_installed)
		judge(table, "module", MISSING, modprobe,
		      "installed, but not loaded");
	else
		judge(table, "module", MISSING, build,
		      "not loaded, and not installed for this kernel%s",
		      build ? "" : ": to be built when its headers are there");
	free(modprobe);
	free(build);
}

static void judge_debugfs(struct DOCTOR_table *table,
			  const struct pfnscope_system *system)
{
	char *mount;

	if (!system->live)
		return;
	mount = pfnscope_format("%smount -t debugfs none /sys/kernel/debug",
				as_root(system));
	if (system->debugfs_mounted)
		judge(table, "debugfs", OK, NULL,
		      "mounted at /sys/kernel/debug");
	else
		judge(table, "debugfs", MISSING, mount, "not mounted");
	free(mount);
}

static bool takes_signed_only(const struct pfnscope_system *system)
{
	return system->signatures_forced ||
	       system->lockdown >= PFNSCOPE_LOCKDOWN_INTEGRITY;
}

static void judge_secure_boot(struct DOCTOR_table *table,
			      const struct pfnscope_system *system)
{
	static const char *const words[] = {
		[PFNSCOPE_SECURE_BOOT_NO_EFI] = "the machine was not booted by EFI",
		[PFNSCOPE_SECURE_BOOT_OFF] = "off",
		[PFNSCOPE_SECURE_BOOT_ON] = "on: what is signed with an enrolled key is loaded",
	};

	if (!system->live || !words[system->secure_boot])
		return;
	judge(table, "secure boot", OK, NULL, "%s", words[system->secure_boot]);
}

/* With the key that DKMS has here, or with one that is made first. */
static char *sign_command(const struct pfnscope_system *system)
{
	const char *sudo = as_root(system);
	char *make, *command;

	make = pfnscope_format("%sopenssl req -new -x509 -newkey rsa:2048 -nodes -days 3650 -subj '/CN=pfnscope' "
			       "-keyout /root/pfnscope.key -outform DER -out /root/pfnscope.der && ",
			       sudo);
	command = pfnscope_format("%s%s/lib/modules/%s/build/scripts/sign-file sha256 %s %s %s",
				  system->dkms_key ? "" : make, sudo,
				  system->release,
				  system->dkms_key ? "/var/lib/dkms/mok.key" : "/root/pfnscope.key",
				  system->dkms_key ? "/var/lib/dkms/mok.pub" : "/root/pfnscope.der",
				  system->module_file);
	free(make);
	return command;
}

static void judge_unknown_signer(struct DOCTOR_table *table,
				 const struct pfnscope_system *system)
{
	char *enrol = pfnscope_format("%smokutil --import %s && %sreboot # and enrol it there",
				      as_root(system), system->dkms_key ?
				      "/var/lib/dkms/mok.pub" : "/root/pfnscope.der",
				      as_root(system));

	judge(table, "signature", MISSING,
	      system->secure_boot == PFNSCOPE_SECURE_BOOT_ON ? enrol : NULL,
	      "signed by \"%s\", of which this kernel has no key: it will not be loaded",
	      system->signer);
	free(enrol);
}

/* Of a module that is not loaded yet: whether it would be. */
static void judge_signature(struct DOCTOR_table *table,
			    const struct pfnscope_system *system, bool loaded)
{
	bool is_signed = system->signature == PFNSCOPE_SIGNATURE_THERE;
	char *sign;

	if (!system->live || system->signature == PFNSCOPE_SIGNATURE_UNKNOWN)
		return;
	sign = sign_command(system);
	if (is_signed && (loaded || system->signer_known || !takes_signed_only(system)))
		judge(table, "signature", OK, NULL, "%s is signed by \"%s\"%s",
		      system->module_file, system->signer, system->signer_known ?
		      ", of which this kernel has a key" : "");
	else if (is_signed && !*system->signer)
		judge(table, "signature", LIMITED, NULL,
		      "%s is signed, and its signature does not name by whom",
		      system->module_file);
	else if (is_signed)
		judge_unknown_signer(table, system);
	else if (loaded || !takes_signed_only(system))
		judge(table, "signature", OK, NULL, "%s is not signed, and need not be",
		      system->module_file);
	else
		judge(table, "signature", MISSING, sign,
		      "%s is not signed: it will not be loaded",
		      system->module_file);
	free(sign);
}

/* Of debugfs, files that can be written are closed then, those of views are not. */
static void judge_lockdown(struct DOCTOR_table *table,
			   const struct pfnscope_system *system, bool loaded)
{
	if (!system->live)
		return;
	if (takes_signed_only(system) && !loaded)
		judge(table, "lockdown", LIMITED, NULL,
		      "only modules can be loaded that are signed with a key the kernel trusts");
	else if (system->lockdown >= PFNSCOPE_LOCKDOWN_INTEGRITY)
		judge(table, "lockdown", OK, NULL,
		      "forbids to switch incidents, sites and events, and to ask whose, and no more");
	else
		judge(table, "lockdown", OK, NULL, "does not restrict pfnscope");
}

static void judge_layout(struct DOCTOR_table *table,
			 const struct pfnscope_system *system,
			 const struct pfnscope_snapshot *snapshot)
{
	const char *check = pfnscope_snapshot_about(snapshot, "self_check");
	char *build = system->headers_installed ?
		      build_and_load(system, "clean modules userland") : NULL;

	if (check && !strcmp(check, "passed"))
		judge(table, "self-check", OK, NULL, "%s", check);
	else if (check)
		judge(table, "self-check", MISSING, system->live ? build : NULL,
		      "%s: the module was built for another kernel", check);
	free(build);
}

static void judge_view(struct DOCTOR_table *table,
		       const struct pfnscope_table *view)
{
	char *check = pfnscope_format("view %s", view->view->name);

	judge(table, check, LIMITED, NULL, "%s", view->reason);
	free(check);
}

/*
 * Views that answer are counted, those that do not are listed; of an incident the
 * module keeps no more tables than it can while memory is short.
 */
static void judge_views(struct DOCTOR_table *table,
			const struct pfnscope_system *system,
			const struct pfnscope_snapshot *snapshot)
{
	size_t answering = 0, kept = snapshot->nr_tables, i;

	for (i = 0; i < snapshot->nr_tables; i++) {
		const struct pfnscope_table *view = snapshot->tables[i];

		if (view->state == PFNSCOPE_TABLE_COMPLETE)
			answering++;
		else if (system->incident && view->state == PFNSCOPE_TABLE_ABSENT)
			kept--;
		else if (module_answers(snapshot))
			judge_view(table, view);
	}
	judge(table, "views", answering == kept ? OK :
	      answering ? LIMITED : MISSING, NULL, "%zu of %zu%s can be read",
	      answering, kept, kept < snapshot->nr_tables ?
	      " that an incident has" : "");
}

struct pfnscope_table *
pfnscope_doctor(const struct pfnscope_system *system,
		const struct pfnscope_snapshot *snapshot)
{
	struct DOCTOR_table *table;

	table = DOCTOR_NEW();
	judge_kernel(table, system);
	judge_user(table, system);
	judge_debugfs(table, system);
	judge_lockdown(table, system, system->module_loaded ||
		       module_answers(snapshot));
	judge_secure_boot(table, system);
	judge_signature(table, system, system->module_loaded ||
			module_answers(snapshot));
	judge_headers(table, system, snapshot);
	judge_module(table, system, snapshot);
	judge_layout(table, system, snapshot);
	judge_views(table, system, snapshot);
	return &table->all;
}
