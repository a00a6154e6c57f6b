import { expect, test } from 'vitest'
import { capabilities } from '../../../contracts/capabilities/index.ts'
import { fill, invokeLoosely, openGallery } from './support.ts'

const ids = (page: { generations: { id: string }[] }) => page.generations.map(({ id }) => id)

test('[search-capability] finds pictures with everything about them, page by page in both orders', async () => {
  const { database, invoke } = openGallery()
  fill(database, 'a boat', 'a dog', 'a red boat', 'a boat with many other things around it')
  const first = await invoke('search_history', { query: 'boat', limit: 2 })
  expect(ids(first)).toEqual(['4', '3'])
  expect(first.generations[0]).toMatchObject({ rating: null, favorite: false, notes: '', tags: [] })
  expect(first.did_you_mean).toBeNull()
  const second = await invoke('search_history', { query: 'boat', limit: 2, cursor: first.next_cursor ?? '' })
  expect(ids(second)).toEqual(['1'])
  expect(second.next_cursor).toBeNull()
  const best = await invoke('search_history', { query: 'boat', order: 'relevance', limit: 2 })
  expect(ids(best)).toEqual(['1', '3'])
  const rest = await invoke('search_history', {
    query: 'boat',
    order: 'relevance',
    cursor: best.next_cursor ?? '',
  })
  expect(ids(rest)).toEqual(['4'])
  for (const { previous_cursor: cursor } of [second, rest]) {
    const order = cursor?.includes('.') === true ? 'relevance' : 'newest'
    const back = { query: 'boat', order, direction: 'backward', limit: 2, cursor: cursor ?? '' } as const
    const before = await invoke('search_history', back)
    expect(ids(before)).toEqual(ids(order === 'newest' ? first : best))
    expect(before.previous_cursor).toBeNull()
  }
  expect(ids(await invoke('search_history', { query: 'boat', state: 'failed' }))).toEqual([])
  expect(ids(await invoke('search_history', { query: 'boat OR', state: 'completed' }))).toEqual([
    '4',
    '3',
    '1',
  ])
  expect((await invoke('get_search_facets', { query: 'boat', state: 'failed' })).total).toBe(0)
  expect(capabilities.search_history.surfaces).toEqual(['rest', 'mcp', 'assistant'])
})

test('[search-spelling] suggests a query that finds something, and only where nothing was found', async () => {
  const { database, invoke } = openGallery()
  fill(database, 'a lighthouse by the sea', 'a dog')
  const ask = async (query: string) => (await invoke('search_history', { query })).did_you_mean
  expect(await ask('Lighthuose')).toBe('lighthouse')
  expect(await ask('"lighthuose by" -fog tag:none')).toBeNull()
  expect(await ask('the lighthuose rating:none')).toBe('the lighthouse rating:none')
  expect(await ask('lighthuose dgo')).toBeNull()
  expect(await ask('xylophone')).toBeNull()
  expect(await ask('-lighthuose rating:5')).toBeNull()
  expect(await ask('dog')).toBeNull()
  expect((await invoke('search_history', { query: 'lighthuose', cursor: '5' })).did_you_mean).toBeNull()
})

test.each([
  { query: 'a'.repeat(10_000) },
  { query: 'boat', cursor: 'x' },
  { query: 'boat', cursor: '5.2' },
  { query: 'boat', cursor: '5', order: 'relevance' },
  { query: 'boat', cursor: '-1' },
  { query: 'boat', cursor: "1' OR 1" },
  { query: 'boat', limit: 0 },
  { query: 'boat', order: 'random' },
  { query: 'boat', direction: 'sideways' },
  { query: 'boat', state: 'lost' },
  { query: 7 },
  {},
])('[search-bounds] refuses %j and names the field', async (input) => {
  const { invoke } = openGallery()
  await expect(invokeLoosely(invoke, 'search_history', input)).rejects.toThrow(
    expect.objectContaining({ code: 'invalid_input', details: { fields: [expect.objectContaining({})] } }),
  )
})

test('[search-bounds] a cursor that was made up finds no page, and a stale one goes on', async () => {
  const { database, invoke } = openGallery()
  fill(database, 'a boat', 'a dog')
  expect(ids(await invoke('search_history', { query: '', cursor: '9999999999999999' }))).toEqual(['2', '1'])
  expect(ids(await invoke('search_history', { query: 'boat', cursor: '1' }))).toEqual([])
  const before = { query: 'boat', direction: 'backward', cursor: '9999999999999999' } as const
  expect(await invoke('search_history', before)).toMatchObject({ generations: [], previous_cursor: null })
  const beyond = { query: 'boat', order: 'relevance', cursor: '9999999999999999.1999' } as const
  expect(await invoke('search_history', beyond)).toEqual({
    generations: [],
    next_cursor: null,
    previous_cursor: '9007199254740991.1',
    did_you_mean: null,
  })
})

test('[search-facets] [search-timeline] counts what there is by name and month', async () => {
  const { database, invoke } = openGallery()
  fill(database, 'a boat', 'a dog')
  await invoke('edit_tags', { generations: ['1'], add: ['Sea'] })
  expect(await invoke('get_search_facets', {})).toMatchObject({ total: 2, tags: [{ name: 'Sea', count: 1 }] })
  expect(await invoke('get_search_facets', { query: 'dog' })).toMatchObject({ total: 1, tags: [] })
  const { months } = await invoke('get_timeline', {})
  expect(months).toEqual([
    { month: expect.stringMatching(/^19\d\d-\d\d$/), count: 2, newest: '2', cursor: expect.any(String) },
  ])
})
