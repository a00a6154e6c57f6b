import { readAll, type ReadableDatabase } from '../connection.ts'
import { namesOfTag, findTag } from '../tag-lookup.ts'
import type { SearchQuery, SearchTerm } from './search-query.ts'
import { foldWord } from './spelling.ts'

/*
 * How well pictures fit the words of a search, among candidates alone. The ranking of FTS5 reads the whole list of each
 * word to know how rare it is, which at a million pictures takes longer than finding them; among the candidates it is known
 * at no price.
 */

/** How much a word weighs by where it stands. */
const weights = { prompt: 4, notes: 2, tags: 6, style: 2 } as const

type Field = keyof typeof weights
const fields = Object.keys(weights) as Field[]

// Source of formula and constants: S. Robertson and H. Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond",
// 2009, section 3.4; the logarithm has one added to it, as in Apache Lucene, so that a word that all have counts as well.
const saturation = 1.2
const lengthInfluence = 0.75

/** Words that are looked for: any of some sequences of words, in some fields. */
interface Sought {
  readonly fields: readonly Field[]
  readonly sequences: readonly (readonly string[])[]
  /** The last word of a sequence is only the beginning of one. */
  readonly prefix: boolean
}

interface Candidate {
  readonly id: number
  readonly words: Readonly<Record<Field, readonly string[]>>
  readonly length: number
}

/** Puts the pictures that fit the words best first; those that fit equally well, and all where there are no words, newest first. */
export function rankByRelevance(
  database: ReadableDatabase,
  query: SearchQuery,
  ids: readonly number[],
): number[] {
  const sought = query.groups.flat().flatMap(({ term, negated }) => (negated ? [] : toSought(database, term)))
  const newestFirst = ids.toSorted((a, b) => b - a)
  if (sought.length === 0 || ids.length === 0) return newestFirst
  const candidates = readCandidates(database, ids)
  const scores = new Map(candidates.map(({ id }) => [id, 0]))
  const averageLength = candidates.reduce((sum, { length }) => sum + length, 0) / candidates.length
  for (const one of sought) {
    const frequencies = candidates.map((candidate) => frequencyOf(one, candidate))
    const having = frequencies.filter((frequency) => frequency > 0).length
    const rarity = Math.log(1 + (candidates.length - having + 0.5) / (having + 0.5))
    for (const [index, { id, length }] of candidates.entries()) {
      const frequency = frequencies[index] ?? 0
      const damping = saturation * (1 - lengthInfluence + lengthInfluence * (length / averageLength))
      const score = (rarity * frequency * (saturation + 1)) / (frequency + damping)
      scores.set(id, (scores.get(id) ?? 0) + score)
    }
  }
  return newestFirst.toSorted((a, b) => (scores.get(b) ?? 0) - (scores.get(a) ?? 0))
}

function toSought(database: ReadableDatabase, term: SearchTerm): Sought[] {
  if (term.type !== 'text' || term.scope === 'negative_prompt' || term.scope === 'preset') return []
  const tag = term.scope === 'any' && !term.prefix ? findTag(database, term.text) : null
  const names = tag === null ? [] : namesOfTag(database, tag.id)
  const sequences = [term.text, ...names].map(wordsOf).filter((words) => words.length > 0)
  const distinct = new Map(sequences.map((words) => [words.join(' '), words]))
  return [
    {
      fields: term.scope === 'any' ? fields : [term.scope],
      sequences: [...distinct.values()],
      prefix: term.prefix,
    },
  ]
}

function readCandidates(database: ReadableDatabase, ids: readonly number[]): Candidate[] {
  // The ids come first, and the texts of each are looked up: not the other way round.
  const sql = `SELECT texts.id AS id, prompt, notes, tags, style
    FROM json_each(:ids) CROSS JOIN generation_texts AS texts ON texts.id = value`
  const rows = readAll<{ id: number } & Record<Field, string>>(database, sql, { ids: JSON.stringify(ids) })
  return rows.map(({ id, prompt, notes, tags, style }) => {
    const words = {
      prompt: wordsOf(prompt),
      notes: wordsOf(notes),
      tags: wordsOf(tags),
      style: wordsOf(style),
    }
    return { id, words, length: fields.reduce((sum, field) => sum + words[field].length, 0) }
  })
}

/** How often the words stand in a picture's texts, each time with the weight of the place. */
function frequencyOf(sought: Sought, candidate: Candidate): number {
  return sought.fields.reduce(
    (sum, field) => sum + weights[field] * countSequences(candidate.words[field], sought),
    0,
  )
}

function countSequences(words: readonly string[], { sequences, prefix }: Sought): number {
  return sequences.reduce((count, sequence) => {
    const last = sequence.length - 1
    const standsAt = (start: number) =>
      sequence.every((word, offset) => {
        const other = words[start + offset]
        return prefix && offset === last ? other?.startsWith(word) === true : other === word
      })
    return count + words.filter((_, start) => standsAt(start)).length
  }, 0)
}

/** A text as the index splits it. */
function wordsOf(text: string): string[] {
  return foldWord(text).match(/[\p{L}\p{N}\p{Co}]+/gu) ?? []
}
