import { mkdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { ProductError } from '../../../contracts/errors.ts'
import { parsePromptFile } from '../../../orchestrator/domain/prompts/prompt-file.ts'
import { enhanceRulesKind } from '../../../orchestrator/domain/enhance/enhance-rules.ts'
import { temporaryFolder } from '../domain/support.ts'
import { builtInPrompts, openEnhancer, real } from './support.ts'

const kind = {
  name: 'greeting',
  variables: ['name', 'place'],
  settings: z.strictObject({ times: z.int().max(3), words: z.array(z.string()).default([]) }),
} as const

const head = ['title: Greeting', 'description: Says hello.', 'variables: [name]', 'times: 2']
const file = (lines: readonly string[], body: string) => ['---', ...lines, '---', body].join('\n')
const parse = (text: string) => parsePromptFile(text, 'prompts/greeting.md', kind)

function faultOf(text: string): string {
  try {
    parse(text)
    return 'none'
  } catch (error) {
    if (error instanceof ProductError && error.code === 'prompt_file_invalid') return error.message
    throw error
  }
}

describe('a file of prompts', () => {
  test('[prompts-files] has settings, and a text whose variables are filled in', () => {
    const { settings, render } = parse(file(head, '\nHello {{name}}, {{ name }}!\n'))
    expect(settings).toMatchObject({ times: 2, words: [] })
    expect(render({ name: 'Ada $&' })).toBe('Hello Ada $&, Ada $&!')
    expect(parse(file(head, 'Hi').replaceAll('\n', '\r\n')).render({})).toBe('Hi')
  })

  test.each<[string, string, string]>([
    ['no front matter', 'Hello', 'line 1: The file has to begin with front matter'],
    ['front matter without an end', '---\ntitle: x\n', 'line 1: '],
    ['a value that is wrong', file([...head.slice(0, 3), 'times: 9'], ''), 'line 5: times: '],
    ['a key nobody knows', file([...head, 'colour: red'], ''), 'line 2: Unrecognized key: "colour"'],
    ['a key that is missing', file(head.slice(1), ''), 'title: '],
    ['broken YAML', file([...head, 'words: [a, b'], ''), 'line '],
    ['a key twice', file([...head, 'times: 1'], ''), 'line 6: '],
    [
      'a variable nobody provides',
      file(['variables: [age]', ...head.filter((line) => !line.startsWith('var'))], ''),
      'line 2: variables.0: ',
    ],
    [
      'a variable that is not named',
      file(head, 'one\ntwo {{place}}'),
      'line 8: The front matter names no variable "place".',
    ],
    ['settings that are no map', file(['- a', '- b'], ''), 'line 2: '],
    [
      'aliases that explode',
      file(['a: &a [x, x]', 'b: &b [*a, *a]', 'c: &c [*b, *b]', 'd: [*c, *c, *c]'], ''),
      'line ',
    ],
  ])('[prompts-files] with %s is refused with its name and line', (_, text, expected) => {
    expect(faultOf(text)).toContain(`prompts/greeting.md, ${expected.startsWith('line') ? expected : ''}`)
    expect(faultOf(text)).toContain(expected)
  })
})

describe('the rules of the product', () => {
  const original = readFileSync(join(builtInPrompts, 'enhance-prompt.md'), 'utf8')
  const faultIn = (from: string, to: string): string => {
    expect(original).toContain(from)
    const changed = original.replace(from, () => to)
    try {
      parsePromptFile(changed, 'rules', enhanceRulesKind)
      return 'none'
    } catch (error) {
      if (!(error instanceof ProductError)) throw error
      const line = Number(error.details['line'])
      return `${changed.split('\n')[line - 1]?.trim()} -> ${error.message}`
    }
  }

  test('[prompts-files] an unknown group and an addition that would be added twice are refused at their line', () => {
    expect(faultIn('when: [boat]', 'when: [boots]')).toMatch(
      /^- \{ when: \[boots\].*There is no group "boots"/,
    )
    expect(faultIn('- [night, day, twilight]', '- [night, noon]')).toMatch(
      /^- \[night, noon\].*There is no group "noon"/,
    )
    expect(faultIn('texts: [wide view]', 'texts: [on a tuesday]')).toMatch(
      /texts: \[on a tuesday\].*says nothing of the aspect "composition"/,
    )
  })
})

describe("a person's copy", () => {
  const original = readFileSync(join(builtInPrompts, 'enhance-prompt.md'), 'utf8')

  test('[prompts-files] works at once, is passed over while it is broken, and told once', async () => {
    const own = join(temporaryFolder(), 'prompts')
    const { enhance, told } = openEnhancer([real('sd1')], own)
    const place = async () => (await enhance({ user_input: 'a boat' })).edits[0]?.text
    const rejected = () => told.filter(({ event }) => event.type === 'prompt-file-rejected')
    expect(await place()).toBe('on the calm sea')

    mkdirSync(own)
    const copy = join(own, 'enhance-prompt.md')
    const save = (text: string, second: number) => {
      writeFileSync(copy, text)
      utimesSync(copy, second, second)
    }
    save(original.replace('on the calm sea', 'on a stormy sea'), 1)
    expect(await place()).toBe('on a stormy sea')

    save(original.replace('when: [boat]', 'when: [boots]'), 2)
    expect(await place()).toBe('on the calm sea')
    expect(await place()).toBe('on the calm sea')
    expect(rejected()).toHaveLength(1)
    expect(rejected()[0]?.message).toMatch(
      /prompts\/enhance-prompt\.md, line \d+: .*There is no group "boots"/,
    )

    save('x'.repeat(300_000), 3)
    expect(await place()).toBe('on the calm sea')
    expect(rejected()[1]?.message).toContain('larger than 256 KiB')

    save(original.replace('on the calm sea', 'on a calm lake'), 4)
    expect(await place()).toBe('on a calm lake')
    rmSync(copy)
    mkdirSync(copy)
    expect(await place()).toBe('on the calm sea')
  })
})
