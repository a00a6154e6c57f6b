import { join } from 'node:path'
import type { Config } from '../../contracts/config.ts'
import { agentConfigurations } from '../foundation/agent-configurations.ts'
import type { Logger } from '../foundation/logger.ts'
import { projectFolder, type DataPaths } from '../foundation/paths.ts'
import type { CheckPlan } from '../storage/close-record.ts'
import type { WritableDatabase } from '../storage/connection.ts'
import { largestGenerationId } from '../storage/generations.ts'
import { createIdentifierMaker } from '../storage/identifiers.ts'
import { removeTemporaryFiles } from '../storage/picture-upkeep.ts'
import { ReaderThread } from '../storage/reader-thread.ts'
import type { StateChange } from '../supervision/supervisor.ts'
import { ToolCallLog } from './agents/tool-call-log.ts'
import { AnalysisService } from './analysis/analysis-service.ts'
import { HashBacklogJob, hashBacklogKind } from './analysis/hash-backlog-job.ts'
import { EnhanceService } from './enhance/enhance-service.ts'
import { CollectionService } from './collections/collection-service.ts'
import { EmptyCollectionJob, emptyCollectionKind } from './collections/empty-collection-job.ts'
import { createConversations } from './conversations/conversations.ts'
import { EventBus } from './event-bus.ts'
import { announceRecovered } from './generation/announce-recovered.ts'
import { BulkService } from './generation/bulk-service.ts'
import { GenerateJob } from './generation/generate-job.ts'
import { GenerationService } from './generation/generation-service.ts'
import { generateKind, GenerationViews } from './generation/generation-views.ts'
import { recoverInterrupted } from './generation/recover.ts'
import { superviseImageWorker } from './generation/supervise-image-worker.ts'
import { createHandlers } from './handlers.ts'
import { createInvoke } from './invoke.ts'
import { JobRunner, type JobWorker } from './jobs/job-runner.ts'
import { JobService } from './jobs/job-service.ts'
import { createMemory } from './memory/create-memory.ts'
import { createLanguage } from './language/language.ts'
import { languageMemory } from './language/language-memory.ts'
import { LeaseWatch } from './jobs/lease-watch.ts'
import { locatePictures } from './pictures/locate-pictures.ts'
import { SourcePictures } from './pictures/source-pictures.ts'
import { thumbnailKind } from './pictures/enqueue-thumbnail.ts'
import { ThumbnailJob } from './pictures/thumbnail-job.ts'
import { BuiltInModels } from './presets/built-in-models.ts'
import { readBuiltInModels } from './presets/manifest.ts'
import { PresetLibrary } from './presets/preset-library.ts'
import { PromptLibrary } from './prompts/prompt-library.ts'
import { SearchService } from './search/search-service.ts'
import { DatabaseCheck } from './system/database-check.ts'
import { pruneHistory } from './system/prune-history.ts'
import { readSystemStatus } from './system/system-status.ts'
import { tellWorkerChange } from './system/worker-messages.ts'
import { styleLibrary } from './styles/library/index.ts'
import { seedStyles } from './styles/seed-styles.ts'
import { StylePreviewJob, stylePreviewKind } from './styles/style-preview-job.ts'
import { StylePreviews } from './styles/style-previews.ts'
import { StyleService } from './styles/style-service.ts'
import { StyleTransfer } from './styles/style-transfer.ts'
import { AutotagJob, autotagKind } from './tags/autotag-job.ts'
import { TagService } from './tags/tag-service.ts'
import { TagUpkeepJob, tagUpkeepKind } from './tags/tag-upkeep-job.ts'
import { importKind } from './transfer/import-job.ts'
import { createTransfer } from './transfer/transfer.ts'

interface DomainParts {
  readonly config: Config
  readonly paths: DataPaths
  readonly database: WritableDatabase
  /** How closely the database was looked at before it was opened, and what is left to look at. */
  readonly plan: CheckPlan
  readonly logger: Logger
  /** The commands that start the workers. */
  readonly workers: Readonly<Record<'image' | 'language', readonly [string, ...string[]]>>
}

/** Puts the product together below its interfaces: everything it does, and nothing of how it is called. */
export function createDomain(parts: DomainParts) {
  const { config, paths, database, plan, logger, workers } = parts
  const startedAt = Date.now()
  const modelFolders = [paths.models, ...config.model_folders]
  const events = new EventBus(database, logger)
  const views = new GenerationViews(database)
  const builtIn = new BuiltInModels(readBuiltInModels(join(projectFolder, 'models')), paths.models, events)
  const presets = new PresetLibrary({ database, builtIn, events, modelFolders })
  const sources = new SourcePictures(database, paths.root)
  const supervisor = superviseImageWorker({
    config,
    runFolder: paths.run,
    enginesFolder: paths.engines,
    command: workers.image,
    logger,
    onState: tellWorkerState,
  })
  const language = createLanguage({ ...parts, events, modelFolders, command: workers.language })

  const { registry, memory } = createMemory({
    database,
    events,
    sight: () => supervisor.status,
    releasables: [languageMemory(language.models, language.supervisor)],
  })
  const common = { database, dataFolder: paths.root, events }
  const run = (worker: JobWorker) => new JobRunner(database, worker, logger, tellGivenUp)
  const thumbnails = run(new ThumbnailJob({ ...common, views }))
  const autotags = run(new AutotagJob({ database, events, views }))
  const tagUpkeep = run(new TagUpkeepJob({ database, events }))
  const emptying = run(new EmptyCollectionJob(database))
  const hashes = run(new HashBacklogJob({ database, dataFolder: paths.root, logger }))
  const previewJob = new StylePreviewJob({ ...common, presets, supervisor, memory })
  const previewing = run(previewJob)
  const previews = new StylePreviews({ database, presets, onQueued: () => previewing.wake() })
  const job = new GenerateJob({
    ...common,
    views,
    presets,
    sources,
    supervisor,
    memory,
    makeWay: () => previewJob.makeWay(),
    onCompleted: () => {
      thumbnails.wake()
      autotags.wake()
      previewing.resume()
    },
  })
  const generating = run(job)
  const generations = new GenerationService({
    ...common,
    views,
    presets,
    sources,
    job,
    nextId: createIdentifierMaker(Date.now, largestGenerationId(database)),
    queueLimit: config.queue_limit,
    imageLimits: config.agents,
    workerHealth: () => supervisor.status.health,
    memory,
    onQueued: () => generating.wake(),
  })
  const finder = new ReaderThread(paths.database)
  const counter = new ReaderThread(paths.database)
  const search = new SearchService({ views, finder, counter })
  const transfer = createTransfer({
    ...common,
    views,
    presets,
    search,
    logger,
    onGivenUp: tellGivenUp,
    onImported: () => {
      thumbnails.wake()
      autotags.wake()
    },
  })
  const runners: Readonly<Record<string, JobRunner>> = {
    [generateKind]: generating,
    [thumbnailKind]: thumbnails,
    [autotagKind]: autotags,
    [tagUpkeepKind]: tagUpkeep,
    [emptyCollectionKind]: emptying,
    [hashBacklogKind]: hashes,
    [stylePreviewKind]: previewing,
    [importKind]: transfer.importing,
  }
  const leases = new LeaseWatch({
    database,
    events,
    views,
    logger,
    onRescued: () => Object.values(runners).forEach((runner) => runner.wake()),
  })
  const jobs = new JobService({
    database,
    events,
    views,
    cancelGeneration: (id) => generations.cancel(id),
    cancelImport: (of) => transfer.imports.cancelJob(of),
    onQueued: (kind) => runners[kind]?.wake(),
  })
  const stopRunners = () => {
    leases.stop()
    return Promise.all(Object.values(runners).map((runner) => runner.stop()))
  }
  const check = new DatabaseCheck({
    database,
    path: paths.database,
    plan,
    events,
    logger,
    onDamaged: async () => void (await stopRunners()),
  })
  const toolCalls = new ToolCallLog({ database, events, logger })
  const prompts = new PromptLibrary(join(projectFolder, 'prompts'), paths.prompts, events)
  const conversations = createConversations({ database, events, prompts })
  const handlers = createHandlers({
    database,
    generations,
    bulk: new BulkService({ database, events, views }),
    search,
    tags: new TagService({ database, events, views, onUpkeep: () => tagUpkeep.wake() }),
    collections: new CollectionService({ database, events, onDeleted: () => emptying.wake() }),
    styles: new StyleService({ database, events, views }),
    styleTransfer: new StyleTransfer({ database, events }),
    previews,
    views,
    jobs,
    analysis: new AnalysisService({
      database,
      dataFolder: paths.root,
      views,
      sources,
      presets,
      finder: counter,
    }),
    enhance: new EnhanceService({ database, presets, prompts }),
    conversations: conversations.service,
    presets,
    sources,
    imports: transfer.imports,
    exports: transfer.exports,
    modelFolders,
    readStatus: () =>
      readSystemStatus({
        database,
        dataFolder: paths.root,
        modelFolders,
        supervisors: [supervisor, language.supervisor],
        registry,
        databaseStatus: check.status,
        startedAt,
      }),
    restartWorker: (name) => (name === 'image' ? supervisor : language.supervisor).restart(),
    languagePresets: language.presets,
    languageModels: language.models,
    logs: paths.logs,
    toolCalls,
    agentConfigurations: agentConfigurations(paths.root),
  })

  return {
    events,
    invoke: createInvoke(handlers, () => check.requireSound()),
    databaseStatus: () => check.status,
    languageModels: language.models,
    toolCalls,
    conversations,
    mayChange: () => check.requireSound(),
    ...locatePictures({ database, dataFolder: paths.root, sources, previews }),
    transfers: {
      receive: (...call: Parameters<typeof transfer.imports.receive>) => transfer.imports.receive(...call),
      report: (id: number) => transfer.imports.report(id),
      openExport: (ticket: string) => transfer.exports.open(ticket),
    },

    /** Takes up what was left, and begins to work. */
    async start(): Promise<void> {
      // An end in order leaves none, and looking through the folders of a large gallery takes seconds.
      if (!plan.closedInOrder) await removeTemporaryFiles(paths.root)
      const recovered = recoverInterrupted(database, startedAt)
      if (recovered.jobs > 0) logger.warn(recovered, 'pictures were interrupted by the last stop')
      announceRecovered({ events, views }, recovered, 'because MystiCanvas ended while it was being made')
      const interrupted = conversations.transcript.recover()
      if (interrupted > 0) logger.warn({ interrupted }, 'answers were interrupted by the last stop')
      pruneHistory(database, startedAt)
      seedStyles(database, styleLibrary, startedAt)
      await transfer.imports.tidyUp()
      supervisor.start()
      builtIn.unpackAll()
      for (const runner of Object.values(runners)) runner.start()
      leases.start()
      check.start()
    },

    /** Gives unfinished work back to the queue and ends the worker. */
    async stop(): Promise<void> {
      await stopRunners()
      await Promise.all([finder.close(), counter.close(), check.stop()])
      await Promise.all([supervisor.stop(), language.supervisor.stop()])
      toolCalls.store()
    },
  }

  function tellGivenUp({ id }: { readonly id: number }): void {
    jobs.announceGivenUp(id)
  }

  function tellWorkerState(change: StateChange): void {
    tellWorkerChange(events, 'image', change)
    if (change.state === 'ready') generating.resume()
  }
}
