/** Ids made within one millisecond before the next one has to be borrowed. */
const idsPerMillisecond = 1024

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

/** When an id was made, in milliseconds since 1970. */
export function timeOfIdentifier(id: number): number {
  return Math.floor(id / idsPerMillisecond)
}

/** The smallest id that can be made at a time; at the ends of what can be counted, the end. */
export function idOfTime(time: number): number {
  return Math.min(Math.max(time * idsPerMillisecond, 0), Number.MAX_SAFE_INTEGER)
}
