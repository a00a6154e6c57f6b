import type { InfiniteData, QueryClient, QueryKey } from '@tanstack/vue-query'
import type { Generation } from '../../contracts/entities/generation.ts'
import type { Preset } from '../../contracts/entities/preset.ts'
import type { SystemStatus } from '../../contracts/entities/system.ts'
import type { StoredEvent } from '../../contracts/events.ts'
import {
  insertIntoPages,
  removeFromPages,
  withGeneration,
  withoutGeneration,
  type GenerationPage,
} from './generation-pages.ts'
import { keys } from './keys.ts'

/** Brings the cache up to date with what happened. */
export function applyEvent(client: QueryClient, stored: StoredEvent): void {
  if (stored.id !== null) rememberEvent(client, stored)
  const { event } = stored
  switch (event.type) {
    case 'generation-progressed':
      return changeOne(client, event.generation_id, (one) => ({ ...one, progress: event.progress }))
    case 'queue-changed':
      patch<SystemStatus>(client, keys.status, (status) => ({ ...status, queue: event.queue }))
      return patch<Generation[]>(client, keys.unfinished, (list) =>
        list.map((one) => ({ ...one, queue_position: event.positions[one.id] ?? null })),
      )
    case 'worker-changed':
      patch<SystemStatus>(client, keys.status, (status) => ({
        ...status,
        workers: status.workers.map((worker) =>
          worker.name === event.worker ? { ...worker, state: event.state } : worker,
        ),
      }))
      return invalidate(client, keys.status)
    case 'model-preparing':
      return patch<Preset[]>(client, keys.presets, (presets) =>
        presets.map((preset) =>
          preset.id === event.preset
            ? { ...preset, availability: { state: 'preparing', progress: event.progress, problem: null } }
            : preset,
        ),
      )
    case 'model-ready':
    case 'model-failed':
    case 'preset-saved':
    case 'preset-deleted':
      return invalidate(client, keys.presets)
    case 'tags-changed':
    case 'job-changed':
    case 'agent-refused':
      return
    case 'tool-calls-changed':
      return void client.invalidateQueries({ queryKey: keys.toolCalls })
    default:
      return placeGeneration(client, event.generation)
  }
}

/** Puts a generation wherever it now belongs and takes it from where it no longer does. */
export function placeGeneration(client: QueryClient, generation: Generation): void {
  const deleted = generation.deleted_at !== null
  const unfinished = generation.state === 'queued' || generation.state === 'running'
  const completed = generation.state === 'completed'
  patch<Generation[]>(client, keys.unfinished, (list) => place(list, generation, unfinished))
  patch<Generation[]>(client, keys.recent, (list) => place(list, generation, !unfinished && !deleted))
  patchPages(client, keys.gallery, generation, completed && !deleted)
  patchPages(client, keys.bin, generation, completed && deleted)
  patch<Generation>(client, keys.generation(generation.id), () => generation)
}

function place(list: readonly Generation[], generation: Generation, belongs: boolean): Generation[] {
  return belongs ? withGeneration(list, generation) : withoutGeneration(list, generation.id)
}

function patchPages(client: QueryClient, key: QueryKey, generation: Generation, belongs: boolean): void {
  patch<InfiniteData<GenerationPage, string | null>>(client, key, (data) => ({
    ...data,
    pages: belongs ? insertIntoPages(data.pages, generation) : removeFromPages(data.pages, generation.id),
  }))
}

function changeOne(client: QueryClient, id: string, change: (one: Generation) => Generation): void {
  client.setQueryData<Generation[]>(keys.unfinished, (list) =>
    list?.map((one) => (one.id === id ? change(one) : one)),
  )
  client.setQueryData<Generation>(keys.generation(id), (one) => one && change(one))
}

function rememberEvent(client: QueryClient, stored: StoredEvent): void {
  patch<InfiniteData<StoredEvent[], number | null>>(client, keys.events, (data) => {
    const [first = [], ...rest] = data.pages
    if (first.some((one) => one.id === stored.id)) return data
    return { ...data, pages: [[stored, ...first], ...rest] }
  })
}

/** Changes a cached answer. An answer that is on its way may be older than the event, so it is asked for again. */
function patch<Data>(client: QueryClient, key: QueryKey, change: (data: Data) => Data): void {
  client.setQueryData<Data>(key, (data) => data && change(data))
  if (client.getQueryState(key)?.fetchStatus === 'fetching') invalidate(client, key)
}

function invalidate(client: QueryClient, key: QueryKey): void {
  void client.invalidateQueries({ queryKey: key, exact: true })
}
