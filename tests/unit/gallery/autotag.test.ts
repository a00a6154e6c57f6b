import { pino } from 'pino'
import { setTimeout as wait } from 'node:timers/promises'
import { describe, expect, onTestFinished, test } from 'vitest'
import { JobRunner } from '../../../orchestrator/domain/jobs/job-runner.ts'
import { AutotagJob, autotagKind, enqueueAutotag } from '../../../orchestrator/domain/tags/autotag-job.ts'
import { chooseTags, tagCandidates } from '../../../orchestrator/domain/tags/suggest-tags.ts'
import { write } from '../../../orchestrator/storage/connection.ts'
import { countJobs, enqueueJob, jobPriority, jobsOfGeneration } from '../../../orchestrator/storage/jobs.ts'
import { getGeneration } from '../../../orchestrator/storage/generations.ts'
import { insertStyle } from '../../../orchestrator/storage/styles.ts'
import { content as styleContent } from '../styles/support.ts'
import { newJob } from '../storage/support.ts'
import { fill, openGallery, toldTypes } from './support.ts'

const choose = (prompt: string, ...known: string[]) => chooseTags(tagCandidates(prompt), new Set(known), 12)

/** Has a picture with this prompt tagged. */
async function run(
  prompt: string,
  prepare: (gallery: ReturnType<typeof openGallery>) => unknown = () => undefined,
) {
  const gallery = openGallery()
  const { database, events, views } = gallery
  fill(database, prompt)
  await prepare(gallery)
  gallery.told.length = 0
  enqueueAutotag(database, 1, 'request')
  enqueueAutotag(database, 1, 'request')
  expect(jobsOfGeneration(database, 1)).toMatchObject([
    { kind: autotagKind, priority: jobPriority.background },
  ])
  const runner = new JobRunner(
    database,
    new AutotagJob({ database, events, views }),
    pino({ level: 'silent' }),
  )
  onTestFinished(() => runner.stop())
  runner.start()
  const settled = async () => {
    while (countJobs(database).some(({ state }) => state === 'queued' || state === 'running')) await wait(5)
  }
  await settled()
  return { ...gallery, runner, settled }
}

test('[tags-auto] a picture in a style is tagged with the style and the words of the person, not those of its template', async () => {
  const { database, views } = await run('a fox, old engraving with dragon', ({ database: prepared }) => {
    insertStyle(prepared, styleContent('Steel plate'), null, 1)
    write(
      prepared,
      `UPDATE generations SET recipe = json_set(recipe, '$.style', 'Steel Plate', '$.own_prompt', 'a fox')`,
    )
  })
  expect(getGeneration(database, 1)?.recipe.own_prompt).toBe('a fox')
  expect(views.one(1).tags.map(({ name }) => name)).toEqual(['fox', 'steel plate'])
})

describe('tags from a prompt', () => {
  test.each<[string, string[], string[]]>([
    ['A red Boat on the sea', [], ['red', 'boat', 'sea']],
    ['an oil painting of a castle', [], ['oil painting', 'castle']],
    ['sci-fi city, no people, without fog', [], ['sci-fi', 'city']],
    ['my grandmother in the old town', ['grandmother', 'old town'], ['old town', 'grandmother']],
    ['the old, town', ['old town'], []],
    ['cats and dogs', [], []],
    ['(masterpiece:1.2), <lora:x:1> dragon', [], ['dragon']],
    ['猫 写真', ['猫'], ['猫']],
    ['', [], []],
    ['!!! 😀', [], []],
  ])('[tags-auto] %j with %j in use gives %j', (prompt, known, tags) => {
    expect(choose(prompt, ...known)).toEqual(tags)
  })

  test('[tags-auto] are at most as many as asked for, whatever the prompt', () => {
    const prompt = 'cat dog bird fish tree rose house castle boat car sea lake sky moon '.repeat(60)
    expect(choose(prompt)).toHaveLength(12)
  })
})

describe('the job that tags', () => {
  test('[tags-auto] gives the tags a prompt names, and tells so', async () => {
    const { views, told, invoke } = await run('a red boat')
    expect(views.one(1).tags).toEqual([
      { name: 'boat', source: 'prompt_auto' },
      { name: 'red', source: 'prompt_auto' },
    ])
    expect(toldTypes(told)).toEqual(['generation-updated 1'])
    expect((await invoke('search_history', { query: 'tag:boat' })).generations).toHaveLength(1)
  })

  test('[tags-auto] uses tags by their own names, and leaves what people said', async () => {
    const { views } = await run('a boat by Grandmother', async ({ invoke }) => {
      await invoke('edit_tags', { generations: ['1'], add: ['Ship', 'Grandmother'] })
      await invoke('save_tag_alias', { tag: 'ship', alias: 'boat' })
    })
    expect(views.one(1).tags).toEqual([
      { name: 'Grandmother', source: 'user' },
      { name: 'Ship', source: 'user' },
    ])
  })

  test('[tags-auto] doing it again changes nothing, and a picture that is gone is no failure', async () => {
    const { database, views, told, runner, settled } = await run('a red boat')
    enqueueAutotag(database, 1, 'request')
    enqueueJob(database, newJob({ kind: autotagKind, payload: { generation_id: 77 } }))
    runner.wake()
    await settled()
    expect(views.one(1).tags).toHaveLength(2)
    expect(toldTypes(told)).toEqual(['generation-updated 1'])
    expect(countJobs(database)).toEqual([{ kind: autotagKind, state: 'completed', count: 3 }])
    write(database, 'DELETE FROM generations')
  })
})
