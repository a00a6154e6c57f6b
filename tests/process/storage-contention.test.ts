import { join } from 'node:path'
import { expect, test } from 'vitest'
import { readAll, transaction } from '../../orchestrator/storage/connection.ts'
import { rescueAllRunningJobs } from '../../orchestrator/storage/job-rescue.ts'
import { countJobs, enqueueJob } from '../../orchestrator/storage/jobs.ts'
import { fileDatabase, newJob, someError, temporaryFolder } from '../unit/storage/support.ts'
import { startProgram } from './storage-programs.ts'

const jobs = 200

function queue() {
  const folder = temporaryFolder()
  const database = fileDatabase(folder)
  transaction(database, () => {
    for (let index = 0; index < jobs; index += 1) enqueueJob(database, newJob({ max_attempts: 5 }))
  })
  return { database, path: join(folder, 'mysticanvas.sqlite') }
}

const results = `SELECT path FROM file_hashes`

test('[storage-jobs] two processes on one queue do each job once', async () => {
  const { database, path } = queue()
  const programs = [startProgram('work', path), startProgram('work', path)]
  await Promise.all(programs.map((program) => program.says('begun')))
  for (const program of programs) program.process.stdin?.write('go\n')
  for (const program of programs) expect(await program.ended).toBe(0)
  expect(countJobs(database)).toEqual([{ kind: 'generate', state: 'completed', count: jobs }])
  expect(readAll(database, results)).toHaveLength(jobs)
  const claims = programs.map((program) => program.output().match(/job \d+/g) ?? [])
  expect(claims).not.toContainEqual([])
  expect(claims.flat()).toHaveLength(jobs)
  expect(new Set(claims.flat()).size).toBe(jobs)
})

test('a process that is killed again and again loses no job and does none twice', async () => {
  const { database, path } = queue()
  for (const share of [0.2, 0.5, 0.8]) {
    const program = startProgram('work', path)
    program.process.stdin?.write('go\n')
    await program.says(`job ${Math.round(jobs * share)}\n`)
    await program.kill()
    const { requeued, failed } = rescueAllRunningJobs(database, 1000, someError)
    expect(requeued.length).toBeLessThanOrEqual(1)
    expect(failed).toEqual([])
  }
  const last = startProgram('work', path)
  last.process.stdin?.write('go\n')
  expect(await last.ended).toBe(0)
  expect(countJobs(database)).toEqual([{ kind: 'generate', state: 'completed', count: jobs }])
  expect(readAll(database, results)).toHaveLength(jobs)
})
