import { beforeEach, describe, expect, test } from 'vitest'
import type { Style } from '../../../contracts/entities/style.ts'
import { seedStyles } from '../../../orchestrator/domain/styles/seed-styles.ts'
import { mostStyles } from '../../../orchestrator/domain/styles/style-room.ts'
import { transaction } from '../../../orchestrator/storage/connection.ts'
import { putStylePreview } from '../../../orchestrator/storage/style-previews.ts'
import { insertStyle } from '../../../orchestrator/storage/styles.ts'
import { openGallery, type TestGallery } from '../gallery/support.ts'
import { storeGeneration } from '../storage/support.ts'
import { content, failureOf, libraryStyle } from './support.ts'

let gallery: TestGallery
const names = async (query = '') =>
  (await gallery.invoke('get_styles', { query, limit: 200 })).styles.map(({ name }) => name)
const save = (input: object) =>
  gallery.invoke('save_style', { name: 'Ink', prompt_template: 'ink', ...input })
const one = async (name: string) =>
  (await gallery.invoke('get_styles', { query: name })).styles.find((style) => style.name === name) as Style

beforeEach(() => {
  gallery = openGallery()
})

describe('the list of styles', () => {
  test('[styles-list] is by name and comes page by page, each style once', async () => {
    for (const name of ['Cedar', 'ash', 'Élan', 'birch', 'Dune']) await save({ name })
    const seen: string[] = []
    for (let cursor: number | null | undefined; cursor !== null;) {
      const page = await gallery.invoke('get_styles', { limit: 2, ...(cursor !== undefined && { cursor }) })
      seen.push(...page.styles.map(({ name }) => name))
      cursor = page.next_cursor
    }
    expect(seen).toEqual(['ash', 'birch', 'Cedar', 'Dune', 'Élan'])
  })

  test('[styles-list] finds all words of a query in names, categories, descriptions and templates', async () => {
    await save({ name: 'Crème', category: 'Painting', description: 'Soft and pale.' })
    await save({ name: 'Chalk', category: 'Drawing', prompt_template: 'dusty {prompt}' })
    expect(await names('PAINT creme')).toEqual(['Crème'])
    expect(await names('pale')).toEqual(['Crème'])
    expect(await names('dusty draw')).toEqual(['Chalk'])
    expect(await names('dusty paint')).toEqual([])
    expect(await names(`%_'"`)).toEqual(['Chalk', 'Crème'])
  })
})

describe('a style of a person', () => {
  test('[styles-own] is saved from a text, which need not say where the prompt goes', async () => {
    expect(
      await save({ negative_prompt: ' fog ', parameters: { steps: 9 }, category: 'Mine' }),
    ).toMatchObject({
      name: 'Ink',
      prompt_template: '{prompt}, ink',
      negative_prompt: 'fog',
      parameters: { steps: 9 },
      category: 'Mine',
      built_in: false,
      preview_url: null,
    })
    expect(gallery.told.at(-1)).toMatchObject({
      event: { type: 'styles-changed' },
      message: 'The style "Ink" was saved.',
    })
  })

  test('[styles-own] is saved from a picture, with the words of the person taken out where they are known', async () => {
    const size = { width: 192, height: 128, steps: 12, guidance: 3 }
    storeGeneration(gallery.database, 1, {
      prompt: 'ink drawing of a cat, wet',
      own_prompt: 'a cat',
      ...size,
    })
    storeGeneration(gallery.database, 2, { prompt: 'a dog, charcoal', ...size })
    const made = await gallery.invoke('save_style', { name: 'One', generation: '1' })
    expect(made).toMatchObject({
      prompt_template: 'ink drawing of {prompt}, wet',
      negative_prompt: 'fog',
      parameters: { steps: 12, guidance: 3, aspect: 'landscape' },
    })
    const other = { name: 'Two', generation: '2', negative_prompt: '' }
    expect(await gallery.invoke('save_style', other)).toMatchObject({
      prompt_template: '{prompt}, a dog, charcoal',
      negative_prompt: '',
    })
    const failure = await failureOf(() => gallery.invoke('save_style', { name: 'Three', generation: '3' }))
    expect(failure.code).toBe('generation_not_found')
  })

  test('[styles-own] is refused where it has no name, a name that is taken, or nothing to add', async () => {
    await save({})
    const codes = [
      { prompt_template: 'ink' },
      { name: '  ', prompt_template: 'ink' },
      { name: 'Empty' },
      { name: 'Twice', prompt_template: '{prompt}{prompt}' },
      { name: 'Wrong', prompt_template: 'x', parameters: { steps: 0 } },
      { name: 'ÍNK', prompt_template: 'x' },
      { id: 77, name: 'Gone', prompt_template: 'x' },
    ].map(async (input) => (await failureOf(() => gallery.invoke('save_style', input))).code)
    const invalid = 'invalid_input'
    const expected = [invalid, invalid, invalid, invalid, invalid, 'style_name_taken', 'style_not_found']
    expect(await Promise.all(codes)).toEqual(expected)
    expect(await names()).toEqual(['Ink'])
  })

  test('[styles-own] changes in what is given, and loses its preview where it shows something else', async () => {
    const { id } = await save({ description: 'Black.' })
    const preview = { path: `styles/${id}.webp`, sha256: 'ab'.repeat(32), bytes: 1, width: 1, height: 1 }
    putStylePreview(gallery.database, { style_id: id, ...preview, created_at: 1 })
    const url = `/api/styles/${id}/preview?version=abababababab`
    const renamed = await gallery.invoke('save_style', { id, name: 'Indian ink' })
    expect(renamed).toMatchObject({
      id,
      description: 'Black.',
      prompt_template: '{prompt}, ink',
      preview_url: url,
    })
    const changed = await gallery.invoke('save_style', { id, parameters: { guidance: 9 } })
    expect(changed).toMatchObject({ parameters: { guidance: 9 }, preview_url: null })
  })

  test('[styles-own] is what a built-in style becomes once it is changed', async () => {
    seedStyles(gallery.database, [libraryStyle('oil', 'Oil')], 1)
    const { id } = await one('Oil')
    expect(await gallery.invoke('save_style', { id, description: 'Mine.' })).toMatchObject({
      built_in: false,
    })
    seedStyles(gallery.database, [libraryStyle('oil', 'Oil', { description: 'New.' })], 2)
    expect(await one('Oil')).toMatchObject({ id, description: 'Mine.', built_in: false })
  })

  test('[styles-own] is copied under a name that is free', async () => {
    const { id } = await save({ name: 'I'.repeat(100) })
    const copies = [await gallery.invoke('duplicate_style', { style: id })]
    copies.push(await gallery.invoke('duplicate_style', { style: copies[0]?.id ?? 0 }))
    expect(copies.map(({ name }) => name)).toEqual([`${'I'.repeat(98)} 2`, `${'I'.repeat(98)} 3`])
    expect(copies[1]).toMatchObject({ prompt_template: '{prompt}, ink', built_in: false })
  })

  test('[styles-own] comes back after it was deleted, unless its name is taken meanwhile', async () => {
    const { id } = await save({})
    await gallery.invoke('delete_style', { style: id })
    expect(await names()).toEqual([])
    const again = await failureOf(() => gallery.invoke('delete_style', { style: id }))
    expect(again.code).toBe('style_not_found')
    expect(await gallery.invoke('restore_style', { style: id })).toMatchObject({ id, name: 'Ink' })
    expect(await gallery.invoke('restore_style', { style: id })).toMatchObject({ id })
    await gallery.invoke('delete_style', { style: id })
    await save({})
    const taken = await failureOf(() => gallery.invoke('restore_style', { style: id }))
    expect(taken.code).toBe('style_name_taken')
    expect(await names()).toEqual(['Ink'])
  })

  test('[styles-own] does not fit any more once there are very many', async () => {
    transaction(gallery.database, () => {
      for (let count = 0; count < mostStyles; count += 1)
        insertStyle(gallery.database, content(`Style ${count}`), null, 1)
    })
    expect((await failureOf(() => save({}))).code).toBe('too_many_styles')
    const text = 'name,prompt\nInk,ink\n'
    const failure = await failureOf(() => gallery.invoke('import_styles', { text }))
    expect(failure.code).toBe('too_many_styles')
  })
})

describe('apply_style', () => {
  test('[styles-apply] tells what a prompt becomes, with the settings of the style', async () => {
    await save({ negative_prompt: 'blur', parameters: { aspect: 'square' } })
    const input = { style_name: 'ink', prompt: 'a boat', negative_prompt: 'fog' }
    const expected = {
      style: 'Ink',
      prompt: 'a boat, ink',
      own_prompt: 'a boat',
      negative_prompt: 'fog, blur',
      parameters: { aspect: 'square' },
    }
    expect(await gallery.invoke('apply_style', input)).toEqual(expected)
    const twice = { ...input, prompt: expected.prompt, negative_prompt: expected.negative_prompt }
    expect(await gallery.invoke('apply_style', twice)).toMatchObject({
      prompt: 'a boat, ink',
      negative_prompt: 'fog, blur',
    })
    expect(await gallery.invoke('apply_style', { style_name: 'ink' })).toMatchObject({
      prompt: null,
      own_prompt: null,
    })
  })

  test('[styles-apply] puts an earlier picture into another style in place of the one it has', async () => {
    await save({ negative_prompt: 'blur' })
    storeGeneration(gallery.database, 1, {
      prompt: 'oil painting of a cat',
      negative_prompt: 'fog, photo',
      style: 'Oil',
      own_prompt: 'a cat',
      own_negative_prompt: 'fog',
    })
    storeGeneration(gallery.database, 2, { prompt: 'a dog', negative_prompt: '' })
    const applied = (input: object) => gallery.invoke('apply_style', { style_name: 'Ink', ...input })
    expect(await applied({ generation: '1' })).toMatchObject({
      prompt: 'a cat, ink',
      negative_prompt: 'fog, blur',
    })
    expect(await applied({ generation: '2' })).toMatchObject({
      prompt: 'a dog, ink',
      negative_prompt: 'blur',
    })
    expect(await applied({ generation: '1', prompt: 'a fox' })).toMatchObject({ prompt: 'a fox, ink' })
    expect((await failureOf(() => applied({ generation: '9' }))).code).toBe('generation_not_found')
  })
})

describe('importing', () => {
  const list = JSON.stringify([
    { name: 'Ink', prompt: 'other {prompt}' },
    { name: 'Oil', prompt: 'oil {prompt}' },
    { name: 'oil', prompt: 'twice {prompt}' },
    { name: '', prompt: 'x' },
  ])

  test('[styles-import] leaves out what is there already, or adds it under another name', async () => {
    await save({})
    expect(await gallery.invoke('import_styles', { text: list, category: 'Found' })).toMatchObject({
      format: 'list',
      added: ['Oil'],
      skipped: ['Ink', 'oil'],
      errors: [{ row: 4 }],
    })
    expect(await one('Oil')).toMatchObject({
      category: 'Found',
      built_in: false,
      prompt_template: 'oil {prompt}',
    })
    expect(await one('Ink')).toMatchObject({ prompt_template: '{prompt}, ink' })
    const renamed = await gallery.invoke('import_styles', { text: list, duplicates: 'rename' })
    expect(renamed).toMatchObject({ added: ['Ink 2', 'Oil 2', 'oil 3'], skipped: [] })
  })

  test('[styles-export] gives back what can be imported elsewhere', async () => {
    seedStyles(gallery.database, [libraryStyle('oil', 'Oil')], 1)
    await save({ parameters: { steps: 7 } })
    const own = await gallery.invoke('export_styles', {})
    expect(own).toMatchObject({
      count: 1,
      media_type: 'application/json',
      file_name: 'mysticanvas-styles.json',
    })
    const all = await gallery.invoke('export_styles', { format: 'csv', include: 'all' })
    expect(all).toMatchObject({ count: 2, media_type: 'text/csv', file_name: 'styles.csv' })
    const elsewhere = openGallery()
    await elsewhere.invoke('import_styles', { text: own.text })
    expect(await elsewhere.invoke('import_styles', { text: all.text })).toMatchObject({
      added: ['Oil'],
      skipped: ['Ink'],
    })
    const { styles } = await elsewhere.invoke('get_styles', {})
    expect(styles).toMatchObject([{ name: 'Ink', parameters: { steps: 7 } }, { name: 'Oil' }])
  })
})
