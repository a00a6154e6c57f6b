import { describe, expect, test } from 'vitest'
import {
  EmptyCollectionJob,
  emptyCollectionKind,
} from '../../../orchestrator/domain/collections/empty-collection-job.ts'
import { addCollectionMember, emptyingBatch } from '../../../orchestrator/storage/collections.ts'
import { readAll, transaction } from '../../../orchestrator/storage/connection.ts'
import { claimJob, completeJob, releaseJob } from '../../../orchestrator/storage/job-leases.ts'
import { fill, openGallery, type TestGallery } from './support.ts'

const count = emptyingBatch * 2 + 50

async function collected(): Promise<{ gallery: TestGallery; collection: number }> {
  const gallery = openGallery()
  const { database, invoke } = gallery
  fill(database, ...Array.from({ length: count }, () => 'a boat'))
  const { id: collection } = await invoke('create_collection', { name: 'Boats' })
  transaction(database, () => {
    for (let id = 1; id <= count; id += 1) addCollectionMember(database, collection, id, 0)
  })
  return { gallery, collection }
}

const left = ({ database }: TestGallery) => readAll(database, 'SELECT 1 FROM collection_members').length
const rows = ({ database }: TestGallery) => readAll(database, 'SELECT 1 FROM collections').length

async function follow({ database }: TestGallery, signal: AbortSignal): Promise<string> {
  const job = claimJob(database, { kinds: [emptyCollectionKind], now: Date.now() + 1000, leaseMs: 1000 })
  if (job === null) throw new Error('There is a job.')
  const outcome = await new EmptyCollectionJob(database).run(job, signal)
  if (outcome.type === 'completed') completeJob(database, job, Date.now(), outcome.commit)
  else releaseJob(database, job, 0)
  return outcome.type
}

describe('a deleted collection of many pictures', () => {
  test('[collections-delete-large] is gone at once and emptied bit by bit, also after a stop in between', async () => {
    const { gallery, collection } = await collected()
    const { invoke } = gallery
    await invoke('delete_collection', { collection })
    expect(left(gallery)).toBe(count)
    expect((await invoke('list_collections', {})).collections).toEqual([])
    expect((await invoke('list_collections', { generation: '1' })).collections).toEqual([])
    expect((await invoke('get_search_facets', { query: 'collection:boats' })).total).toBe(0)
    await expect(invoke('delete_collection', { collection })).rejects.toMatchObject({
      code: 'collection_not_found',
    })

    expect(await follow(gallery, AbortSignal.abort())).toBe('released')
    expect(left(gallery)).toBe(count - emptyingBatch)
    expect(await follow(gallery, new AbortController().signal)).toBe('completed')
    expect([left(gallery), rows(gallery)]).toEqual([0, 0])
    expect((await invoke('get_search_facets', { query: 'boat' })).total).toBe(count)
  })

  test('[collections-delete-large] leaves its name to another one while it is emptied', async () => {
    const { gallery, collection } = await collected()
    const { invoke } = gallery
    await invoke('delete_collection', { collection })
    const next = await invoke('create_collection', { name: 'Boats', generations: ['7'] })
    expect((await invoke('get_search_facets', { query: 'collection:boats' })).total).toBe(1)
    await follow(gallery, new AbortController().signal)
    expect((await invoke('list_collections', {})).collections).toEqual([
      expect.objectContaining({ id: next.id, pictures: 1 }),
    ])
  })
})
