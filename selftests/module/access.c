// SPDX-License-Identifier: GPL-2.0-only
// configs: incidents
// guest:
/* Who may read what, and that nobody may write, map or control any file of the module. */

#include <errno.h>
#include <fcntl.h>
#include <linux/capability.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "lib/pace.h"
#include "kselftest_harness.h"
#include "lib/table.h"
#include "lib/text.h"

#define MAX_FILES 64
#define NOBODY 65534

/* The paths of all files of the module, /proc/pfnscope last. */
struct files {
	size_t n;
	char path[MAX_FILES][300];
};

static void add(const char *dir, const char *name, void *arg)
{
	struct files *files = arg;
	struct stat st;

	snprintf(files->path[files->n], sizeof(files->path[0]), "%s/%s", dir, name);
	if (!stat(files->path[files->n], &st) && S_ISREG(st.st_mode) && files->n < MAX_FILES - 2)
		files->n++;
}

FIXTURE(access)
{
	struct files files;
};

FIXTURE_SETUP(access)
{
	text_each_entry(PFNSCOPE_DIR, add, &self->files);
	strcpy(self->files.path[self->files.n++], PFNSCOPE_PROC);
	/* The core views at least, or the tests below would pass on an empty directory. */
	ASSERT_GE(self->files.n, 8);
}

FIXTURE_TEARDOWN(access)
{
}

TEST_F(access, debugfs_files_are_0400_of_root)
{
	struct stat st;

	for (size_t i = 0; i < self->files.n - 1; i++) {
		ASSERT_EQ(0, stat(self->files.path[i], &st));
		EXPECT_EQ(0100400, st.st_mode) TH_LOG("%s", self->files.path[i]);
		EXPECT_EQ(0, st.st_uid);
		EXPECT_EQ(0, st.st_gid);
	}
}

TEST_F(access, proc_file_is_0444_of_root)
{
	struct stat st;

	ASSERT_EQ(0, stat(PFNSCOPE_PROC, &st));
	EXPECT_EQ(0100444, st.st_mode);
	EXPECT_EQ(0, st.st_uid);
}

/* The directory above lets only root in; opened to all, the files themselves must still refuse. */
TEST_F(access, nobody_cannot_open_debugfs_files)
{
	ASSERT_EQ(0, chmod("/sys/kernel/debug", 0755));
	ASSERT_EQ(0, setgid(NOBODY));
	ASSERT_EQ(0, setuid(NOBODY));
	for (size_t i = 0; i < self->files.n - 1; i++) {
		EXPECT_EQ(-1, open(self->files.path[i], O_RDONLY)) TH_LOG("%s", self->files.path[i]);
		EXPECT_EQ(EACCES, errno);
	}
}

static void drop_capabilities(struct __test_metadata *_metadata)
{
	struct __user_cap_header_struct head = { .version = _LINUX_CAPABILITY_VERSION_3 };
	struct __user_cap_data_struct data[2];

	ASSERT_EQ(0, syscall(SYS_capget, &head, data));
	data[0].effective &= ~(1U << CAP_SYS_ADMIN);
	ASSERT_EQ(0, syscall(SYS_capset, &head, data));
}

/* The mode lets root in; root of a container, with the host's debugfs, has no CAP_SYS_ADMIN. */
TEST_F(access, root_without_the_capability_cannot_open_debugfs_files)
{
	static const char *const switches[] = { "control/incidents", "control/failures", "control/sites", "incidents/list" };
	int control = open(PFNSCOPE_DIR "/control/incidents", O_WRONLY);
	char path[300];

	ASSERT_EQ(1, write(control, "1", 1));
	drop_capabilities(_metadata);
	for (size_t i = 0; i < self->files.n - 1; i++) {
		EXPECT_EQ(-1, open(self->files.path[i], O_RDONLY)) TH_LOG("%s", self->files.path[i]);
		EXPECT_EQ(EPERM, errno) TH_LOG("%s", self->files.path[i]);
	}
	for (size_t i = 0; i < sizeof(switches) / sizeof(switches[0]); i++) {
		snprintf(path, sizeof(path), PFNSCOPE_DIR "/%s", switches[i]);
		EXPECT_EQ(-1, open(path, O_RDONLY)) TH_LOG("%s", path);
		EXPECT_EQ(EPERM, errno) TH_LOG("%s", path);
	}
	EXPECT_LE(0, open(PFNSCOPE_PROC, O_RDONLY)) TH_LOG("for everybody");
	/* Who opened it before may still switch off: the tests that follow want it so. */
	EXPECT_EQ(1, write(control, "0", 1));
	close(control);
}

TEST_F(access, nobody_can_read_the_proc_file)
{
	struct table t;

	ASSERT_EQ(0, setgid(NOBODY));
	ASSERT_EQ(0, setuid(NOBODY));
	ASSERT_TRUE(table_read(&t, PFNSCOPE_PROC)) TH_LOG("%s", t.error);
	EXPECT_LT(0, t.rows);
}

/* Root may open a file of mode 0400 for writing; the write itself has to fail. */
TEST_F(access, root_cannot_write)
{
	for (size_t i = 0; i < self->files.n; i++) {
		int fd = open(self->files.path[i], O_WRONLY);

		if (fd < 0)
			continue;
		EXPECT_EQ(-1, write(fd, "1\n", 2)) TH_LOG("%s", self->files.path[i]);
		close(fd);
	}
}

TEST_F(access, root_cannot_truncate)
{
	struct table before, after;

	ASSERT_TRUE(table_read(&before, PFNSCOPE_DIR "/gfp"));
	truncate(PFNSCOPE_DIR "/gfp", 0);
	ASSERT_TRUE(table_read(&after, PFNSCOPE_DIR "/gfp"));
	EXPECT_EQ(before.rows, after.rows);
}

TEST_F(access, no_mmap)
{
	for (size_t i = 0; i < self->files.n; i++) {
		int fd = open(self->files.path[i], O_RDONLY);

		ASSERT_LE(0, fd);
		EXPECT_EQ(MAP_FAILED, mmap(NULL, 4096, PROT_READ, MAP_SHARED, fd, 0)) TH_LOG("%s", self->files.path[i]);
		close(fd);
	}
}

TEST_F(access, no_ioctl)
{
	static const unsigned long requests[] = { 0, 0x5401, 0x80044601, 0xc0109428 };

	for (size_t i = 0; i < self->files.n; i++) {
		int fd = open(self->files.path[i], O_RDONLY);

		ASSERT_LE(0, fd);
		for (size_t k = 0; k < sizeof(requests) / sizeof(*requests); k++) {
			EXPECT_EQ(-1, ioctl(fd, requests[k], NULL)) TH_LOG("%s", self->files.path[i]);
			EXPECT_EQ(ENOTTY, errno);
		}
		close(fd);
	}
}

TEST_HARNESS_MAIN
