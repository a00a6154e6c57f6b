import { describe, expect, test } from 'vitest'
import { findStyle } from '../../../orchestrator/domain/styles/find-style.ts'
import type { WritableDatabase } from '../../../orchestrator/storage/connection.ts'
import { markStyleDeleted } from '../../../orchestrator/storage/styles.ts'
import { memoryDatabase } from '../storage/support.ts'
import { addStyles, failureOf } from './support.ts'

function filled(): WritableDatabase {
  const database = memoryDatabase()
  addStyles(database, 'Watercolor', 'Film noir', 'Film snapshot', 'Pixel art', 'Crème brûlée', 'Neon', '★')
  return database
}

describe('a style is meant by', () => {
  test.each([
    ['Watercolor', 'Watercolor'],
    ['  WATERCOLOR ', 'Watercolor'],
    ['pixel-art', 'Pixel art'],
    ['pixelart', 'Pixel art'],
    ['Film_Noir', 'Film noir'],
    ['creme brulee', 'Crème brûlée'],
    ['watercolour', 'Watercolor'],
    ['watrecolor', 'Watercolor'],
    ['neno', 'Neon'],
    ['noir', 'Film noir'],
    ['water', 'Watercolor'],
    ['★', '★'],
  ])('[styles-find] "%s" for %s', (written, name) => {
    expect(findStyle(filled(), written).name).toBe(name)
  })

  test('[styles-find] what several names may stand for is refused with the candidates', async () => {
    expect(await failureOf(() => findStyle(filled(), 'film'))).toMatchObject({
      code: 'style_ambiguous',
      details: { candidates: ['Film noir', 'Film snapshot'] },
      message: expect.stringContaining('"Film noir" or "Film snapshot"'),
    })
  })

  test('[styles-find] the whole name counts more than being part of others', () => {
    const database = filled()
    addStyles(database, 'Film')
    expect(findStyle(database, 'film').name).toBe('Film')
  })

  test('[styles-find] a name that fits none is refused with the nearest ones', async () => {
    expect(await failureOf(() => findStyle(filled(), 'pixel cartoon'))).toMatchObject({
      code: 'style_not_found',
      details: { suggestions: ['Pixel art'] },
    })
    expect(await failureOf(() => findStyle(filled(), 'qqqqqqqqqqqq'))).toMatchObject({
      code: 'style_not_found',
      details: { suggestions: [] },
    })
    expect(await failureOf(() => findStyle(filled(), 'ne'))).toMatchObject({ code: 'style_not_found' })
  })

  test('[styles-find] one that was deleted is not meant', async () => {
    const database = memoryDatabase()
    const [id = 0] = addStyles(database, 'Watercolor')
    markStyleDeleted(database, id, 1)
    expect(await failureOf(() => findStyle(database, 'Watercolor'))).toMatchObject({
      code: 'style_not_found',
    })
  })
})
