import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { configSchema } from '../../../contracts/config.ts'
import { errorTable } from '../../../contracts/errors.ts'
import { referencePages } from '../../../packaging/docs/reference.mjs'

const project = join(import.meta.dirname, '../../..')
const read = (path: string) => readFileSync(join(project, path), 'utf8')

function keysOf(settings: object, prefix = ''): string[] {
  return Object.entries(settings).flatMap(([key, value]) =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? keysOf(value, `${prefix}${key}.`)
      : [`${prefix}${key}`],
  )
}

test('the pages made from the contracts are current (else: npm run docs)', async () => {
  for (const { path, text } of await referencePages()) expect(read(path), path).toBe(text)
})

test('[contracts-errors] every error code is documented', () => {
  const page = read('docs/errors.md')
  expect(Object.keys(errorTable).filter((code) => !page.includes(`| \`${code}\` `))).toEqual([])
})

test('[contracts-config] every key of the configuration is documented', () => {
  const page = read('docs/configuration.md')
  expect(keysOf(configSchema.parse({})).filter((key) => !page.includes(`| \`${key}\` `))).toEqual([])
})
