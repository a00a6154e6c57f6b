import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { Preset } from '../../../contracts/entities/preset.ts'
import type { WorkerHealth } from '../../../contracts/worker.ts'
import { estimateWork } from '../../../orchestrator/domain/generation/estimate-work.ts'
import {
  markGenerationCompleted,
  markGenerationStarted,
} from '../../../orchestrator/storage/generation-states.ts'
import type { WritableDatabase } from '../../../orchestrator/storage/connection.ts'
import { memoryDatabase, recipe, storeGeneration, temporaryFolder } from '../storage/support.ts'

const fileBytes = 1000

function presetOf(folder: string): Preset {
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'model.safetensors'), Buffer.alloc(fileBytes))
  return { id: 'small-world', files: { model: join(folder, 'model.safetensors') } } as Preset
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
  const preset = presetOf(temporaryFolder())
  const recipes = [recipe(), recipe({ steps: 40 })] as const
  const estimate = await estimateWork({ database, workerHealth: () => null }, { recipes, preset })
  expect(estimate).toMatchObject({ pictures: 2, preset: 'small-world', width: 128, height: 192, steps: 20 })
  expect(estimate.time).toEqual({ seconds: 15, queue_seconds: 5, compared: 3 })
})

test('[generation-estimate] what is not known is not guessed', async () => {
  const database = memoryDatabase()
  storeGeneration(database, 1)
  const preset = presetOf(temporaryFolder())
  const parts = { database, workerHealth: () => null }
  const { time } = await estimateWork(parts, { recipes: [recipe()], preset })
  expect(time).toEqual({ seconds: null, queue_seconds: null, compared: 0 })
})

test('[generation-estimate] memory goes by the model at work, else by its files, and names what has to leave', async () => {
  const database = memoryDatabase()
  const preset = presetOf(temporaryFolder())
  const ask = async (health: WorkerHealth | null) => {
    const parts = { database, workerHealth: () => health }
    const { memory, unloads } = await estimateWork(parts, { recipes: [recipe()], preset })
    return { needed: memory.needed_bytes, basis: memory.basis, fits: memory.fits, unloads }
  }
  const loaded = 'model.safetensors#0123456789ab'
  const other = 'other.gguf#0123456789ab'
  expect(await ask(healthWith(loaded))).toEqual({
    needed: 4096,
    basis: 'loaded_model',
    fits: true,
    unloads: [],
  })
  expect(await ask(healthWith(other))).toEqual({
    needed: 1000,
    basis: 'file_sizes',
    fits: true,
    unloads: [other],
  })
  expect(await ask(null)).toEqual({ needed: 1000, basis: 'file_sizes', fits: true, unloads: [] })
})
