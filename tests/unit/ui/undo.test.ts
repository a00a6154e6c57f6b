import { expect, test } from 'vitest'
import { createUndoHistory } from '../../../ui/app/undo-history.ts'
import { inPortions } from '../../../ui/generation/in-portions.ts'
import { callsToRestore } from '../../../ui/generation/undo-marks.ts'

const undoable = (title: string) => ({ title, icon: '', takeBack: () => Promise.resolve() })

test('[interface-undo] the history keeps the newest fifty deeds in order, and forgets by name', () => {
  const { kept, keep, forget } = createUndoHistory()
  const entries = Array.from({ length: 60 }, (_, index) => keep(undoable(String(index))))
  expect(kept.value.map(({ title }) => title)).toEqual(
    Array.from({ length: 50 }, (_, index) => String(index + 10)),
  )
  forget(entries[59]?.id ?? '')
  forget('unknown')
  expect(kept.value.at(-1)?.title).toBe('58')
  expect(new Set(kept.value.map(({ id }) => id)).size).toBe(49)
})

test('[interface-undo] marks are restored by one call for all pictures that were alike, and only what was changed', () => {
  const before = [
    { generation: '1', rating: null, favorite: false, notes: 'a' },
    { generation: '2', rating: 3, favorite: true, notes: 'b' },
    { generation: '3', rating: null, favorite: true, notes: 'c' },
  ]
  expect(callsToRestore(before, ['rating'])).toEqual([
    { generations: ['1', '3'], rating: null },
    { generations: ['2'], rating: 3 },
  ])
  expect(callsToRestore(before, ['rating', 'favorite'])).toHaveLength(3)
  expect(callsToRestore([], ['rating'])).toEqual([])
})

test('[interface-undo] many pictures go in portions that a call takes', () => {
  const ids = Array.from({ length: 1201 }, (_, index) => index)
  expect(inPortions(ids).map(({ length }) => length)).toEqual([500, 500, 201])
  expect(inPortions(ids).flat()).toEqual(ids)
  expect(inPortions([])).toEqual([])
})
