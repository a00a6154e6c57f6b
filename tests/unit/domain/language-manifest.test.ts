import { createHash } from 'node:crypto'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { judge, readCases } from '../../../bench/assistant/cases.ts'
import { readLanguageManifest } from '../../../orchestrator/domain/language/language-manifest.ts'
import { readBuiltInModels } from '../../../orchestrator/domain/presets/manifest.ts'

const shipped = join('models', 'mysticanvas-chat')

test('[model-language] what ships with the built-in language model is what its manifest says', () => {
  const manifest = readLanguageManifest(shipped)
  expect(manifest?.files.map(({ file }) => file)).toEqual(['model.gguf', 'router.json', 'replies.json'])
  for (const { file, bytes, sha256 } of manifest?.files ?? []) {
    const content = readFileSync(join(shipped, file))
    expect(content.length, file).toBe(bytes)
    expect(createHash('sha256').update(content).digest('hex'), file).toBe(sha256)
  }
})

test('[model-language] it is small, and never offered for making pictures', () => {
  const total = readLanguageManifest(shipped)?.files.reduce((sum, { bytes }) => sum + bytes, 0)
  expect(total).toBeLessThanOrEqual(9_000_000)
  expect(readBuiltInModels('models').map(({ id }) => id)).toEqual(['mysticanvas-sketch'])
})

test('[model-language] a manifest of something else is refused, and a missing one is said to be missing', () => {
  const folder = mkdtempSync(join(tmpdir(), 'mysticanvas-manifest-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  mkdirSync(join(folder, 'other'))
  writeFileSync(join(folder, 'other', 'manifest.json'), JSON.stringify({ id: 'other', kind: 'music' }))
  expect(readLanguageManifest(folder)).toBeNull()
  expect(() => readLanguageManifest(join(folder, 'other'))).toThrow(/language/)
  expect(() => readBuiltInModels(folder)).toThrow(/image/)
})

test('[model-decisions] a decision is right where the tool is, and its arguments hold the words asked for', () => {
  const [asked] = readCases(
    '[{ "say": "draw a red fox", "tool": "generate", "contains": { "prompt": ["fox"] } }]',
  )
  if (asked === undefined) throw new Error('no case')
  const decide = (tool: string, prompt: string) =>
    judge({ asked, tool, arguments: { prompt }, milliseconds: 1 })
  expect(decide('generate', 'a Red FOX')).toMatchObject({ rightTool: true, rightArguments: true })
  expect(decide('generate', 'a red')).toMatchObject({ rightTool: true, rightArguments: false })
  expect(decide('enhance_prompt', 'a red fox')).toMatchObject({ rightTool: false, rightArguments: false })
  const exact = { ...asked, exactly: { prompt: 'a red fox' } }
  expect(judge({ ...decide('generate', 'Red fox.'), asked: exact })).toMatchObject({ rightArguments: true })
  expect(judge({ ...decide('generate', 'draw a red fox'), asked: exact })).toMatchObject({
    rightArguments: false,
  })
  expect(() => readCases('[{ "say": "draw", "tool": "paint" }]')).toThrow(/tool/)
})
