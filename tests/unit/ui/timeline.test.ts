import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  cursorOf,
  dayOf,
  monthAt,
  placeOfTime,
  timeAtPlace,
  yearMarks,
  type Month,
} from '../../../ui/features/gallery/timeline.ts'

const day = 24 * 3_600_000

/** A month whose newest picture was made on its 20th. */
function month(name: string, count: number): Month {
  const [year = 0, number = 1] = name.split('-').map(Number)
  const newest = new Date(year, number - 1, 20).getTime() * 1024
  return { month: name, count, newest: String(newest), cursor: String(newest + 1) }
}
const months = [month('2026-11', 10), month('2026-10', 30), month('2025-02', 60)]

describe('the place of a date', () => {
  test('[interface-jump] the cursor of a year, month or day is where the next one begins', () => {
    const start = (year: number, number: number, date = 1) =>
      String(new Date(year, number - 1, date).getTime() * 1024)
    expect(cursorOf('2026')).toBe(start(2027, 1))
    expect(cursorOf('2026-12')).toBe(start(2027, 1))
    expect(cursorOf('2026-11')).toBe(start(2026, 12))
    expect(cursorOf('2026-02-28')).toBe(start(2026, 3))
    expect(cursorOf('2026-11-22')).toBe(start(2026, 11, 23))
  })

  test('[interface-jump] the cursor of a picture lets the list begin with it', () => {
    expect(cursorOf('1833791338414080')).toBe('1833791338414081')
  })

  test.each([
    '',
    'x',
    '12',
    '026-11',
    '2026-1',
    '2026-11-22-1',
    '-5',
    '0000',
    "1' OR 1",
    '99999999999999999',
  ])('[interface-jump] %j is no place, which is the newest picture', (text) =>
    expect(cursorOf(text)).toBeNull(),
  )

  test('[interface-jump] a day is named as the address has it, by the clock of this machine', () => {
    expect(dayOf(new Date(2026, 0, 5, 23, 59).getTime())).toBe('2026-01-05')
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 20_000 }), (days) => {
        const noon = new Date(1990, 0, 1 + days, 12).getTime()
        const cursor = Number(cursorOf(dayOf(noon)))
        expect(cursor / 1024).toBeGreaterThan(noon)
        expect(cursor / 1024 - noon).toBeLessThan(day)
      }),
    )
  })
})

describe('the scrubber', () => {
  test('[interface-jump] gives months as much room as they have pictures', () => {
    expect(placeOfTime(months, new Date(2026, 10, 20).getTime())).toBe(0)
    expect(placeOfTime(months, new Date(2026, 10, 1).getTime())).toBeCloseTo(0.1)
    expect(placeOfTime(months, new Date(2026, 9, 20).getTime())).toBeCloseTo(0.1)
    expect(placeOfTime(months, new Date(2026, 9, 1).getTime())).toBeCloseTo(0.4)
    expect(placeOfTime(months, new Date(2025, 6, 1).getTime())).toBeCloseTo(0.4)
    expect(placeOfTime(months, 0)).toBe(1)
    expect(placeOfTime(months, Date.UTC(2030, 0))).toBe(0)
    expect(placeOfTime([], 0)).toBe(0)
  })

  test('[interface-jump] the moment at a place stands at that place', () => {
    const manyMonths = fc.array(fc.integer({ min: 1, max: 50_000 }), { minLength: 1, maxLength: 60 })
    fc.assert(
      fc.property(manyMonths, fc.double({ min: 0, max: 1, noNaN: true }), (counts, place) => {
        const all = counts.map((count, index) => {
          const date = new Date(2026, 10 - index * 2, 1)
          return month(`${date.getFullYear()}-${date.getMonth() + 1}`, count)
        })
        expect(placeOfTime(all, timeAtPlace(all, place))).toBeCloseTo(place, 5)
      }),
    )
  })

  test('[interface-jump] names each year once, where it begins', () => {
    expect(yearMarks(months)).toEqual([
      { year: '2026', place: 0 },
      { year: '2025', place: 0.4 },
    ])
  })

  test('[interface-jump] knows the month of a moment, the next older one where there is none', () => {
    expect(monthAt(months, new Date(2026, 10, 25).getTime())).toBe(0)
    expect(monthAt(months, new Date(2026, 9, 3).getTime())).toBe(1)
    expect(monthAt(months, new Date(2026, 3, 3).getTime())).toBe(2)
    expect(monthAt(months, 0)).toBe(2)
  })
})
