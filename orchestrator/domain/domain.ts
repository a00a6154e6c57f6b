import { join } from 'node:path'
import type { Config } from '../../contracts/config.ts'
import { toErrorBody, type ProductError } from '../../contracts/errors.ts'
import type { WorkerState } from '../../contracts/entities/system.ts'
import { agentConfigurations } from '../foundation/agent-configurations.ts'
import type { Logger } from '../foundation/logger.ts'
import { projectFolder, type DataPaths } from '../foundation/paths.ts'
import type { WritableDatabase } from '../storage/connection.ts'
import { getGenerationFile } from '../storage/generation-files.ts'
import { largestGenerationId } from '../storage/generations.ts'
import { createIdentifierMaker } from '../storage/identifiers.ts'
import { resolveInside } from '../storage/picture-paths.ts'
import { removeTemporaryFiles } from '../storage/picture-upkeep.ts'
import { ReaderThread } from '../storage/reader-thread.ts'
import { Supervisor } from '../supervision/supervisor.ts'
import { ToolCallLog } from './agents/tool-call-log.ts'
import { EventBus } from './event-bus.ts'
import { BulkService } from './generation/bulk-service.ts'
import { GenerateJob } from './generation/generate-job.ts'
import { GenerationService } from './generation/generation-service.ts'
import { generateKind, GenerationViews } from './generation/generation-views.ts'
import { recoverInterrupted } from './generation/recover.ts'
import { createHandlers } from './handlers.ts'
import { createInvoke } from './invoke.ts'
import { JobRunner } from './jobs/job-runner.ts'
import { JobService } from './jobs/job-service.ts'
import { boundedPreview } from './pictures/bounded-preview.ts'
import { SourcePictures } from './pictures/source-pictures.ts'
import { ThumbnailJob, thumbnailKind } from './pictures/thumbnail-job.ts'
import { BuiltInModels } from './presets/built-in-models.ts'
import { readBuiltInModels } from './presets/manifest.ts'
import { PresetLibrary } from './presets/preset-library.ts'
import { SearchService } from './search/search-service.ts'
import { pruneHistory } from './system/prune-history.ts'
import { readSystemStatus } from './system/system-status.ts'
import { describeWorkerState } from './system/worker-messages.ts'
import { AutotagJob, autotagKind } from './tags/autotag-job.ts'
import { TagService } from './tags/tag-service.ts'

interface DomainParts {
  readonly config: Config
  readonly paths: DataPaths
  readonly database: WritableDatabase
  readonly logger: Logger
  /** The command that starts the image worker. */
  readonly imageWorker: readonly [string, ...string[]]
}

/** Puts the product together below its interfaces: everything it does, and nothing of how it is called. */
export function createDomain({ config, paths, database, logger, imageWorker }: DomainParts) {
  const startedAt = Date.now()
  const modelFolders = [paths.models, ...config.model_folders]
  const events = new EventBus(database, logger)
  const views = new GenerationViews(database)
  const builtIn = new BuiltInModels(readBuiltInModels(join(projectFolder, 'models')), paths.models, events)
  const presets = new PresetLibrary({ database, builtIn, events, modelFolders })
  const sources = new SourcePictures(database, paths.root)
  const supervisor = superviseImageWorker()

  const thumbnails = new JobRunner(
    database,
    new ThumbnailJob({ database, dataFolder: paths.root, events, views }),
    logger,
  )
  const autotags = new JobRunner(database, new AutotagJob({ database, events, views }), logger)
  const job = new GenerateJob({
    database,
    dataFolder: paths.root,
    events,
    views,
    presets,
    sources,
    supervisor,
    onCompleted: () => {
      thumbnails.wake()
      autotags.wake()
    },
  })
  const generating = new JobRunner(database, job, logger)
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
  const runners: Readonly<Record<string, JobRunner>> = {
    [generateKind]: generating,
    [thumbnailKind]: thumbnails,
    [autotagKind]: autotags,
  }
  const toolCalls = new ToolCallLog({ database, events, logger })
  const finder = new ReaderThread(paths.database)
  const counter = new ReaderThread(paths.database)
  const handlers = createHandlers({
    database,
    generations,
    bulk: new BulkService({ database, events, views }),
    search: new SearchService({ views, finder, counter }),
    tags: new TagService({ database, events, views }),
    jobs: new JobService({
      database,
      events,
      views,
      cancelGeneration: (id) => generations.cancel(id),
      onQueued: (kind) => runners[kind]?.wake(),
    }),
    presets,
    sources,
    modelFolders,
    readStatus: () =>
      readSystemStatus({ database, dataFolder: paths.root, modelFolders, supervisor, startedAt }),
    restartWorker: () => supervisor.restart(),
    toolCalls,
    agentConfigurations: agentConfigurations(paths.root),
  })

  return {
    events,
    invoke: createInvoke(handlers),
    toolCalls,
    pictures: {
      root: paths.root,
      generationFile: (id: string, role: 'original' | 'thumbnail' | 'preview') =>
        getGenerationFile(database, Number(id), role),
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

    /** Takes up what was left, and begins to work. */
    async start(): Promise<void> {
      await removeTemporaryFiles(paths.root)
      const recovered = recoverInterrupted(database, startedAt)
      if (recovered.resumed + recovered.givenUp > 0)
        logger.warn(recovered, 'pictures were interrupted by the last stop')
      pruneHistory(database, startedAt)
      supervisor.start()
      builtIn.unpackAll()
      generating.start()
      thumbnails.start()
      autotags.start()
    },

    /** Gives unfinished work back to the queue and ends the worker. */
    async stop(): Promise<void> {
      await Promise.all([generating.stop(), thumbnails.stop(), autotags.stop()])
      await Promise.all([finder.close(), counter.close()])
      await supervisor.stop()
      toolCalls.store()
    },
  }

  function superviseImageWorker(): Supervisor {
    const { threads, heartbeat_timeout_ms, stall_timeout_ms, ...limits } = config.image_worker
    return new Supervisor(
      {
        name: 'image',
        command: imageWorker,
        configuration: { threads, heartbeat_timeout_ms, stall_timeout_ms },
        listen: config.ipc === 'tcp' ? { kind: 'tcp' } : { kind: 'pipe', path: pipePath(paths.run) },
        logLevel: config.log_level,
        startTimeoutMs: limits.start_timeout_ms,
      },
      {
        health: { intervalMs: limits.health_interval_ms, timeoutMs: limits.health_timeout_ms, misses: 2 },
        onState: tellWorkerState,
        onLog: (line) => logger.info({ worker: 'image', line }, 'worker'),
      },
    )
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

function pipePath(runFolder: string): string {
  return process.platform === 'win32'
    ? `\\\\.\\pipe\\mysticanvas-image-${process.pid}`
    : join(runFolder, 'image.sock')
}
