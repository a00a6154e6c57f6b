import { describe, expect, test } from 'vitest'
import {
  insertIntoPages,
  removeFromPages,
  updateInPages,
  withGeneration,
  withoutGeneration,
  type GenerationPage,
} from '../../../ui/api/generation-pages.ts'
import { generation } from './support.ts'

const page = (ids: number[], next: number | null, previous: number | null = null): GenerationPage => ({
  generations: ids.map((id) => generation(id)),
  next_cursor: next === null ? null : String(next),
  previous_cursor: previous === null ? null : String(previous),
})
const idsOf = (pages: readonly GenerationPage[]) =>
  pages.map(({ generations }) => generations.map(({ id }) => Number(id)))

const loaded = [page([90, 80], 80), page([70, 60], 60)]
const complete = [page([90, 80], 80), page([70, 60], null)]

describe('a list', () => {
  test('takes a picture in its place, newest first, by number and not by letters', () => {
    const list = [generation(100), generation(9)]
    expect(withGeneration(list, generation(20)).map(({ id }) => id)).toEqual(['100', '20', '9'])
  })

  test('has a picture once, in its newest version', () => {
    const list = [generation(2), generation(1)]
    const changed = withGeneration(list, generation(2, { state: 'failed' }))
    expect(changed.map(({ id, state }) => [id, state])).toEqual([
      ['2', 'failed'],
      ['1', 'completed'],
    ])
  })

  test('without a picture that was not in it is the same list, so that nothing is drawn again', () => {
    const list = [generation(1)]
    expect(withoutGeneration(list, '5')).toBe(list)
    expect(withoutGeneration(list, '1')).toEqual([])
  })
})

describe('pages', () => {
  test('take a new picture at the top', () => {
    expect(idsOf(insertIntoPages(loaded, generation(95)))).toEqual([
      [95, 90, 80],
      [70, 60],
    ])
  })

  test('take a picture that comes back on the page where it belongs', () => {
    expect(idsOf(insertIntoPages(loaded, generation(85)))[0]).toEqual([90, 85, 80])
    expect(idsOf(insertIntoPages(loaded, generation(75)))[1]).toEqual([75, 70, 60])
  })

  test('leave out what is older than all that is loaded while there is more to come, for it comes with that', () => {
    expect(idsOf(insertIntoPages(loaded, generation(50)))).toEqual(idsOf(loaded))
    expect(idsOf(insertIntoPages(complete, generation(50)))[1]).toEqual([70, 60, 50])
  })

  test('leave out what is newer than all that is loaded while there is more to come there', () => {
    const middle = [page([70, 60], 60, 71), page([50], null, 60)]
    expect(idsOf(insertIntoPages(middle, generation(95)))).toEqual([[70, 60], [50]])
    expect(idsOf(insertIntoPages(middle, generation(71)))).toEqual([[70, 60], [50]])
    expect(idsOf(insertIntoPages(middle, generation(65)))).toEqual([[70, 65, 60], [50]])
  })

  test('take the newer version of a picture they have, and no other', () => {
    const [first] = updateInPages(loaded, generation(80, { favorite: true }))
    expect(first?.generations.map(({ id, favorite }) => [id, favorite])).toEqual([
      ['90', false],
      ['80', true],
    ])
    expect(idsOf(updateInPages(loaded, generation(85)))).toEqual(idsOf(loaded))
  })

  test('take back the picture a cursor is named after, for no later page brings it', () => {
    expect(idsOf(insertIntoPages([page([90], 80)], generation(80)))).toEqual([[90, 80]])
  })

  test('never have a picture twice', () => {
    const again = insertIntoPages(
      insertIntoPages(loaded, generation(75)),
      generation(75, { state: 'failed' }),
    )
    expect(idsOf(again).flat()).toEqual([90, 80, 75, 70, 60])
  })

  test('keep their cursors when a picture goes, even the one a cursor is named after', () => {
    const left = removeFromPages(loaded, '60')
    expect(idsOf(left)).toEqual([[90, 80], [70]])
    expect(left.map(({ next_cursor }) => next_cursor)).toEqual(['80', '60'])
  })
})
