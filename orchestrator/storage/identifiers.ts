import { idsPerMillisecond } from '../../contracts/generation-time.ts'

export { idOfTime, timeOfIdentifier } from '../../contracts/generation-time.ts'

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
