import type { MemoryDevice } from '../../contracts/entities/memory.ts'

/** A memory, divided the way a person thinks of it; the four add up to the whole. Bytes. */
export interface MemoryShares {
  readonly ours: number
  /** What work under way is still going to take of what is free now. */
  readonly expected: number
  readonly others: number
  readonly free: number
}

export function memoryShares({
  total_bytes,
  free_bytes,
  ours_bytes,
  reserved_bytes,
}: MemoryDevice): MemoryShares {
  const unused = Math.min(total_bytes, free_bytes)
  const ours = Math.min(ours_bytes, total_bytes - unused)
  const expected = Math.min(reserved_bytes, unused)
  return { ours, expected, others: total_bytes - unused - ours, free: unused - expected }
}

/** The memory that matters most: that of a graphics card, where there is one. */
export function firstDevice(devices: readonly MemoryDevice[] | undefined): MemoryDevice | null {
  return devices?.[0] ?? null
}
