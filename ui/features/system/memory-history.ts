import type { MemoryDevice } from '../../../contracts/entities/memory.ts'

/** The course of one memory: times in seconds since 1970, and gigabytes (of 1024 cubed bytes) at each. */
export interface MemoryHistory {
  readonly times: number[]
  readonly ours: number[]
  readonly projected: number[]
  readonly used: number[]
}

/** As many as a chart has room for; at one every two seconds, eight minutes. */
const kept = 240

const gigabyte = 1024 ** 3

export const emptyHistory: MemoryHistory = { times: [], ours: [], projected: [], used: [] }

/** The course with how it is now; what is too old goes. */
export function withSample(
  history: MemoryHistory,
  device: MemoryDevice,
  milliseconds: number,
): MemoryHistory {
  return {
    times: add(history.times, milliseconds / 1000),
    ours: add(history.ours, device.ours_bytes / gigabyte),
    projected: add(history.projected, device.projected_bytes / gigabyte),
    used: add(history.used, (device.ours_bytes + device.others_bytes) / gigabyte),
  }
}

function add(values: readonly number[], value: number): number[] {
  return [...values, value].slice(-kept)
}
