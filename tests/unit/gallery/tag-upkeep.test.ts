import { describe, expect, test } from 'vitest'
import { TagUpkeepJob, tagUpkeepKind } from '../../../orchestrator/domain/tags/tag-upkeep-job.ts'
import { readAll, transaction } from '../../../orchestrator/storage/connection.ts'
import { addGenerationTag } from '../../../orchestrator/storage/generation-tags.ts'
import { claimJob, completeJob, releaseJob } from '../../../orchestrator/storage/job-leases.ts'
import { upkeepBatch } from '../../../orchestrator/storage/tag-upkeep.ts'
import { ensureTag } from '../../../orchestrator/storage/tags.ts'
import { fill, openGallery, type TestGallery } from './support.ts'

const count = upkeepBatch * 2 + 50
const everyone = Array.from({ length: count }, (_, index) => index + 1)

/** Pictures that have the first tag, the last of them the second as well. */
function tagged(first: string, second: string): TestGallery {
  const gallery = openGallery()
  const { database } = gallery
  fill(database, ...everyone.map(() => 'a boat'))
  const give = (id: number, tag_id: number, source: 'user' | 'prompt_auto') =>
    addGenerationTag(database, { generation_id: id, tag_id, source, confidence: null })
  transaction(database, () => {
    const [one, other] = [first, second].map((name) => ensureTag(database, name, 0).id)
    for (const id of everyone) give(id, one ?? 0, 'user')
    give(count, other ?? 0, 'prompt_auto')
  })
  return gallery
}

const indexed = ({ database }: TestGallery, match: string) =>
  readAll(database, `SELECT rowid FROM generations_fts WHERE generations_fts MATCH '${match}'`).length

async function found({ invoke }: TestGallery, query: string): Promise<number> {
  return (await invoke('get_search_facets', { query })).total
}

function claim({ database }: TestGallery) {
  const job = claimJob(database, { kinds: [tagUpkeepKind], now: Date.now() + 1000, leaseMs: 1000 })
  if (job === null) throw new Error('There is a job.')
  return job
}

async function follow(gallery: TestGallery, signal: AbortSignal): Promise<string> {
  const job = claim(gallery)
  const outcome = await new TagUpkeepJob(gallery).run(job, signal)
  if (outcome.type === 'completed') {
    completeJob(gallery.database, job, Date.now(), outcome.commit)
    outcome.announce?.()
  } else releaseJob(gallery.database, job, 0)
  return outcome.type
}

describe('a tag of many pictures', () => {
  test('[tags-upkeep] is found by its new name at once, and its pictures follow', async () => {
    const gallery = tagged('sea', 'night')
    await gallery.invoke('rename_tag', { tag: 'sea', name: 'ocean' })
    for (const query of ['tag:ocean', 'ocean', 'ocean boat']) expect(await found(gallery, query)).toBe(count)
    expect(indexed(gallery, 'tags : ocean')).toBe(upkeepBatch)
    expect(gallery.views.one(count).tags.map(({ name }) => name)).toEqual(['night', 'ocean'])

    expect(await follow(gallery, AbortSignal.abort())).toBe('released')
    expect(indexed(gallery, 'tags : ocean')).toBe(upkeepBatch)
    expect(await follow(gallery, new AbortController().signal)).toBe('completed')
    expect(indexed(gallery, 'tags : ocean')).toBe(count)
    expect(await found(gallery, 'sea')).toBe(0)
    expect(gallery.told.at(-1)?.event).toEqual({ type: 'tags-changed', tags: ['sea', 'ocean'] })
  })

  test('[tags-upkeep] becomes another one at once, and its pictures follow, nothing twice', async () => {
    const gallery = tagged('sea', 'night')
    await gallery.invoke('merge_tags', { tags: ['sea'], into: 'night' })
    for (const query of ['tag:night', 'tag:sea', 'sea', 'night'])
      expect(await found(gallery, query)).toBe(count)
    expect(gallery.views.one(count).tags.map(({ name }) => name)).toEqual(['night'])
    expect((await gallery.invoke('list_tags', {})).tags.map(({ name }) => name)).toEqual(['night'])
    // What is done to a picture whose tag is still on its way holds.
    const taken = { generations: [String(count - 1)], remove: ['sea'] }
    expect((await gallery.invoke('edit_tags', taken)).removed).toEqual([
      { tag: 'night', generations: taken.generations },
    ])

    expect(await follow(gallery, new AbortController().signal)).toBe('completed')
    expect(readAll(gallery.database, 'SELECT name, uses FROM tags')).toEqual([
      { name: 'night', uses: count - 1 },
    ])
    expect(indexed(gallery, 'tags : sea')).toBe(0)
    expect(await found(gallery, 'tag:sea')).toBe(count - 1)
    expect(gallery.views.one(count).tags).toEqual([{ name: 'night', source: 'user' }])
  })

  test('[tags-upkeep] that becomes another one while it is on its way goes there', async () => {
    const gallery = tagged('sea', 'night')
    await gallery.invoke('merge_tags', { tags: ['sea'], into: 'night' })
    await gallery.invoke('edit_tags', { generations: ['1'], add: ['dark'] })
    await gallery.invoke('merge_tags', { tags: ['night'], into: 'dark' })
    expect(await found(gallery, 'tag:dark')).toBe(count)
    expect(await follow(gallery, new AbortController().signal)).toBe('completed')
    expect(await follow(gallery, new AbortController().signal)).toBe('completed')
    expect(readAll(gallery.database, 'SELECT name, uses FROM tags')).toEqual([{ name: 'dark', uses: count }])
  })
})
