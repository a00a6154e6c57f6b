import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  chooseFilter,
  filterInWords,
  filterText,
  hasPiece,
  pieceAt,
  piecesOf,
  togglePiece,
  withoutPiece,
} from '../../../ui/features/gallery/query-text.ts'

describe('the text of a query', () => {
  test('[interface-search] falls into words, phrases and filters, where they stand', () => {
    const query = 'red -fog  tag:"old town" "side by side"* rating:>=4 open"'
    expect(piecesOf(query).map(({ text }) => text)).toEqual([
      'red',
      '-fog',
      'tag:"old town"',
      '"side by side"*',
      'rating:>=4',
      'open',
      '"',
    ])
    expect(piecesOf(query)[2]).toEqual({
      text: 'tag:"old town"',
      start: 10,
      end: 24,
      field: 'tag',
      value: 'old town',
      negated: false,
    })
  })

  test('[interface-search] whatever is typed, every letter is in one piece or a space', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 40 }), (query) => {
        const pieces = piecesOf(query)
        expect(pieces.map(({ start, end }) => query.slice(start, end))).toEqual(
          pieces.map(({ text }) => text),
        )
        const between = [{ end: 0 }, ...pieces].map(({ end }, index) =>
          query.slice(end, pieces[index]?.start),
        )
        expect(between.join('').trim()).toBe('')
      }),
    )
  })

  test('[interface-search] the piece that is typed is the one that ends at the caret, or goes on there', () => {
    expect(pieceAt('red tag:se', 10)?.text).toBe('tag:se')
    expect(pieceAt('red tag:se', 3)?.text).toBe('red')
    expect(pieceAt('red tag:se', 2)?.text).toBe('red')
    expect(pieceAt('red ', 4)).toBeNull()
    expect(pieceAt('', 0)).toBeNull()
  })

  test('[interface-search] a filter goes in and out and leaves the rest alone', () => {
    expect(togglePiece('red boat', 'favorite:')).toBe('red boat favorite:')
    expect(togglePiece('red favorite: boat', 'FAVORITE:')).toBe('red boat')
    expect(togglePiece('tag:"old town"', 'tag:"old town"')).toBe('')
    expect(withoutPiece('a b  c', { start: 2, end: 3 })).toBe('a c')
    expect(hasPiece('red -tag:sea', 'tag:sea')).toBe(false)
  })

  test('[interface-search] a filter with one value takes the place of the others of its kind', () => {
    expect(chooseFilter('rating:>=2 boat rating:none', 'rating', '>=4')).toBe('boat rating:>=4')
    expect(chooseFilter('boat rating:>=4', 'rating', '>=4')).toBe('boat')
    expect(chooseFilter('size:1024', 'size', 'square')).toBe('size:square')
  })

  test('[interface-search] values with spaces stand in quotes, and have none of their own', () => {
    expect(filterText('tag', 'old town')).toBe('tag:"old town"')
    expect(filterText('tag', 'o"k')).toBe('tag:ok')
    expect(piecesOf(filterText('tag', 'an "old" town'))).toHaveLength(1)
  })

  test.each([
    ['favorite:', 'Favorites'],
    ['favorite:no', 'No favorites'],
    ['-favourite:yes', 'Not: Favorites'],
    ['rating:>=4', 'Rated 4 or more'],
    ['rating:<3', 'Rated below 3'],
    ['rating:>3', 'Rated above 3'],
    ['rating:none', 'Not rated'],
    ['rating:5', 'Rated 5'],
    ['size:Landscape', 'Landscape'],
    ['size:>=1024', 'Size 1024 or more'],
    ['size:512x768', 'Size 512x768'],
    ['tag:"old town"', 'Tag: old town'],
    ['-tag:sea', 'Not: Tag: sea'],
    ['after:2026', 'From: 2026'],
    ['tag:', null],
    ['boat', null],
    ['http://x', null],
    ['constructor:x', null],
  ])('[interface-search] %j is the chip %j', (text, words) => {
    const [piece] = piecesOf(text)
    expect(piece && filterInWords(piece)).toBe(words)
  })
})
