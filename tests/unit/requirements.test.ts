import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { requirements } from '../requirements.ts'

const testsFolder = join(import.meta.dirname, '..')

/** The ids in the titles of all tests; a title begins with one or more of them in square brackets. */
function citedIds(): Set<string> {
  const files = readdirSync(testsFolder, { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.endsWith('.test.ts'),
  )
  const areas = [...new Set(requirements.map(({ area }) => area))].join('|')
  const citation = new RegExp(`\\[((?:${areas})-[a-z0-9-]+)\\]`, 'g')
  return new Set(
    files.flatMap((name) =>
      [...readFileSync(join(testsFolder, name), 'utf8').matchAll(citation)].map((match) => match[1] ?? ''),
    ),
  )
}

test('ids are unique', () => {
  const ids = requirements.map(({ id }) => id)
  expect(ids).toHaveLength(new Set(ids).size)
})

test('every requirement is cited by a test', () => {
  const cited = citedIds()
  expect(requirements.map(({ id }) => id).filter((id) => !cited.has(id))).toEqual([])
})

test('every citation names a requirement', () => {
  const known = new Set(requirements.map(({ id }) => id))
  expect([...citedIds()].filter((id) => !known.has(id))).toEqual([])
})
