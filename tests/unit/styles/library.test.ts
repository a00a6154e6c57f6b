import { describe, expect, test } from 'vitest'
import { styleSchema } from '../../../contracts/entities/style.ts'
import { sortPromptWords } from '../../../contracts/prompt-words.ts'
import { readBuiltInModels } from '../../../orchestrator/domain/presets/manifest.ts'
import { styleLibrary } from '../../../orchestrator/domain/styles/library/index.ts'
import { seedStyles } from '../../../orchestrator/domain/styles/seed-styles.ts'
import { toStyle } from '../../../orchestrator/domain/styles/style-content.ts'
import { listStyles } from '../../../orchestrator/storage/style-list.ts'
import { normalizeStyleName } from '../../../orchestrator/storage/style-name.ts'
import { putStylePreview } from '../../../orchestrator/storage/style-previews.ts'
import { markStyleDeleted, updateStyle } from '../../../orchestrator/storage/styles.ts'
import { memoryDatabase } from '../storage/support.ts'
import { addStyles, content, libraryStyle } from './support.ts'

const everything = { query: '', cursor: null, limit: 1000 }

describe('the library of styles', () => {
  test('[styles-library] has some forty styles or more, each complete and under a name of its own', () => {
    const database = memoryDatabase()
    seedStyles(database, styleLibrary, 1)
    const styles = listStyles(database, everything).map(toStyle)
    expect(styles.length).toBe(styleLibrary.length)
    expect(styles.length).toBeGreaterThanOrEqual(40)
    for (const style of styles) {
      expect(styleSchema.parse(style)).toMatchObject({ built_in: true, preview_url: null })
      expect(style.prompt_template.split('{prompt}')).toHaveLength(2)
      expect(style.description).toMatch(/\.$/)
    }
    expect(new Set(styleLibrary.map(({ name }) => normalizeStyleName(name))).size).toBe(styleLibrary.length)
    expect(new Set(styleLibrary.map(({ key }) => key)).size).toBe(styleLibrary.length)
  })

  test.each(['Watercolor', 'Pixel art', 'Neon', 'Pencil sketch', 'Film noir', 'Vintage'])(
    '[styles-library] says %s in words that the built-in model knows',
    (name) => {
      const [model] = readBuiltInModels('models')
      const style = styleLibrary.find((candidate) => candidate.name === name)
      const words = style?.prompt_template.replace('{prompt}', ' ') ?? 'missing'
      expect(sortPromptWords(words, model?.vocabulary ?? { words: [], examples: [] })).toMatchObject({
        unknown: [],
      })
      expect(style?.negative_prompt).toBe('')
    },
  )
})

describe('at each start the library', () => {
  const ink = libraryStyle('ink', 'Ink')
  const chalk = libraryStyle('chalk', 'Chalk')

  test('[styles-library] changes nothing where nothing changed', () => {
    const database = memoryDatabase()
    seedStyles(database, [ink, chalk], 1)
    const before = listStyles(database, everything)
    seedStyles(database, [ink, chalk], 2)
    expect(listStyles(database, everything)).toEqual(before)
  })

  test('[styles-library] follows the product in styles nobody changed, and drops previews that show something else', () => {
    const database = memoryDatabase()
    seedStyles(database, [ink, chalk], 1)
    const [first] = listStyles(database, { ...everything, query: 'ink' })
    const preview = { path: 'styles/1.webp', sha256: 'ab', bytes: 1, width: 1, height: 1, created_at: 1 }
    putStylePreview(database, { style_id: first?.id ?? 0, ...preview })
    seedStyles(database, [{ ...ink, description: 'Black.' }], 2)
    expect(listStyles(database, everything)).toMatchObject([
      { id: first?.id, description: 'Black.', preview_sha256: 'ab' },
    ])
    seedStyles(database, [{ ...ink, name: 'Indian ink', prompt_template: 'ink, {prompt}' }], 3)
    expect(listStyles(database, everything)).toMatchObject([
      { id: first?.id, name: 'Indian ink', prompt_template: 'ink, {prompt}', preview_sha256: null },
    ])
  })

  test('[styles-library] leaves alone what a person made, changed or deleted', () => {
    const database = memoryDatabase()
    const [mine = 0] = addStyles(database, 'CHALK')
    seedStyles(database, [ink, chalk], 1)
    expect(listStyles(database, everything).map(({ name }) => name)).toEqual(['CHALK', 'Ink'])
    const changed = listStyles(database, { ...everything, query: 'ink' })[0]?.id ?? 0
    updateStyle(database, changed, content('Ink', { prompt_template: 'mine {prompt}' }), 'own', 2)
    markStyleDeleted(database, mine, 2)
    seedStyles(database, [{ ...ink, prompt_template: 'new {prompt}' }, chalk], 3)
    expect(listStyles(database, everything)).toMatchObject([
      { name: 'Chalk', source: 'built_in' },
      { name: 'Ink', source: 'own', prompt_template: 'mine {prompt}' },
    ])
    markStyleDeleted(database, listStyles(database, everything)[0]?.id ?? 0, 4)
    seedStyles(database, [ink, chalk], 5)
    expect(listStyles(database, everything).map(({ name }) => name)).toEqual(['Ink'])
  })
})
