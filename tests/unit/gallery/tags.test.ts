import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readAll } from '../../../orchestrator/storage/connection.ts'
import { addGenerationTag } from '../../../orchestrator/storage/generation-tags.ts'
import { findTag } from '../../../orchestrator/storage/tag-lookup.ts'
import { normalizeTagName } from '../../../orchestrator/storage/tag-name.ts'
import { ensureTag } from '../../../orchestrator/storage/tags.ts'
import { fill, invokeLoosely, openGallery, toldTypes } from './support.ts'

function tagged() {
  const gallery = openGallery()
  fill(gallery.database, 'a boat', 'a dog', 'a cat')
  return gallery
}

async function seaAndNight() {
  const gallery = tagged()
  await gallery.invoke('edit_tags', { generations: ['1', '2'], add: ['sea'] })
  await gallery.invoke('edit_tags', { generations: ['2', '3'], add: ['night'] })
  return gallery
}
const find = async ({ invoke }: ReturnType<typeof openGallery>, query: string) =>
  (await invoke('search_history', { query })).generations.map(({ id }) => id)

describe('names of tags', () => {
  test.each([
    ['Old  Town ', 'old town'],
    ['STRASSE', 'strasse'],
    ['Straße', 'strasse'],
    ['ﬁsh', 'fish'],
    ['Ｃａｔ', 'cat'],
    ['ΟΔΟΣ', 'οδοσ'],
    ['\u0000a\tb\n', 'a b'],
    ['😀', '😀'],
    ['glasses', 'glasses'],
    [' ', ''],
  ])('[tags-names] %j is the same as %j', (name, normalized) => {
    expect(normalizeTagName(name)).toBe(normalized)
  })

  test('[tags-names] normalizing twice changes nothing', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 40 }), (name) => {
        const once = normalizeTagName(name)
        expect(normalizeTagName(once)).toBe(once)
      }),
      { numRuns: 500 },
    )
  })
})

describe('tags of pictures', () => {
  test('[tags-edit] are given and taken, and what changed is told so that it can be undone', async () => {
    const { invoke, told } = tagged()
    const add = await invoke('edit_tags', {
      generations: ['1', '2', '2'],
      add: ['Sea', 'sea ', '😀'],
      remove: ['none'],
    })
    expect(add.added).toEqual([
      { tag: 'Sea', generations: ['1', '2'] },
      { tag: '😀', generations: ['1', '2'] },
    ])
    expect(add.removed).toEqual([])
    expect(add.generations.map(({ id, tags }) => [id, tags])).toEqual(
      ['1', '2'].map((id) => [
        id,
        [
          { name: 'Sea', source: 'user' },
          { name: '😀', source: 'user' },
        ],
      ]),
    )
    expect(toldTypes(told)).toEqual(['generation-updated 1', 'generation-updated 2', 'tags-changed'])
    const swap = await invoke('edit_tags', {
      generations: ['1', '3'],
      add: ['sea', 'Night'],
      remove: ['SEA', '😀'],
    })
    expect(swap.added).toEqual([
      { tag: 'Sea', generations: ['3'] },
      { tag: 'Night', generations: ['1', '3'] },
    ])
    expect(swap.removed).toEqual([{ tag: '😀', generations: ['1'] }])
    const nothing = await invoke('edit_tags', { generations: ['1'], add: ['sea'], remove: ['other'] })
    expect(nothing).toEqual({ added: [], removed: [], before: [], generations: [] })
    expect((await invoke('search_history', { query: 'tag:sea tag:night' })).generations).toHaveLength(2)
  })

  test('[tags-edit] a tag that nothing has any more is forgotten, unless it has other names', async () => {
    const { invoke } = tagged()
    await invoke('edit_tags', { generations: ['1'], add: ['sea', 'feline'] })
    await invoke('save_tag_alias', { tag: 'feline', alias: 'cat' })
    await invoke('edit_tags', { generations: ['1'], remove: ['sea', 'feline'] })
    expect(await invoke('list_tags', {})).toEqual({ tags: [{ name: 'feline', uses: 0, aliases: ['cat'] }] })
  })

  test('[tags-edit] what a person says stays what a person said', () => {
    const { database } = tagged()
    const tag = ensureTag(database, 'sea', 0).id
    const link = { generation_id: 1, tag_id: tag, confidence: 0.5 }
    expect(addGenerationTag(database, { ...link, source: 'vision_auto' })).toBe(true)
    expect(addGenerationTag(database, { ...link, source: 'user', confidence: null })).toBe(false)
    expect(addGenerationTag(database, { ...link, source: 'prompt_auto' })).toBe(false)
    expect(readAll(database, 'SELECT source, confidence FROM generation_tags')).toEqual([
      { source: 'user', confidence: null },
    ])
  })

  test('[tags-edit] one picture that is not there keeps all from changing', async () => {
    const { invoke, told } = tagged()
    await expect(invoke('edit_tags', { generations: ['1', '77'], add: ['sea'] })).rejects.toThrow(
      expect.objectContaining({ code: 'generation_not_found', details: { generations: ['77'] } }),
    )
    expect(await invoke('list_tags', {})).toEqual({ tags: [] })
    expect(told).toEqual([])
  })

  test.each([
    ['edit_tags', { generations: ['1'], add: ['x'.repeat(500)] }],
    ['edit_tags', { generations: ['1'], add: [' '] }],
    ['edit_tags', { generations: [], add: ['x'] }],
    ['edit_tags', { generations: Array.from({ length: 501 }, (_, index) => String(index + 1)) }],
    ['edit_tags', { generations: ['x'], add: ['x'] }],
    ['edit_tags', { generations: ['1'], add: Array.from({ length: 51 }, (_, index) => `t${index}`) }],
    ['rename_tag', { tag: 'sea', name: '' }],
    ['list_tags', { limit: 0 }],
  ] as const)('[tags-edit] %s refuses what is out of bounds (%#)', async (name, input) => {
    const { invoke } = tagged()
    await expect(invokeLoosely(invoke, name, input)).rejects.toThrow(
      expect.objectContaining({ code: 'invalid_input' }),
    )
  })
})

describe('the list of tags', () => {
  test('[tags-list] shows the most used first, and those that begin so by name or alias', async () => {
    const { invoke } = tagged()
    await invoke('edit_tags', { generations: ['1', '2'], add: ['Feline'] })
    await invoke('edit_tags', { generations: ['1'], add: ['Fern', 'Boat'] })
    await invoke('save_tag_alias', { tag: 'feline', alias: 'Cat' })
    const names = async (prefix?: string) =>
      (await invoke('list_tags', prefix === undefined ? {} : { prefix })).tags.map(({ name, uses }) => [
        name,
        uses,
      ])
    expect(await names()).toEqual([
      ['Feline', 2],
      ['Fern', 1],
      ['Boat', 1],
    ])
    expect(await names('FE')).toEqual([
      ['Feline', 2],
      ['Fern', 1],
    ])
    expect(await names('ca')).toEqual([['Feline', 2]])
    expect(await names('%')).toEqual([])
  })
})

describe('names that change', () => {
  test('[tags-rename] a tag is renamed on all its pictures', async () => {
    const gallery = await seaAndNight()
    expect(await gallery.invoke('rename_tag', { tag: 'SEA', name: 'Ocean' })).toEqual({
      name: 'Ocean',
      uses: 2,
      aliases: [],
    })
    expect(await find(gallery, 'ocean')).toEqual(['2', '1'])
    expect(await find(gallery, 'sea')).toEqual([])
    expect(await gallery.invoke('rename_tag', { tag: 'ocean', name: 'OCEAN' })).toMatchObject({
      name: 'OCEAN',
    })
    await gallery.invoke('save_tag_alias', { tag: 'ocean', alias: 'Sea' })
    expect(await gallery.invoke('rename_tag', { tag: 'ocean', name: 'sea' })).toEqual({
      name: 'sea',
      uses: 2,
      aliases: [],
    })
    expect(gallery.told.at(-1)?.event).toEqual({ type: 'tags-changed', tags: ['OCEAN', 'sea'] })
  })

  test('[tags-merge] tags become one, with their pictures and names, and nothing twice', async () => {
    const gallery = await seaAndNight()
    await gallery.invoke('save_tag_alias', { tag: 'night', alias: 'dark' })
    const merged = await gallery.invoke('merge_tags', { tags: ['night', 'sea', 'dark'], into: 'sea' })
    expect(merged).toEqual({ name: 'sea', uses: 3, aliases: ['dark', 'night'] })
    for (const query of ['tag:night', 'tag:dark', 'tag:sea', 'dark', 'sea'])
      expect(await find(gallery, query)).toEqual(['3', '2', '1'])
    expect(gallery.views.one(2).tags).toEqual([{ name: 'sea', source: 'user' }])
    expect(findTag(gallery.database, 'night')?.name).toBe('sea')
  })

  test('[tags-alias-cycles] a name belongs to one tag, be it as its name or as an alias', async () => {
    const { invoke } = await seaAndNight()
    const taken = expect.objectContaining({ code: 'tag_name_taken' })
    await expect(invoke('rename_tag', { tag: 'sea', name: 'Night' })).rejects.toThrow(taken)
    await expect(invoke('save_tag_alias', { tag: 'sea', alias: 'night' })).rejects.toThrow(taken)
    await invoke('save_tag_alias', { tag: 'sea', alias: 'water' })
    await expect(invoke('save_tag_alias', { tag: 'night', alias: 'WATER' })).rejects.toThrow(taken)
    await expect(invoke('rename_tag', { tag: 'night', name: 'water' })).rejects.toThrow(taken)
    // An alias of an alias is an alias of the tag itself, and a tag is no alias of itself.
    expect(await invoke('save_tag_alias', { tag: 'water', alias: 'wet' })).toEqual({
      name: 'sea',
      uses: 2,
      aliases: ['water', 'wet'],
    })
    expect((await invoke('save_tag_alias', { tag: 'sea', alias: 'Sea' })).aliases).toEqual(['water', 'wet'])
    expect((await invoke('edit_tags', { generations: ['3'], add: ['wet'] })).added).toEqual([
      { tag: 'sea', generations: ['3'] },
    ])
  })

  test('[tags-aliases] an alias can be taken away again, a name cannot', async () => {
    const { invoke } = await seaAndNight()
    await invoke('save_tag_alias', { tag: 'sea', alias: 'water' })
    expect(await invoke('delete_tag_alias', { alias: 'Water' })).toEqual({
      name: 'sea',
      uses: 2,
      aliases: [],
    })
    const missing = expect.objectContaining({ code: 'tag_not_found' })
    await expect(invoke('delete_tag_alias', { alias: 'water' })).rejects.toThrow(missing)
    await expect(invoke('delete_tag_alias', { alias: 'sea' })).rejects.toThrow(missing)
    await expect(invoke('rename_tag', { tag: 'none', name: 'x' })).rejects.toThrow(missing)
    await expect(invoke('merge_tags', { tags: ['none'], into: 'sea' })).rejects.toThrow(missing)
    await expect(invoke('merge_tags', { tags: ['sea'], into: 'none' })).rejects.toThrow(missing)
    await expect(invoke('save_tag_alias', { tag: 'none', alias: 'x' })).rejects.toThrow(missing)
    expect((await invoke('merge_tags', { tags: ['sea'], into: 'sea' })).uses).toBe(2)
  })
})
