import { QueryClient } from '@tanstack/vue-query'
import { describe, expect, test } from 'vitest'
import type { Generation } from '../../../contracts/entities/generation.ts'
import type { Preset } from '../../../contracts/entities/preset.ts'
import type { StoredEvent } from '../../../contracts/events.ts'
import { applyEvent } from '../../../ui/api/apply-event.ts'
import type { GenerationPage } from '../../../ui/api/generation-pages.ts'
import { keys } from '../../../ui/api/keys.ts'
import { generation, preset, told } from './support.ts'

const page = (generations: Generation[]): { pages: GenerationPage[]; pageParams: null[] } => ({
  pages: [{ generations, next_cursor: null, previous_cursor: null }],
  pageParams: [null],
})

/** A cache as it is after the pages were opened: picture 1 is made, 2 is at work, 3 waits, 0 lies in the bin. */
function filledCache(): QueryClient {
  const client = new QueryClient()
  const binned = generation(9, { deleted_at: '2026-03-02T00:00:00.000Z' })
  client.setQueryData(keys.unfinished, [
    generation(30, { state: 'queued', queue_position: 0 }),
    generation(20, { state: 'running' }),
  ])
  client.setQueryData(keys.recent, [generation(10)])
  client.setQueryData(keys.gallery, page([generation(10)]))
  client.setQueryData(keys.bin, page([binned]))
  client.setQueryData(keys.events, { pages: [[]], pageParams: [null] })
  client.setQueryData(keys.presets, [preset(), preset({ id: 'other' })])
  return client
}

const list = (client: QueryClient, key: readonly string[]) =>
  (client.getQueryData<Generation[]>(key) ?? []).map(({ id }) => id)
const pages = (client: QueryClient, key: readonly string[]) =>
  (client.getQueryData<{ pages: GenerationPage[] }>(key)?.pages ?? []).flatMap(({ generations }) =>
    generations.map(({ id }) => id),
  )
const where = (client: QueryClient) => ({
  unfinished: list(client, keys.unfinished),
  recent: list(client, keys.recent),
  gallery: pages(client, keys.gallery),
  bin: pages(client, keys.bin),
})

describe('an event puts a picture where it belongs', () => {
  test('queued: in the queue alone', () => {
    const client = filledCache()
    applyEvent(
      client,
      told({ type: 'generation-queued', generation: generation(40, { state: 'queued' }) }, 1),
    )
    expect(where(client)).toEqual({
      unfinished: ['40', '30', '20'],
      recent: ['10'],
      gallery: ['10'],
      bin: ['9'],
    })
  })

  test('completed: out of the queue, among the recent ones and in the gallery', () => {
    const client = filledCache()
    applyEvent(client, told({ type: 'generation-completed', generation: generation(20) }, 1))
    expect(where(client)).toEqual({
      unfinished: ['30'],
      recent: ['20', '10'],
      gallery: ['20', '10'],
      bin: ['9'],
    })
  })

  test('failed or cancelled: among the recent ones, not in the gallery', () => {
    const client = filledCache()
    applyEvent(
      client,
      told({ type: 'generation-cancelled', generation: generation(20, { state: 'cancelled' }) }, 1),
    )
    expect(where(client)).toEqual({ unfinished: ['30'], recent: ['20', '10'], gallery: ['10'], bin: ['9'] })
  })

  test('deleted and restored: into the bin and back', () => {
    const client = filledCache()
    const deleted = generation(10, { deleted_at: '2026-03-02T00:00:00.000Z' })
    applyEvent(client, told({ type: 'generation-deleted', generation: deleted }, 1))
    expect(where(client)).toMatchObject({ recent: [], gallery: [], bin: ['10', '9'] })
    applyEvent(client, told({ type: 'generation-restored', generation: generation(10) }, 2))
    expect(where(client)).toMatchObject({ recent: ['10'], gallery: ['10'], bin: ['9'] })
  })

  test('deleted without ever having been made: nowhere, for the bin shows pictures', () => {
    const client = filledCache()
    const deleted = generation(20, { state: 'failed', deleted_at: '2026-03-02T00:00:00.000Z' })
    applyEvent(client, told({ type: 'generation-deleted', generation: deleted }, 1))
    expect(where(client)).toEqual({ unfinished: ['30'], recent: ['10'], gallery: ['10'], bin: ['9'] })
  })

  test('[interface-search] in what a search found: changed and taken out, but never put in', () => {
    const client = filledCache()
    const found = [...keys.found, 'boat', 'newest', null, 0]
    client.setQueryData(found, page([generation(10), generation(8)]))
    applyEvent(client, told({ type: 'generation-completed', generation: generation(20) }, 1))
    applyEvent(
      client,
      told({ type: 'generation-completed', generation: generation(8, { favorite: true }) }, 2),
    )
    const deleted = generation(10, { deleted_at: '2026-03-02T00:00:00.000Z' })
    applyEvent(client, told({ type: 'generation-deleted', generation: deleted }, 3))
    const data = client.getQueryData<{ pages: GenerationPage[] }>(found)
    expect(data?.pages[0]?.generations.map(({ id, favorite }) => [id, favorite])).toEqual([['8', true]])
  })

  test('the same event twice changes nothing more', () => {
    const client = filledCache()
    const event = told({ type: 'generation-completed', generation: generation(20) }, 1)
    applyEvent(client, event)
    const once = where(client)
    applyEvent(client, event)
    expect(where(client)).toEqual(once)
    expect(client.getQueryData<{ pages: StoredEvent[][] }>(keys.events)?.pages.flat()).toHaveLength(1)
  })

  test('what was never asked for is not invented', () => {
    const client = new QueryClient()
    applyEvent(client, told({ type: 'generation-completed', generation: generation(20) }, 1))
    expect(client.getQueryData(keys.recent)).toBeUndefined()
    expect(client.getQueryData(keys.gallery)).toBeUndefined()
  })
})

describe('an event brings up to date', () => {
  test('progress: that of its picture alone', () => {
    const client = filledCache()
    const progress = { phase: 'sampling', step: 3, total: 20, elapsed_ms: 100, remaining_ms: 900 } as const
    applyEvent(client, told({ type: 'generation-progressed', generation_id: '20', progress }))
    const unfinished = client.getQueryData<Generation[]>(keys.unfinished)
    expect(unfinished?.map((one) => one.progress?.step)).toEqual([undefined, 3])
    expect(client.getQueryData<{ pages: StoredEvent[][] }>(keys.events)?.pages.flat()).toEqual([])
  })

  test('places in the queue, and those who no longer wait have none', () => {
    const client = filledCache()
    const queue = { waiting: 1, running: 1, background: 0 }
    applyEvent(client, told({ type: 'queue-changed', queue, positions: { 20: 0, 30: 1 } }))
    applyEvent(client, told({ type: 'queue-changed', queue, positions: { 30: 4 } }))
    expect(client.getQueryData<Generation[]>(keys.unfinished)?.map((one) => one.queue_position)).toEqual([
      4,
      null,
    ])
  })

  test('a model being prepared, and a model that changed is asked about again', () => {
    const client = filledCache()
    applyEvent(client, told({ type: 'model-preparing', preset: 'other', progress: 0.5 }))
    const availability = client.getQueryData<Preset[]>(keys.presets)?.map((one) => one.availability)
    expect(availability?.map(({ state, progress }) => [state, progress])).toEqual([
      ['ready', null],
      ['preparing', 0.5],
    ])
    applyEvent(client, told({ type: 'model-ready', preset: 'other' }, 5))
    expect(client.getQueryState(keys.presets)?.isInvalidated).toBe(true)
  })

  test('stored events, newest first', () => {
    const client = filledCache()
    applyEvent(client, told({ type: 'preset-saved', preset: 'a' }, 1))
    applyEvent(client, told({ type: 'preset-deleted', preset: 'a' }, 2))
    const events = client.getQueryData<{ pages: StoredEvent[][] }>(keys.events)?.pages.flat()
    expect(events?.map(({ id }) => id)).toEqual([2, 1])
  })
})
