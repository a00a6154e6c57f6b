import { parseQuery } from '../../orchestrator/domain/search/parse-query.ts'
import { readAll, readOne, type ReadableDatabase } from '../../orchestrator/storage/connection.ts'
import { listGenerations } from '../../orchestrator/storage/generation-list.ts'
import type { ReaderThread } from '../../orchestrator/storage/reader-thread.ts'
import { countFacets } from '../../orchestrator/storage/search/facets.ts'
import { findNewest, findRelevant } from '../../orchestrator/storage/search/find-generations.ts'
import { countMonths } from '../../orchestrator/storage/search/periods.ts'
import { suggestSpelling } from '../../orchestrator/storage/search/spelling.ts'
import type { SampleGallery } from './fill-gallery.ts'
import { createRandom, createZipf } from './sample-words.ts'
import { time, type Timing } from './timing.ts'

const pageSize = 50
const many = 300
const some = 30
const few = 10

/** What reading costs; the peers' way, LIKE and OFFSET, last. */
export async function measureReads(
  database: ReadableDatabase,
  reader: ReaderThread,
  { words, tags, presets }: SampleGallery,
): Promise<{ ours: Timing[]; peers: Timing[]; page: number }> {
  const random = createRandom(11)
  const count = readOne<{ count: number }>(database, 'SELECT count(*) AS count FROM generations')?.count ?? 0
  const page = Math.min(10_000, Math.floor(count / pageSize) - 1)
  const deepCursor = readOne<{ id: number }>(
    database,
    'SELECT id FROM generations WHERE deleted_at IS NULL ORDER BY id DESC LIMIT 1 OFFSET :offset',
    { offset: (page - 1) * pageSize },
  )?.id
  const nextWord = createZipf(words.length, random)
  const word = () => words[nextWord()] ?? ''
  const nextTag = createZipf(tags.length, random)
  const tag = () => tags[nextTag()] ?? ''
  const prompts = readAll<{ prompt: string }>(
    database,
    'SELECT prompt FROM generations WHERE (id / 1024) % 997 = 0 LIMIT 1000',
  ).map(({ prompt }) => prompt.split(' '))
  /** Two words that stand together in some picture. */
  const pair = () => {
    const prompt = prompts[Math.floor(random() * prompts.length)] ?? []
    return `${prompt[0]} ${prompt.at(-1)}`
  }
  const list = (cursor: number | null) =>
    listGenerations(database, { cursor, limit: pageSize, state: null, deleted: false })
  const newest = (text: string) =>
    findNewest(database, { query: parseQuery(text), cursor: null, limit: pageSize })
  const ranked = (text: string) =>
    findRelevant(database, { query: parseQuery(text), cursor: null, limit: pageSize })
  const ours = [
    await time('list, page 1', many, () => list(null)),
    await time(`list, page ${page}`, many, () => list(deepCursor ?? null)),
    await time('search, one word, newest first', many, () => newest(word())),
    await time('search, two words, newest first', many, () => newest(pair())),
    await time('the same in the thread', many, () =>
      reader.ask('find_newest', { query: parseQuery(pair()), cursor: null, limit: pageSize }),
    ),
    await time('search, two words, deep cursor', many, () =>
      findNewest(database, { query: parseQuery(pair()), cursor: deepCursor ?? null, limit: pageSize }),
    ),
    await time('search, beginning of a word', many, () => newest(`${word().slice(0, 3)}*`)),
    await time('search, two letters', many, () => newest(`${word().slice(0, 2)}*`)),
    await time('word and favorite', many, () => newest(`${word()} favorite: rating:>=4`)),
    await time('search, without a word', many, () => newest(`-${word()}`)),
    await time('search, word OR word -word', many, () => newest(`${word()} OR ${word()} -${word()}`)),
    await time('search, best of the newest 1000, two words', many, () => ranked(pair())),
    await time('search, best of the newest 1000, one word', many, () => ranked(word())),
    await time('tag', many, () => newest(`tag:${tag()}`)),
    await time('tag and word', many, () => newest(`tag:${tag()} ${word()}`)),
    await time('rating and favorite', many, () => newest('rating:>=4 favorite:')),
    await time('mixed: word, tag, rating, preset, size, date', many, () =>
      newest(`${word()} tag:${tag()} rating:>=3 preset:${presets[0]} size:>=512 after:2024`),
    ),
    await time('facets of everything', some, () =>
      countFacets(database, { query: parseQuery(''), limit: 30 }),
    ),
    await time('facets of one word', some, () =>
      countFacets(database, { query: parseQuery(word()), limit: 30 }),
    ),
    await time('months', some, () => countMonths(database)),
    await time('did you mean', some, () => suggestSpelling(database, { words: [`${word()}q`] })),
  ]
  const like = `SELECT id FROM generations WHERE deleted_at IS NULL AND prompt LIKE :a`
  const peers = [
    await time('OFFSET, page 1', few, () => offset(database, 0)),
    await time(`OFFSET, page ${page}`, few, () => offset(database, (page - 1) * pageSize)),
    await time('LIKE, one word, newest first', few, () =>
      readAll(database, `${like} ORDER BY id DESC LIMIT 50`, { a: `%${word()}%` }),
    ),
    await time('LIKE, two words, newest first', few, () => {
      const [a, b] = pair().split(' ')
      return readAll(database, `${like} AND prompt LIKE :b ORDER BY id DESC LIMIT 50`, {
        a: `%${a}%`,
        b: `%${b}%`,
      })
    }),
    await time('LIKE, one word, counted', few, () =>
      readAll(database, like.replace('SELECT id', 'SELECT count(*)'), { a: `%${word()}%` }),
    ),
  ]
  return { ours, peers, page }
}

function offset(database: ReadableDatabase, rows: number): unknown {
  const sql = `SELECT id, recipe FROM generations WHERE deleted_at IS NULL ORDER BY id DESC LIMIT 50 OFFSET :rows`
  return readAll(database, sql, { rows })
}
