import { mkdirSync } from 'node:fs'
import { readFile, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { pino } from 'pino'
import sharp from 'sharp'
import { EventBus } from '../orchestrator/domain/event-bus.ts'
import { GenerationViews } from '../orchestrator/domain/generation/generation-views.ts'
import { JobRunner } from '../orchestrator/domain/jobs/job-runner.ts'
import { enqueueThumbnail } from '../orchestrator/domain/pictures/enqueue-thumbnail.ts'
import { ThumbnailJob } from '../orchestrator/domain/pictures/thumbnail-job.ts'
import type { WritableDatabase } from '../orchestrator/storage/connection.ts'
import { closeDatabase, openDatabase } from '../orchestrator/storage/database.ts'
import { putGenerationFile } from '../orchestrator/storage/generation-files.ts'
import { insertGeneration } from '../orchestrator/storage/generations.ts'
import { migrate } from '../orchestrator/storage/migrate.ts'
import { picturePath } from '../orchestrator/storage/picture-paths.ts'
import { withDataFolder } from './support/data-folder.ts'
import { exampleRecipe } from './support/example-recipe.ts'
import { median, timed } from './support/statistics.ts'
import type { Table } from './support/table.ts'

const side = 1024
const batch = 16
const batches = 6
const aimRatio = 0.9

/** The small pictures of large ones: through the queue, the job and the disk, against the image library alone. */
export function measureThumbnails(): Promise<Table> {
  return withDataFolder(async (folder) => {
    const database = openDatabase(join(folder, 'mysticanvas.sqlite'))
    try {
      migrate(database, { backupFolder: join(folder, 'backups'), now: Date.now() })
      const picture = await drawPicture()
      const raw: number[] = []
      const ours: number[] = []
      for (let round = 0; round <= batches; round += 1) {
        const ids = await storeBatch(database, folder, round * batch + 1, picture)
        const rawMs = await timed(() => withSharpAlone(folder, ids))
        const oursMs = await timed(() => withJobs(database, folder, ids))
        // The first round warms both up.
        if (round > 0) {
          raw.push((batch / rawMs) * 1000)
          ours.push((batch / oursMs) * 1000)
        }
      }
      const ratio = median(ours) / median(raw)
      return {
        about: `pictures of ${side} x ${side} to both small sizes, two at a time, ${batches} batches of ${batch} each, alternating`,
        columns: ['median, pictures a second'],
        rows: [
          ['sharp alone, nothing written', median(raw).toFixed(1)],
          ['our jobs, stored and recorded', median(ours).toFixed(1)],
        ],
        conclusions: [`ours / sharp: ${ratio.toFixed(2)} (aim: at least ${aimRatio})`],
      }
    } finally {
      closeDatabase(database)
    }
  })
}

/** Soft shapes with some grain, which cost an encoder about as much as a picture does. */
function drawPicture(): Promise<Buffer> {
  const noise = { type: 'gaussian', mean: 128, sigma: 60 } as const
  return sharp({ create: { width: side, height: side, channels: 3, background: '#808080', noise } })
    .blur(3)
    .png()
    .toBuffer()
}

async function storeBatch(
  database: WritableDatabase,
  folder: string,
  firstId: number,
  picture: Buffer,
): Promise<number[]> {
  const ids = Array.from({ length: batch }, (_, index) => firstId + index)
  for (const id of ids) {
    const path = picturePath(id, 'original')
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    await writeFile(join(folder, path), picture)
    insertGeneration(database, {
      id,
      recipe: exampleRecipe(id),
      prompt_words: null,
      request_id: 'bench',
      created_at: Date.now(),
    })
    const facts = {
      sha256: 'ab'.repeat(32),
      bytes: picture.length,
      width: side,
      height: side,
      mime: 'image/png',
    }
    putGenerationFile(database, { generation_id: id, role: 'original', path, ...facts })
  }
  return ids
}

async function withSharpAlone(folder: string, ids: readonly number[]): Promise<void> {
  const waiting = [...ids]
  const work = async () => {
    for (let id = waiting.shift(); id !== undefined; id = waiting.shift()) {
      const bytes = await readFile(join(folder, picturePath(id, 'original')))
      const small = [256, 512].map((longest) =>
        sharp(bytes)
          .resize(longest, longest, { fit: 'inside', withoutEnlargement: true })
          .webp({ quality: 82 })
          .toBuffer(),
      )
      await Promise.all(small)
    }
  }
  await Promise.all([work(), work()])
}

async function withJobs(
  database: WritableDatabase,
  dataFolder: string,
  ids: readonly number[],
): Promise<void> {
  const logger = pino({ level: 'silent' })
  const events = new EventBus(database, logger)
  const runner = new JobRunner(
    database,
    new ThumbnailJob({ database, dataFolder, events, views: new GenerationViews(database) }),
    logger,
  )
  const made = Promise.withResolvers<void>()
  let left = ids.length
  events.subscribe(({ event }) => {
    if (event.type === 'generation-updated') left -= 1
    if (left === 0) made.resolve()
  })
  for (const id of ids) enqueueThumbnail(database, id, 'bench')
  runner.start()
  await made.promise
  await runner.stop()
}
