/**
 * The first moment of a day, month or year where this program runs, in milliseconds since 1970.
 *
 * @param text `2026-11-22`, `2026-11` or `2026`
 * @returns null for anything else, and for days there are not
 */
export function startOfDate(text: string): number | null {
  const found = /^(?<year>\d{4})(?:-(?<month>\d{1,2})(?:-(?<day>\d{1,2}))?)?$/.exec(text)?.groups
  if (found === undefined) return null
  const [year, month, day] = [found['year'], found['month'], found['day']].map((part) => Number(part ?? 1))
  if (year === undefined || month === undefined || day === undefined) return null
  // Years below 100 are taken for those of the last century when they are given to the constructor.
  const date = new Date(2000, 0, 1)
  date.setFullYear(year, month - 1, day)
  return date.getMonth() === month - 1 && date.getDate() === day ? date.getTime() : null
}
