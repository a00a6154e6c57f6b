import type { CapabilityOutput } from '../../../contracts/capabilities/index.ts'
import { idOfTime, timeOfIdentifier } from '../../../contracts/generation-time.ts'

export type Month = CapabilityOutput<'get_timeline'>['months'][number]

/** A year's name and where it begins on the scrubber. */
export interface YearMark {
  readonly year: string
  /** 0 is the newest picture, 1 the oldest. */
  readonly place: number
}

interface Span {
  readonly from: number
  readonly to: number
  readonly count: number
}

const dateFormat = /^(?<year>\d{4})(?:-(?<month>\d{2})(?:-(?<day>\d{2}))?)?$/

/**
 * The cursor of the list that begins with a place in time.
 *
 * @param at a year, month or day such as `2026`, `2026-11` or `2026-11-12`, of which the newest picture comes first, or
 *   the id of the picture that comes first
 * @returns null for anything else, which is the newest picture of all
 */
export function cursorOf(at: string): string | null {
  const date = dateFormat.exec(at)?.groups
  if (date === undefined) return /^[1-9]\d{4,15}$/.test(at) ? String(Number(at) + 1) : null
  const [year, month, day] = [Number(date['year']), date['month'], date['day']]
  const end = new Date(2000, 0, 1)
  if (day !== undefined) end.setFullYear(year, Number(month) - 1, Number(day) + 1)
  else if (month !== undefined) end.setFullYear(year, Number(month), 1)
  else end.setFullYear(year + 1, 0, 1)
  const id = idOfTime(end.getTime())
  return id > 0 ? String(id) : null
}

/** A day as the address names it: `2026-11-12`. */
export function dayOf(time: number): string {
  const date = new Date(time)
  const [year, month, day] = [date.getFullYear(), date.getMonth() + 1, date.getDate()]
  return [String(year).padStart(4, '0'), ...[month, day].map((part) => String(part).padStart(2, '0'))].join(
    '-',
  )
}

/** Where a moment stands among all pictures: 0 is the newest, 1 the oldest. Within a month pictures count as evenly spread. */
export function placeOfTime(months: readonly Month[], time: number): number {
  const spans = months.map(spanOf)
  const total = spans.reduce((sum, { count }) => sum + count, 0)
  let passed = 0
  for (const { from, to, count } of spans) {
    if (time >= from) return total === 0 ? 0 : (passed + count * clamp((to - time) / (to - from))) / total
    passed += count
  }
  return total === 0 ? 0 : 1
}

/** The moment that stands at a place among all pictures. */
export function timeAtPlace(months: readonly Month[], place: number): number {
  const spans = months.map(spanOf)
  let left = clamp(place) * spans.reduce((sum, { count }) => sum + count, 0)
  for (const { from, to, count } of spans) {
    if (left <= count) return to - ((to - from) * left) / count
    left -= count
  }
  return spans.at(-1)?.from ?? Date.now()
}

/** The years there are, each where its newest picture stands. */
export function yearMarks(months: readonly Month[]): YearMark[] {
  const total = months.reduce((sum, { count }) => sum + count, 0)
  const marks: YearMark[] = []
  let passed = 0
  for (const { month, count } of months) {
    const year = month.slice(0, 4)
    if (marks.at(-1)?.year !== year) marks.push({ year, place: passed / total })
    passed += count
  }
  return marks
}

/** The month a moment lies in or, where it has no pictures, the next older one; the last one for what is older still. */
export function monthAt(months: readonly Month[], time: number): number {
  const index = months.findIndex((month) => time >= spanOf(month).from)
  return index < 0 ? months.length - 1 : index
}

/** A month begins where the clock says so and ends with its newest picture, for nothing is newer in it. */
function spanOf({ month, newest, count }: Month): Span {
  const [year = 1970, number = 1] = month.split('-').map(Number)
  const from = new Date(year, number - 1, 1).getTime()
  return { from, to: Math.max(timeOfIdentifier(Number(newest)), from + 1), count }
}

const clamp = (share: number): number => Math.min(1, Math.max(0, share))
