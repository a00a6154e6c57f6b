import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { parseQuery } from '../../../orchestrator/domain/search/parse-query.ts'
import { ReaderThread } from '../../../orchestrator/storage/reader-thread.ts'
import { fileDatabase, storeGeneration, temporaryFolder } from '../storage/support.ts'

const boats = { query: parseQuery('boat'), cursor: null, limit: 10 }

function opened() {
  const folder = temporaryFolder()
  const database = fileDatabase(folder)
  const path = join(folder, 'mysticanvas.sqlite')
  const reader = new ReaderThread(path)
  onTestFinished(() => reader.close())
  return { database, reader, path }
}

/** A request that kills the thread it comes to: this text cannot be understood as one. */
const deadly = {
  query: {
    get groups(): never {
      throw new Error('Not here.')
    },
  },
  cursor: null,
  limit: 1,
}

test('[search-thread] reads what was committed before it was asked', async () => {
  const { database, reader } = opened()
  expect((await reader.ask('find_newest', boats)).ids).toEqual([])
  storeGeneration(database, 1)
  expect((await reader.ask('find_newest', boats)).ids).toEqual([1])
  const [months, spelling, facets, ranked] = await Promise.all([
    reader.ask('count_months', {}),
    reader.ask('suggest_spelling', { words: ['baot'] }),
    reader.ask('count_facets', { query: parseQuery(''), limit: 5 }),
    reader.ask('find_relevant', boats),
  ])
  expect(months).toHaveLength(1)
  expect(spelling).toEqual({ baot: 'boat' })
  expect(facets.total).toBe(1)
  expect(ranked.ids).toEqual([1])
})

test('[search-thread] a failure is told to who asked, and the next question is answered', async () => {
  const { database, reader } = opened()
  storeGeneration(database, 1)
  const broken = reader.ask('find_newest', {
    query: { groups: [[{ term: { type: 'unknown' } as never, negated: false }]] },
    cursor: null,
    limit: 1,
  })
  await expect(broken).rejects.toThrow('syntax error')
  expect((await reader.ask('find_newest', boats)).ids).toEqual([1])
})

test('[search-thread] what cannot be sent is refused at once', async () => {
  const { reader } = opened()
  await expect(reader.ask('find_newest', deadly)).rejects.toThrow('Not here.')
})

test('[search-thread] a thread that cannot start is tried twice and then given up, and a later one works', async () => {
  const { database, reader, path } = opened()
  storeGeneration(database, 1)
  const lost = new ReaderThread(`${path}.missing`)
  onTestFinished(() => lost.close())
  await expect(Promise.all([lost.ask('find_newest', boats), lost.ask('count_months', {})])).rejects.toThrow(
    expect.objectContaining({ code: 'search_unavailable' }),
  )
  rmSync(`${path}.missing`, { force: true })
  expect((await reader.ask('find_newest', boats)).ids).toEqual([1])
})

test('[search-thread] takes no more questions once it is closed, and refuses those it had', async () => {
  const { reader } = opened()
  const asked = reader.ask('find_newest', boats)
  const closed = reader.close()
  await expect(asked).rejects.toThrow(expect.objectContaining({ code: 'shutting_down' }))
  await closed
  await expect(reader.ask('find_newest', boats)).rejects.toThrow(
    expect.objectContaining({ code: 'shutting_down' }),
  )
  await reader.close()
})
