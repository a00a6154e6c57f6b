/** Ids made within one millisecond before the next one has to be borrowed. */
export const idsPerMillisecond = 1024

/** When an id was made, in milliseconds since 1970. */
export function timeOfIdentifier(id: number): number {
  return Math.floor(id / idsPerMillisecond)
}

/** The smallest id that can be made at a time; at the ends of what can be counted, the end. */
export function idOfTime(time: number): number {
  return Math.min(Math.max(time * idsPerMillisecond, 0), Number.MAX_SAFE_INTEGER)
}
