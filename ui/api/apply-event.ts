import type { InfiniteData, QueryClient, QueryKey } from '@tanstack/vue-query'
import type { Generation } from '../../contracts/entities/generation.ts'
import type { ImportView } from '../../contracts/entities/import.ts'
import type { Preset } from '../../contracts/entities/preset.ts'
import type { Style } from '../../contracts/entities/style.ts'
import type { SystemStatus } from '../../contracts/entities/system.ts'
import type { ProductEvent, StoredEvent } from '../../contracts/events.ts'
import {
  insertIntoPages,
  removeFromPages,
  updateInPages,
  withGeneration,
  withoutGeneration,
  type GenerationPage,
} from './generation-pages.ts'
import { invalidateSoon } from './invalidate-soon.ts'
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
      // What comes right after it must not take its place before anybody has seen it.
      if (event.state === 'restarting' || event.state === 'failed' || event.recovered)
        client.setQueryData<StoredEvent | null>(keys.workerNews, stored)
      patch<SystemStatus>(client, keys.status, (status) => ({
        ...status,
        workers: status.workers.map((worker) =>
          worker.name === event.worker ? { ...worker, state: event.state } : worker,
        ),
      }))
      return invalidate(client, keys.status)
    case 'database-checked':
      return patch<SystemStatus>(client, keys.status, (status) => ({ ...status, database: event.database }))
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
    case 'styles-changed':
      return invalidate(client, keys.styles)
    case 'style-previewed':
      return patch<Style[]>(client, keys.styles, (styles) =>
        styles.map((style) =>
          style.id === event.style ? { ...style, preview_url: event.preview_url } : style,
        ),
      )
    case 'import-progressed':
    case 'import-changed':
      return applyImport(client, event.import)
    case 'tags-changed':
      return invalidateSoon(client, keys.allTags)
    case 'collections-changed':
      invalidateSoon(client, keys.collections)
      return invalidateSoon(client, keys.collectionPages)
    case 'job-changed':
      return invalidateSoon(client, keys.jobs)
    case 'memory-planned':
      return invalidateSoon(client, keys.status)
    case 'conversation-changed':
      invalidateSoon(client, keys.conversations)
      return invalidateSoon(client, keys.conversation(event.conversation.id))
    case 'conversation-deleted':
    case 'turn-started':
    case 'turn-ended':
      invalidateSoon(client, keys.conversations)
      return invalidateSoon(client, keys.conversation(event.conversation))
    case 'prompt-file-rejected':
    case 'agent-refused':
      return
    case 'language-presets-changed':
      return invalidate(client, keys.languagePresets)
    case 'tool-calls-changed':
      return void client.invalidateQueries({ queryKey: keys.toolCalls })
    default:
      askForKin(client, event)
      return placeGeneration(client, event.generation)
  }
}

/** Asks again for what else follows from a change of a picture. */
function askForKin(client: QueryClient, event: Extract<ProductEvent, { generation: Generation }>): void {
  const { recipe } = event.generation
  if (event.type !== 'generation-updated') invalidateSoon(client, keys.jobs)
  if (event.type === 'generation-deleted' || event.type === 'generation-restored') {
    // Counts and covers follow a picture into the bin, and back it comes to the collections it was in.
    invalidateSoon(client, keys.collections)
    invalidateSoon(client, keys.collectionPages)
    if (event.type === 'generation-restored') invalidateSoon(client, keys.found)
  }
  if (recipe.source_generation !== null) invalidateSoon(client, keys.lineage(recipe.source_generation))
}

/** An import that is over has put pictures into every list, each at its own date. */
function applyImport(client: QueryClient, view: ImportView): void {
  client.setQueryData<ImportView>(keys.import(view.id), view)
  if (view.finished_at === null || view.imported === 0) return
  for (const key of [keys.gallery, keys.found, keys.recent, keys.timeline, keys.allTags])
    invalidateSoon(client, key)
}

/** Puts a generation wherever it now belongs and takes it from where it no longer does. */
export function placeGeneration(client: QueryClient, generation: Generation): void {
  const deleted = generation.deleted_at !== null
  const unfinished = generation.state === 'queued' || generation.state === 'running'
  const completed = generation.state === 'completed'
  patch<Generation[]>(client, keys.unfinished, (list) => place(list, generation, unfinished))
  patch<Generation[]>(client, keys.recent, (list) => place(list, generation, !unfinished && !deleted))
  patchPages(client, keys.gallery, (pages) => placeInPages(pages, generation, completed && !deleted))
  patchPages(client, keys.bin, (pages) => placeInPages(pages, generation, completed && deleted))
  // Whether a search finds it, or a collection holds it, is for the server to say, so nothing new comes in.
  for (const kind of [keys.found, keys.collectionPages])
    patchPages(client, kind, (pages) =>
      deleted ? removeFromPages(pages, generation.id) : updateInPages(pages, generation),
    )
  patch<Generation>(client, keys.generation(generation.id), () => generation)
}

function place(list: readonly Generation[], generation: Generation, belongs: boolean): Generation[] {
  return belongs ? withGeneration(list, generation) : withoutGeneration(list, generation.id)
}

function placeInPages(pages: GenerationPage[], generation: Generation, belongs: boolean): GenerationPage[] {
  return belongs ? insertIntoPages(pages, generation) : removeFromPages(pages, generation.id)
}

/** Changes every list of a kind, whichever pages of it are loaded. */
function patchPages(
  client: QueryClient,
  kind: QueryKey,
  change: (pages: GenerationPage[]) => GenerationPage[],
): void {
  for (const { queryKey } of client.getQueryCache().findAll({ queryKey: kind }))
    patch<InfiniteData<GenerationPage>>(client, queryKey, (data) => ({ ...data, pages: change(data.pages) }))
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
