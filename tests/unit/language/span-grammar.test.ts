import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { mkdtempSync, rmSync } from 'node:fs'
import fc from 'fast-check'
import { getLlama, LlamaGrammar, LlamaLogLevel, type LlamaModel } from 'node-llama-cpp'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { LoadedModel } from '../../../workers/language/engine/loaded-model.ts'
import {
  findKnownTools,
  type ArgumentKind,
  type KnownTool,
} from '../../../workers/language/sketch/known-tools.ts'
import { numbersIn } from '../../../workers/language/sketch/number-words.ts'
import { normaliseWords, writeArgumentsGrammar } from '../../../workers/language/sketch/span-grammar.ts'
import { writeCall } from '../../../workers/language/sketch/write.ts'
import { writeTinyModel } from '../../support/tiny-language-model.ts'
import { assistantTools } from '../../support/language-requests.ts'

const specification = {
  name: 'tiny',
  kind: 'built_in',
  chat_template: 'auto',
  context_tokens: 1024,
  threads: 1,
  gpu_layers: 0,
} as const

/** Whether a value may stand in a call for what was said. */
function isAllowed(kind: ArgumentKind | undefined, value: unknown, say: string): boolean {
  if (kind === 'span') return say.includes(String(value))
  if (kind === 'digits') return numbersIn(say).includes(String(value))
  if (kind === 'count') return [1, 2, 3, 4].includes(Number(value))
  return ['portrait', 'landscape', 'square'].includes(String(value))
}

/** The real engine with random weights: whatever it writes under a grammar, the grammar alone keeps it right. */
describe('the grammar of the person’s own words', () => {
  const folder = mkdtempSync(join(tmpdir(), 'mysticanvas-language-'))
  const models: LlamaModel[] = []
  const tools = findKnownTools(assistantTools())

  beforeAll(async () => {
    const llama = await getLlama({
      gpu: false,
      build: 'never',
      skipDownload: true,
      progressLogs: false,
      logLevel: LlamaLogLevel.error,
    })
    // Which argument a model begins with hangs mostly on its weights, so there are several.
    for (const seed of [1, 2, 3, 4, 5, 6, 7, 8]) {
      const modelPath = writeTinyModel(folder, `tiny-${seed}.gguf`, { seed, contextTokens: 4096 })
      models.push(await llama.loadModel({ modelPath, gpuLayers: 0 }))
    }
  })
  afterAll(async () => {
    for (const model of models) await model.dispose()
    rmSync(folder, { recursive: true })
  })

  async function write(model: LlamaModel, tool: KnownTool, say: string) {
    const loaded = new LoadedModel({ ...specification, file: folder }, model, 1)
    try {
      return await writeCall(
        {
          loaded,
          sequence: await loaded.sequence(),
          prompt: model.tokenize('What comes next?'),
          listener: { begin: () => undefined, text: () => undefined },
          signal: new AbortController().signal,
          written: 0,
        },
        tool,
        say,
      )
    } finally {
      await loaded.purge()
    }
  }

  const awkward = fc.oneof(
    fc.constantFrom(
      'say "hi" to a cat\\dog',
      'ein Bär 🐻‍❄️ im Wald!',
      'a\nb\tc "quoted',
      '((two)) [red] boats, please…',
      '3 of the 2nd',
    ),
    fc.string({ unit: 'grapheme', maxLength: 60 }),
    fc
      .array(fc.constantFrom('a', 'red', '"boat"', 'sea;', "don't", '\\', '{}', '3', '🙂', 'half-open'), {
        maxLength: 12,
      })
      .map((words) => words.join(' ')),
  )

  it('[language-own-words] lets nothing be written but spans of what was said, numbers in it, and fixed words', async () => {
    let seen = 0
    await fc.assert(
      fc.asyncProperty(awkward, fc.nat(7), fc.nat(5), async (text, which, chosen) => {
        const say = normaliseWords(text)
        const tool = tools[chosen % tools.length]
        const model = models[which]
        if (tool === undefined || model === undefined) throw new Error('There are some.')
        const call = await write(model, tool, say)
        for (const [name, value] of Object.entries(call.arguments)) {
          seen += 1
          const kind = tool.arguments.find((argument) => argument.name === name)?.kind
          expect(isAllowed(kind, value, say), `${name}: ${String(value)}`).toBe(true)
        }
      }),
      { numRuns: 150 },
    )
    expect(seen).toBeGreaterThan(10)
  })

  it('grows with the number of words, not faster, and takes two thousand of them', () => {
    const [generate] = tools
    if (generate === undefined) throw new Error('There is one.')
    const words = (count: number) => Array.from({ length: count }, (_, index) => `word${index}`).join(' ')
    const sizeOf = (count: number) => writeArgumentsGrammar(generate, words(count)).length
    expect(sizeOf(2000) / sizeOf(1000)).toBeLessThan(2.2)
    const model = models[0]
    if (model === undefined) throw new Error('There is one.')
    const grammar = writeArgumentsGrammar(generate, words(2000))
    expect(() => new LlamaGrammar(model.llama, { grammar })).not.toThrow()
  })

  it('ends no text with a quote that is opened', () => {
    const [generate] = tools
    if (generate === undefined) throw new Error('There is one.')
    const rules = writeArgumentsGrammar(generate, 'of "a fox"')
    expect(rules).toContain(String.raw`c1 ::= " \\\"" c2` + '\n')
    expect(rules).toContain('b0 ::= " of" c1?')
  })

  it('offers no text where nothing was said, and no picture number where none was named', () => {
    const [generate] = tools
    if (generate === undefined) throw new Error('There is one.')
    expect(writeArgumentsGrammar(generate, '')).not.toContain('"prompt')
    expect(writeArgumentsGrammar(generate, 'the boat')).not.toContain('generation')
    expect(writeArgumentsGrammar(generate, 'the third boat, number 12')).toContain('("3" | "12")')
  })
})
