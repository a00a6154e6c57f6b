import { expect, test } from 'vitest'
import type { Preset } from '../../../contracts/entities/preset.ts'
import type { WorkerHealth } from '../../../contracts/worker.ts'
import { estimateWork } from '../../../orchestrator/domain/generation/estimate-work.ts'
import {
  markGenerationCompleted,
  markGenerationStarted,
} from '../../../orchestrator/storage/generation-states.ts'
import type { WritableDatabase } from '../../../orchestrator/storage/connection.ts'
import { openMemory, ram } from '../memory/service-support.ts'
import { memoryDatabase, recipe, storeGeneration } from '../storage/support.ts'

/** What estimates of time have no use for. */
function idle() {
  const { memory, order } = openMemory(() => Promise.resolve([ram(20e9)]))
  return { memory, preset: { id: 'small-world', files: order().files } as Preset }
}

function healthWith(key: string): WorkerHealth {
  return {
    models: [{ key, bytes: 5 }],
    memory: { worker_bytes: 1, engine_bytes: 4096, engine_peak_bytes: 8192 },
  } as WorkerHealth
}

/** Stores a picture that took so many milliseconds. */
function made(database: WritableDatabase, id: number, took: number): void {
  storeGeneration(database, id)
  markGenerationStarted(database, id, 1000)
  markGenerationCompleted(database, id, 1000 + took, recipe())
}

test('[generation-estimate] the time goes by the median of what the same model took, for size and steps', async () => {
  const database = memoryDatabase()
  for (const [index, took] of [30_000, 4000, 5000].entries()) made(database, index + 1, took)
  storeGeneration(database, 9)
  const { memory, preset } = idle()
  const recipes = [recipe(), recipe({ steps: 40 })] as const
  const estimate = await estimateWork({ database, workerHealth: () => null, memory }, { recipes, preset })
  expect(estimate).toMatchObject({ pictures: 2, preset: 'small-world', width: 128, height: 192, steps: 20 })
  expect(estimate.time).toEqual({ seconds: 15, queue_seconds: 5, compared: 3 })
})

test('[generation-estimate] what is not known is not guessed', async () => {
  const database = memoryDatabase()
  storeGeneration(database, 1)
  const { memory, preset } = idle()
  const parts = { database, workerHealth: () => null, memory }
  const { time } = await estimateWork(parts, { recipes: [recipe()], preset })
  expect(time).toEqual({ seconds: null, queue_seconds: null, compared: 0 })
})

test('[generation-estimate] memory goes by the model and the size, later by earlier runs, and names what has to leave', async () => {
  const { database, memory, order } = openMemory(() => Promise.resolve([ram(20e9)]))
  const wanted = order()
  const preset = { id: 'random', files: wanted.files } as Preset
  const ask = async (health: WorkerHealth | null) => {
    const parts = { database, workerHealth: () => health, memory }
    const { memory: needs, unloads } = await estimateWork(parts, {
      recipes: [recipe({ width: 1024, height: 1024 })],
      preset,
    })
    return { ...needs, unloads }
  }
  const first = await ask(healthWith('random-flux.safetensors#0123456789ab'))
  expect(first).toMatchObject({
    basis: 'model_headers',
    fits: true,
    rung: 'proceed',
    compared: 0,
    unloads: [],
  })
  expect(first.needed_bytes).toBeGreaterThan(1.8e9)
  const prepared = await memory.prepare(wanted)
  prepared.learn({ engine: 'one 1.0', enginePeakBytes: 2e9, devicePeakBytes: null })
  prepared.end()
  const other = 'other.gguf#0123456789ab'
  expect(await ask(healthWith(other))).toMatchObject({
    basis: 'earlier_runs',
    needed_bytes: 2e9,
    compared: 1,
    unloads: [other],
  })
  expect((await ask(null)).unloads).toEqual([])
})
