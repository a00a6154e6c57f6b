import type { MemoryDevice } from '../../../contracts/entities/memory.ts'
import type { DeviceReading } from '../../supervision/memory/device-probe.ts'
import { systemMemoryId } from '../../supervision/memory/system-probe.ts'

/** What our own processes hold. Bytes. */
export interface OwnUse {
  /** Every process of ours, to tell our share on a card. */
  readonly pids: readonly number[]
  /** What they hold of the machine's memory together. */
  readonly systemBytes: number
  readonly models: readonly { readonly device: string; readonly name: string; readonly bytes: number }[]
}

interface Reservation {
  readonly device: string
  readonly bytes: number
  /** What the work it is for holds by now; that part shows in what is free, and must not count twice. */
  readonly held: () => number
}

interface RegistryParts {
  readonly probe: () => Promise<readonly DeviceReading[]>
  readonly own: () => OwnUse | Promise<OwnUse>
}

/**
 * Knows each memory, who holds what of it, and what work under way is still going to take. Whoever decides about memory
 * does so alone: two jobs never count on the same free bytes.
 */
export class MemoryRegistry {
  readonly #parts: RegistryParts
  readonly #reservations = new Set<Reservation>()
  #last: Promise<unknown> = Promise.resolve()

  constructor(parts: RegistryParts) {
    this.#parts = parts
  }

  /** Every memory as it is now. */
  async read(): Promise<MemoryDevice[]> {
    const [readings, own] = await Promise.all([this.#parts.probe(), this.#parts.own()])
    return readings.map((reading) => this.#describe(reading, own))
  }

  /** Does something about memory while nobody else may, in the order of the calls. */
  exclusively<Result>(decide: () => Promise<Result>): Promise<Result> {
    const turn = this.#last.then(decide, decide)
    this.#last = turn.catch(() => undefined)
    return turn
  }

  /**
   * Sets memory aside for work that is about to begin; the function that is returned gives it back.
   *
   * @param held what that work holds by now, in bytes
   */
  reserve(device: string, bytes: number, held: () => number = () => 0): () => void {
    const reservation = { device, bytes, held }
    this.#reservations.add(reservation)
    return () => void this.#reservations.delete(reservation)
  }

  /** What work under way is still going to take of a memory, in bytes. */
  outstanding(device: string): number {
    return [...this.#reservations]
      .filter((reservation) => reservation.device === device)
      .reduce((sum, { bytes, held }) => sum + Math.max(0, bytes - held()), 0)
  }

  #describe(reading: DeviceReading, own: OwnUse): MemoryDevice {
    const used = Math.max(0, reading.totalBytes - reading.freeBytes)
    const onCard = reading.processes
      .filter(({ pid }) => own.pids.includes(pid))
      .reduce((sum, { bytes }) => sum + bytes, 0)
    // Resident memory counts shared pages more than once, so ours may seem more than what is in use.
    const ours = Math.min(used, reading.id === systemMemoryId ? own.systemBytes : onCard)
    const reserved = this.outstanding(reading.id)
    return {
      id: reading.id,
      kind: reading.kind,
      name: reading.name,
      unified: reading.unified,
      total_bytes: reading.totalBytes,
      free_bytes: reading.freeBytes,
      ours_bytes: ours,
      others_bytes: used - ours,
      reserved_bytes: reserved,
      projected_bytes: ours + reserved,
      limit: reading.limit,
      models: own.models
        .filter(({ device }) => device === reading.id)
        .map(({ name, bytes }) => ({ name, bytes })),
    }
  }
}
