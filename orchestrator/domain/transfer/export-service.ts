import { randomBytes } from 'node:crypto'
import { exportLimit } from '../../../contracts/capabilities/exports.ts'
import type { CapabilityOutput, CheckedInput } from '../../../contracts/capabilities/index.ts'
import { ProductError } from '../../../contracts/errors.ts'
import { filesOfGenerations } from '../../storage/generation-files.ts'
import type { SearchService } from '../search/search-service.ts'
import { packArchive, type ArchiveParts } from './export-archive.ts'

interface Ticket {
  readonly ids: readonly number[]
  readonly until: number
}

const lifetimeMs = 10 * 60_000
const mostTickets = 50

/** Prepares archives and hands them out. A ticket only says which pictures; the download asks for the sign-in as well. */
export class ExportService {
  readonly #parts: ArchiveParts & { readonly search: SearchService }
  readonly #tickets = new Map<string, Ticket>()

  constructor(parts: ArchiveParts & { readonly search: SearchService }) {
    this.#parts = parts
  }

  /** @throws ProductError `export_empty` or `export_too_large` */
  async prepare({
    generations,
    query,
  }: CheckedInput<'prepare_export'>): Promise<CapabilityOutput<'prepare_export'>> {
    const wanted =
      generations === undefined
        ? await this.#search(query ?? '')
        : [...new Set(generations.map((id) => Number(id)))]
    const there = this.#withOriginal(wanted)
    if (there.length === 0) throw new ProductError('export_empty')
    // What was asked for by name and is not there stands in the manifest.
    const ids = generations === undefined ? there : wanted
    const ticket = randomBytes(18).toString('base64url')
    this.#forgetOld()
    this.#tickets.set(ticket, { ids, until: Date.now() + lifetimeMs })
    return { url: `/api/exports/${ticket}`, pictures: there.length }
  }

  /** @throws ProductError `export_expired` */
  open(ticket: string): ReadableStream<Uint8Array> {
    const found = this.#tickets.get(ticket)
    if (found === undefined || found.until < Date.now()) throw new ProductError('export_expired')
    return packArchive(this.#parts, found.ids)
  }

  async #search(query: string): Promise<number[]> {
    const found = await this.#parts.search.findAll(query, exportLimit + 1)
    if (found.length > exportLimit) throw new ProductError('export_too_large')
    return found
  }

  #withOriginal(ids: readonly number[]): number[] {
    const files = filesOfGenerations(this.#parts.database, ids)
    return ids.filter((id) => files.get(id)?.some(({ role }) => role === 'original') === true)
  }

  #forgetOld(): void {
    for (const [ticket, { until }] of this.#tickets) {
      if (until < Date.now() || this.#tickets.size >= mostTickets) this.#tickets.delete(ticket)
    }
  }
}
