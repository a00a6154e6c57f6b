import { stat } from 'node:fs/promises'
import { basename } from 'node:path'
import type { Estimate } from '../../../contracts/entities/estimate.ts'
import { listModelFiles, type Preset } from '../../../contracts/entities/preset.ts'
import type { Recipe } from '../../../contracts/entities/recipe.ts'
import { comparable, expectedTime, type MadeInTime } from '../../../contracts/expected-time.ts'
import type { WorkerHealth } from '../../../contracts/worker.ts'
import type { ReadableDatabase } from '../../storage/connection.ts'
import { listGenerations } from '../../storage/generation-list.ts'
import type { GenerationRow } from '../../storage/generation-row.ts'
import { unfinishedGenerations } from '../../storage/generations.ts'
import { readSystemMemory } from '../../supervision/process-memory.ts'

interface EstimateParts {
  readonly database: ReadableDatabase
  readonly workerHealth: () => WorkerHealth | null
}

/** How many of the newest pictures the time goes by. */
const latest = 100

/** What it would take to make these pictures now. Changes nothing. */
export async function estimateWork(
  { database, workerHealth }: EstimateParts,
  { recipes, preset }: { readonly recipes: readonly [Recipe, ...Recipe[]]; readonly preset: Preset },
): Promise<Estimate> {
  const made = listGenerations(database, {
    cursor: null,
    limit: latest,
    state: 'completed',
    deleted: false,
  }).rows.map(toTimed)
  const [{ width, height, steps }] = recipes
  return {
    pictures: recipes.length,
    preset: preset.id,
    width,
    height,
    steps,
    time: {
      seconds: secondsOf(recipes, made),
      queue_seconds: secondsOf(
        unfinishedGenerations(database).map(({ recipe }) => recipe),
        made,
      ),
      compared: comparable(preset.id, made).length,
    },
    ...(await estimateMemory(preset, workerHealth())),
  }
}

/** @returns null where one of them cannot be estimated */
function secondsOf(recipes: readonly Recipe[], made: readonly MadeInTime[]): number | null {
  const times = recipes.map(({ preset, ...size }) => expectedTime({ ...size, preset: preset.id }, made))
  const sum = times.reduce((total, time) => (total === null || time === null ? null : total + time), 0)
  return sum === null ? null : Math.round(sum / 100) / 10
}

async function estimateMemory(
  preset: Preset,
  health: WorkerHealth | null,
): Promise<Pick<Estimate, 'memory' | 'unloads'>> {
  const { availableBytes } = readSystemMemory()
  const loaded = health?.models.map(({ key }) => key) ?? []
  // The worker names a model by its file and a digest of how it is placed.
  const isLoaded = loaded.some((key) => key.startsWith(`${basename(preset.files.model)}#`))
  const held = health?.memory.engine_bytes ?? 0
  if (isLoaded) {
    const memory = {
      needed_bytes: held,
      available_bytes: availableBytes,
      fits: true,
      basis: 'loaded_model',
    } as const
    return { memory, unloads: [] }
  }
  const sizes = listModelFiles(preset.files).map(async ({ path }) => (await stat(path)).size)
  const needed = (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0)
  const available = availableBytes + held
  return {
    memory: {
      needed_bytes: needed,
      available_bytes: available,
      fits: needed <= available,
      basis: 'file_sizes',
    },
    unloads: loaded,
  }
}

function toTimed({ state, recipe, started_at, finished_at }: GenerationRow): MadeInTime {
  return { state, recipe, started_at: isoTimeOrNull(started_at), finished_at: isoTimeOrNull(finished_at) }
}

function isoTimeOrNull(time: number | null): string | null {
  return time === null ? null : new Date(time).toISOString()
}
