import { idsPerMillisecond, timeOfIdentifier } from '../../contracts/generation-time.ts'

export { idOfTime, timeOfIdentifier } from '../../contracts/generation-time.ts'

/** So many moments are remembered; a forgotten one is looked up anew. */
const rememberedMoments = 1000

/**
 * Makes ids that sort by the time they were made: `milliseconds * 1024 + sequence`, safe integers until the year 2248.
 * Each is larger than all before it, even when the clock goes back, and larger than those already stored.
 *
 * @param now the clock, in milliseconds since 1970
 * @param largestStored the largest id in the database, see `largestGenerationId`; 0 where there is none
 */
export function createIdentifierMaker(now: () => number, largestStored: number): () => number {
  let last = largestStored
  return () => {
    last = Math.max(Math.trunc(now()) * idsPerMillisecond, last + 1)
    if (!Number.isSafeInteger(last))
      throw new RangeError(`The clock is too far in the future for an id: ${last}`)
    return last
  }
}

/** Makes ids for pictures that were made before, so that they take their place among the others. */
export interface PastIdentifiers {
  /** A free id of a moment; where all of its ids are taken, one of the next moment that has some. */
  at(time: number): number
  /** Says that every id given so far is in the database now. */
  stored(): void
}

/**
 * @param largestBetween the largest id in the database between two others, both included; null where none is taken
 */
export function createPastIdentifiers(
  largestBetween: (from: number, to: number) => number | null,
): PastIdentifiers {
  // By the moment that was asked for: where to look next, so that a million pictures of one moment stay cheap.
  const next = new Map<number, number>()
  const given = new Set<number>()
  return {
    at(time) {
      let id = next.get(time) ?? time * idsPerMillisecond
      for (let isFree = false; !isFree;) {
        const end = (timeOfIdentifier(id) + 1) * idsPerMillisecond - 1
        const taken = largestBetween(id, end)
        if (taken !== null) id = taken + 1
        while (given.has(id)) id += 1
        isFree = id <= end
      }
      if (next.size > rememberedMoments) next.clear()
      next.set(time, id + 1)
      given.add(id)
      return id
    },
    stored: () => given.clear(),
  }
}
