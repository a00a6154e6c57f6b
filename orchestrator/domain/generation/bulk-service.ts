import type { CapabilityOutput, CheckedInput } from '../../../contracts/capabilities/index.ts'
import type { ErrorCode } from '../../../contracts/errors.ts'
import { transaction, type WritableDatabase } from '../../storage/connection.ts'
import { changeMarks } from '../../storage/generation-marks.ts'
import { moveGenerationToBin, takeGenerationFromBin } from '../../storage/generation-states.ts'
import { getGeneration } from '../../storage/generations.ts'
import type { EventBus } from '../event-bus.ts'
import { announceUpdated, requireAll } from './bulk.ts'
import type { GenerationViews } from './generation-views.ts'
import { quotePrompt } from './quote-prompt.ts'

interface BulkParts {
  readonly database: WritableDatabase
  readonly events: EventBus
  readonly views: GenerationViews
}

/** What people do with many pictures at once: rate them, put them in the bin, bring them back. */
export class BulkService {
  readonly #parts: BulkParts

  constructor(parts: BulkParts) {
    this.#parts = parts
  }

  /** @throws ProductError `generation_not_found` where one picture is not there; then nothing changes */
  rate(input: CheckedInput<'rate_generations'>): CapabilityOutput<'rate_generations'> {
    const { database, events, views } = this.#parts
    const { generations, ...given } = input
    const changes = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined))
    const ids = [...new Set(generations.map(Number))]
    const before = transaction(database, () => {
      requireAll(database, ids)
      return ids.flatMap((id) => {
        const marks = changeMarks(database, id, changes)
        return marks === null ? [] : [{ generation: String(id), ...marks }]
      })
    })
    const after = views.many(before.map(({ generation }) => Number(generation)))
    announceUpdated(events, after, 'was rated')
    return { before, generations: after }
  }

  delete({ generations }: CheckedInput<'delete_generations'>): CapabilityOutput<'delete_generations'> {
    const now = Date.now()
    return this.#move(generations, 'generation-deleted', 'was moved to the bin', (id) => {
      if (moveGenerationToBin(this.#parts.database, id, now) !== null) return 'moved'
      return getGeneration(this.#parts.database, id)?.finished_at === null
        ? 'generation_not_finished'
        : 'there'
    })
  }

  restore({ generations }: CheckedInput<'restore_generations'>): CapabilityOutput<'restore_generations'> {
    return this.#move(generations, 'generation-restored', 'was brought back', (id) =>
      takeGenerationFromBin(this.#parts.database, id) === null ? 'there' : 'moved',
    )
  }

  /** @param move says `there` where a picture already is where it should go */
  #move(
    generations: readonly string[],
    type: 'generation-deleted' | 'generation-restored',
    what: string,
    move: (id: number) => 'moved' | 'there' | ErrorCode,
  ): CapabilityOutput<'delete_generations'> {
    const { database, events, views } = this.#parts
    const ids = [...new Set(generations.map(Number))]
    const outcomes = transaction(database, () =>
      ids.map(
        (id) => [id, getGeneration(database, id) === null ? 'generation_not_found' : move(id)] as const,
      ),
    )
    const moved = views.many(outcomes.filter(([, outcome]) => outcome === 'moved').map(([id]) => id))
    events.publishAll(
      moved.map((generation) => ({
        event: { type, generation },
        message: `${quotePrompt(generation)} ${what}.`,
      })),
    )
    const skipped = outcomes.flatMap(([id, outcome]) =>
      outcome === 'moved' || outcome === 'there' ? [] : [{ generation: String(id), code: outcome }],
    )
    return { generations: moved, skipped }
  }
}
