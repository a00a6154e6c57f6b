import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import { onTestFinished } from 'vitest'
import type { Recipe } from '../../../contracts/entities/recipe.ts'
import type { ErrorBody } from '../../../contracts/errors.ts'
import {
  asWritable,
  handleOf,
  type ReadableDatabase,
  type WritableDatabase,
} from '../../../orchestrator/storage/connection.ts'
import { closeDatabase, openDatabase } from '../../../orchestrator/storage/database.ts'
import { insertGeneration } from '../../../orchestrator/storage/generations.ts'
import type { NewJob } from '../../../orchestrator/storage/jobs.ts'
import { migrate } from '../../../orchestrator/storage/migrate.ts'
import { readMigrations } from '../../../orchestrator/storage/migration-files.ts'

/** A folder that goes with the test. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'mysticanvas-storage-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

/** An up-to-date database in memory: what the topics do does not depend on the disk. */
export function memoryDatabase(): WritableDatabase {
  const handle = new Sqlite(':memory:')
  handle.pragma('foreign_keys = ON')
  for (const { sql } of readMigrations()) handle.exec(sql)
  return asWritable(handle)
}

/** An up-to-date database on the disk, closed with the test. */
export function fileDatabase(folder: string): WritableDatabase {
  const database = openDatabase(join(folder, 'mysticanvas.sqlite'))
  onTestFinished(() => closeDatabase(database))
  migrate(database, { backupFolder: join(folder, 'backups'), now: 0 })
  return database
}

/** A complete recipe; the prompt is all that most tests care about. */
export function recipe(changes: Partial<Recipe> = {}): Recipe {
  return {
    mode: 'txt2img',
    prompt: 'a red boat on the sea',
    negative_prompt: 'fog',
    seed: 42,
    width: 128,
    height: 192,
    steps: 20,
    guidance: 4,
    sampler: 'euler_a',
    scheduler: 'karras',
    clip_skip: -1,
    strength: null,
    source_generation: null,
    source_picture: null,
    vae_tiling: false,
    placement: { device: 'auto', text_encoder: 'device', vae: 'device', offload: false },
    preset: {
      id: 'small-world',
      name: 'Small world',
      family: 'sd1',
      files: [{ role: 'model', name: 'small-world.safetensors', sha256: 'ab'.repeat(32) }],
    },
    engine: null,
    ...changes,
  }
}

/** Stores a queued generation. */
export function storeGeneration(database: WritableDatabase, id: number, changes: Partial<Recipe> = {}): void {
  insertGeneration(database, {
    id,
    recipe: recipe(changes),
    prompt_words: null,
    request_id: `request-${id}`,
    created_at: id,
  })
}

/** A job as tests want it. */
export function newJob(changes: Partial<NewJob> = {}): NewJob {
  return {
    kind: 'generate',
    payload: {},
    priority: 0,
    max_attempts: 2,
    request_id: 'request',
    generation_id: null,
    unique_key: null,
    run_at: 0,
    created_at: 0,
    ...changes,
  }
}

export const someError: ErrorBody = {
  code: 'engine_failed',
  message: 'It failed.',
  details: {},
  request_id: null,
}

/** What SQLite would do for a statement, one line a step. */
export function queryPlan(database: ReadableDatabase, sql: string, parameters: object = {}): string {
  const steps = handleOf(database).prepare(`EXPLAIN QUERY PLAN ${sql}`).all(parameters) as {
    detail: string
  }[]
  return steps.map((step) => step.detail).join('\n')
}

/** Stores a finished picture in a database of any version, with the columns there always were. */
export function storeOldGeneration(handle: Sqlite.Database, id: number, prompt: string): void {
  const sql = `INSERT INTO generations (id, state, attempts, request_id, created_at, started_at, finished_at, recipe)
    VALUES (?, 'completed', 1, 'request', 0, 1, 2, ?)`
  handle.prepare(sql).run(id, JSON.stringify(recipe({ prompt })))
}
