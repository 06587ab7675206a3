// SPDX-License-Identifier: GPL-2.0-only
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/swap.h>
#include <unistd.h>

#include "lib/memory.h"
#include "lib/pace.h"
#include "lib/text.h"
#include "lib/zram.h"

static char device[32], settings[64];

static int set(const char *file, const char *value)
{
	char path[96];

	snprintf(path, sizeof(path), "%s/%s", settings, file);
	return text_write(path, value);
}

static bool format(void)
{
	static unsigned char page[65536];	/* the largest there is */
	unsigned int version = 1, last = (unsigned int)((64UL << 20) / PAGE - 1);
	int fd = open(device, O_WRONLY);
	bool ok;

	memcpy(page + 1024, &version, sizeof(version));
	memcpy(page + 1028, &last, sizeof(last));
	memcpy(page + PAGE - 10, "SWAPSPACE2", 10);
	ok = fd >= 0 && write(fd, page, PAGE) == (ssize_t)PAGE && !fsync(fd);
	close(fd);
	return ok;
}

bool zram_on(void)
{
	char *number = text_read("/sys/class/zram-control/hot_add", NULL);

	if (!number)
		return false;
	snprintf(device, sizeof(device), "/dev/zram%d", atoi(number));
	snprintf(settings, sizeof(settings), "/sys/block/zram%d", atoi(number));
	free(number);
	set("comp_algorithm", "zstd");
	return !set("disksize", "64M") && format() && !swapon(device, 0);
}

void zram_off(void)
{
	swapoff(device);
	set("reset", "1");
	text_write("/sys/class/zram-control/hot_remove", device + strlen("/dev/zram"));
}
