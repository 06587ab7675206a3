/* SPDX-License-Identifier: GPL-2.0-only */
/* Who signed a module file, and whose signature this kernel takes. */
#ifndef PFNSCOPE_SOURCE_SIGNATURE_H
#define PFNSCOPE_SOURCE_SIGNATURE_H

#include <stdbool.h>
#include <stddef.h>

#include "source/source.h"

enum pfnscope_signature {
	PFNSCOPE_SIGNATURE_UNKNOWN,	/* the file could not be read */
	PFNSCOPE_SIGNATURE_NONE,
	PFNSCOPE_SIGNATURE_THERE,
};

enum pfnscope_secure_boot {
	PFNSCOPE_SECURE_BOOT_UNKNOWN,	/* EFI, whose variables are not mounted */
	PFNSCOPE_SECURE_BOOT_NO_EFI,
	PFNSCOPE_SECURE_BOOT_OFF,
	PFNSCOPE_SECURE_BOOT_ON,
};

/*
 * The name in the certificate that signed the module in these bytes, as modinfo
 * calls the signer; empty where the signature names none.
 */
enum pfnscope_signature pfnscope_signer_of(const char *bytes, size_t size,
					   char *signer, size_t room);
/* The same of a file; takes @input. */
enum pfnscope_signature pfnscope_signer_read(struct pfnscope_input *input,
					     char *signer, size_t room);
/* Whether the kernel has a key of that name in one of its rings. */
bool pfnscope_key_is_there(const struct pfnscope_source *source,
			   const char *name);
enum pfnscope_secure_boot pfnscope_secure_boot(const struct pfnscope_source *source);

#endif
