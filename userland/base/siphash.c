// SPDX-License-Identifier: GPL-2.0-only
/* SipHash-2-4 of Aumasson and Bernstein, of texts as short as names are. */
#include "base/siphash.h"

struct state {
	uint64_t v[4];
};

static uint64_t rotate(uint64_t number, unsigned int by)
{
	return number << by | number >> (64 - by);
}

static void half_round(uint64_t *a, uint64_t *b, unsigned int by, uint64_t *c, uint64_t *d,
		       unsigned int by_too)
{
	*a += *b;
	*b = rotate(*b, by) ^ *a;
	*c += *d;
	*d = rotate(*d, by_too) ^ *c;
	*a = rotate(*a, 32);
}

static void rounds(struct state *s, unsigned int count)
{
	while (count--) {
		half_round(&s->v[0], &s->v[1], 13, &s->v[2], &s->v[3], 16);
		half_round(&s->v[2], &s->v[1], 17, &s->v[0], &s->v[3], 21);
	}
}

static uint64_t word_at(const char *text, size_t size)
{
	uint64_t word = 0;

	while (size--)
		word = word << 8 | (unsigned char)text[size];
	return word;
}

static void mix_word(struct state *s, uint64_t word)
{
	s->v[3] ^= word;
	rounds(s, 2);
	s->v[0] ^= word;
}

uint64_t pfnscope_siphash(const struct pfnscope_key *key, const char *text, size_t size)
{
	struct state s = { {
		key->low ^ 0x736f6d6570736575, key->high ^ 0x646f72616e646f6d,
		key->low ^ 0x6c7967656e657261, key->high ^ 0x7465646279746573,
	} };
	uint64_t length = (uint64_t)size << 56;

	for (; size >= 8; text += 8, size -= 8)
		mix_word(&s, word_at(text, 8));
	mix_word(&s, length | word_at(text, size));
	s.v[2] ^= 0xff;
	rounds(&s, 4);
	return s.v[0] ^ s.v[1] ^ s.v[2] ^ s.v[3];
}
