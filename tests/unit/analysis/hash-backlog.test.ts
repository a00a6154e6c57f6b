import { setTimeout as wait } from 'node:timers/promises'
import Sqlite from 'better-sqlite3'
import { pino } from 'pino'
import { expect, onTestFinished, test } from 'vitest'
import { HashBacklogJob, hashBacklogKind } from '../../../orchestrator/domain/analysis/hash-backlog-job.ts'
import { hashPicture } from '../../../orchestrator/domain/analysis/perceptual-hash.ts'
import { JobRunner } from '../../../orchestrator/domain/jobs/job-runner.ts'
import { asWritable, type WritableDatabase } from '../../../orchestrator/storage/connection.ts'
import { putGenerationFile } from '../../../orchestrator/storage/generation-files.ts'
import { countJobs, enqueueJob } from '../../../orchestrator/storage/jobs.ts'
import { readMigrations } from '../../../orchestrator/storage/migration-files.ts'
import { writePictureFile } from '../../../orchestrator/storage/picture-files.ts'
import { getPictureHash, unhashedPictures } from '../../../orchestrator/storage/picture-hashes.ts'
import { picturePath } from '../../../orchestrator/storage/picture-paths.ts'
import { fill } from '../gallery/support.ts'
import { fileDatabase, newJob, storeOldGeneration, temporaryFolder } from '../storage/support.ts'
import { scene, side, solid } from './pictures.ts'

const logger = pino({ level: 'silent' })

/** Pictures with thumbnails from before there were hashes. */
async function open(count: number) {
  const folder = temporaryFolder()
  const database = fileDatabase(folder)
  fill(database, ...Array.from({ length: count }, (_, index) => `picture ${index + 1}`))
  for (let id = 1; id <= count; id += 1) await addThumbnail(database, folder, id, await scene(id))
  return { folder, database }
}

async function addThumbnail(
  database: WritableDatabase,
  folder: string,
  id: number,
  bytes: Buffer,
): Promise<void> {
  const file = await writePictureFile(folder, picturePath(id, 'thumbnail'), bytes)
  putGenerationFile(database, {
    generation_id: id,
    role: 'thumbnail',
    ...file,
    width: side,
    height: side,
    mime: 'image/webp',
  })
}

async function runBacklog(database: WritableDatabase, dataFolder: string): Promise<void> {
  enqueueJob(database, newJob({ kind: hashBacklogKind, unique_key: hashBacklogKind }))
  const runner = new JobRunner(database, new HashBacklogJob({ database, dataFolder, logger }), logger)
  onTestFinished(() => runner.stop())
  runner.start()
  while (countJobs(database).some(({ state }) => state === 'queued' || state === 'running')) await wait(5)
}

test('[analysis-backlog] every older picture gets its hash; one that is even or broken is passed over once', async () => {
  const { folder, database } = await open(40)
  await addThumbnail(database, folder, 7, await solid(10, 20, 30))
  await addThumbnail(database, folder, 8, Buffer.from('broken'))
  await runBacklog(database, folder)
  expect(countJobs(database)).toEqual([{ kind: hashBacklogKind, state: 'completed', count: 1 }])
  expect(unhashedPictures(database, 0, 100)).toEqual([])
  expect(getPictureHash(database, 40)).toEqual(await hashPicture(await scene(40)))
  expect([7, 8].map((id) => getPictureHash(database, id))).toEqual([null, null])
})

test('[analysis-backlog] a stop keeps what is done, and gives the job back', async () => {
  const { folder, database } = await open(40)
  const stopping = new AbortController()
  const job = new HashBacklogJob({ database, dataFolder: folder, logger })
  const working = job.run(null, stopping.signal)
  stopping.abort()
  expect((await working).type).toBe('released')
  expect(unhashedPictures(database, 0, 100).map(({ generation_id: id }) => id)).toEqual([
    33, 34, 35, 36, 37, 38, 39, 40,
  ])
})

test.each([
  [0, 0],
  [2, 1],
])('[analysis-backlog] with %i pictures, the migration asks for %i jobs', (count, jobs) => {
  const handle = new Sqlite(':memory:')
  handle.pragma('foreign_keys = ON')
  const migrations = readMigrations()
  const own = migrations.findIndex(({ sql }) => sql.includes('CREATE TABLE picture_hashes'))
  for (const { sql } of migrations.slice(0, own)) handle.exec(sql)
  const database = asWritable(handle)
  for (let id = 1; id <= count; id += 1) {
    storeOldGeneration(handle, id, `picture ${id}`)
    putGenerationFile(database, thumbnailOf(id))
  }
  handle.exec(migrations[own]?.sql ?? '')
  expect(countJobs(database)).toEqual(
    jobs === 0 ? [] : [{ kind: hashBacklogKind, state: 'queued', count: jobs }],
  )
})

const thumbnailOf = (id: number) =>
  ({
    generation_id: id,
    role: 'thumbnail',
    path: picturePath(id, 'thumbnail'),
    sha256: 'ab'.repeat(32),
    bytes: 1,
    width: 1,
    height: 1,
    mime: 'image/webp',
  }) as const
