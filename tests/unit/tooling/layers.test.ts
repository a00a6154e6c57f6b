import { execFileSync, spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'

const projectRoot = resolve(dirname(fileURLToPath(import.meta.url)), '../../..')
const cruiser = join(projectRoot, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs')

/** One forbidden import each: the file, what it imports, and the rule that must object. */
const planted = [
  ['contracts/a.ts', 'node:fs', 'contracts-import-zod-only'],
  ['contracts/b.ts', '../orchestrator/foundation/clock.ts', 'contracts-import-zod-only'],
  ['orchestrator/foundation/a.ts', '../storage/s.ts', 'orchestrator-foundation-knows-nothing-above'],
  ['orchestrator/storage/a.ts', '../supervision/v.ts', 'orchestrator-storage-knows-nothing-above'],
  ['orchestrator/supervision/a.ts', '../storage/s.ts', 'orchestrator-supervision-knows-nothing-above'],
  ['orchestrator/domain/a.ts', '../http/h.ts', 'orchestrator-domain-knows-nothing-above'],
  ['orchestrator/http/a.ts', '../main.ts', 'orchestrator-http-knows-nothing-above'],
  ['orchestrator/domain/b.ts', '../../assistant/t.ts', 'orchestrator-layers-stay-inside'],
  ['orchestrator/commands/a.ts', '../../workers/image/w.ts', 'orchestrator-never-runs-workers-in-process'],
  ['orchestrator/commands/b.ts', '@qvac/diffusion-cpp', 'orchestrator-links-no-inference-library'],
  ['assistant/a.ts', '../orchestrator/foundation/clock.ts', 'assistant-knows-contracts-only'],
  ['mcp-server/a.ts', '../assistant/t.ts', 'mcp-server-knows-contracts-only'],
  ['ui/a.ts', '../mcp-server/m.ts', 'ui-knows-contracts-only'],
  ['ui/C.vue', '../orchestrator/foundation/clock.ts', 'ui-knows-contracts-only'],
  ['workers/image/a.ts', '../language/l.ts', 'workers-know-contracts-and-runtime-only'],
  ['workers/image/b.ts', '../../orchestrator/main.ts', 'workers-know-contracts-and-runtime-only'],
  ['workers/runtime/a.ts', '../image/w.ts', 'worker-runtime-knows-no-worker'],
  ['orchestrator/domain/c.ts', '../../tests/support/t.ts', 'product-does-not-import-tests'],
  ['orchestrator/domain/d.ts', './missing.ts', 'no-unresolved'],
] as const

/** Imports that the plan of the house allows. */
const allowed = [
  ['contracts/c.ts', './base.ts'],
  ['orchestrator/storage/c.ts', '../foundation/clock.ts'],
  ['orchestrator/domain/e.ts', '../supervision/v.ts'],
  ['orchestrator/main.ts', '../assistant/t.ts'],
  ['workers/image/c.ts', '../runtime/r.ts'],
  ['workers/image/d.ts', './w.ts'],
  ['ui/b.ts', '../contracts/base.ts'],
  ['tests/unit/t.ts', '../../orchestrator/domain/e.ts'],
] as const

const targets = [
  'contracts/base.ts',
  'orchestrator/foundation/clock.ts',
  'orchestrator/storage/s.ts',
  'orchestrator/supervision/v.ts',
  'orchestrator/http/h.ts',
  'assistant/t.ts',
  'mcp-server/m.ts',
  'workers/image/w.ts',
  'workers/language/l.ts',
  'workers/runtime/r.ts',
  'tests/support/t.ts',
  'ui/alone.ts',
]

function importing(path: string, target: string) {
  if (!path.endsWith('.vue')) return `export * from '${target}'\n`
  return `<script setup lang="ts">\nimport { value } from '${target}'\n</script>\n<template>{{ value }}</template>\n`
}

interface Violation {
  from: string
  rule: { name: string }
}

let folder: string
let violations: string[]

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'mysticanvas-layers-'))
  const write = (path: string, text: string) => {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), text)
  }
  for (const name of ['.dependency-cruiser.mjs', 'tsconfig.json', 'tsconfig.base.json']) {
    cpSync(join(projectRoot, name), join(folder, name))
  }
  for (const path of targets) write(path, 'export const value = 1\n')
  for (const [path, target] of [...planted, ...allowed]) write(path, importing(path, target))
  write('ui/one.ts', `import type { Two } from './two.ts'\nexport type One = Two\n`)
  write('ui/two.ts', `import type { One } from './one.ts'\nexport type Two = One\n`)

  const args = [cruiser, '--config', '.dependency-cruiser.mjs', '--output-type', 'json', '.']
  const { stdout } = spawnSync(process.execPath, args, { cwd: folder, encoding: 'utf8' })
  const found: Violation[] = JSON.parse(stdout).summary.violations
  violations = found.map(({ from, rule }) => `${from} ${rule.name}`)
})

afterAll(() => rmSync(folder, { recursive: true, force: true }))

test.each(planted)('%s must not import %s', (path, _target, rule) => {
  expect(violations).toContain(`${path} ${rule}`)
})

test.each(allowed)('%s may import %s', (path) => {
  expect(violations.filter((violation) => violation.startsWith(`${path} `))).toEqual([])
})

test('[setup-layers] a cycle of types is a cycle, and a file without ties is an orphan', () => {
  expect(violations).toContain('ui/one.ts no-cycles')
  expect(violations).toContain('ui/alone.ts no-orphans')
})

test('[setup-layers] the project itself is parsed, not passed over', () => {
  const args = [
    cruiser,
    '--config',
    '.dependency-cruiser.mjs',
    '--output-type',
    'json',
    'contracts',
    'packaging',
  ]
  const report = JSON.parse(
    execFileSync(process.execPath, args, { cwd: projectRoot, encoding: 'utf8', maxBuffer: 1e8 }),
  )
  const contract = report.modules.find(
    (module: { source: string }) => module.source === 'contracts/capability.ts',
  )
  expect(contract.dependencies.map((dependency: { resolved: string }) => dependency.resolved)).toContainEqual(
    expect.stringMatching(/node_modules\/zod\//),
  )
})
