import { basename } from 'node:path'
import type { Estimate } from '../../../contracts/entities/estimate.ts'
import type { Preset } from '../../../contracts/entities/preset.ts'
import type { Recipe } from '../../../contracts/entities/recipe.ts'
import { comparable, expectedTime, type MadeInTime } from '../../../contracts/expected-time.ts'
import type { WorkerHealth } from '../../../contracts/worker.ts'
import type { ReadableDatabase } from '../../storage/connection.ts'
import { listGenerations } from '../../storage/generation-list.ts'
import type { GenerationRow } from '../../storage/generation-row.ts'
import { unfinishedGenerations } from '../../storage/generations.ts'
import type { MemoryService } from '../memory/memory-service.ts'

interface EstimateParts {
  readonly database: ReadableDatabase
  readonly workerHealth: () => WorkerHealth | null
  readonly memory: MemoryService
}

/** How many of the newest pictures the time goes by. */
const latest = 100

/** What it would take to make these pictures now. Changes nothing. */
export async function estimateWork(
  parts: EstimateParts,
  { recipes, preset }: { readonly recipes: readonly [Recipe, ...Recipe[]]; readonly preset: Preset },
): Promise<Estimate> {
  const { database } = parts
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
    ...(await estimateMemory(parts, recipes[0], preset)),
  }
}

/** @returns null where one of them cannot be estimated */
function secondsOf(recipes: readonly Recipe[], made: readonly MadeInTime[]): number | null {
  const times = recipes.map(({ preset, ...size }) => expectedTime({ ...size, preset: preset.id }, made))
  const sum = times.reduce((total, time) => (total === null || time === null ? null : total + time), 0)
  return sum === null ? null : Math.round(sum / 100) / 10
}

async function estimateMemory(
  { memory, workerHealth }: EstimateParts,
  recipe: Recipe,
  preset: Preset,
): Promise<Pick<Estimate, 'memory' | 'unloads'>> {
  const { decision, availableBytes } = await memory.foresee({ recipe, files: preset.files })
  const { expectation, rung, reasons } = decision
  const loaded = workerHealth()?.models.map(({ key }) => key) ?? []
  return {
    memory: {
      needed_bytes: expectation.bytes,
      error_bytes: expectation.errorBytes,
      // A device that does not tell its memory is not known to have too little.
      available_bytes: Math.max(0, Math.round(availableBytes ?? expectation.bytes)),
      fits: rung !== 'refuse',
      basis: expectation.compared > 0 ? 'earlier_runs' : 'model_headers',
      compared: expectation.compared,
      rung,
      reasons: [...reasons],
    },
    // The worker names a model by its file and a digest of how it is placed.
    unloads: loaded.filter((key) => !key.startsWith(`${basename(preset.files.model)}#`)),
  }
}

function toTimed({ state, recipe, started_at, finished_at }: GenerationRow): MadeInTime {
  return { state, recipe, started_at: isoTimeOrNull(started_at), finished_at: isoTimeOrNull(finished_at) }
}

function isoTimeOrNull(time: number | null): string | null {
  return time === null ? null : new Date(time).toISOString()
}
