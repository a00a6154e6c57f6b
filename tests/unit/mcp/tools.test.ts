import { expect, test } from 'vitest'
import { capabilities } from '../../../contracts/capabilities/index.ts'
import { annotationsOf } from '../../../mcp-server/tools/annotations.ts'
import { projectTools } from '../../../mcp-server/tools/project-tools.ts'

const tools = projectTools(['sketch', 'my-model'], 'mcp')

test('[mcp-tools] the tools are the capabilities for agents, without those that take something away', () => {
  const expected = Object.values(capabilities).filter(
    ({ surfaces, effect }) =>
      (surfaces as readonly string[]).includes('mcp') && !(['destructive'] as string[]).includes(effect),
  )
  expect(tools.map(({ name }) => name)).toEqual(expected.map(({ name }) => name))
  expect(tools.length).toBeGreaterThanOrEqual(4)
})

test.each(tools)(
  '[mcp-tools] $name is strict and says what each field is for',
  ({ capability, inputSchema }) => {
    expect(inputSchema).toMatchObject({ type: 'object', additionalProperties: false })
    expect(Object.keys(inputSchema.properties ?? {})).toEqual(Object.keys(capability.input.shape))
    expect(capability.description.length).toBeLessThan(200)
  },
)

test('[mcp-tools] presets are those that are installed, and a search is short unless more is wanted', () => {
  const field = (tool: string, name: string) =>
    tools.find((candidate) => candidate.name === tool)?.inputSchema.properties?.[name]
  expect(field('generate', 'preset')).toMatchObject({ type: 'string', enum: ['sketch', 'my-model'] })
  expect(field('generate', 'prompt')).toMatchObject({ maxLength: 4000, examples: ['a red boat on the sea'] })
  expect(field('search_history', 'limit')).toMatchObject({ default: 10, maximum: 200 })
  const without = projectTools([], 'mcp').find(({ name }) => name === 'generate')
  expect(without?.inputSchema.properties?.['preset']).not.toHaveProperty('enum')
})

test.each([
  ['read', { readOnlyHint: true, destructiveHint: false, idempotentHint: true, openWorldHint: false }],
  ['write', { readOnlyHint: false, destructiveHint: false, idempotentHint: false, openWorldHint: false }],
  ['compute', { readOnlyHint: false, destructiveHint: false, idempotentHint: false, openWorldHint: false }],
  [
    'destructive',
    { readOnlyHint: false, destructiveHint: true, idempotentHint: false, openWorldHint: false },
  ],
] as const)('[mcp-tools] the hints of an effect that is %s', (effect, hints) => {
  expect(annotationsOf(effect)).toEqual(hints)
})
