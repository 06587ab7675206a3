// SPDX-License-Identifier: GPL-2.0-only
/* The doctor's verdicts for machines that lack one thing each. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "triage/doctor.h"
#include "uapi/pfnscope.h"
#include "view/about.h"
#include "view/zones.h"

static const struct pfnscope_system healthy = {
	.live = true,
	.root = true,
	.release = "6.1.0",
	.debugfs_mounted = true,
	.module_loaded = true,
	.module_installed = true,
	.headers_installed = true,
	.btf = true,
	.lockdown = PFNSCOPE_LOCKDOWN_NONE,
};

static struct pfnscope_snapshot answers(const char *version)
{
	struct pfnscope_table *about = pfnscope_table_new(&pfnscope_view_about);
	struct pfnscope_snapshot snapshot = { 0 };
	struct pfnscope_value *row;

	if (version) {
		row = pfnscope_table_add(about);
		pfnscope_table_set_string(about, row, ABOUT_key, "module_version");
		pfnscope_table_set_string(about, row, ABOUT_value, version);
	} else {
		pfnscope_table_limit(about, PFNSCOPE_TABLE_ABSENT, "absent");
	}
	pfnscope_snapshot_add(&snapshot, about);
	return snapshot;
}

/* The same of a module that says @check of its own look at the kernel's structs. */
static struct pfnscope_snapshot checked(const char *check)
{
	struct pfnscope_snapshot snapshot = answers(PFNSCOPE_VERSION);
	struct pfnscope_value *row = pfnscope_table_add(snapshot.tables[0]);

	pfnscope_table_set_string(snapshot.tables[0], row, ABOUT_key, "self_check");
	pfnscope_table_set_string(snapshot.tables[0], row, ABOUT_value, check);
	return snapshot;
}

/* The finding about @check has these words, and there is no command to paste. */
static void finding_has(const struct pfnscope_system *system,
			struct pfnscope_snapshot snapshot, const char *check,
			const char *words)
{
	struct pfnscope_table *table = pfnscope_doctor(system, &snapshot);
	const char *finding = NULL;
	size_t row;

	for (row = 0; row < table->nr_rows; row++) {
		if (strcmp(pfnscope_table_string(table, row, DOCTOR_check), check))
			continue;
		finding = pfnscope_table_string(table, row, DOCTOR_finding);
		assert_null(pfnscope_table_string(table, row, DOCTOR_remedy));
	}
	assert_non_null(finding);
	assert_non_null(strstr(finding, words));
	pfnscope_table_free(table);
	pfnscope_snapshot_clear(&snapshot);
}

/* What is said of @check: its state, and with @remedy the whole command that mends it. */
static void verdict_is(const struct pfnscope_system *system,
		       struct pfnscope_snapshot snapshot, const char *check,
		       const char *state, const char *remedy)
{
	struct pfnscope_table *table = pfnscope_doctor(system, &snapshot);
	const char *found = NULL, *mends = NULL;
	size_t row;

	for (row = 0; row < table->nr_rows; row++) {
		if (strcmp(pfnscope_table_string(table, row, DOCTOR_check), check))
			continue;
		found = pfnscope_table_string(table, row, DOCTOR_state);
		mends = pfnscope_table_string(table, row, DOCTOR_remedy);
	}
	if (!state)
		assert_null(found);
	else
		assert_string_equal(found, state);
	if (remedy)
		assert_string_equal(mends, remedy);
	else
		assert_null(mends);
	pfnscope_table_free(table);
	pfnscope_snapshot_clear(&snapshot);
}

static void nothing_is_missing(void **state)
{
	struct pfnscope_snapshot snapshot = answers(PFNSCOPE_VERSION);
	struct pfnscope_table *table = pfnscope_doctor(&healthy, &snapshot);
	size_t row;

	(void)state;
	assert_true(table->nr_rows > 4);
	for (row = 0; row < table->nr_rows; row++)
		assert_string_equal(pfnscope_table_string(table, row, DOCTOR_state),
				    "ok");
	pfnscope_table_free(table);
	pfnscope_snapshot_clear(&snapshot);
}

static void the_module_is_missing(void **state)
{
	struct pfnscope_system system = healthy;

	(void)state;
	system.module_loaded = false;
	verdict_is(&system, answers(NULL), "module", "missing",
		   "modprobe pfnscope");
	verdict_is(&system, answers(NULL), "headers", NULL, NULL);
	system.module_installed = false;
	verdict_is(&system, answers(NULL), "module", "missing",
		   "make modules && insmod module/pfnscope.ko # in the source tree");
	strcpy(system.tree, "/usr/src/pfnscope");
	verdict_is(&system, answers(NULL), "module", "missing",
		   "make -C /usr/src/pfnscope modules && insmod /usr/src/pfnscope/module/pfnscope.ko");
	system.root = false;
	verdict_is(&system, answers(NULL), "module", "missing",
		   "make -C /usr/src/pfnscope modules && sudo insmod /usr/src/pfnscope/module/pfnscope.ko");
	system.module_installed = true;
	verdict_is(&system, answers(NULL), "module", "missing",
		   "sudo modprobe pfnscope");
}

static void headers_of(const char *release, bool in_debian)
{
	struct pfnscope_system system = healthy;
	char remedy[128];

	system.module_loaded = system.module_installed = false;
	system.headers_installed = false;
	snprintf(system.release, sizeof(system.release), "%s", release);
	snprintf(remedy, sizeof(remedy), "apt-get install linux-headers-%s",
		 release);
	verdict_is(&system, answers(NULL), "headers", "missing",
		   in_debian ? remedy : NULL);
}

/* Names of kernels that Debian released, and of some that others did. */
static void headers_are_debians_or_anybodys(void **state)
{
	struct pfnscope_system system = healthy;

	(void)state;
	headers_of("5.10.0-32-amd64", true);
	headers_of("6.1.0-50-cloud-amd64", true);
	headers_of("6.1.0-0.deb11.21-rt-amd64", true);
	headers_of("6.12.9+bpo-amd64", true);
	headers_of("7.2.12+deb13-cloud-amd64", true);
	headers_of("6.12.10-arm64", true);
	headers_of("6.18.44-fc-v595", false);
	headers_of("6.1.0", false);
	headers_of("6.8.0-45-generic", false);
	headers_of("6.17.8-200.fc43.x86_64", false);
	headers_of("6.1.5-mine-of-amd64", false);
	headers_of("6.1.0-50-amd64; reboot", false);
	system.module_loaded = system.module_installed = false;
	system.headers_installed = false;
	finding_has(&system, answers(NULL), "headers", "where the kernel came from");
}

/* What cannot be built is not to be built, before that can be. */
static void headers_come_before_the_module(void **state)
{
	struct pfnscope_system system = healthy;

	(void)state;
	system.headers_installed = false;
	verdict_is(&system, answers(PFNSCOPE_VERSION), "headers", NULL, NULL);
	verdict_is(&system, answers("9.9.9"), "headers", "missing", NULL);
	verdict_is(&system, answers("9.9.9"), "module", "limited", NULL);
	verdict_is(&system, checked("failed"), "headers", "missing", NULL);
	verdict_is(&system, checked("failed"), "self-check", "missing", NULL);
	system.module_loaded = system.module_installed = false;
	verdict_is(&system, answers(NULL), "module", "missing", NULL);
	finding_has(&system, answers(NULL), "module", "when its headers are there");
	system.module_installed = true;
	verdict_is(&system, answers(NULL), "headers", NULL, NULL);
	verdict_is(&system, answers(NULL), "module", "missing", "modprobe pfnscope");
}

static void something_stands_in_the_way(void **state)
{
	struct pfnscope_system system = healthy;

	(void)state;
	system.root = false;
	verdict_is(&system, answers(NULL), "user", "missing",
		   "sudo pfnscope doctor");
	system = healthy;
	system.debugfs_mounted = false;
	verdict_is(&system, answers(NULL), "debugfs", "missing",
		   "mount -t debugfs none /sys/kernel/debug");
	system.root = false;
	verdict_is(&system, answers(NULL), "debugfs", "missing",
		   "sudo mount -t debugfs none /sys/kernel/debug");
	system = healthy;
	system.btf = false;
	finding_has(&system, answers(NULL), "btf", "CONFIG_DEBUG_INFO_BTF");
	system = healthy;
	for (int mode = PFNSCOPE_LOCKDOWN_INTEGRITY; mode <= PFNSCOPE_LOCKDOWN_CONFIDENTIALITY; mode++) {
		system.lockdown = (enum pfnscope_lockdown)mode;
		system.module_loaded = true;
		verdict_is(&system, answers(PFNSCOPE_VERSION), "lockdown", "ok", NULL);
		finding_has(&system, answers(PFNSCOPE_VERSION), "lockdown", "incidents");
		system.module_loaded = false;
		verdict_is(&system, answers(NULL), "lockdown", "limited", NULL);
		finding_has(&system, answers(NULL), "lockdown", "signed");
	}
	system.lockdown = PFNSCOPE_LOCKDOWN_NONE;
	system.signatures_forced = true;
	verdict_is(&system, answers(NULL), "lockdown", "limited", NULL);
	finding_has(&system, answers(NULL), "lockdown", "signed");
}

/* A kernel that takes signed modules only, and a module that is not loaded yet. */
static void signatures_are_told(void **state)
{
	struct pfnscope_system system = healthy;

	(void)state;
	verdict_is(&system, answers(NULL), "signature", NULL, NULL);
	system.module_loaded = false;
	system.signature = PFNSCOPE_SIGNATURE_NONE;
	strcpy(system.module_file, "/pfnscope.ko");
	verdict_is(&system, answers(NULL), "signature", "ok", NULL);
	finding_has(&system, answers(NULL), "signature", "not signed, and need not be");
	system.lockdown = PFNSCOPE_LOCKDOWN_INTEGRITY;
	system.dkms_key = true;
	verdict_is(&system, answers(NULL), "signature", "missing",
		   "/lib/modules/6.1.0/build/scripts/sign-file sha256 /var/lib/dkms/mok.key /var/lib/dkms/mok.pub /pfnscope.ko");
	system.dkms_key = false;
	verdict_is(&system, answers(NULL), "signature", "missing",
		   "openssl req -new -x509 -newkey rsa:2048 -nodes -days 3650 -subj '/CN=pfnscope' -keyout /root/pfnscope.key -outform DER -out /root/pfnscope.der && "
		   "/lib/modules/6.1.0/build/scripts/sign-file sha256 /root/pfnscope.key /root/pfnscope.der /pfnscope.ko");
	system.signature = PFNSCOPE_SIGNATURE_THERE;
	strcpy(system.signer, "somebody");
	finding_has(&system, answers(NULL), "signature", "by \"somebody\", of which this kernel has no key");
	system.secure_boot = PFNSCOPE_SECURE_BOOT_ON;
	verdict_is(&system, answers(NULL), "signature", "missing",
		   "mokutil --import /root/pfnscope.der && reboot # and enrol it there");
	system.signer_known = true;
	verdict_is(&system, answers(NULL), "signature", "ok", NULL);
	finding_has(&system, answers(NULL), "signature", "has a key");
	finding_has(&system, answers(NULL), "secure boot", "on");
	system.signer_known = false;
	system.signer[0] = '\0';
	verdict_is(&system, answers(NULL), "signature", "limited", NULL);
	finding_has(&system, answers(NULL), "signature", "does not name by whom");
}

/* Cut off anywhere, a signature names nobody, and nothing is read beyond it. */
static void signers_are_found(void **state)
{
	static const char name[] = "\x06\x03\x55\x04\x03\x0c\x08somebody more";
	static const char mark[] = "~Module signature appended~\n";
	char file[128] = "ELF", signer[16];
	size_t size, length;

	(void)state;
	assert_int_equal(pfnscope_signer_of(file, 3, signer, sizeof(signer)),
			 PFNSCOPE_SIGNATURE_NONE);
	for (length = 0; length < sizeof(name); length++) {
		memcpy(file + 3, name, length);
		memset(file + 3 + length, 0, 12);
		file[3 + length + 2] = 2;
		file[3 + length + 11] = (char)length;
		memcpy(file + 3 + length + 12, mark, sizeof(mark) - 1);
		size = 3 + length + 12 + sizeof(mark) - 1;
		assert_int_equal(pfnscope_signer_of(file, size, signer, sizeof(signer)),
				 PFNSCOPE_SIGNATURE_THERE);
		assert_string_equal(signer, length < 15 ? "" : "somebody");
	}
	file[3 + 4] = 10;
	assert_int_equal(pfnscope_signer_of(file, size, signer, sizeof(signer)),
			 PFNSCOPE_SIGNATURE_THERE);
	assert_string_equal(signer, "somebody");
	assert_int_equal(pfnscope_signer_of(file, size, signer, 8), PFNSCOPE_SIGNATURE_THERE);
	assert_string_equal(signer, "");
	assert_int_equal(pfnscope_signer_of(file, size - 1, signer, sizeof(signer)),
			 PFNSCOPE_SIGNATURE_NONE);
}

static void kernel_is(const char *release, const char *state, const char *words)
{
	struct pfnscope_system system = healthy;

	snprintf(system.release, sizeof(system.release), "%s", release);
	verdict_is(&system, answers(PFNSCOPE_VERSION), "kernel", state, NULL);
	finding_has(&system, answers(PFNSCOPE_VERSION), "kernel", words);
}

static void kernels_are_tested_or_not(void **state)
{
	(void)state;
	kernel_is("6.1.0-50-amd64", "ok", "6.1.0-50-amd64");
	kernel_is("7.2.12+deb13-amd64", "ok", "7.2.12");
	kernel_is("6.18.44-fc", "ok", "between those it is tested on");
	kernel_is("5.9.16", "limited", "5.10 to 7.2");
	kernel_is("7.3.0", "limited", "5.10 to 7.2");
}

static void versions_differ(void **state)
{
	(void)state;
	verdict_is(&healthy, answers("9.9.9"), "module", "limited",
		   "make modules && rmmod pfnscope && insmod module/pfnscope.ko # in the source tree");
}

static void the_self_check_is_believed(void **state)
{
	(void)state;
	verdict_is(&healthy, answers(PFNSCOPE_VERSION), "self-check", NULL, NULL);
	verdict_is(&healthy, checked("passed"), "self-check", "ok", NULL);
	verdict_is(&healthy, checked("failed"), "self-check", "missing",
		   "make clean modules userland && rmmod pfnscope && insmod module/pfnscope.ko # in the source tree");
}

static void a_view_is_unavailable(void **state)
{
	struct pfnscope_snapshot snapshot = answers(PFNSCOPE_VERSION);
	struct pfnscope_table *zones = pfnscope_table_new(&pfnscope_view_zones);

	(void)state;
	pfnscope_table_limit(zones, PFNSCOPE_TABLE_UNAVAILABLE, "no such thing");
	pfnscope_snapshot_add(&snapshot, zones);
	verdict_is(&healthy, snapshot, "view zones", "limited", NULL);
}

/* The file of a view that is not there: of a machine, and of a root that was recorded. */
/* Why is for the source to know: a file that was not recorded, a module that is not loaded. */
static void a_view_is_absent(void **state)
{
	struct pfnscope_snapshot snapshot = answers(PFNSCOPE_VERSION);
	struct pfnscope_table *zones = pfnscope_table_new(&pfnscope_view_zones);

	(void)state;
	pfnscope_table_limit(zones, PFNSCOPE_TABLE_ABSENT, "gone");
	pfnscope_snapshot_add(&snapshot, zones);
	finding_has(&healthy, snapshot, "view zones", "gone");
}

static void a_recorded_root_is_not_a_live_one(void **state)
{
	struct pfnscope_system system = { .root = true, .release = "5.10" };

	(void)state;
	verdict_is(&system, answers(PFNSCOPE_VERSION), "debugfs", NULL, NULL);
	verdict_is(&system, answers(NULL), "module", "missing", NULL);
	verdict_is(&system, answers(NULL), "headers", NULL, NULL);
}

static void an_incident_has_not_every_view(void **state)
{
	struct pfnscope_system system = { .root = true, .release = "6.1", .incident = true };
	struct pfnscope_snapshot snapshot = answers(PFNSCOPE_VERSION);
	struct pfnscope_table *zones = pfnscope_table_new(&pfnscope_view_zones);

	(void)state;
	pfnscope_table_limit(zones, PFNSCOPE_TABLE_ABSENT, "not recorded");
	pfnscope_snapshot_add(&snapshot, zones);
	verdict_is(&system, snapshot, "view zones", NULL, NULL);
	snapshot = answers(PFNSCOPE_VERSION);
	zones = pfnscope_table_new(&pfnscope_view_zones);
	pfnscope_table_limit(zones, PFNSCOPE_TABLE_ABSENT, "not recorded");
	pfnscope_snapshot_add(&snapshot, zones);
	verdict_is(&system, snapshot, "views", "ok", NULL);
	/* What could be there, and cannot be read, is told of an incident too. */
	snapshot = answers(PFNSCOPE_VERSION);
	zones = pfnscope_table_new(&pfnscope_view_zones);
	pfnscope_table_limit(zones, PFNSCOPE_TABLE_UNAVAILABLE, "no such thing");
	pfnscope_snapshot_add(&snapshot, zones);
	verdict_is(&system, snapshot, "view zones", "limited", NULL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(nothing_is_missing),
		cmocka_unit_test(the_module_is_missing),
		cmocka_unit_test(headers_are_debians_or_anybodys),
		cmocka_unit_test(headers_come_before_the_module),
		cmocka_unit_test(something_stands_in_the_way),
		cmocka_unit_test(signatures_are_told),
		cmocka_unit_test(signers_are_found),
		cmocka_unit_test(kernels_are_tested_or_not),
		cmocka_unit_test(versions_differ),
		cmocka_unit_test(the_self_check_is_believed),
		cmocka_unit_test(a_view_is_unavailable),
		cmocka_unit_test(a_view_is_absent),
		cmocka_unit_test(a_recorded_root_is_not_a_live_one),
		cmocka_unit_test(an_incident_has_not_every_view),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
