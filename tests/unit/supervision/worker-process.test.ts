import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { ProductError } from '../../../contracts/errors.ts'
import { callWorker } from '../../../orchestrator/supervision/worker-connection.ts'
import { startWorker } from '../../../orchestrator/supervision/worker-process.ts'
import { descendantsOf } from '../../support/product-processes.ts'
import { program, start } from './programs.ts'

const health = (worker: Awaited<ReturnType<typeof start>>) =>
  callWorker(worker.endpoint, 'GET', '/internal/health', { requestId: 'test' })

async function failure(name: string, startTimeoutMs: number): Promise<ProductError> {
  const error: unknown = await startWorker(program(name, { startTimeoutMs }), () => undefined).catch(
    (thrown: unknown) => thrown,
  )
  if (!(error instanceof ProductError)) throw new Error('It started.')
  const left = descendantsOf(process.pid).filter(({ command }) => command.includes(`/${name}.mjs`))
  expect(left).toEqual([])
  return error
}

test('[supervision-handshake] a worker is ready once it says where it listens', async () => {
  const worker = await start('good')
  expect(worker.ready.pid).toBe(worker.child.pid)
  await expect(health(worker)).resolves.toMatchObject({ engine: { name: 'fixture' } })
})

test('[supervision-handshake] a worker can listen on a pipe', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'mysticanvas-pipe-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const path = join(folder, 'worker.sock')
  const worker = await start('good', { listen: { kind: 'pipe', path } })
  expect(worker.ready.address).toEqual({ kind: 'pipe', path })
  await expect(health(worker)).resolves.toMatchObject({ state: 'idle' })
})

test('[supervision-handshake] a slow worker is waited for', async () => {
  await expect(health(await start('slow'))).resolves.toMatchObject({ state: 'idle' })
})

test('[supervision-handshake] lines that are none of the protocol, or of another version of it, are passed over', async () => {
  const worker = await start('talks-nonsense')
  expect(worker.ready.protocol).toBe(1)
})

test('[supervision-handshake] a worker that dies at once is reported with its last words', async () => {
  const error = await failure('dies-at-once', 10_000)
  expect(error.code).toBe('worker_unavailable')
  expect(error.details).toEqual({ reason: 'it ended with code 3', last_words: 'I cannot find my engine.' })
})

test.each(['mute', 'only-nonsense'])(
  '[supervision-handshake] a worker that is never ready (%s) is given up and killed',
  async (name) => {
    const error = await failure(name, 300)
    expect(error.code).toBe('worker_unavailable')
    expect(error.details).toMatchObject({ reason: 'no sign of life in 300 ms' })
  },
)

test('[supervision-handshake] a program that is not there is reported', async () => {
  const started = startWorker({ ...program('good'), command: ['/no/such/program'] }, () => undefined)
  await expect(started).rejects.toMatchObject({
    code: 'worker_unavailable',
    details: { reason: expect.stringContaining('ENOENT') },
  })
})

test('[supervision-handshake] a start can be called off', async () => {
  const stop = new AbortController()
  const started = startWorker(program('mute'), () => undefined, stop.signal)
  stop.abort()
  await expect(started).rejects.toMatchObject({ code: 'worker_unavailable' })
})

test('[supervision-token] the token is in neither arguments nor environment, and secrets of ours are not passed on', async () => {
  process.env['MYSTICANVAS_TEST_SECRET'] = 'do not tell'
  onTestFinished(() => void delete process.env['MYSTICANVAS_TEST_SECRET'])
  const worker = await start('tells-environment')
  const told = Buffer.from(worker.ready.versions['environment'] ?? '', 'base64').toString()
  expect(told).toContain('PATH')
  expect(told).not.toContain(worker.endpoint.token)
  expect(told).not.toContain('do not tell')
})

test('[supervision-token] another token than the worker was given is refused', async () => {
  const worker = await start('good')
  const call = callWorker({ ...worker.endpoint, token: 'x'.repeat(43) }, 'GET', '/internal/health', {
    requestId: 'test',
  })
  await expect(call).rejects.toMatchObject({ code: 'worker_forbidden' })
})

test('[supervision-lifeline] a worker leaves when its stdin ends', async () => {
  const worker = await start('good')
  const gone = once(worker.child, 'exit')
  worker.child.stdin?.end()
  await gone
  expect(worker.child.exitCode).toBe(0)
})

test('[supervision-handshake] a worker that is gone is unavailable', async () => {
  const worker = await start('good')
  const gone = once(worker.child, 'exit')
  worker.child.kill('SIGKILL')
  await gone
  await expect(health(worker)).rejects.toMatchObject({ code: 'worker_unavailable' })
})
