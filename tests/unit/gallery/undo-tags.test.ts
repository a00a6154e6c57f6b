import { describe, expect, test } from 'vitest'
import { readAll } from '../../../orchestrator/storage/connection.ts'
import { addGenerationTag } from '../../../orchestrator/storage/generation-tags.ts'
import { ensureTag } from '../../../orchestrator/storage/tags.ts'
import { fill, invokeLoosely, openGallery, toldTypes } from './support.ts'

/** Picture 1 has "sea" from its prompt, 2 from a model that saw it, 3 from a person. */
function tagged() {
  const gallery = openGallery()
  const { database } = gallery
  fill(database, 'a boat', 'a dog', 'a cat')
  const { id: tag_id } = ensureTag(database, 'sea', 0)
  addGenerationTag(database, { generation_id: 1, tag_id, source: 'prompt_auto', confidence: null })
  addGenerationTag(database, { generation_id: 2, tag_id, source: 'vision_auto', confidence: 0.75 })
  addGenerationTag(database, { generation_id: 3, tag_id, source: 'user', confidence: null })
  const links = () =>
    readAll(
      database,
      `SELECT generation_id AS id, name, source, confidence FROM generation_tags
       JOIN tags ON tags.id = tag_id ORDER BY name, generation_id`,
    )
  return { ...gallery, links }
}

describe('a change of tags is taken back', () => {
  test('[tags-undo] a tag that was removed is given back with who gave it and how sure that was', async () => {
    const { invoke, links, told } = tagged()
    const before = links()
    const { added, before: earlier } = await invoke('edit_tags', {
      generations: ['1', '2', '3'],
      remove: ['SEA'],
    })
    expect(earlier).toEqual([
      { tag: 'sea', source: 'prompt_auto', confidence: null, generations: ['1'] },
      { tag: 'sea', source: 'vision_auto', confidence: 0.75, generations: ['2'] },
      { tag: 'sea', source: 'user', confidence: null, generations: ['3'] },
    ])
    expect(links()).toEqual([])
    told.length = 0
    const back = await invoke('restore_tags', { added, before: earlier })
    expect(links()).toEqual(before)
    expect(back.generations.map(({ id, tags }) => [id, tags[0]?.source])).toEqual([
      ['1', 'prompt_auto'],
      ['2', 'vision_auto'],
      ['3', 'user'],
    ])
    expect(toldTypes(told)).toEqual([
      'generation-updated 1',
      'generation-updated 2',
      'generation-updated 3',
      'tags-changed',
    ])
    expect((await invoke('search_history', { query: 'tag:sea' })).generations).toHaveLength(3)
  })

  test('[tags-undo] a tag that became the word of a person becomes what it was, and a new one is gone', async () => {
    const { invoke, links } = tagged()
    const before = links()
    const edit = await invoke('edit_tags', { generations: ['1', '2', '3'], add: ['sea', 'night'] })
    expect(edit.added).toEqual([{ tag: 'night', generations: ['1', '2', '3'] }])
    expect(edit.before.map(({ source, generations }) => [source, generations])).toEqual([
      ['prompt_auto', ['1']],
      ['vision_auto', ['2']],
    ])
    expect(edit.generations).toHaveLength(3)
    await invoke('restore_tags', { added: edit.added, before: edit.before })
    expect(links()).toEqual(before)
    expect((await invoke('list_tags', {})).tags.map(({ name }) => name)).toEqual(['sea'])
    // Once more changes nothing.
    expect(await invoke('restore_tags', { added: edit.added, before: edit.before })).toEqual({
      generations: [],
    })
  })

  test('[tags-undo] one picture that is not there keeps all from changing', async () => {
    const { invoke, links } = tagged()
    const before = links()
    const undo = invoke('restore_tags', {
      added: [{ tag: 'sea', generations: ['1'] }],
      before: [{ tag: 'new', source: 'user', confidence: null, generations: ['77'] }],
    })
    await expect(undo).rejects.toThrow(expect.objectContaining({ code: 'generation_not_found' }))
    expect(links()).toEqual(before)
  })

  test.each([
    { before: [{ tag: 'x', source: 'somebody', confidence: null, generations: ['1'] }] },
    { before: [{ tag: 'x', source: 'vision_auto', confidence: 2, generations: ['1'] }] },
    { before: [{ tag: '', source: 'user', confidence: null, generations: ['1'] }] },
    { added: [{ tag: 'x', generations: [] }] },
  ])('[tags-undo] refuses %j', async (input) => {
    await expect(invokeLoosely(tagged().invoke, 'restore_tags', input)).rejects.toThrow(
      expect.objectContaining({ code: 'invalid_input' }),
    )
  })
})
