import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { pino } from 'pino'
import { expect, onTestFinished, test } from 'vitest'
import { EventBus } from '../../../orchestrator/domain/event-bus.ts'
import { GenerationViews } from '../../../orchestrator/domain/generation/generation-views.ts'
import { JobRunner } from '../../../orchestrator/domain/jobs/job-runner.ts'
import { enqueueThumbnail } from '../../../orchestrator/domain/pictures/enqueue-thumbnail.ts'
import { ThumbnailJob } from '../../../orchestrator/domain/pictures/thumbnail-job.ts'
import { readAll, write } from '../../../orchestrator/storage/connection.ts'
import { getGenerationFile } from '../../../orchestrator/storage/generation-files.ts'
import { moveGenerationToBin } from '../../../orchestrator/storage/generation-states.ts'
import { jobsOfGeneration } from '../../../orchestrator/storage/jobs.ts'
import { picturePath } from '../../../orchestrator/storage/picture-paths.ts'
import { firstId as id, storePicture } from '../storage/backup-support.ts'
import { fileDatabase, temporaryFolder } from '../storage/support.ts'

async function waiting() {
  const folder = temporaryFolder()
  const database = fileDatabase(folder)
  await storePicture(database, folder, id)
  write(database, `DELETE FROM generation_files WHERE role <> 'original'`)
  enqueueThumbnail(database, id, 'request')
  const logger = pino({ level: 'silent' })
  const events = new EventBus(database, logger)
  const job = new ThumbnailJob({ database, dataFolder: folder, events, views: new GenerationViews(database) })
  const settled = Promise.withResolvers<void>()
  const begun = Promise.withResolvers<void>()
  const runner = new JobRunner(
    database,
    {
      kind: job.kind,
      concurrency: 1,
      run: (claimed) => {
        begun.resolve()
        return job.run(claimed)
      },
      onSettled: () => settled.resolve(),
    },
    logger,
  )
  onTestFinished(() => runner.stop())
  return { folder, database, runner, begun: begun.promise, settled: settled.promise }
}

test('[generation-thumbnails] a picture in the bin gets its small pictures, so that they are there when it comes back', async () => {
  const { database, runner, settled } = await waiting()
  moveGenerationToBin(database, id, 1)
  runner.start()
  await settled
  expect(getGenerationFile(database, id, 'thumbnail')).toMatchObject({
    mime: 'image/webp',
    width: 8,
    height: 12,
  })
  expect(getGenerationFile(database, id, 'preview')).not.toBeNull()
})

test('[generation-thumbnails] a picture that goes for good while they are made takes its job along, and nothing is left in the database', async () => {
  const { database, runner, begun, settled } = await waiting()
  runner.start()
  await begun
  write(database, `DELETE FROM generations WHERE id = ${id}`)
  await settled
  expect(readAll(database, 'SELECT * FROM generation_files')).toEqual([])
  expect(readAll(database, 'SELECT * FROM jobs')).toEqual([])
  expect(readAll(database, 'SELECT * FROM events')).toEqual([])
})

test('[generation-thumbnails] a picture whose file was tidied away fails its job at once, and says why', async () => {
  const { folder, database, runner, settled } = await waiting()
  const path = join(folder, picturePath(id, 'original'))
  rmSync(path)
  runner.start()
  await settled
  expect(jobsOfGeneration(database, id)).toMatchObject([
    {
      state: 'failed',
      attempts: 1,
      error: { code: 'picture_not_found', message: expect.stringContaining(path) },
    },
  ])
  expect(getGenerationFile(database, id, 'original')).not.toBeNull()
})
