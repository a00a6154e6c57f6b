import { describe, expect, test } from 'vitest'
import type { CapabilityName } from '../../../contracts/capabilities/index.ts'
import { generationListStatement, listGenerations } from '../../../orchestrator/storage/generation-list.ts'
import {
  moveGenerationToBin,
  takeGenerationFromBin,
} from '../../../orchestrator/storage/generation-states.ts'
import { queryPlan } from '../storage/support.ts'
import { fill, invokeLoosely, openGallery, toldTypes } from './support.ts'

async function filled() {
  const gallery = openGallery()
  fill(gallery.database, 'a boat', 'a dog', 'a cat', 'a red boat')
  const holiday = await gallery.invoke('create_collection', { name: 'Holiday', generations: ['1', '2', '2'] })
  gallery.told.length = 0
  return { ...gallery, holiday }
}

const find = async ({ invoke }: ReturnType<typeof openGallery>, query: string) =>
  (await invoke('search_history', { query })).generations.map(({ id }) => id)

describe('collections', () => {
  test('[collections-keep] are made, listed by name and hold pictures', async () => {
    const { invoke, holiday, told } = await filled()
    expect(holiday).toMatchObject({ name: 'Holiday', pictures: 2, cover: '2' })
    const album = await invoke('create_collection', { name: ' An  album ' })
    expect(album).toMatchObject({ name: 'An album', pictures: 0, cover: null })
    expect((await invoke('list_collections', {})).collections.map(({ name }) => name)).toEqual([
      'An album',
      'Holiday',
    ])
    expect((await invoke('list_collections', { generation: '2' })).collections).toEqual([holiday])
    expect((await invoke('list_collections', { generation: '3' })).collections).toEqual([])
    expect(toldTypes(told)).toEqual(['collections-changed'])
  })

  test('[collections-keep] putting in and taking out tells what changed, so that it can be undone', async () => {
    const { invoke, holiday, told } = await filled()
    const { id: collection } = holiday
    const put = await invoke('add_to_collection', { collection, generations: ['2', '3', '4'] })
    expect(put).toMatchObject({ generations: ['3', '4'], collection: { pictures: 4, cover: '4' } })
    const taken = await invoke('remove_from_collection', { collection, generations: ['1', '4', '77'] })
    expect(taken).toMatchObject({ generations: ['1', '4'], collection: { pictures: 2, cover: '3' } })
    expect(toldTypes(told)).toEqual(['collections-changed', 'collections-changed'])
    const nothing = await invoke('add_to_collection', { collection, generations: ['3'] })
    expect(nothing.generations).toEqual([])
    expect(told).toHaveLength(2)
  })

  test('[collections-keep] renaming and deleting leave the pictures', async () => {
    const gallery = await filled()
    const { invoke, holiday } = gallery
    const { id: collection } = holiday
    expect(await invoke('rename_collection', { collection, name: 'HOLIDAY' })).toMatchObject({
      name: 'HOLIDAY',
    })
    expect(await invoke('rename_collection', { collection, name: 'Summer' })).toMatchObject({ pictures: 2 })
    expect(await find(gallery, 'collection:summer')).toEqual(['2', '1'])
    expect(await invoke('delete_collection', { collection })).toMatchObject({ name: 'Summer', pictures: 2 })
    expect((await invoke('list_collections', {})).collections).toEqual([])
    expect(await find(gallery, 'collection:summer')).toEqual([])
    expect(await find(gallery, '')).toEqual(['4', '3', '2', '1'])
  })

  test('[collections-keep] the bin takes pictures out of sight, and they come back to their place', async () => {
    const gallery = await filled()
    const { database, invoke, holiday } = gallery
    const listed = async () =>
      (await invoke('list_collections', {})).collections.map(({ pictures, cover }) => [pictures, cover])
    moveGenerationToBin(database, 2, 5)
    expect(await listed()).toEqual([[1, '1']])
    await invoke('add_to_collection', { collection: holiday.id, generations: ['2', '3'] })
    expect(await listed()).toEqual([[2, '3']])
    takeGenerationFromBin(database, 2)
    expect(await listed()).toEqual([[3, '3']])
    expect(await find(gallery, 'collection:holiday')).toEqual(['3', '2', '1'])
  })

  test('[collections-list] pictures of one are listed page by page in order from an index', async () => {
    const { database, invoke, holiday } = await filled()
    const { id: collection } = holiday
    await invoke('add_to_collection', { collection, generations: ['4'] })
    const query = { cursor: null, limit: 2, state: 'completed', deleted: false, collection } as const
    const first = listGenerations(database, query)
    expect(first.rows.map(({ id }) => id)).toEqual([4, 2])
    const rest = listGenerations(database, { ...query, cursor: first.nextCursor })
    expect([rest.rows.map(({ id }) => id), rest.nextCursor]).toEqual([[1], null])
    moveGenerationToBin(database, 2, 5)
    const binned = listGenerations(database, { ...query, deleted: true })
    expect(binned.rows.map(({ id }) => id)).toEqual([2])
    const { sql, parameters } = generationListStatement({ ...query, cursor: 4 })
    const plan = queryPlan(database, sql, parameters)
    expect(plan).toContain(
      'SEARCH collection_members USING PRIMARY KEY (collection_id=? AND generation_id<?)',
    )
    expect(plan).not.toContain('TEMP B-TREE')
  })

  test('[collections-search] a collection can be searched in, alone and with everything else', async () => {
    const gallery = await filled()
    await gallery.invoke('create_collection', { name: 'Holy places', generations: ['3', '4'] })
    expect(await find(gallery, 'collection:holiday boat')).toEqual(['1'])
    expect(await find(gallery, '-collection:HOLIDAY')).toEqual(['4', '3'])
    expect(await find(gallery, 'collection:"holy  places" -boat')).toEqual(['3'])
    expect(await find(gallery, 'collection:hol*')).toEqual(['4', '3', '2', '1'])
    expect(await find(gallery, 'collection:holiday OR cat')).toEqual(['3', '2', '1'])
    expect(await find(gallery, 'collection:none')).toEqual([])
    expect(await find(gallery, 'collection:')).toEqual(['4', '3', '2', '1'])
  })

  test.each<[CapabilityName, object, string]>([
    ['create_collection', { name: 'hOLIDAY ' }, 'collection_name_taken'],
    ['create_collection', { name: 'x'.repeat(500) }, 'invalid_input'],
    ['create_collection', { name: '  ' }, 'invalid_input'],
    ['create_collection', { name: '\u0001' }, 'invalid_input'],
    ['create_collection', { name: 'New', generations: ['1', '99'] }, 'generation_not_found'],
    ['rename_collection', { collection: 2, name: 'Holiday' }, 'collection_name_taken'],
    ['rename_collection', { collection: 1, name: '\u0001' }, 'invalid_input'],
    ['rename_collection', { collection: 9, name: 'x' }, 'collection_not_found'],
    ['delete_collection', { collection: 9 }, 'collection_not_found'],
    ['delete_collection', { collection: 0 }, 'invalid_input'],
    ['add_to_collection', { collection: 1, generations: ['3', '99'] }, 'generation_not_found'],
    ['add_to_collection', { collection: 9, generations: ['1'] }, 'collection_not_found'],
    ['add_to_collection', { collection: 1, generations: [] }, 'invalid_input'],
    ['remove_from_collection', { collection: 9, generations: ['1'] }, 'collection_not_found'],
  ])('[collections-refuse] %s with %j is refused as %s and changes nothing', async (name, input, code) => {
    const { invoke } = await filled()
    await invoke('create_collection', { name: 'Other' })
    const before = await invoke('list_collections', {})
    await expect(invokeLoosely(invoke, name, input)).rejects.toThrow(expect.objectContaining({ code }))
    expect(await invoke('list_collections', {})).toEqual(before)
  })
})
