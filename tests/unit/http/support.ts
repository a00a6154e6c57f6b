import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { FastifyInstance } from 'fastify'
import pino from 'pino'
import { onTestFinished } from 'vitest'
import type { CapabilityName, Invoke } from '../../../contracts/capabilities/index.ts'
import { ProductError } from '../../../contracts/errors.ts'
import { EventBus } from '../../../orchestrator/domain/event-bus.ts'
import { createApp, type AppParts } from '../../../orchestrator/http/app.ts'
import { SignIn, type SessionStore } from '../../../orchestrator/http/sign-in.ts'
import { memoryDatabase } from '../storage/support.ts'

export const token = 'the-token-of-this-test'

/** The HTTP interface on a domain of the test's own making. */
export interface TestApp {
  readonly app: FastifyInstance
  readonly events: EventBus
  readonly signIn: SignIn
  /** Each call that reached the domain. */
  readonly calls: { name: CapabilityName; input: unknown }[]
  /** Folder whose `images` hold the pictures 1 (a file is there) and 2 (none is). */
  readonly root: string
}

interface Options {
  readonly handle?: (name: CapabilityName, input: unknown) => unknown
  readonly sessions?: SessionStore
  readonly allowedHosts?: string[]
  readonly transfers?: AppParts['transfers']
  readonly assistant?: AppParts['assistant']
}

export async function createTestApp(options: Options = {}): Promise<TestApp> {
  const root = mkdtempSync(join(tmpdir(), 'mysticanvas-http-'))
  onTestFinished(() => rmSync(root, { recursive: true }))
  writeInterface(root)
  const logger = pino({ level: 'silent' })
  const events = new EventBus(memoryDatabase(), logger)
  const signIn = new SignIn(token, options.sessions ?? memorySessions())
  const calls: TestApp['calls'] = []
  const app = await createApp({
    invoke: ((name: CapabilityName, input: unknown) => {
      calls.push({ name, input })
      return Promise.resolve(options.handle?.(name, input) ?? { name })
    }) as Invoke,
    events,
    signIn,
    pictures: {
      root,
      generationFile: (id) => (Number(id) > 2 ? null : { path: `images/${id}.png`, mime: 'image/png' }),
      uploadedFile: () => null,
      stylePreview: () => null,
    },
    transfers: options.transfers ?? noTransfers,
    assistant: options.assistant ?? noAssistant,
    mayChange: () => undefined,
    mcp: { handle: () => Promise.reject(new Error('No agent calls here.')), requestsPerMinute: 1200 },
    logger,
    allowedHosts: options.allowedHosts ?? [],
    interfaceFolder: join(root, 'interface'),
  })
  onTestFinished(() => app.close())
  return { app, events, signIn, calls, root }
}

const noAssistant: AppParts['assistant'] = {
  chat: () => Promise.reject(new ProductError('shutting_down')),
  stream: () => null,
  stop: () => Promise.resolve(false),
}

const noTransfers: AppParts['transfers'] = {
  receive: () => Promise.reject(new ProductError('import_not_found')),
  report: () => {
    throw new ProductError('import_not_found')
  },
  openExport: () => {
    throw new ProductError('export_expired')
  },
}

/** Headers of a program that may come in. */
export const authorized = { authorization: `Bearer ${token}`, host: '127.0.0.1:7801' }

function writeInterface(root: string): void {
  mkdirSync(join(root, 'images'))
  writeFileSync(join(root, 'images', '1.png'), 'not really a picture')
  mkdirSync(join(root, 'interface', 'assets'), { recursive: true })
  writeFileSync(join(root, 'interface', 'index.html'), '<!doctype html><title>The interface</title>')
  writeFileSync(join(root, 'interface', 'assets', 'index-abc.js'), 'void 0')
}

function memorySessions(): SessionStore {
  const known = new Set<string>()
  return { add: (secret) => void known.add(secret), touch: (secret) => known.has(secret) }
}
