// SPDX-License-Identifier: GPL-2.0-only
/* Who signed a module file, and whose signature this kernel takes. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "source/parse.h"
#include "source/signature.h"

#define MODULE_LARGEST	(64u << 20)

/* Behind the signature, at the end of the file: include/linux/module_signature.h. */
static const char mark[] = "~Module signature appended~\n";

struct appended {
	uint8_t algorithm, hash, id_type, signer_length, key_length, pad[3];
	uint8_t length[4];	/* big endian */
};

/* The first of those attributes 2.5.4.TYPE, a string. */
static bool find_attribute(const char *bytes, size_t size, char type, char *value,
			   size_t room)
{
	const char attribute[] = { 6, 3, 0x55, 4, type };
	const char *at = memmem(bytes, size, attribute, sizeof(attribute));
	size_t left, length;

	if (!at)
		return false;
	at += sizeof(attribute);
	left = size - (size_t)(at - bytes);
	if (left < 2)
		return false;
	length = (unsigned char)at[1];
	if (length > left - 2 || length >= room)
		return false;
	memcpy(value, at + 2, length);
	value[length] = '\0';
	pfnscope_printable(value);
	return true;
}

/*
 * PKCS #7 as scripts/sign-file makes it, without certificates, names the issuer of
 * the one that signed first. The kernel calls a key by its common name, and where
 * that is missing by its organization: x509_fabricate_name().
 */
static void find_name(const char *bytes, size_t size, char *signer, size_t room)
{
	enum { COMMON_NAME = 3, ORGANIZATION = 10 };

	if (!find_attribute(bytes, size, COMMON_NAME, signer, room))
		find_attribute(bytes, size, ORGANIZATION, signer, room);
}

enum pfnscope_signature pfnscope_signer_of(const char *bytes, size_t size,
					   char *signer, size_t room)
{
	size_t tail = sizeof(struct appended) + sizeof(mark) - 1, length;
	struct appended appended;

	*signer = '\0';
	if (size < tail ||
	    memcmp(bytes + size - sizeof(mark) + 1, mark, sizeof(mark) - 1))
		return PFNSCOPE_SIGNATURE_NONE;
	memcpy(&appended, bytes + size - tail, sizeof(appended));
	length = (size_t)appended.length[0] << 24 | (size_t)appended.length[1] << 16 |
		 (size_t)appended.length[2] << 8 | appended.length[3];
	if (length <= size - tail)
		find_name(bytes + size - tail - length, length, signer, room);
	return PFNSCOPE_SIGNATURE_THERE;
}

enum pfnscope_signature pfnscope_signer_read(struct pfnscope_input *input,
					     char *signer, size_t room)
{
	enum pfnscope_signature signature = PFNSCOPE_SIGNATURE_UNKNOWN;
	struct pfnscope_error error = { 0 };
	char *bytes = NULL;
	size_t size;

	*signer = '\0';
	if (!pfnscope_input_all(input, MODULE_LARGEST, &bytes, &size, &error))
		signature = pfnscope_signer_of(bytes, size, signer, room);
	free(bytes);
	pfnscope_input_close(input);
	return signature;
}

/* "1b4cdf81 I------ 1 perm 1f030000 0 0 asymmetri Name: 6ccece7e...: X509.rsa bb419ea1 []" */
bool pfnscope_key_is_there(const struct pfnscope_source *source, const char *name)
{
	struct pfnscope_error error = { 0 };
	struct pfnscope_input *input;
	size_t length = strlen(name);
	bool found = false;
	char *line;

	if (!length || pfnscope_source_input(source, "proc/keys", &input))
		return false;
	while (!found && pfnscope_input_line(input, &line, &error) > 0) {
		const char *key = strstr(line, "asymmetri ");
		const char *at = key ? strstr(key, name) : NULL;

		found = at && at[-1] == ' ' && at[length] == ':';
	}
	pfnscope_input_close(input);
	return found;
}

/* Four bytes of attributes, and the one that counts. */
enum pfnscope_secure_boot pfnscope_secure_boot(const struct pfnscope_source *source)
{
	static const char variable[] = "sys/firmware/efi/efivars/"
				       "SecureBoot-8be4df61-93ca-11d2-aa0d-00e098032b8c";
	struct pfnscope_error error = { 0 };
	struct pfnscope_input *input;
	char bytes[5] = { 0 };

	if (!pfnscope_source_has(source, "sys/firmware/efi"))
		return PFNSCOPE_SECURE_BOOT_NO_EFI;
	if (pfnscope_source_input(source, variable, &input))
		return PFNSCOPE_SECURE_BOOT_UNKNOWN;
	pfnscope_input_at(input, 0, bytes, sizeof(bytes), &error);
	pfnscope_input_close(input);
	return bytes[4] ? PFNSCOPE_SECURE_BOOT_ON : PFNSCOPE_SECURE_BOOT_OFF;
}
