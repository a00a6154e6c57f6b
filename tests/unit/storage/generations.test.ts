import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { generationSchema, type GenerationState } from '../../../contracts/entities/generation.ts'
import { handleOf, type WritableDatabase } from '../../../orchestrator/storage/connection.ts'
import { filesOfGenerations, putGenerationFile } from '../../../orchestrator/storage/generation-files.ts'
import {
  markGenerationCancelled,
  markGenerationCompleted,
  markGenerationFailed,
  markGenerationStarted,
  moveGenerationToBin,
  returnGenerationToQueue,
  takeGenerationFromBin,
} from '../../../orchestrator/storage/generation-states.ts'
import type { GenerationRow } from '../../../orchestrator/storage/generation-row.ts'
import { toGeneration } from '../../../orchestrator/storage/generation-view.ts'
import {
  countGenerationsByState,
  getGeneration,
  insertGeneration,
  unfinishedGenerations,
} from '../../../orchestrator/storage/generations.ts'
import { memoryDatabase, recipe, someError, storeGeneration } from './support.ts'

const engine = { name: 'engine', version: '1' }

describe('a generation', () => {
  test('is stored as it was given, queued', () => {
    const database = memoryDatabase()
    storeGeneration(database, 1)
    const words = { known: ['boat'], unknown: ['sea'] }
    const child = { ...recipe({ source_generation: '1', prompt: 'ein Boot 🚢' }) }
    insertGeneration(database, { id: 2, recipe: child, prompt_words: words, request_id: 'r', created_at: 7 })
    expect(getGeneration(database, 2)).toEqual({
      id: 2,
      state: 'queued',
      attempts: 0,
      request_id: 'r',
      parent_id: 1,
      created_at: 7,
      started_at: null,
      finished_at: null,
      deleted_at: null,
      rating: null,
      favorite: 0,
      memory_plan: null,
      notes: '',
      recipe: child,
      prompt_words: words,
      error: null,
    })
    expect(getGeneration(database, 3)).toBeNull()
  })

  test('cannot be stored twice, or with a parent that is not there', () => {
    const database = memoryDatabase()
    storeGeneration(database, 1)
    expect(() => storeGeneration(database, 1)).toThrow('UNIQUE')
    expect(() => storeGeneration(database, 2, { source_generation: '9' })).toThrow('FOREIGN KEY')
  })

  test('has columns for search that follow its recipe', () => {
    const database = memoryDatabase()
    storeGeneration(database, 1)
    const columns = handleOf(database).prepare(
      'SELECT prompt, negative_prompt, preset_id, seed, width, height FROM generations',
    )
    const expected = { negative_prompt: 'fog', preset_id: 'small-world', seed: 42, width: 128, height: 192 }
    expect(columns.get()).toEqual({ prompt: 'a red boat on the sea', ...expected })
    markGenerationStarted(database, 1, 2)
    markGenerationCompleted(database, 1, 3, recipe({ prompt: 'another' }))
    expect(columns.get()).toEqual({ prompt: 'another', ...expected })
  })

  test('counts by state leave out the bin', () => {
    const database = memoryDatabase()
    for (const id of [1, 2, 3]) storeGeneration(database, id)
    markGenerationCancelled(database, 2, 5)
    markGenerationCancelled(database, 3, 5)
    moveGenerationToBin(database, 3, 6)
    expect(countGenerationsByState(database)).toEqual({
      queued: 1,
      running: 0,
      completed: 0,
      failed: 0,
      cancelled: 1,
    })
    expect(unfinishedGenerations(database).map((row) => row.id)).toEqual([1])
  })
})

/** Every change, with the states it starts from and where it leads. */
const changes: Record<
  string,
  { from: GenerationState[]; to: GenerationState; make: (database: WritableDatabase) => GenerationRow | null }
> = {
  start: { from: ['queued'], to: 'running', make: (database) => markGenerationStarted(database, 1, 10) },
  complete: {
    from: ['running'],
    to: 'completed',
    make: (database) => markGenerationCompleted(database, 1, 11, recipe({ engine })),
  },
  fail: {
    from: ['queued', 'running'],
    to: 'failed',
    make: (database) => markGenerationFailed(database, 1, 12, someError),
  },
  cancel: {
    from: ['queued', 'running'],
    to: 'cancelled',
    make: (database) => markGenerationCancelled(database, 1, 13),
  },
  requeue: {
    from: ['running'],
    to: 'queued',
    make: (database) => returnGenerationToQueue(database, 1, { countAttempt: true, error: null }),
  },
}

describe('the state of a generation', () => {
  test('changes only from the states a change may start from', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...Object.keys(changes)), { maxLength: 12 }), (names) => {
        const database = memoryDatabase()
        storeGeneration(database, 1)
        let state: GenerationState = 'queued'
        for (const name of names) {
          const change = changes[name]!
          const row = change.make(database)
          const mayChange = change.from.includes(state)
          if (mayChange) state = change.to
          expect(row?.state ?? null).toBe(mayChange ? state : null)
          const stored = getGeneration(database, 1)
          expect(stored?.state).toBe(state)
          expect(stored?.finished_at !== null).toBe(['completed', 'failed', 'cancelled'].includes(state))
        }
        handleOf(database).close()
      }),
      { numRuns: 50 },
    )
  })

  test('counts attempts that are its own fault', () => {
    const database = memoryDatabase()
    storeGeneration(database, 1)
    markGenerationStarted(database, 1, 10)
    expect(returnGenerationToQueue(database, 1, { countAttempt: false, error: null })).toMatchObject({
      attempts: 0,
    })
    markGenerationStarted(database, 1, 11)
    const retried = returnGenerationToQueue(database, 1, { countAttempt: true, error: someError })
    expect(retried).toMatchObject({ attempts: 1, error: someError, started_at: null })
    expect(markGenerationStarted(database, 1, 12)).toMatchObject({ attempts: 2, error: null, started_at: 12 })
  })

  test('a finished one goes to the bin and comes back', () => {
    const database = memoryDatabase()
    storeGeneration(database, 1)
    expect(moveGenerationToBin(database, 1, 5)).toBeNull()
    expect(takeGenerationFromBin(database, 1)).toBeNull()
    markGenerationCancelled(database, 1, 6)
    expect(moveGenerationToBin(database, 1, 7)).toMatchObject({ deleted_at: 7 })
    expect(moveGenerationToBin(database, 1, 8)).toBeNull()
    expect(takeGenerationFromBin(database, 1)).toMatchObject({ deleted_at: null })
  })
})

describe('a generation as the contract shows it', () => {
  test('without files and with none of its times', () => {
    const database = memoryDatabase()
    storeGeneration(database, 1024)
    const row = getGeneration(database, 1024)!
    const shown = toGeneration(row, [], { queuePosition: 3, progress: null, tags: [] })
    expect(generationSchema.parse(shown)).toEqual(shown)
    expect(shown).toMatchObject({
      id: '1024',
      queue_position: 3,
      picture: null,
      started_at: null,
      deleted_at: null,
    })
    expect(shown.created_at).toBe(new Date(1024).toISOString())
  })

  test('with the addresses of the files that are there', () => {
    const database = memoryDatabase()
    storeGeneration(database, 1)
    const file = {
      generation_id: 1,
      sha256: 'cd'.repeat(32),
      bytes: 99,
      width: 128,
      height: 192,
      mime: 'image/png',
    }
    const shown = () => {
      const files = filesOfGenerations(database, [1]).get(1) ?? []
      return toGeneration(getGeneration(database, 1)!, files, {
        queuePosition: null,
        progress: null,
        tags: [],
      }).picture
    }
    putGenerationFile(database, { ...file, role: 'thumbnail', path: 'thumbnails/1970/01/1.webp' })
    expect(shown()).toBeNull()
    putGenerationFile(database, { ...file, role: 'original', path: 'images/1970/01/1.png' })
    const { sha256, bytes, width, height } = file
    const expected = { url: '/api/pictures/1/original', sha256, bytes, width, height }
    expect(shown()).toEqual({ ...expected, thumbnail_url: '/api/pictures/1/thumbnail', preview_url: null })
    putGenerationFile(database, { ...file, role: 'preview', path: 'previews/1970/01/1.webp' })
    expect(shown()?.preview_url).toBe('/api/pictures/1/preview')
  })
})
