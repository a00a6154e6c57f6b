import { join } from 'node:path'
import { pino } from 'pino'
import { onTestFinished } from 'vitest'
import type { CapabilityName, Invoke } from '../../../contracts/capabilities/index.ts'
import type { StoredEvent } from '../../../contracts/events.ts'
import { CollectionService } from '../../../orchestrator/domain/collections/collection-service.ts'
import { ToolCallLog } from '../../../orchestrator/domain/agents/tool-call-log.ts'
import { EventBus } from '../../../orchestrator/domain/event-bus.ts'
import { BulkService } from '../../../orchestrator/domain/generation/bulk-service.ts'
import type { GenerationService } from '../../../orchestrator/domain/generation/generation-service.ts'
import { GenerationViews } from '../../../orchestrator/domain/generation/generation-views.ts'
import { createHandlers } from '../../../orchestrator/domain/handlers.ts'
import { createInvoke } from '../../../orchestrator/domain/invoke.ts'
import { JobService } from '../../../orchestrator/domain/jobs/job-service.ts'
import { SearchService } from '../../../orchestrator/domain/search/search-service.ts'
import { StyleService } from '../../../orchestrator/domain/styles/style-service.ts'
import { StyleTransfer } from '../../../orchestrator/domain/styles/style-transfer.ts'
import { TagService } from '../../../orchestrator/domain/tags/tag-service.ts'
import type { WritableDatabase } from '../../../orchestrator/storage/connection.ts'
import {
  markGenerationCompleted,
  markGenerationStarted,
} from '../../../orchestrator/storage/generation-states.ts'
import { ReaderThread } from '../../../orchestrator/storage/reader-thread.ts'
import { fileDatabase, recipe, storeGeneration, temporaryFolder } from '../storage/support.ts'

/** Capabilities that need no engine, over a real database, and everything they told. */
export interface TestGallery {
  readonly database: WritableDatabase
  readonly events: EventBus
  readonly views: GenerationViews
  readonly jobs: JobService
  readonly invoke: Invoke
  readonly told: StoredEvent[]
  /** Kinds of jobs that were queued. */
  readonly woken: string[]
}

/** Opens a gallery; `cancel` stands for the engine. */
export function openGallery(cancel: (id: string) => Promise<unknown> = async () => undefined): TestGallery {
  const folder = temporaryFolder()
  const database = fileDatabase(folder)
  const logger = pino({ level: 'silent' })
  const events = new EventBus(database, logger)
  const views = new GenerationViews(database)
  const [finder, counter] = [0, 1].map(() => new ReaderThread(join(folder, 'mysticanvas.sqlite')))
  if (finder === undefined || counter === undefined) throw new Error('There are two.')
  onTestFinished(async () => void (await Promise.all([finder.close(), counter.close()])))
  const woken: string[] = []
  const jobs = new JobService({
    database,
    events,
    views,
    cancelGeneration: cancel,
    cancelImport: async () => undefined,
    onQueued: (kind) => void woken.push(kind),
  })
  const handlers = createHandlers({
    database,
    generations: {} as GenerationService,
    bulk: new BulkService({ database, events, views }),
    search: new SearchService({ views, finder, counter }),
    tags: new TagService({ database, events, views, onUpkeep: () => undefined }),
    collections: new CollectionService({ database, events, onDeleted: () => undefined }),
    views,
    jobs,
    analysis: {} as never,
    enhance: {} as never,
    styles: new StyleService({ database, events, views }),
    styleTransfer: new StyleTransfer({ database, events }),
    previews: {} as never,
    presets: {} as never,
    sources: {} as never,
    imports: {} as never,
    exports: {} as never,
    conversations: {} as never,
    languagePresets: {} as never,
    languageModels: {} as never,
    modelFolders: [],
    readStatus: () => Promise.reject(new Error('Not here.')),
    restartWorker: () => Promise.resolve(),
    logs: '/nowhere',
    toolCalls: new ToolCallLog({ database, events, logger }),
    agentConfigurations: [],
  })
  const told: StoredEvent[] = []
  events.subscribe((event) => void told.push(event))
  return { database, events, views, jobs, invoke: createInvoke(handlers), told, woken }
}

/** Stores finished pictures with these prompts, as 1, 2, 3 and so on. */
export function fill(database: WritableDatabase, ...prompts: string[]): void {
  for (const [index, prompt] of prompts.entries()) {
    storeGeneration(database, index + 1, { prompt })
    markGenerationStarted(database, index + 1, 1)
    markGenerationCompleted(database, index + 1, 2, recipe({ prompt }))
  }
}

/** What kinds of events were told, and about which picture. */
export function toldTypes(told: readonly StoredEvent[]): string[] {
  return told.map(({ event }) =>
    'generation' in event ? `${event.type} ${event.generation.id}` : event.type,
  )
}

/** A call with input that its type would not allow. */
export function invokeLoosely(invoke: Invoke, name: CapabilityName, input: unknown): Promise<unknown> {
  return invoke(name, input as never)
}
