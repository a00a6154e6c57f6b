import { expect, test } from 'vitest'
import { write } from '../../../orchestrator/storage/connection.ts'
import { childrenStatement } from '../../../orchestrator/storage/generation-lineage.ts'
import { moveGenerationToBin } from '../../../orchestrator/storage/generation-states.ts'
import { queryPlan } from '../storage/support.ts'
import { fill, openGallery } from './support.ts'

function family() {
  const gallery = openGallery()
  fill(gallery.database, 'a boat', 'a red boat', 'a blue boat', 'a small blue boat', 'a dog')
  write(gallery.database, 'UPDATE generations SET parent_id = 1 WHERE id IN (2, 3)')
  write(gallery.database, 'UPDATE generations SET parent_id = 3 WHERE id = 4')
  return gallery
}

test('[generation-lineage] tells what a picture started from, and what started from it, page by page', async () => {
  const { invoke } = family()
  const of = async (generation: string, rest: { limit?: number; cursor?: string } = {}) => {
    const { parent, children, next_cursor: next } = await invoke('get_lineage', { generation, ...rest })
    return [parent?.id ?? null, children.map(({ id }) => id), next]
  }
  expect(await of('1')).toEqual([null, ['3', '2'], null])
  expect(await of('3')).toEqual(['1', ['4'], null])
  expect(await of('5')).toEqual([null, [], null])
  expect(await of('1', { limit: 1 })).toEqual([null, ['3'], '3'])
  expect(await of('1', { limit: 1, cursor: '3' })).toEqual([null, ['2'], null])
})

test('[generation-lineage] shows an origin that lies in the bin, and no descendants there', async () => {
  const { database, invoke } = family()
  moveGenerationToBin(database, 1, 5)
  moveGenerationToBin(database, 2, 5)
  expect((await invoke('get_lineage', { generation: '3' })).parent).toMatchObject({ id: '1' })
  expect((await invoke('get_lineage', { generation: '1' })).children.map(({ id }) => id)).toEqual(['3'])
  await expect(invoke('get_lineage', { generation: '99' })).rejects.toThrow(
    expect.objectContaining({ code: 'generation_not_found' }),
  )
})

test('[generation-lineage] is read in order from an index', () => {
  const { database } = family()
  const plan = queryPlan(database, childrenStatement, { parent: 1, cursor: 9, limit: 5 })
  expect(plan).toContain('USING INDEX generations_of_parent (parent_id=? AND rowid<?)')
  expect(plan).not.toContain('TEMP B-TREE')
})
