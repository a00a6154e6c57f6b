import { describe, expect, test } from 'vitest'
import { goneFromWall } from '../../../ui/features/gallery/selection/gone-from-wall.ts'
import {
  emptySelection,
  extendTo,
  selectAll,
  selectedIds,
  toggle,
  without,
  type Selection,
} from '../../../ui/features/gallery/selection/selection.ts'
import { tagsInCommon } from '../../../ui/features/gallery/selection/tags-in-common.ts'

const order = ['9', '8', '7', '6', '5', '4']
const ids = (selection: Selection) => [...selectedIds(selection)].toSorted()
const picked = (...wanted: string[]) => wanted.reduce((all, id) => toggle(all, id), emptySelection)

describe('a selection', () => {
  test('[interface-selection] picks and drops one by one', () => {
    expect(ids(picked('9', '5'))).toEqual(['5', '9'])
    expect(ids(picked('9', '5', '9'))).toEqual(['5'])
    expect(ids(picked('9', '9'))).toEqual([])
  })

  test('[interface-selection] reaches from the last pick to where Shift points, either way, and moves its end', () => {
    const down = extendTo(picked('4', '8'), '6', order)
    expect(ids(down)).toEqual(['4', '6', '7', '8'])
    expect(ids(extendTo(down, '9', order))).toEqual(['4', '8', '9'])
    expect(ids(extendTo(down, '8', order))).toEqual(['4', '8'])
    expect(ids(toggle(down, '7'))).toEqual(['4', '6', '8'])
  })

  test('[interface-selection] a range without a beginning is the one picture, also where the beginning is not loaded', () => {
    expect(ids(extendTo(emptySelection, '7', order))).toEqual(['7'])
    expect(ids(extendTo(picked('100'), '7', order))).toEqual(['100', '7'])
    expect(ids(extendTo(picked('7', '100'), '7', order))).toEqual(['100', '7'])
  })

  test('[interface-selection] all that are loaded come to what is selected already', () => {
    expect(ids(selectAll(picked('100'), order))).toEqual(['100', ...order.toSorted()])
    expect(ids(selectAll(emptySelection, []))).toEqual([])
  })

  test('[interface-selection] what is gone is no longer selected, and a range begins anew', () => {
    const left = without(extendTo(picked('9'), '7', order), new Set(['9', '8']))
    expect(ids(left)).toEqual(['7'])
    expect(ids(extendTo(left, '5', order))).toEqual(['5', '7'])
  })

  test('[interface-selection] pictures beyond what is loaded are not gone', () => {
    expect([...goneFromWall(['10', '9', '7', '6', '2'], ['9', '8', '6', '5'])]).toEqual(['7'])
    expect([...goneFromWall(['7'], [])]).toEqual([])
  })
})

test('[interface-selection] tags of a selection are counted, the most shared first', () => {
  const tagged = (...names: string[]) => ({ tags: names.map((name) => ({ name, source: 'user' as const })) })
  expect(tagsInCommon([tagged('sea', 'boat'), tagged('boat'), tagged('air', 'boat')])).toEqual([
    { name: 'boat', count: 3 },
    { name: 'air', count: 1 },
    { name: 'sea', count: 1 },
  ])
  expect(tagsInCommon([])).toEqual([])
})
