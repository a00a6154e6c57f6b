import { expect, test } from 'vitest'
import { endProcess, exited } from '../../../orchestrator/supervision/kill-ladder.ts'
import { callWorker } from '../../../orchestrator/supervision/worker-connection.ts'
import type { WorkerProcess } from '../../../orchestrator/supervision/worker-process.ts'
import { isAlive, waitUntil } from '../../support/worker-process.ts'
import { pidIn, start } from './programs.ts'

const impatient = { askedMs: 200, terminatedMs: 200 }
const ask = (worker: WorkerProcess) => () =>
  callWorker(worker.endpoint, 'POST', '/internal/shutdown', { body: {}, requestId: 'test' })

test('[supervision-kill-ladder] an obedient worker leaves when it is asked', async () => {
  const worker = await start('good')
  await endProcess(worker.child, ask(worker))
  expect(worker.child.exitCode).toBe(0)
})

test('[supervision-kill-ladder] a worker that cannot be asked is terminated', async () => {
  const worker = await start('good')
  await endProcess(worker.child, () => Promise.reject(new Error('no answer')), impatient)
  expect(worker.child.signalCode).toBe('SIGTERM')
})

test('[supervision-kill-ladder] one that heeds neither is killed, with everything it started', async () => {
  const worker = await start('stubborn')
  const child = pidIn(worker.log, 'child')
  await endProcess(worker.child, ask(worker), impatient)
  expect(worker.child.signalCode).toBe('SIGKILL')
  expect(worker.log).toEqual([`child ${child}`, 'asked', 'terminated'])
  await waitUntil(() => !isAlive(child), 2000)
})

test('[supervision-kill-ladder] a child that outlives an obedient worker is killed', async () => {
  const worker = await start('leaves-child')
  const child = pidIn(worker.log, 'child')
  await endProcess(worker.child, ask(worker))
  expect(worker.child.exitCode).toBe(0)
  await waitUntil(() => !isAlive(child), 2000)
})

test('[supervision-kill-ladder] a stopped worker is killed too', async () => {
  const worker = await start('good')
  worker.child.kill('SIGSTOP')
  await endProcess(worker.child, ask(worker), impatient)
  expect(worker.child.signalCode).toBe('SIGKILL')
})

test('[supervision-kill-ladder] a worker that is gone already is no trouble', async () => {
  const worker = await start('good')
  worker.child.kill('SIGKILL')
  await exited(worker.child)
  await endProcess(worker.child, ask(worker))
  expect(worker.child.signalCode).toBe('SIGKILL')
})
