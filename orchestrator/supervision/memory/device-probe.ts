import type { MemoryDeviceKind } from '../../../contracts/entities/memory.ts'

/** One memory as a probe found it. All sizes in bytes. */
export interface DeviceReading {
  /** The same device has the same id at each reading. */
  readonly id: string
  readonly kind: MemoryDeviceKind
  readonly name: string
  readonly unified: boolean
  readonly totalBytes: number
  readonly freeBytes: number
  /** What single processes hold, as far as the system tells. */
  readonly processes: readonly ProcessUse[]
  /** What keeps the use below the size of the memory, in words; null where nothing does. */
  readonly limit: string | null
}

/** What one process holds on a device. */
export interface ProcessUse {
  readonly pid: number
  readonly bytes: number
}

/**
 * Looks at one kind of memory. A machine that has none of this kind gives an empty list: a driver that is missing, broken
 * or slow never fails a request.
 */
export type DeviceProbe = () => Promise<readonly DeviceReading[]>
