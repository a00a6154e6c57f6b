import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readStyleFile } from '../../../orchestrator/domain/styles/files/read-style-file.ts'
import { toStyleCsv, toStyleJson } from '../../../orchestrator/domain/styles/files/write-style-file.ts'
import { codeOf } from '../domain/support.ts'
import { content, failureOf } from './support.ts'

const unreadable = { code: 'style_file_unreadable' }

describe('a list as for SDXL and Fooocus', () => {
  test('[styles-import] gives its styles; what has no prompt only avoids', () => {
    const file = JSON.stringify([
      { name: 'sai-anime', prompt: 'anime artwork {prompt} . vibrant', negative_prompt: 'photo' },
      { name: 'Sharp', negative_prompt: 'blur' },
      { name: 'Plain', prompt: 'plain', extra: 1 },
    ])
    expect(readStyleFile(file)).toEqual({
      format: 'list',
      styles: [
        content('sai-anime', {
          prompt_template: 'anime artwork {prompt} . vibrant',
          negative_prompt: 'photo',
        }),
        content('Sharp', { prompt_template: '{prompt}', negative_prompt: 'blur' }),
        content('Plain', { prompt_template: '{prompt}, plain' }),
      ],
      errors: [],
    })
  })

  test('[styles-import] names each row that is no style, and takes the others', () => {
    const rows = [
      { name: 'base', prompt: '{prompt}', negative_prompt: '' },
      7,
      { prompt: 'x' },
      { name: 'Number', prompt: 5 },
      { name: 'Twice', prompt: '{prompt} {prompt}' },
      { name: 'n'.repeat(101), prompt: 'x' },
      { name: 'Long', prompt: 'x'.repeat(2001) },
      { name: 'Good', prompt: 'good' },
    ]
    const { styles, errors } = readStyleFile(JSON.stringify(rows))
    expect(styles.map(({ name }) => name)).toEqual(['Good'])
    expect(errors.map(({ row, name }) => [row, name?.slice(0, 6)])).toEqual([
      [1, 'base'],
      [2, undefined],
      [3, undefined],
      [4, 'Number'],
      [5, 'Twice'],
      [6, 'nnnnnn'],
      [7, 'Long'],
    ])
    expect(errors[0]?.message).toBe('It adds nothing to a prompt.')
    expect(errors[4]?.message).toContain('Write {prompt} once.')
  })
})

describe('a styles.csv', () => {
  test('[styles-import] may have a byte order mark, quotes, commas and line breaks in its texts', () => {
    const file =
      '\uFEFFname,prompt,negative_prompt\r\n' +
      'Ink,"{prompt}, ink, ""wet""",blur\r\n' +
      '\r\n' +
      'Two lines,"first line\r\nsecond {prompt}",\r\n' +
      'Avoid,,"ugly, blurry"\r\n' +
      'Trailing,soft light,,,\r\n'
    const { format, styles, errors } = readStyleFile(file)
    expect(format).toBe('csv')
    expect(errors).toEqual([])
    expect(styles).toEqual([
      content('Ink', { prompt_template: '{prompt}, ink, "wet"', negative_prompt: 'blur' }),
      content('Two lines', { prompt_template: 'first line\nsecond {prompt}' }),
      content('Avoid', { prompt_template: '{prompt}', negative_prompt: 'ugly, blurry' }),
      content('Trailing', { prompt_template: '{prompt}, soft light' }),
    ])
  })

  test('[styles-import] of the first kind, with its columns in another order, is read as well', () => {
    expect(readStyleFile('Text,Name\nsoft {prompt},Soft\n').styles).toEqual([
      content('Soft', { prompt_template: 'soft {prompt}' }),
    ])
  })

  test('[styles-import] whose commas cut a text is told by row', () => {
    const { styles, errors } = readStyleFile('name,prompt,negative_prompt\nA,ink, wet, dark\n--,,\nB,oil,\n')
    expect(styles.map(({ name }) => name)).toEqual(['B'])
    expect(errors).toMatchObject([
      { row: 1, name: 'A', message: expect.stringContaining('more cells') },
      { row: 2, name: '--', message: 'It adds nothing to a prompt.' },
    ])
  })
})

test.each([
  ['nothing', '  \n '],
  ['a text', 'just some words'],
  ['broken JSON', '[{"name": "A"'],
  ['JSON of something else', '{"a": 1}'],
  ['our format of a later version', '{"format": "mysticanvas-styles", "version": 2, "styles": []}'],
  ['a table of something else', 'time,place\n1,2\n'],
  ['quotes without an end', 'name,prompt\nA,"never ends\nB,x\n'],
  ['binary', '\u0000\u0001\uFFFD"PNG"\n'],
])('[styles-import] %s is refused as a whole', async (_, file) => {
  expect(await failureOf(() => readStyleFile(file))).toMatchObject(unreadable)
})

test('[styles-import] more styles than fit are refused as a whole', async () => {
  const rows = Array.from({ length: 2001 }, (_, index) => ({ name: `s${index}`, prompt: 'x' }))
  expect(await failureOf(() => readStyleFile(JSON.stringify(rows)))).toMatchObject(unreadable)
  const table = `name,prompt\n${rows.map(({ name }) => `${name},x`).join('\n')}`
  expect(await failureOf(() => readStyleFile(table))).toMatchObject(unreadable)
})

test('[styles-import] garbage is refused or read, and nothing else happens', async () => {
  const piece = fc.constantFrom(
    'name',
    'prompt',
    ',',
    '"',
    '\n',
    '{',
    '}',
    '[',
    ']',
    ':',
    '{prompt}',
    'x',
    '\u0000',
  )
  const garbage = fc.array(piece, { maxLength: 30 }).map((parts) => parts.join(''))
  await fc.assert(
    fc.asyncProperty(fc.oneof(garbage, fc.string()), async (file) => {
      expect(['no error', 'style_file_unreadable']).toContain(await codeOf(() => readStyleFile(file)))
    }),
    { numRuns: 400 },
  )
})

const line = fc
  .string({ unit: 'grapheme', minLength: 1, maxLength: 30 })
  .map((text) => `a${text}b`.replaceAll('\r', ''))
const styles = fc.array(
  fc.record({
    name: line,
    description: line,
    category: line,
    prompt_template: line.map((text) => `${text.replaceAll('{prompt}', '')} {prompt}`),
    negative_prompt: line,
    parameters: fc.constantFrom({}, { steps: 7 }, { guidance: 3.5, aspect: 'square' as const }),
  }),
  { minLength: 1, maxLength: 5 },
)

describe('what was exported', () => {
  test('[styles-export] as our JSON comes back complete', () => {
    fc.assert(
      fc.property(styles, (given) => {
        expect(readStyleFile(toStyleJson(given))).toEqual({
          format: 'mysticanvas',
          styles: given,
          errors: [],
        })
      }),
    )
  })

  test('[styles-export] as a styles.csv comes back with names and texts', () => {
    fc.assert(
      fc.property(styles, (given) => {
        const texts = given.map(({ name, prompt_template, negative_prompt }) =>
          content(name, { prompt_template, negative_prompt }),
        )
        expect(readStyleFile(toStyleCsv(given))).toEqual({ format: 'csv', styles: texts, errors: [] })
      }),
    )
  })

  test('[styles-export] has no cell that a spreadsheet would calculate, and still comes back as it was', () => {
    const formula = content('=1+1', { prompt_template: '+cmd {prompt}', negative_prompt: '@SUM(1,2)' })
    const csv = toStyleCsv([formula])
    expect(csv).toBe(`\uFEFFname,prompt,negative_prompt\r\n"'=1+1","'+cmd {prompt}","'@SUM(1,2)"\r\n`)
    expect(readStyleFile(csv).styles).toEqual([formula])
  })
})
