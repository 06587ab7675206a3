// SPDX-License-Identifier: GPL-2.0-only
/* The release of a kernel. */
#include <ctype.h>
#include <stdlib.h>

#include "base/release.h"

/**
 * pfnscope_release_version - a release as a number
 * @release: as uname -r prints it
 *
 * Return: PFNSCOPE_KERNEL(), 0 where it is not one.
 */
unsigned int pfnscope_release_version(const char *release)
{
	unsigned long part[3] = { 0 };

	for (int i = 0; i < 3 && isdigit((unsigned char)*release); i++) {
		part[i] = strtoul(release, (char **)&release, 10);
		if (part[i] > 255)
			part[i] = 255;
		if (*release != '.')
			break;
		release++;
	}
	return (unsigned int)PFNSCOPE_KERNEL(part[0], part[1], part[2]);
}
