import { createServer, type AddressInfo } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import { describeWorkerChange } from '../../../orchestrator/domain/system/worker-messages.ts'
import { workerHealthSchema } from '../../../contracts/worker.ts'
import { Supervisor, type StateChange } from '../../../orchestrator/supervision/supervisor.ts'
import type { WorkerProgram } from '../../../orchestrator/supervision/worker-process.ts'
import { waitUntil } from '../../support/worker-process.ts'
import { program } from './programs.ts'

/** A supervisor with little patience, what it told of its worker and what the worker said. */
function supervise(name: string, changes: Partial<WorkerProgram> = {}) {
  const told: StateChange[] = []
  const said: { line: string; concerned: string | null }[] = []
  const supervisor = new Supervisor(program(name, changes), {
    healthSchema: workerHealthSchema,
    health: { intervalMs: 50, timeoutMs: 500, misses: 3 },
    restarts: { failures: 3, windowMs: 60_000, firstDelayMs: 20, longestDelayMs: 40 },
    patience: { askedMs: 300, terminatedMs: 300 },
    onState: (change) => told.push(change),
    onLog: (line, concerned) => said.push({ line, concerned }),
  })
  onTestFinished(() => supervisor.stop())
  return { supervisor, told, said, words: () => told.map((change) => describeWorkerChange('image', change)) }
}

test('[workers-told] a worker that dies is told of in words, with the request it was at work on, and then its recovery', async () => {
  const { supervisor, told, words } = supervise('good')
  supervisor.start()
  const first = await supervisor.whenReady()
  supervisor.engage('request-7')
  supervisor.engage('request-8')()
  first.child.kill('SIGKILL')
  await waitUntil(() => told.some(({ recovered }) => recovered), 10_000)
  expect(words().slice(2)).toEqual([
    'The image worker stopped unexpectedly and is starting again; your picture will be retried.',
    'The image worker has recovered and is ready again.',
  ])
  expect(told.slice(2).map(({ state, requests }) => [state, requests])).toEqual([
    ['restarting', ['request-7']],
    ['ready', ['request-7']],
  ])
})

test('[workers-told] what ended by itself is nobody’s loss', async () => {
  const { supervisor, told, words } = supervise('good')
  supervisor.start()
  const first = await supervisor.whenReady()
  supervisor.engage('request-7')()
  first.child.kill('SIGKILL')
  await waitUntil(() => told.some(({ recovered }) => recovered), 10_000)
  expect(told.flatMap(({ requests }) => requests)).toEqual([])
  expect(words()[2]).toBe('The image worker stopped unexpectedly and is starting again.')
})

test('[workers-told] a worker that is given up is told of with its last words, and recovers when it is started again', async () => {
  const { supervisor, told, words } = supervise('dies-at-once')
  supervisor.start()
  await waitUntil(() => supervisor.status.state === 'failed', 10_000)
  expect(words().at(-1)).toContain('keeps failing and was given up')
  expect(told.at(-1)?.error).toMatchObject({
    code: 'worker_failed',
    details: { last_words: 'I cannot find my engine.' },
  })
})

test('[workers-lifecycle] a worker whose port is taken says so, and comes up once it is free', async () => {
  const taken = createServer().listen(0, '127.0.0.1')
  await new Promise((resolve) => taken.once('listening', resolve))
  onTestFinished(() => void taken.close())
  const { port } = taken.address() as AddressInfo
  const { supervisor } = supervise('port-taken', { configuration: { port } })
  supervisor.start()
  await waitUntil(() => supervisor.status.state === 'failed', 10_000)
  expect(supervisor.status.lastWords).toBe('Cannot listen: EADDRINUSE')
  await new Promise((resolve) => taken.close(resolve))
  await supervisor.restart()
  await expect(supervisor.whenReady()).resolves.toMatchObject({ ready: { type: 'ready' } })
})

test('[workers-lifecycle] output without an end fills no memory and stops nothing', async () => {
  const { supervisor, said } = supervise('floods')
  supervisor.start()
  const worker = await supervisor.whenReady()
  await waitUntil(() => said.some(({ line }) => line === 'That was all.'), 20_000)
  expect(Math.max(...said.map(({ line }) => line.length))).toBeLessThanOrEqual(64 * 1024)
  expect(worker.lastWords.text?.length).toBeLessThanOrEqual(4000)
  await waitUntil(() => supervisor.status.health !== null, 5000)
  expect(supervisor.status).toMatchObject({ state: 'ready', restarts: 0 })
})

test('[logs-redacted] a worker that prints its token and the secrets of others is not quoted', async () => {
  const { supervisor, said } = supervise('tells-secrets')
  supervisor.start()
  const { endpoint } = await supervisor.whenReady()
  await waitUntil(() => supervisor.status.state === 'failed', 10_000)
  expect(said.length).toBeGreaterThanOrEqual(12)
  const everything = JSON.stringify([said, supervisor.status])
  expect(everything).not.toContain(endpoint.token)
  expect(everything).not.toContain('planted-secret')
  expect(supervisor.status.lastWords).toContain('my token is [Redacted]')
})

test('[trace-processes] what a worker says without naming a request belongs to the one it is at work on', async () => {
  const { supervisor, said } = supervise('crashes')
  supervisor.engage('request-9')
  supervisor.start()
  await waitUntil(() => said.length > 0, 10_000)
  expect(said[0]).toEqual({ line: 'The engine took me with it.', concerned: 'request-9' })
})

test('[workers-calls] a worker that answers for its health and for nothing else is replaced', async () => {
  const { supervisor } = supervise('unreliable')
  supervisor.start()
  const first = await supervisor.whenReady()
  for (let time = 0; time < 5; time += 1)
    await first.calls
      .call('POST', '/silent', { requestId: 'test', body: {}, timeoutMs: 20 })
      .catch(() => undefined)
  await waitUntil(() => supervisor.status.restarts === 1, 5000)
  expect(first.child.signalCode).toBe('SIGKILL')
})
