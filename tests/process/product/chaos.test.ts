import { setTimeout as wait } from 'node:timers/promises'
import { afterAll, expect, test } from 'vitest'
import type { EventType } from '../../../contracts/events.ts'
import { allPictures, verifyStorage } from '../../support/chaos.ts'
import { explain, faultFor, strike, type Asked } from '../../support/chaos-faults.ts'
import { createDataFolder, removeDataFolders } from '../../support/product-folder.ts'
import { randomFrom } from '../../support/random.ts'
import { leftAfter } from '../../support/product-processes.ts'
import { endProducts, quick, startProduct, type Product } from '../../support/product.ts'

/*
 * Kills the whole product again and again, at random moments and right after random events, while a queue of small
 * pictures is being made; or keeps it running and does random harm to its workers and engines. What was acknowledged must
 * be there in the end, once, and what did not go well must be explained.
 */

const kills = Number(process.env['CHAOS_KILLS'] ?? 50)
const faults = Number(process.env['CHAOS_FAULTS'] ?? 40)
const seed = Number(process.env['CHAOS_SEED'] ?? Date.now() % 2 ** 32)
const random = randomFrom(seed)

afterAll(async () => {
  await endProducts()
  removeDataFolders()
})

test(`[generation-durable] [supervision-lifeline] ${kills} kills lose nothing and make nothing twice`, async () => {
  process.stdout.write(`Seed of the kills: ${seed} (CHAOS_SEED)\n`)
  const dataFolder = await createDataFolder()
  const acknowledged = new Set<string>()
  for (let kill = 1; kill <= kills; kill += 1) {
    const product = await startProduct({ dataFolder })
    const asking = keepAsking(product, acknowledged)
    await momentOfDeath(product)
    const processes = product.processes()
    await product.kill()
    await asking
    expect(await leftAfter(processes, 2000), `after kill ${kill}`).toEqual([])
  }
  const product = await startProduct({ dataFolder })
  await verify(product, acknowledged)
}, 600_000)

/** Asks for pictures until the product is gone, never for more than a few at a time. */
async function keepAsking(product: Product, acknowledged: Set<string>): Promise<void> {
  try {
    for (;;) {
      const { queue } = await product.invoke('get_system_status', {})
      if (queue.waiting < 3) {
        const { generations } = await product.invoke('generate', {
          ...quick,
          steps: 1,
          count: 1 + Math.floor(random() * 2),
        })
        for (const { id } of generations) acknowledged.add(id)
      }
      await wait(50)
    }
  } catch {
    // Killed: what was not acknowledged may or may not be there.
  }
}

/** Half of the kills come at any time after the start, half right after something has happened. */
async function momentOfDeath(product: Product): Promise<void> {
  if (random() < 0.5) return wait(50 + random() * 1450)
  const types: EventType[] = [
    'generation-queued',
    'generation-started',
    'generation-progressed',
    'generation-completed',
    'generation-completed',
    'generation-updated',
  ]
  const type = types[Math.floor(random() * types.length)]
  await Promise.race([product.feed.first(({ event }) => event.type === type), wait(5000)])
  await wait(random() * 40)
}

async function verify(product: Product, acknowledged: ReadonlySet<string>): Promise<void> {
  const all = await allPictures(product)
  await product.feed
    .first(({ event }) => event.type === 'queue-changed' && event.queue.waiting + event.queue.running === 0)
    .catch(() => undefined)
  expect([...acknowledged].filter((id) => !all.has(id))).toEqual([])
  const completed = [...all].filter(([, state]) => state === 'completed').map(([id]) => id)
  const failed = [...all].filter(([, state]) => state !== 'completed').map(([id]) => id)
  process.stdout.write(
    `${acknowledged.size} pictures acknowledged, ${all.size} stored, ${completed.length} made, ${failed.length} killed twice\n`,
  )
  expect(completed.length).toBeGreaterThan(0)
  for (const id of failed) {
    const generation = await product.invoke('get_generation', { generation: id })
    expect(generation).toMatchObject({ state: 'failed', error: { code: 'interrupted' } })
    const trace = await product.invoke('get_trace', { request: generation.request_id })
    const ofPicture = trace.attempts.filter((attempt) => attempt.generation === id)
    expect(ofPicture.map(({ outcome }) => outcome)).toEqual(['interrupted', 'interrupted'])
  }
  await product.stop()
  const attempts = await verifyStorage(product.dataFolder, completed, failed)
  for (const id of failed) expect(attempts.get(id), id).toBe(2)
}

test(`[workers-chaos] ${faults} faults of workers and engines lose nothing, make nothing twice, hang nothing, and are explained`, async () => {
  process.stdout.write(`Seed of the faults: ${seed} (CHAOS_SEED)\n`)
  const patience = {
    heartbeat_timeout_ms: 1000,
    stall_timeout_ms: 2000,
    health_interval_ms: 200,
    health_timeout_ms: 1500,
  }
  const product = await startProduct({ scripted: true, config: { image_worker: patience } })
  const stopReviving = revive(product)
  const asked: Asked[] = []
  for (let done = 0, number = 1; done < faults; number += 1) {
    const fault = faultFor(random)
    const one = await strike(product, fault, `fault-${number}`)
    asked.push(one)
    // What fails by itself fails at each attempt.
    done += fault.attempts
    await roomInTheQueue(product)
  }
  for (const { id } of asked) await product.finished(id)
  stopReviving()
  const all = await allPictures(product)
  expect([...all.keys()].toSorted()).toEqual(asked.map(({ id }) => id).toSorted())
  let failures = 0
  for (const one of asked) failures += await explain(product, one)
  const completed = [...all].filter(([, state]) => state === 'completed').map(([id]) => id)
  const failed = [...all].filter(([, state]) => state === 'failed').map(([id]) => id)
  process.stdout.write(
    `${asked.length} pictures asked for, ${failures} attempts failed, ${completed.length} made, ${failed.length} given up, all explained\n`,
  )
  expect(completed.length + failed.length).toBe(asked.length)
  await product.stop()
  await verifyStorage(product.dataFolder, completed, failed)
}, 900_000)

/** Does what a person would: starts a worker again that was given up. */
function revive(product: Product): () => void {
  const timer = setInterval(() => {
    void product
      .invoke('get_system_status', {})
      .then(({ workers }) =>
        workers[0]?.state === 'failed' ? product.invoke('restart_worker', { worker: 'image' }) : null,
      )
      .catch(() => undefined)
  }, 500)
  return () => clearInterval(timer)
}

async function roomInTheQueue(product: Product): Promise<void> {
  for (;;) {
    const { queue } = await product.invoke('get_system_status', {})
    if (queue.waiting < 6) return
    await wait(50)
  }
}
