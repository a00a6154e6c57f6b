import type { DatabaseStatus } from '../../../contracts/entities/system.ts'
import { ProductError } from '../../../contracts/errors.ts'
import type { Logger } from '../../foundation/logger.ts'
import type { CheckPlan } from '../../storage/close-record.ts'
import { holdFolding, resumeFolding } from '../../storage/database.ts'
import type { WritableDatabase } from '../../storage/connection.ts'
import { ReaderThread } from '../../storage/reader-thread.ts'
import type { EventBus } from '../event-bus.ts'

interface CheckParts {
  readonly database: WritableDatabase
  readonly path: string
  readonly plan: CheckPlan
  readonly events: EventBus
  readonly logger: Logger
  /** Stops everything that writes by itself. */
  readonly onDamaged: () => Promise<void>
}

/**
 * Reads a large database from end to end while the product works, where the start has left that out. Until it is found
 * sound nothing is written over the file: changes stay in the log beside it. Once it is found damaged nothing is changed any more.
 */
export class DatabaseCheck {
  readonly #parts: CheckParts
  readonly #reader: ReaderThread
  #status: DatabaseStatus
  #work: Promise<void> = Promise.resolve()

  constructor(parts: CheckParts) {
    this.#parts = parts
    this.#reader = new ReaderThread(parts.path)
    const { checkedAt, afterwards } = parts.plan
    this.#status = {
      state: afterwards ? 'checking' : 'sound',
      checked_at: checkedAt === null ? null : new Date(checkedAt).toISOString(),
      problems: [],
    }
    if (afterwards) holdFolding(parts.database)
  }

  get status(): DatabaseStatus {
    return this.#status
  }

  start(): void {
    if (this.#status.state === 'checking') this.#work = this.#check()
  }

  /** Ends a check that is under way, after the table it is at. */
  async stop(): Promise<void> {
    await this.#reader.close()
    await this.#work
  }

  /** @throws ProductError `database_damaged` once the check has found that */
  requireSound(): void {
    if (this.#status.state !== 'damaged') return
    throw new ProductError('database_damaged', undefined, { details: { problems: this.#status.problems } })
  }

  async #check(): Promise<void> {
    try {
      const problems = await this.#findProblems()
      await (problems.length === 0 ? this.#foundSound() : this.#foundDamaged(problems))
    } catch (error) {
      if (error instanceof ProductError && error.code === 'shutting_down') return
      this.#parts.logger.error({ err: error }, 'the database could not be checked')
    }
  }

  async #findProblems(): Promise<string[]> {
    for (const table of await this.#reader.ask('list_checked_tables', {})) {
      const problems = await this.#reader.ask('find_table_damage', { table })
      if (problems.length > 0) return problems
    }
    return []
  }

  async #foundSound(): Promise<void> {
    this.#status = { state: 'sound', checked_at: new Date().toISOString(), problems: [] }
    resumeFolding(this.#parts.database)
    this.#tell('The database was read from end to end and is sound.')
    // Nothing will be asked of it any more.
    await this.#reader.close()
  }

  async #foundDamaged(problems: string[]): Promise<void> {
    this.#status = { ...this.#status, state: 'damaged', problems }
    this.#parts.logger.error({ problems }, 'the database is damaged')
    this.#tell(new ProductError('database_damaged').message)
    await this.#parts.onDamaged()
  }

  #tell(message: string): void {
    this.#parts.events.publish({ type: 'database-checked', database: this.#status }, message)
  }
}
