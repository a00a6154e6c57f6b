import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { readAgentPrompts } from '../../../orchestrator/foundation/agent-prompts.ts'
import { temporaryFolder } from '../storage/support.ts'

test('[mcp-prompts] each place in a text that comes with the product has its argument, and the other way round', () => {
  const prompts = readAgentPrompts()
  expect(prompts.length).toBeGreaterThan(0)
  for (const { name, text, arguments: given } of prompts) {
    const places = new Set([...text.matchAll(/\{\{(\w+)\}\}/g)].map((match) => match[1]))
    expect([...places].toSorted(), name).toEqual(given.map((argument) => argument.name).toSorted())
  }
})

test.each([
  ['no head', 'Make a picture.', /does not begin with a head/],
  [
    'a head with a field that is not known',
    '---\ntitle: a\ndescription: b\ncolour: red\n---\nText',
    /colour/,
  ],
  [
    'an argument that cannot be a place',
    '---\ntitle: a\ndescription: b\narguments: [{name: a b, description: c}]\n---\nText',
    /name/,
  ],
])('[mcp-prompts] a file with %s is refused', (_, text, reason) => {
  const folder = temporaryFolder()
  writeFileSync(join(folder, 'broken.md'), text)
  expect(() => readAgentPrompts(folder)).toThrow(reason)
})
