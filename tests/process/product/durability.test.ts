import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import type { Generation } from '../../../contracts/entities/generation.ts'
import { removeDataFolders, thrifty } from '../../support/product-folder.ts'
import { leftAfter } from '../../support/product-processes.ts'
import { endProducts, quick, startProduct, type Product } from '../../support/product.ts'

/** Long enough to be caught in the middle of. */
const long = { ...quick, width: 96, height: 96, steps: 30 }
const impatient = {
  image_worker: { ...thrifty, heartbeat_timeout_ms: 3000, health_interval_ms: 200, health_timeout_ms: 500 },
}

afterEach(async () => {
  await endProducts()
  removeDataFolders()
})

async function begin(product: Product, input = long): Promise<string> {
  const { generations } = await product.invoke('generate', input)
  return generations[0]?.id ?? ''
}

/** Waits until the engine is in the middle of its first, second, … attempt at a picture. */
async function inMiddle(product: Product, id: string, attempt = 1): Promise<void> {
  let attempts = 0
  await product.feed.first(({ event }) => {
    if (event.type === 'generation-started' && event.generation.id === id)
      attempts = event.generation.attempts
    return (
      event.type === 'generation-progressed' &&
      event.generation_id === id &&
      event.progress.step >= 2 &&
      attempts === attempt
    )
  })
}

function picturesOf(product: Product): string[] {
  const names = readdirSync(join(product.dataFolder, 'images'), { recursive: true, encoding: 'utf8' })
  return names.filter((name) => name.endsWith('.png') || name.includes('.writing'))
}

async function expectSecondAttempt(product: Product, id: string): Promise<Generation> {
  const made = await product.finished(id)
  expect(made).toMatchObject({ state: 'completed', attempts: 2, error: null })
  expect(picturesOf(product).map((name) => name.split('/').at(-1))).toEqual([`${id}.png`])
  expect(product.feed.count('generation-retried')).toBe(1)
  return made
}

const hurt: [string, (product: Product) => void][] = [
  ['a worker that is killed', (product) => void process.kill(product.worker().pid, 'SIGKILL')],
  ['an engine that is killed', (product) => void process.kill(product.engine().pid, 'SIGKILL')],
  ['an engine that aborts', (product) => void process.kill(product.engine().pid, 'SIGABRT')],
  ['an engine that is stopped', (product) => void process.kill(product.engine().pid, 'SIGSTOP')],
  ['a worker that is stopped', (product) => void process.kill(product.worker().pid, 'SIGSTOP')],
]

test.each(hurt)(
  '[generation-durable] [supervision-hang] [engine-crash] %s costs an attempt, and the picture is made',
  async (_, harm) => {
    const product = await startProduct({ config: impatient })
    const id = await begin(product)
    await inMiddle(product, id)
    const before = product.processes()
    harm(product)
    const { error } = await product.feed.firstOf('generation-retried', id)
    expect(['engine_failed', 'engine_hung', 'worker_unavailable']).toContain(error.code)
    await expectSecondAttempt(product, id)
    expect(product.engine().pid).not.toBe(before.find(({ command }) => command.includes('bare-child'))?.pid)
  },
)

test('[generation-attempts] a picture whose engine dies twice has failed with the reason, and the next one is made', async () => {
  const product = await startProduct({ config: impatient })
  const id = await begin(product)
  const next = await begin(product, quick)
  for (const attempt of [1, 2]) {
    await inMiddle(product, id, attempt)
    process.kill(product.engine().pid, 'SIGKILL')
  }
  const failed = await product.finished(id)
  expect(failed).toMatchObject({
    state: 'failed',
    attempts: 2,
    picture: null,
    error: { code: 'engine_failed', details: { signal: 'SIGKILL' } },
  })
  expect(failed.error?.request_id).toMatch(new RegExp(`^${failed.request_id}`))
  expect(await product.finished(next)).toMatchObject({ state: 'completed', attempts: 1 })
})

test('[generation-durable] [supervision-lifeline] after the death of the product nothing is left of it, and the next start goes on', async () => {
  const product = await startProduct()
  const id = await begin(product)
  const waiting = await begin(product, quick)
  await inMiddle(product, id)
  const processes = product.processes()
  expect(processes).toHaveLength(2)
  await product.kill()
  expect(await leftAfter(processes, 2000)).toEqual([])
  const next = await startProduct({ dataFolder: product.dataFolder })
  expect(await next.finished(id)).toMatchObject({ state: 'completed', attempts: 2 })
  expect(await next.finished(waiting)).toMatchObject({ state: 'completed', attempts: 1 })
  expect(
    picturesOf(next)
      .map((name) => name.split('/').at(-1))
      .toSorted(),
  ).toEqual([`${id}.png`, `${waiting}.png`])
})

test('[http-shutdown] [cli-start] a stop gives the picture back without counting the attempt, and nothing is left', async () => {
  const product = await startProduct()
  const id = await begin(product)
  await inMiddle(product, id)
  const processes = product.processes()
  expect(await product.stop()).toBe(0)
  expect(await leftAfter(processes, 0)).toEqual([])
  // How the database was closed is noted for the next start.
  expect(readdirSync(join(product.dataFolder, 'run'))).toEqual(['database.json', 'lock.sqlite'])
  const next = await startProduct({ dataFolder: product.dataFolder })
  expect(await next.finished(id)).toMatchObject({ state: 'completed', attempts: 1, error: null })
})

test('[supervision-restart] a person starts the worker again, and the picture at work is made', async () => {
  const product = await startProduct()
  const id = await begin(product)
  await inMiddle(product, id)
  const before = product.worker().pid
  const status = await product.invoke('restart_worker', { worker: 'image' })
  expect(status.workers[0]).toMatchObject({ restarts: 1 })
  await product.finished(id)
  expect(product.worker().pid).not.toBe(before)
  expect((await product.invoke('get_generation', { generation: id })).state).toBe('completed')
})
