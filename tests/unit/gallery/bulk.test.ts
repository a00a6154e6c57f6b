import { describe, expect, test } from 'vitest'
import { storeGeneration } from '../storage/support.ts'
import { fill, invokeLoosely, openGallery, toldTypes } from './support.ts'

function filled() {
  const gallery = openGallery()
  fill(gallery.database, 'a boat', 'a dog', 'a cat')
  return gallery
}

describe('many pictures at once', () => {
  test('[generation-rate] are rated, and what they were before is told', async () => {
    const { invoke, told } = filled()
    const first = await invoke('rate_generations', { generations: ['1', '2'], rating: 4, favorite: true })
    expect(first.before).toEqual(
      ['1', '2'].map((generation) => ({ generation, rating: null, favorite: false, notes: '' })),
    )
    expect(first.generations[0]).toMatchObject({ rating: 4, favorite: true, notes: '' })
    expect(toldTypes(told)).toEqual(['generation-updated 1', 'generation-updated 2'])
    const second = await invoke('rate_generations', { generations: ['2', '3'], rating: 4, notes: 'for Anna' })
    expect(second.before.map(({ generation }) => generation)).toEqual(['2', '3'])
    const cleared = await invoke('rate_generations', { generations: ['1', '3'], rating: null })
    expect(cleared.generations.map(({ rating, notes }) => [rating, notes])).toEqual([
      [null, ''],
      [null, 'for Anna'],
    ])
    const same = await invoke('rate_generations', { generations: ['1'], rating: null })
    expect(same).toEqual({ before: [], generations: [] })
    expect(
      (await invoke('search_history', { query: 'anna favorite:' })).generations.map(({ id }) => id),
    ).toEqual(['2'])
  })

  test('[generation-rate] one picture that is not there keeps all from changing', async () => {
    const { invoke, views } = filled()
    await expect(invoke('rate_generations', { generations: ['1', '9'], rating: 1 })).rejects.toThrow(
      expect.objectContaining({ code: 'generation_not_found', details: { generations: ['9'] } }),
    )
    expect(views.one(1).rating).toBeNull()
  })

  test.each([
    { generations: ['1'] },
    { generations: ['1'], rating: 6 },
    { generations: ['1'], rating: 2.5 },
    { generations: ['1'], notes: 'x'.repeat(10_001) },
    { generations: ['1'], stars: 3 },
  ])('[generation-rate] refuses %j', async (input) => {
    const { invoke } = filled()
    await expect(invokeLoosely(invoke, 'rate_generations', input)).rejects.toThrow(
      expect.objectContaining({ code: 'invalid_input' }),
    )
  })

  test('[generation-bulk-bin] go to the bin and come back; what cannot is left and named', async () => {
    const { invoke, told, database } = filled()
    storeGeneration(database, 4)
    const gone = await invoke('delete_generations', { generations: ['1', '2', '4', '9'] })
    expect(gone.generations.map(({ id, deleted_at: at }) => [id, at !== null])).toEqual([
      ['1', true],
      ['2', true],
    ])
    expect(gone.skipped).toEqual([
      { generation: '4', code: 'generation_not_finished' },
      { generation: '9', code: 'generation_not_found' },
    ])
    expect((await invoke('search_history', { query: '' })).generations.map(({ id }) => id)).toEqual([
      '4',
      '3',
    ])
    expect(await invoke('delete_generations', { generations: ['1'] })).toEqual({
      generations: [],
      skipped: [],
    })
    const back = await invoke('restore_generations', { generations: ['1', '3', '9'] })
    expect(back.generations.map(({ id }) => id)).toEqual(['1'])
    expect(back.skipped).toEqual([{ generation: '9', code: 'generation_not_found' }])
    expect(toldTypes(told)).toEqual(['generation-deleted 1', 'generation-deleted 2', 'generation-restored 1'])
  })
})
