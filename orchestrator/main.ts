import { randomBytes } from 'node:crypto'
import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Invoke } from '../contracts/capabilities/index.ts'
import type { Config } from '../contracts/config.ts'
import { ProductError } from '../contracts/errors.ts'
import type { DatabaseStatus } from '../contracts/entities/system.ts'
import type { LanguageEndpoint } from '../contracts/language.ts'
import { createMcpOnDemand } from '../mcp-server/on-demand.ts'
import { createCallTool } from './domain/agents/call-tool.ts'
import { createDomain } from './domain/domain.ts'
import { readAgentPrompts } from './foundation/agent-prompts.ts'
import { readConfiguration } from './foundation/configuration.ts'
import { openLog } from './foundation/logger.ts'
import { dataPaths, prepareDataFolder, projectFolder, type DataPaths } from './foundation/paths.ts'
import { currentRequestId } from './foundation/request-context.ts'
import { productVersion } from './foundation/version.ts'
import { createApp } from './http/app.ts'
import { listen } from './http/listen.ts'
import { SignIn } from './http/sign-in.ts'
import { imageWorkerCommand } from './image-worker-command.ts'
import { insertBrowserSession, touchBrowserSession } from './storage/browser-sessions.ts'
import { planCheck, recordClosed, recordOpened, type CheckPlan } from './storage/close-record.ts'
import type { WritableDatabase } from './storage/connection.ts'
import { closeDatabase, closeWithoutFolding, openDatabase } from './storage/database.ts'
import { lockDataFolder } from './storage/lock.ts'
import { migrate } from './storage/migrate.ts'
import { startAssistant } from './start-assistant.ts'

/** What a start may say beyond the data folder's own configuration. */
export interface StartOptions {
  readonly dataFolder: string
  /** Stronger than the configuration file. */
  readonly overrides?: Partial<Config>
  /** The language model of the assistant, in place of the one that is chosen. */
  readonly language?: (signal?: AbortSignal) => Promise<LanguageEndpoint>
}

/** The product, running. */
export interface RunningProduct {
  readonly url: string
  readonly token: string
  readonly invoke: Invoke
  readonly domain: ReturnType<typeof createDomain>
  /** An address that signs one browser in. */
  signInUrl(): string
  /** Stops everything in order; nothing of it is left when this resolves. */
  stop(): Promise<void>
}

/**
 * Starts the product: the one place that knows all of its parts.
 *
 * @throws ProductError where the data folder, the database, the configuration or the port is not fit
 */
export async function startProduct(options: StartOptions): Promise<RunningProduct> {
  const paths = dataPaths(options.dataFolder)
  prepareDataFolder(paths)
  const config = readConfiguration(paths.config, options.overrides)
  const unlock = lockDataFolder(paths.root)
  const undo: (() => unknown)[] = [unlock]
  try {
    const logger = openLog(paths.logs, config.log_level)
    const plan = planCheck(paths.database, paths.closeRecord, Date.now())
    const database = openDatabase(paths.database, { check: plan.before })
    let status: DatabaseStatus | null = null
    undo.unshift(() => closeInOrder(database, paths, plan, status))
    recordOpened(paths.closeRecord, plan.checkedAt)
    migrate(database, { backupFolder: paths.backups, now: Date.now() })

    const domain = createDomain({ config, paths, database, plan, logger, imageWorker: imageWorkerCommand })
    undo.unshift(() => (status = domain.databaseStatus()))
    undo.unshift(() => domain.stop())

    const token = randomBytes(32).toString('base64url')
    const signIn = new SignIn(token, {
      add: (secret, expiresAt) => insertBrowserSession(database, secret, { now: Date.now(), expiresAt }),
      touch: (secret, expiresAt) =>
        touchBrowserSession(database, secret, { now: Date.now(), expiresAt }) !== null,
    })
    const prompts = readAgentPrompts()
    const mcp = createMcpOnDemand({
      version: productVersion,
      callTool: createCallTool(domain.invoke),
      limits: config.agents,
      recordCall: (call) => domain.toolCalls.record(call, currentRequestId()),
      invoke: domain.invoke,
      subscribe: (listener) => domain.events.subscribe(listener),
      pictures: domain.previews,
      prompts,
      requestId: currentRequestId,
      onError: (error) => logger.warn({ err: error }, 'an agent was answered with an error'),
    })
    undo.unshift(() => mcp.close())
    const assistant = startAssistant(domain, {
      config,
      logger,
      prompts,
      endpoint: options.language ?? noLanguageModel,
    })
    undo.unshift(() => assistant.close())
    const app = await createApp({
      invoke: domain.invoke,
      events: domain.events,
      signIn,
      pictures: domain.pictures,
      transfers: domain.transfers,
      assistant,
      mayChange: domain.mayChange,
      mcp: { handle: mcp.handle, requestsPerMinute: config.agents.requests_per_minute },
      logger,
      allowedHosts: config.allowed_hosts,
      interfaceFolder: join(projectFolder, 'ui', 'dist'),
    })
    const url = await listen(app, config)
    undo.unshift(() => app.close())

    writeFileSync(paths.token, token, { mode: 0o600 })
    writeFileSync(paths.server, JSON.stringify({ url, pid: process.pid }), { mode: 0o600 })
    undo.unshift(() => [paths.token, paths.server].forEach((path) => rmSync(path, { force: true })))
    await domain.start()
    logger.info({ url }, 'ready')
    return {
      url,
      token,
      invoke: domain.invoke,
      domain,
      signInUrl: () => `${url}/login?code=${signIn.issueCode()}`,
      stop: () => runAll(undo),
    }
  } catch (error) {
    await runAll(undo)
    throw error
  }
}

const noLanguageModel = () => Promise.reject(new ProductError('language_model_failed'))

/** Folds the log into the file and notes how it was left; one that is not known to be sound stays as it is. */
function closeInOrder(
  database: WritableDatabase,
  paths: DataPaths,
  plan: CheckPlan,
  status: DatabaseStatus | null,
): void {
  const sound = status === null ? !plan.afterwards : status.state === 'sound'
  if (!sound) return closeWithoutFolding(database)
  closeDatabase(database)
  if (status === null) return
  const checkedAt = status.checked_at === null ? null : Date.parse(status.checked_at)
  recordClosed(paths.database, paths.closeRecord, checkedAt)
}

/** Undoes each step even where undoing another one failed. */
async function runAll(steps: readonly (() => unknown)[]): Promise<void> {
  const failures: unknown[] = []
  for (const step of steps) {
    try {
      await step()
    } catch (error) {
      failures.push(error)
    }
  }
  if (failures.length > 0) throw new AggregateError(failures, 'Stopping did not go well.')
}
