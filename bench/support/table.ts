/** What a benchmark found. */
export interface Table {
  /** What was measured, in a sentence. */
  readonly about: string
  /** A heading and its figures. */
  readonly columns: readonly string[]
  readonly rows: readonly (readonly [string, ...string[]])[]
  /** The figure that matters, against what it should be. */
  readonly conclusions: readonly string[]
}

export function printTable(name: string, { about, columns, rows, conclusions }: Table): void {
  const lines = [['', ...columns], ...rows]
  const widths =
    lines[0]?.map((_, column) => Math.max(...lines.map((line) => line[column]?.length ?? 0))) ?? []
  const format = (line: readonly string[]) =>
    line
      .map((cell, column) =>
        column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0),
      )
      .join('  ')
  console.log(`\n${name}: ${about}\n`)
  for (const line of lines) console.log(`  ${format(line)}`)
  console.log('')
  for (const conclusion of conclusions) console.log(`  ${conclusion}`)
}
