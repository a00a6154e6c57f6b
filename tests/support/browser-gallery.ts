import { join } from 'node:path'
import sharp from 'sharp'
import type { Recipe } from '../../contracts/entities/recipe.ts'
import type { WritableDatabase } from '../../orchestrator/storage/connection.ts'
import { closeDatabase, openDatabase } from '../../orchestrator/storage/database.ts'
import { putGenerationFile } from '../../orchestrator/storage/generation-files.ts'
import {
  markGenerationCompleted,
  markGenerationFailed,
  markGenerationStarted,
} from '../../orchestrator/storage/generation-states.ts'
import { insertGeneration } from '../../orchestrator/storage/generations.ts'
import { claimJob, failJob } from '../../orchestrator/storage/job-leases.ts'
import { enqueueJob, jobPriority } from '../../orchestrator/storage/jobs.ts'
import { migrate } from '../../orchestrator/storage/migrate.ts'
import { writePictureFile } from '../../orchestrator/storage/picture-files.ts'
import { picturePath, type PictureRole } from '../../orchestrator/storage/picture-paths.ts'
import { toErrorBody, ProductError } from '../../contracts/errors.ts'

const hour = 3_600_000
const subjects = ['boat', 'house', 'tree', 'star', 'cat', 'tower', 'flower']
const colours = ['red', 'blue', 'green', 'golden', 'violet']
const places = ['on the sea', 'in a meadow', 'in the snow', 'at night']
const shapes = [
  { width: 192, height: 192 },
  { width: 128, height: 192 },
  { width: 192, height: 128 },
] as const

/** Opens the data folder of a product that is not running yet. */
async function withDatabase(
  dataFolder: string,
  work: (database: WritableDatabase) => unknown,
): Promise<void> {
  const database = openDatabase(join(dataFolder, 'mysticanvas.sqlite'))
  try {
    migrate(database, { backupFolder: join(dataFolder, 'backups'), now: Date.now() })
    await work(database)
  } finally {
    closeDatabase(database)
  }
}

/** Puts finished pictures into a data folder, one every twelve hours back from now. */
export function seedPictures(dataFolder: string, count: number): Promise<void> {
  return withDatabase(dataFolder, async (database) => {
    const begin = Date.now() - count * 12 * hour
    for (let index = 0; index < count; index += 1) {
      await storePicture(database, dataFolder, index, begin + index * 12 * hour)
    }
  })
}

/** Puts a picture into a data folder that the engine could not make, with the job that was given up. */
export function seedFailure(dataFolder: string, prompt: string): Promise<void> {
  return withDatabase(dataFolder, (database) => {
    const time = Date.now() - hour
    const id = time * 1024
    const request = 'request-of-the-failure'
    const error = toErrorBody(new ProductError('engine_failed'), request)
    insertGeneration(database, {
      id,
      recipe: { ...recipeOf(0), prompt },
      prompt_words: null,
      request_id: request,
      created_at: time,
    })
    enqueueJob(database, {
      kind: 'generate',
      payload: { generation_id: id },
      priority: jobPriority.person,
      max_attempts: 1,
      request_id: request,
      generation_id: id,
      unique_key: `generate:${id}`,
      run_at: time,
      created_at: time,
    })
    const job = claimJob(database, { kinds: ['generate'], now: time, leaseMs: hour })
    if (job === null) throw new Error('The job waits.')
    markGenerationStarted(database, id, time)
    failJob(database, job, { now: time, error, retryAt: null })
    markGenerationFailed(database, id, time, error)
  })
}

async function storePicture(
  database: WritableDatabase,
  dataFolder: string,
  index: number,
  time: number,
): Promise<void> {
  const id = time * 1024
  const recipe = recipeOf(index)
  const { width, height } = recipe
  const drawing = sharp(Buffer.from(drawScene(index, width, height)))
  const contents = {
    original: { content: await drawing.clone().png().toBuffer(), mime: 'image/png' },
    thumbnail: { content: await drawing.clone().webp().toBuffer(), mime: 'image/webp' },
  }
  insertGeneration(database, {
    id,
    recipe,
    prompt_words: null,
    request_id: `seed-${index}`,
    created_at: time,
  })
  markGenerationStarted(database, id, time)
  for (const [role, { content, mime }] of Object.entries(contents)) {
    const file = await writePictureFile(dataFolder, picturePath(id, role as PictureRole), content)
    putGenerationFile(database, {
      generation_id: id,
      role: role as PictureRole,
      ...file,
      width,
      height,
      mime,
    })
  }
  markGenerationCompleted(database, id, time + 8000, recipe)
}

function recipeOf(index: number): Recipe {
  const pick = <Item>(items: readonly Item[], step: number): Item =>
    items[Math.floor(index / step) % items.length] as Item
  return {
    mode: 'txt2img',
    prompt: `a ${pick(colours, 1)} ${pick(subjects, 3)} ${pick(places, 2)}, number ${index + 1}`,
    negative_prompt: '',
    seed: 1000 + index,
    ...pick(shapes, 1),
    steps: 20,
    guidance: 4,
    sampler: 'euler_a',
    scheduler: 'discrete',
    clip_skip: -1,
    strength: null,
    source_generation: null,
    source_picture: null,
    vae_tiling: false,
    placement: { device: 'auto', text_encoder: 'device', vae: 'device', offload: false },
    preset: {
      id: 'mysticanvas-sketch',
      name: 'MystiCanvas Sketch',
      family: 'sd1',
      files: [{ role: 'model', name: 'mysticanvas-sketch.safetensors', sha256: 'ab'.repeat(32) }],
    },
    engine: { name: 'diffusion-cpp', version: '0.25.0' },
  }
}

/** A hill under a sun, in colours of its own. */
function drawScene(index: number, width: number, height: number): string {
  const hue = (index * 47) % 360
  const sun = 20 + ((index * 31) % (width - 40))
  const hill = Math.round(height * (0.45 + (index % 5) * 0.07))
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">
    <rect width="100%" height="100%" fill="hsl(${hue} 45% 70%)"/>
    <circle cx="${sun}" cy="${Math.round(height * 0.3)}" r="${14 + (index % 4) * 3}" fill="hsl(${(hue + 180) % 360} 70% 80%)"/>
    <path d="M0 ${hill + 30} Q${Math.round(width / 2)} ${hill - 30} ${width} ${hill + 10} V${height} H0z" fill="hsl(${(hue + 40) % 360} 40% 35%)"/>
  </svg>`
}
