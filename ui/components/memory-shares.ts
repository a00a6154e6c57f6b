import type { MemoryStatus } from '../../contracts/entities/system.ts'

/** System memory, divided the way a person thinks of it; the three add up to the whole. */
export interface MemoryShares {
  readonly ours: number
  readonly others: number
  readonly free: number
}

export function memoryShares({ total_bytes, available_bytes, ours_bytes }: MemoryStatus): MemoryShares {
  const free = Math.min(total_bytes, available_bytes)
  // Resident memory counts shared pages more than once, so ours may seem larger than what is in use.
  const ours = Math.min(ours_bytes, total_bytes - free)
  return { ours, others: total_bytes - free - ours, free }
}
