// SPDX-License-Identifier: GPL-2.0-only
/*
 * A place has readers or one writer. The writer never waits: it may be in the
 * middle of an allocation, in an interrupt or in an NMI.
 */
#include <linux/cgroup.h>

#include "walk/memory.h"
#include "watch/ring.h"

#define BEING_WRITTEN	(-1)

/**
 * pfnscope_ring_free - give all places back
 * @ring: nobody uses it any more; or NULL
 */
void pfnscope_ring_free(struct pfnscope_ring *ring)
{
	unsigned int i;

	for (i = 0; ring && i < ring->size; i++) {
		pfnscope_moment_free(ring->places[i].moment);
		vfree(ring->places[i].scanned.text);
		if (ring->places[i].css)
			css_put(ring->places[i].css);
	}
	kvfree(ring);
}

/**
 * pfnscope_ring_alloc - make places with all the memory they will need
 * @size: how many
 *
 * Return: NULL where there is not enough.
 */
struct pfnscope_ring *pfnscope_ring_alloc(unsigned int size)
{
	struct pfnscope_ring *ring;
	unsigned int i;

	ring = kvzalloc(struct_size(ring, places, size), PFNSCOPE_GFP);
	if (!ring)
		return NULL;
	ring->size = size;
	for (i = 0; i < size; i++) {
		struct pfnscope_recorded *place = &ring->places[i];

		place->moment = pfnscope_moment_alloc();
		place->scanned.text = __vmalloc(PFNSCOPE_INCIDENT_TEXT,
						PFNSCOPE_GFP | __GFP_ZERO);
		if (place->moment && place->scanned.text)
			continue;
		pfnscope_ring_free(ring);
		return NULL;
	}
	return ring;
}

/**
 * pfnscope_ring_take - the place of the next incident, to be written
 * @ring: the ring
 *
 * Return: NULL where it has readers; the incident is lost then, and counted.
 */
struct pfnscope_recorded *pfnscope_ring_take(struct pfnscope_ring *ring)
{
	unsigned int turn = atomic_inc_return(&ring->taken) - 1;
	struct pfnscope_recorded *place = &ring->places[turn % ring->size];

	if (!atomic_cmpxchg(&place->users, 0, BEING_WRITTEN))
		return place;
	atomic64_inc(&ring->lost);
	return NULL;
}

/**
 * pfnscope_ring_give - it has been written and may be read
 * @place: from pfnscope_ring_take()
 * @number: of the incident
 */
void pfnscope_ring_give(struct pfnscope_recorded *place, u64 number)
{
	place->number = number;
	place->incident.number = number;
	place->finished = false;
	memset(place->scanned.deferred, 0, sizeof(place->scanned.deferred));
	/* Pairs with the reader's: he sees all of it. */
	atomic_set_release(&place->users, 0);
}

/**
 * pfnscope_incident_get - keep an incident from being overwritten
 * @place: where it was
 * @number: of the incident, 0 for whichever is there
 *
 * Return: false where it is not there any more, or is being overwritten.
 */
bool pfnscope_incident_get(struct pfnscope_recorded *place, u64 number)
{
	if (!atomic_inc_unless_negative(&place->users))
		return false;
	if (place->number && (!number || place->number == number))
		return true;
	pfnscope_incident_put(place);
	return false;
}

/**
 * pfnscope_incident_put - let it go
 * @place: from pfnscope_incident_get()
 */
void pfnscope_incident_put(struct pfnscope_recorded *place)
{
	atomic_dec(&place->users);
}
