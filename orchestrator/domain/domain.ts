import { join } from 'node:path'
import type { Config } from '../../contracts/config.ts'
import { toErrorBody, type ProductError } from '../../contracts/errors.ts'
import type { WorkerState } from '../../contracts/entities/system.ts'
import { agentConfigurations } from '../foundation/agent-configurations.ts'
import type { Logger } from '../foundation/logger.ts'
import { projectFolder, type DataPaths } from '../foundation/paths.ts'
import type { CheckPlan } from '../storage/close-record.ts'
import type { WritableDatabase } from '../storage/connection.ts'
import { getGenerationFile, type FileRole } from '../storage/generation-files.ts'
import { largestGenerationId } from '../storage/generations.ts'
import { createIdentifierMaker } from '../storage/identifiers.ts'
import { resolveInside } from '../storage/picture-paths.ts'
import { removeTemporaryFiles } from '../storage/picture-upkeep.ts'
import { ReaderThread } from '../storage/reader-thread.ts'
import { ToolCallLog } from './agents/tool-call-log.ts'
import { AnalysisService } from './analysis/analysis-service.ts'
import { HashBacklogJob, hashBacklogKind } from './analysis/hash-backlog-job.ts'
import { EnhanceService } from './enhance/enhance-service.ts'
import { CollectionService } from './collections/collection-service.ts'
import { EventBus } from './event-bus.ts'
import { BulkService } from './generation/bulk-service.ts'
import { GenerateJob } from './generation/generate-job.ts'
import { GenerationService } from './generation/generation-service.ts'
import { generateKind, GenerationViews } from './generation/generation-views.ts'
import { recoverInterrupted } from './generation/recover.ts'
import { superviseImageWorker } from './generation/supervise-image-worker.ts'
import { createHandlers } from './handlers.ts'
import { createInvoke } from './invoke.ts'
import { JobRunner } from './jobs/job-runner.ts'
import { JobService } from './jobs/job-service.ts'
import { boundedPreview } from './pictures/bounded-preview.ts'
import { LeaseWatch } from './jobs/lease-watch.ts'
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
import { describeWorkerState } from './system/worker-messages.ts'
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
  /** The command that starts the image worker. */
  readonly imageWorker: readonly [string, ...string[]]
}

/** Puts the product together below its interfaces: everything it does, and nothing of how it is called. */
export function createDomain({ config, paths, database, plan, logger, imageWorker }: DomainParts) {
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
    command: imageWorker,
    logger,
    onState: tellWorkerState,
  })

  const thumbnails = new JobRunner(
    database,
    new ThumbnailJob({ database, dataFolder: paths.root, events, views }),
    logger,
    tellGivenUp,
  )
  const autotags = new JobRunner(database, new AutotagJob({ database, events, views }), logger, tellGivenUp)
  const tagUpkeep = new JobRunner(database, new TagUpkeepJob({ database, events }), logger, tellGivenUp)
  const hashes = new JobRunner(
    database,
    new HashBacklogJob({ database, dataFolder: paths.root, logger }),
    logger,
    tellGivenUp,
  )
  const previewJob = new StylePreviewJob({ database, dataFolder: paths.root, events, presets, supervisor })
  const previewing = new JobRunner(database, previewJob, logger, tellGivenUp)
  const previews = new StylePreviews({ database, presets, onQueued: () => previewing.wake() })
  const job = new GenerateJob({
    database,
    dataFolder: paths.root,
    events,
    views,
    presets,
    sources,
    supervisor,
    makeWay: () => previewJob.makeWay(),
    onCompleted: () => {
      thumbnails.wake()
      autotags.wake()
      previewing.resume()
    },
  })
  const generating = new JobRunner(database, job, logger, tellGivenUp)
  const generations = new GenerationService({
    database,
    dataFolder: paths.root,
    events,
    views,
    presets,
    sources,
    job,
    nextId: createIdentifierMaker(Date.now, largestGenerationId(database)),
    queueLimit: config.queue_limit,
    imageLimits: config.agents,
    workerHealth: () => supervisor.status.health,
    onQueued: () => generating.wake(),
  })
  const finder = new ReaderThread(paths.database)
  const counter = new ReaderThread(paths.database)
  const search = new SearchService({ views, finder, counter })
  const transfer = createTransfer({
    database,
    dataFolder: paths.root,
    events,
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
  const handlers = createHandlers({
    database,
    generations,
    bulk: new BulkService({ database, events, views }),
    search,
    tags: new TagService({ database, events, views, onUpkeep: () => tagUpkeep.wake() }),
    collections: new CollectionService({ database, events }),
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
    enhance: new EnhanceService({
      database,
      presets,
      prompts: new PromptLibrary(join(projectFolder, 'prompts'), paths.prompts, events),
    }),
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
        supervisor,
        databaseStatus: check.status,
        startedAt,
      }),
    restartWorker: () => supervisor.restart(),
    toolCalls,
    agentConfigurations: agentConfigurations(paths.root),
  })

  return {
    events,
    invoke: createInvoke(handlers, () => check.requireSound()),
    databaseStatus: () => check.status,
    toolCalls,
    pictures: {
      root: paths.root,
      generationFile: (id: string, role: FileRole) => getGenerationFile(database, Number(id), role),
      stylePreview: (id: number) => previews.file(id),
      uploadedFile: (id: string) => {
        const path = sources.uploadedFile(id)
        return path === null ? null : { path, mime: 'image/png' }
      },
    },
    previews: {
      preview: (id: string, mostCharacters: number) =>
        boundedPreview(database, paths.root, id, mostCharacters),
      path: (id: string) => {
        const file = getGenerationFile(database, Number(id), 'original')
        return file === null ? null : resolveInside(paths.root, file.path)
      },
    },

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
      await supervisor.stop()
      toolCalls.store()
    },
  }

  function tellGivenUp({ id }: { readonly id: number }): void {
    jobs.announceGivenUp(id)
  }

  function tellWorkerState(state: WorkerState, error: ProductError | null): void {
    const body = error === null ? null : toErrorBody(error, null)
    events.publish(
      { type: 'worker-changed', worker: 'image', state, error: body },
      describeWorkerState(state),
    )
    if (state === 'ready') generating.resume()
  }
}
