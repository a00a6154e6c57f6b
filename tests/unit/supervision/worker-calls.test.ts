import { expect, test } from 'vitest'
import { defaultCallLimits, WorkerCalls } from '../../../orchestrator/supervision/worker-calls.ts'
import { start } from './programs.ts'

const requestId = 'test'

/** A worker that is not reliable, called with little patience. */
async function callsOf(limits: Partial<typeof defaultCallLimits> = {}) {
  const { endpoint } = await start('unreliable')
  return new WorkerCalls('fixture', endpoint, {
    ...defaultCallLimits,
    timeoutMs: 200,
    firstDelayMs: 1,
    ...limits,
  })
}

test('[workers-calls] reading is asked again where the connection broke', async () => {
  const calls = await callsOf()
  await expect(calls.call('GET', '/flaky', { requestId })).resolves.toEqual({ asked: 3 })
})

test('[workers-calls] what may be done twice is asked again, and nothing else is', async () => {
  const calls = await callsOf()
  const body = {}
  await expect(calls.call('POST', '/flaky', { requestId, body })).rejects.toMatchObject({
    code: 'worker_unavailable',
  })
  await expect(calls.call('GET', '/asked', { requestId })).resolves.toMatchObject({ flaky: 1 })
  await expect(calls.call('POST', '/flaky', { requestId, body, idempotent: true })).resolves.toEqual({
    asked: 3,
  })
})

test('[workers-calls] a call without an answer ends in time, and says so', async () => {
  const calls = await callsOf({ retries: 0 })
  await expect(calls.call('GET', '/silent', { requestId })).rejects.toMatchObject({
    code: 'worker_unavailable',
    message: expect.stringContaining('did not answer in time'),
  })
})

test('[workers-calls] a refusal is an answer: it is passed on, and not asked again', async () => {
  const calls = await callsOf({ failures: 1 })
  for (let time = 0; time < 3; time += 1)
    await expect(calls.call('GET', '/busy', { requestId })).rejects.toMatchObject({ code: 'worker_busy' })
})

test('[workers-calls] a worker that never answers is asked no more, and that is told', async () => {
  const calls = await callsOf({ failures: 3, retries: 0, restMs: 60_000 })
  let broken = 0
  calls.onBroken(() => (broken += 1))
  for (let time = 0; time < 3; time += 1)
    await expect(calls.call('GET', '/silent', { requestId })).rejects.toThrow('in time')
  expect(broken).toBe(1)
  await expect(calls.call('GET', '/asked', { requestId })).rejects.toMatchObject({
    code: 'worker_unavailable',
    message: expect.stringContaining('is being replaced'),
  })
})

test('[workers-calls] a call that is called off proves nothing against the worker', async () => {
  const calls = await callsOf({ failures: 1, timeoutMs: 10_000 })
  const over = new AbortController()
  const waiting = calls.call('GET', '/silent', { requestId, signal: over.signal }).catch(() => 'over')
  setTimeout(() => over.abort(), 50)
  expect(await waiting).toBe('over')
  await expect(calls.call('GET', '/asked', { requestId })).resolves.toMatchObject({ silent: 1 })
})
