import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parseQuery } from '../../../orchestrator/domain/search/parse-query.ts'
import { startOfDate } from '../../../orchestrator/domain/search/start-of-date.ts'
import type { SearchAlternative, SearchTerm } from '../../../orchestrator/storage/search/search-query.ts'

const text = (words: string, changes: Partial<Extract<SearchTerm, { type: 'text' }>> = {}): SearchTerm => ({
  type: 'text',
  text: words,
  scope: 'any',
  prefix: false,
  ...changes,
})
const is = (term: SearchTerm): SearchAlternative => ({ term, negated: false })
const not = (term: SearchTerm): SearchAlternative => ({ term, negated: true })
const day = (...date: [number, number, number]) => new Date(...date).getTime()

describe('a query', () => {
  test.each<[string, SearchAlternative[][]]>([
    ['', []],
    ['   ', []],
    ['red boat', [[is(text('red'))], [is(text('boat'))]]],
    ['"red boat"', [[is(text('red boat'))]]],
    ['“red boat„', [[is(text('red boat'))]]],
    ['"red boat', [[is(text('red boat'))]]],
    ['red"boat at sea"', [[is(text('red'))], [is(text('boat at sea'))]]],
    ['light*', [[is(text('light', { prefix: true }))]]],
    ['"red bo"*', [[is(text('red bo', { prefix: true }))]]],
    ['a*', [[is(text('a'))]]],
    ['-fog', [[not(text('fog'))]]],
    ['-"thick fog"', [[not(text('thick fog'))]]],
    ['NOT fog boat', [[not(text('fog'))], [is(text('boat'))]]],
    ['sci-fi', [[is(text('sci-fi'))]]],
    ['sea OR lake boat', [[is(text('sea')), is(text('lake'))], [is(text('boat'))]]],
    ['sea | lake OR -fog', [[is(text('sea')), is(text('lake')), not(text('fog'))]]],
    ['sea or lake', [[is(text('sea'))], [is(text('or'))], [is(text('lake'))]]],
    ['OR', []],
    ['OR sea OR', [[is(text('sea'))]]],
    ['"OR"', [[is(text('OR'))]]],
    ['sea AND lake', [[is(text('sea'))], [is(text('lake'))]]],
  ])('[search-language] %j joins words', (query, groups) => {
    expect(parseQuery(query).groups).toEqual(groups)
  })

  test.each<[string, SearchAlternative]>([
    ['tag:cat', is({ type: 'tag', name: 'cat', prefix: false })],
    ['-TAG:"old town"', not({ type: 'tag', name: 'old town', prefix: false })],
    ['tag:ca*', is({ type: 'tag', name: 'ca', prefix: true })],
    ['tag:😀', is({ type: 'tag', name: '😀', prefix: false })],
    ['collection:holiday', is({ type: 'collection', name: 'holiday', prefix: false })],
    ['collection:"old town"*', is({ type: 'collection', name: 'old town', prefix: true })],
    ['😀', is({ type: 'symbol', name: '😀' })],
    ['style:ink', is(text('ink', { scope: 'style' }))],
    ['preset:"small world"', is(text('small world', { scope: 'preset' }))],
    ['prompt:boat', is(text('boat', { scope: 'prompt' }))],
    ['negative:fog', is(text('fog', { scope: 'negative_prompt' }))],
    ['notes:anna*', is(text('anna', { scope: 'notes', prefix: true }))],
    ['rating:5', is({ type: 'rating', comparison: '=', stars: 5 })],
    ['rating:>=4', is({ type: 'rating', comparison: '>=', stars: 4 })],
    ['-rating:<2', not({ type: 'rating', comparison: '<', stars: 2 })],
    ['rating:none', is({ type: 'unrated' })],
    ['favorite:', is({ type: 'favorite' })],
    ['favourite:yes', is({ type: 'favorite' })],
    ['favorite:no', not({ type: 'favorite' })],
    ['-favorite:no', is({ type: 'favorite' })],
    ['size:128x192', is({ type: 'size', width: 128, height: 192 })],
    ['size:128×192', is({ type: 'size', width: 128, height: 192 })],
    ['size:>=1024', is({ type: 'side', comparison: '>=', pixels: 1024 })],
    ['size:512', is({ type: 'side', comparison: '=', pixels: 512 })],
    ['size:Landscape', is({ type: 'shape', shape: 'landscape' })],
    ['before:2026', is({ type: 'time', from: null, before: day(2026, 0, 1) })],
    ['after:2026-2', is({ type: 'time', from: day(2026, 1, 1), before: null })],
    ['after:2026-02-28', is({ type: 'time', from: day(2026, 1, 28), before: null })],
    ['seed:4294967295', is({ type: 'seed', seed: 4_294_967_295 })],
    ['state:failed', is({ type: 'state', state: 'failed' })],
  ])('[search-language] %j is a filter', (query, alternative) => {
    expect(parseQuery(query).groups).toEqual([[alternative]])
  })

  test.each([
    'foo:bar',
    'rating:great',
    'rating:-1',
    'favorite:maybe',
    'size:big',
    'size:1x2x3',
    'before:tomorrow',
    'after:2026-13',
    'after:2026-02-30',
    'seed:4294967296',
    'state:lost',
    'constructor:x',
    'https://example.com',
  ])('[search-language] %j is words', (query) => {
    expect(parseQuery(query).groups).toEqual([[is(text(query))]])
  })

  test.each([
    'tag:',
    'style:',
    'rating:',
    'seed:',
    'before:',
    '-',
    '--',
    '*',
    '"',
    '""',
    '!?…',
    '()[]{}',
    '\0',
    '^~@',
  ])('[search-language] %j alone looks for nothing in particular', (query) => {
    expect(parseQuery(query).groups).toEqual([])
  })

  test('[search-language] words of a script without spaces may be parts of longer ones', () => {
    expect(parseQuery('猫').groups).toEqual([[is(text('猫', { prefix: true }))]])
  })

  test('[search-any-text] reads whatever is typed, in time that grows with its length', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (query) => void parseQuery(query)))
    const began = performance.now()
    for (const long of ['"'.repeat(10_000), 'a:'.repeat(5000), '-'.repeat(10_000), 'OR '.repeat(3300)])
      parseQuery(long)
    expect(performance.now() - began).toBeLessThan(1000)
  })
})

describe('the start of a date', () => {
  test('takes a year as it is written', () => {
    expect(new Date(startOfDate('0050') ?? 0).getFullYear()).toBe(50)
    expect(startOfDate('2026-00')).toBeNull()
    expect(startOfDate('26')).toBeNull()
  })
})
