/** One piece of a query as it was typed. */
export interface QueryPiece {
  /** True with a minus, or NOT, before it. */
  readonly negated: boolean
  /** What stands before the colon, in lower case; empty where there is none. */
  readonly field: string
  readonly text: string
  /** True for a phrase in quotes. */
  readonly quoted: boolean
  /** True with an asterisk behind it. */
  readonly prefix: boolean
}

const typographicQuotes = /[“”„‟«»＂]/gu

/** What has no place in a text: it would only hide the letters around it. */
// oxlint-disable-next-line no-control-regex -- exactly these are meant
const controlCharacters = /[\u0000-\u001f\u007f]/gu

const piecePattern = /(?<not>-?)(?:(?<field>\p{L}+):)?(?:"(?<quoted>[^"]*)"?(?<star>\*?)|(?<bare>[^\s"]+))?/uy

/**
 * Splits what a person typed into pieces, groups of which one has to be met: `a OR b` is one group, `a b` are two.
 * There is nothing it refuses: a quote that is left open closes at the end, and an OR without neighbours is dropped.
 */
export function splitQuery(query: string): QueryPiece[][] {
  const text = query.toWellFormed().replaceAll(typographicQuotes, '"').replaceAll(controlCharacters, ' ')
  const groups: QueryPiece[][] = []
  let joins = false
  let negates = false
  for (const piece of pieces(text)) {
    const operator = piece.quoted || piece.negated || piece.field !== '' ? '' : piece.text
    if (operator === 'OR' || operator === '|' || operator === '||') joins = groups.length > 0
    else if (operator === 'NOT') negates = true
    else if (operator !== 'AND' && operator !== '&' && operator !== '&&') {
      const complete = { ...piece, negated: piece.negated || negates }
      if (joins) groups.at(-1)?.push(complete)
      else groups.push([complete])
      joins = negates = false
    }
  }
  return groups
}

function* pieces(text: string): Generator<QueryPiece> {
  let position = 0
  while (position < text.length) {
    if (/\s/u.test(text.charAt(position))) {
      position += 1
      continue
    }
    piecePattern.lastIndex = position
    const found = piecePattern.exec(text)
    position += Math.max(1, found?.[0].length ?? 0)
    const { not, field = '', quoted, star, bare = '' } = found?.groups ?? {}
    yield {
      negated: not === '-',
      field: field.toLowerCase(),
      text: quoted ?? bare.replace(/\*+$/u, ''),
      quoted: quoted !== undefined,
      prefix: quoted === undefined ? bare.endsWith('*') : star === '*',
    }
  }
}
