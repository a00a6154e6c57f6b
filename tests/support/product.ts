import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createClient } from '../../contracts/client.ts'
import type { CapabilityInput, Invoke } from '../../contracts/capabilities/index.ts'
import type { Generation } from '../../contracts/entities/generation.ts'
import { EventFeed } from './product-events.ts'
import { createDataFolder } from './product-folder.ts'
import { descendantsOf, isAlive, type ListedProcess } from './product-processes.ts'

const projectRoot = join(import.meta.dirname, '../..')
const ownProgram = join(projectRoot, 'orchestrator', 'cli.ts')
const scriptedProgram = join(projectRoot, 'tests', 'fixtures', 'product', 'scripted-product.ts')

/** A picture that is made in no time: the smallest there is. */
export const quick = {
  prompt: 'a red boat',
  width: 64,
  height: 64,
  steps: 2,
} satisfies CapabilityInput<'generate'>

/** The product in a process of its own, with real workers and a real engine. */
export interface Product {
  readonly child: ChildProcess
  readonly url: string
  readonly dataFolder: string
  readonly token: string
  /** Calls a capability over HTTP, as any program would. */
  readonly invoke: Invoke
  /** Everything it tells, from its start on. */
  readonly feed: EventFeed
  /** Everything it printed so far. */
  output(): string
  /** Sends a request with the bearer token. */
  request(path: string, init?: RequestInit): Promise<Response>
  /** Waits until a picture is completed, failed or cancelled. */
  finished(id: string): Promise<Generation>
  /** Workers and engines. */
  processes(): ListedProcess[]
  worker(): ListedProcess
  engine(): ListedProcess
  /** Stops it in order; its exit code. */
  stop(): Promise<number | null>
  /** Kills it as a power cut would. */
  kill(): Promise<void>
}

interface ProductOptions {
  readonly dataFolder?: string
  readonly config?: object
  readonly environment?: NodeJS.ProcessEnv
  /** The product with an engine that does what the prompt says, see fixtures/engines/scripted-engine.mjs. */
  readonly scripted?: boolean
  /** The most data each of its processes may have, as `ulimit -d` sets it; bytes. */
  readonly dataLimit?: number
}

const running = new Set<ChildProcess>()

/** Starts the product and waits until it can be called. */
export async function startProduct(options: ProductOptions = {}): Promise<Product> {
  const dataFolder = options.dataFolder ?? (await createDataFolder(options.config))
  const program = options.scripted === true ? scriptedProgram : ownProgram
  const child = spawnProduct(dataFolder, options.environment, [], program, options.dataLimit)
  let printed = ''
  for (const stream of [child.stdout, child.stderr])
    stream?.on('data', (chunk: Buffer) => (printed += chunk.toString()))
  const url = await readUrl(child, () => printed)
  const token = readFileSync(join(dataFolder, 'run', 'token'), 'utf8')
  const request = (path: string, init: RequestInit = {}) =>
    fetch(url + path, { ...init, headers: { authorization: `Bearer ${token}`, ...(init.headers as object) } })
  const feed = await EventFeed.open(url, token)
  const processes = () => descendantsOf(child.pid ?? 0)
  return {
    child,
    url,
    dataFolder,
    token,
    invoke: clientOf(request),
    feed,
    output: () => printed,
    request,
    finished: (id) => finished(clientOf(request), feed, id),
    processes,
    worker: () =>
      find(processes(), options.scripted === true ? 'scripted-worker.ts' : 'workers/image/main.ts'),
    engine: () => find(processes(), options.scripted === true ? 'scripted-engine.mjs' : 'bare-child.cjs'),
    stop: () => end(child, feed, 'SIGTERM'),
    async kill() {
      await end(child, feed, 'SIGKILL')
    },
  }
}

/** Starts the product where it cannot start, and tells what it said. */
export async function failToStart(
  dataFolder: string,
  extra: string[] = [],
): Promise<{ code: number | null; stderr: string }> {
  const child = spawnProduct(dataFolder, {}, extra)
  let stderr = ''
  child.stderr?.on('data', (chunk: Buffer) => (stderr += chunk.toString()))
  const [code] = (await once(child, 'close')) as [number | null]
  return { code, stderr }
}

/** Ends every product a test has left, with what it started. */
export async function endProducts(): Promise<void> {
  for (const child of running) {
    const gone = once(child, 'exit')
    const left = descendantsOf(child.pid ?? 0)
    child.kill('SIGCONT')
    child.kill('SIGKILL')
    await gone
    for (const { pid } of left.filter(isAlive)) process.kill(pid, 'SIGKILL')
  }
}

function spawnProduct(
  dataFolder: string,
  environment: NodeJS.ProcessEnv = {},
  extra: string[] = [],
  program = ownProgram,
  dataLimit?: number,
): ChildProcess {
  const port = extra.includes('--port') ? [] : ['--port', '0']
  const command = [process.execPath, program, 'start', '--data', dataFolder, ...port, ...extra]
  const [first = '', ...rest] =
    dataLimit === undefined ? command : ['prlimit', `--data=${dataLimit}`, ...command]
  const child = spawn(first, rest, {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...environment },
  })
  running.add(child)
  child.once('exit', () => running.delete(child))
  return child
}

async function readUrl(child: ChildProcess, printed: () => string): Promise<string> {
  const left = once(child, 'exit').then(() => {
    throw new Error(`The product left at once: ${printed()}`)
  })
  left.catch(() => undefined)
  for (;;) {
    const url = /is running at (\S+)/.exec(printed())?.[1]
    if (url !== undefined) return url
    await Promise.race([once(child.stdout ?? child, 'data'), left])
  }
}

function clientOf(request: (path: string, init: RequestInit) => Promise<Response>): Invoke {
  return createClient(async ({ method, path, body }) => {
    const headers = body === null ? {} : { 'content-type': 'application/json' }
    const reply = await request(path, { method, body, headers })
    return { status: reply.status, body: await reply.text() }
  })
}

async function finished(invoke: Invoke, feed: EventFeed, id: string): Promise<Generation> {
  const now = await invoke('get_generation', { generation: id })
  if (now.finished_at !== null) return now
  const { event } = await feed.first(
    ({ event: told }) =>
      'generation' in told && told.generation.id === id && told.generation.finished_at !== null,
  )
  return (event as { generation: Generation }).generation
}

function find(processes: readonly ListedProcess[], part: string): ListedProcess {
  const found = processes.find(({ command }) => command.includes(part))
  if (found === undefined)
    throw new Error(`No ${part} among ${processes.map(({ command }) => command).join(' | ')}`)
  return found
}

async function end(child: ChildProcess, feed: EventFeed, signal: NodeJS.Signals): Promise<number | null> {
  if (child.exitCode === null && child.signalCode === null) {
    const gone = once(child, 'exit')
    child.kill(signal)
    await gone
  }
  feed.close()
  return child.exitCode
}
