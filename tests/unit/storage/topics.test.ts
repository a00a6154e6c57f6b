import { describe, expect, test } from 'vitest'
import { storedEventSchema, type ProductEvent } from '../../../contracts/events.ts'
import {
  deleteBrowserSession,
  getBrowserSession,
  insertBrowserSession,
  pruneBrowserSessions,
  touchBrowserSession,
} from '../../../orchestrator/storage/browser-sessions.ts'
import { readAll } from '../../../orchestrator/storage/connection.ts'
import { appendEvent, eventsAfter, listEvents, pruneEvents } from '../../../orchestrator/storage/events.ts'
import { getFileHash, putFileHash, removeFileHash } from '../../../orchestrator/storage/file-hashes.ts'
import {
  filesOfGenerations,
  getGenerationFile,
  putGenerationFile,
  removeGenerationFile,
} from '../../../orchestrator/storage/generation-files.ts'
import {
  deletePreset,
  getPreset,
  listPresets,
  savePreset,
  type StoredPreset,
} from '../../../orchestrator/storage/presets.ts'
import { getUploadedPicture, insertUploadedPicture } from '../../../orchestrator/storage/uploaded-pictures.ts'
import { memoryDatabase, queryPlan, storeGeneration } from './support.ts'

const event: ProductEvent = { type: 'model-ready', preset: 'small-world' }

function sixEvents() {
  const database = memoryDatabase()
  for (let index = 1; index <= 6; index += 1) {
    const request = index % 2 === 0 ? 'even' : null
    appendEvent(database, {
      time: index,
      request_id: request,
      generation_id: null,
      message: `Number ${index}.`,
      event,
    })
  }
  return database
}

const ids = (events: { id: number }[]) => events.map((one) => one.id)

describe('events', () => {
  const all = { before: null, limit: 100, requestId: null }

  test('are kept as they were told', () => {
    const kept = appendEvent(memoryDatabase(), {
      time: 5,
      request_id: 'r',
      generation_id: 3,
      message: 'Ready.',
      event,
    })
    expect(storedEventSchema.parse(kept)).toEqual(kept)
    expect(kept).toEqual({
      id: 1,
      time: '1970-01-01T00:00:00.005Z',
      request_id: 'r',
      message: 'Ready.',
      event,
    })
  })

  test('are listed newest first, before an id and of one request', () => {
    const database = sixEvents()
    expect(ids(listEvents(database, all))).toEqual([6, 5, 4, 3, 2, 1])
    expect(ids(listEvents(database, { ...all, before: 4, limit: 2 }))).toEqual([3, 2])
    expect(ids(listEvents(database, { ...all, requestId: 'even', before: 6 }))).toEqual([4, 2])
    expect(listEvents(database, { ...all, requestId: 'none' })).toEqual([])
  })

  test('are resumed after an id, oldest first', () => {
    const database = sixEvents()
    expect(ids(eventsAfter(database, 3, 2))).toEqual([4, 5])
    expect(ids(eventsAfter(database, 6, 2))).toEqual([])
  })

  test('are pruned to a bound, and ids go on growing', () => {
    const database = sixEvents()
    expect(pruneEvents(database, 2)).toBe(4)
    expect(pruneEvents(database, 2)).toBe(0)
    expect(ids(listEvents(database, all))).toEqual([6, 5])
    pruneEvents(database, 0)
    const next = appendEvent(database, {
      time: 7,
      request_id: null,
      generation_id: null,
      message: 'Next.',
      event,
    })
    expect(next.id).toBe(7)
  })

  test('of a request are read from their index', () => {
    const sql = 'SELECT id FROM events WHERE id < 9 AND request_id = :r ORDER BY id DESC LIMIT 5'
    expect(queryPlan(memoryDatabase(), sql, { r: '' })).toContain(
      'INDEX events_of_request (request_id=? AND id<?)',
    )
  })
})

describe('presets', () => {
  const preset: StoredPreset = {
    id: 'mine',
    name: 'Mine',
    description: '',
    family: 'sd1',
    files: { model: '/models/mine.safetensors' },
    defaults: {
      width: 512,
      height: 512,
      steps: 20,
      guidance: 7,
      sampler: 'euler_a',
      scheduler: 'karras',
      negative_prompt: '',
      clip_skip: -1,
    },
    placement: { device: 'auto', text_encoder: 'device', vae: 'device', offload: false },
    max_side: 768,
  }

  test('are saved, replaced, listed by name and removed', () => {
    const database = memoryDatabase()
    savePreset(database, preset, 1)
    savePreset(database, { ...preset, id: 'another', name: 'Another' }, 1)
    expect(getPreset(database, 'mine')).toEqual(preset)
    savePreset(database, { ...preset, name: 'Renamed' }, 2)
    expect(listPresets(database).map((one) => one.name)).toEqual(['Another', 'Renamed'])
    expect(readAll(database, `SELECT created_at, updated_at FROM image_presets WHERE id = 'mine'`)).toEqual([
      { created_at: 1, updated_at: 2 },
    ])
    expect(deletePreset(database, 'mine')).toBe(true)
    expect(deletePreset(database, 'mine')).toBe(false)
    expect(getPreset(database, 'mine')).toBeNull()
  })
})

describe('files of generations', () => {
  test('are one for each role, and the last one written counts', () => {
    const database = memoryDatabase()
    storeGeneration(database, 1)
    storeGeneration(database, 2)
    const file = {
      generation_id: 1,
      role: 'original',
      path: 'images/1970/01/1.png',
      sha256: 'a'.repeat(64),
    } as const
    const size = { bytes: 9, width: 8, height: 8, mime: 'image/png' }
    putGenerationFile(database, { ...file, ...size })
    putGenerationFile(database, { ...file, ...size, bytes: 10 })
    putGenerationFile(database, { ...file, ...size, generation_id: 2 })
    expect(getGenerationFile(database, 1, 'original')).toEqual({ ...file, ...size, bytes: 10 })
    expect(getGenerationFile(database, 1, 'thumbnail')).toBeNull()
    expect(filesOfGenerations(database, [1, 2, 3]).get(1)).toEqual([{ ...file, ...size, bytes: 10 }])
    expect([...filesOfGenerations(database, [1, 2, 3]).keys()]).toEqual([1, 2])
    expect(removeGenerationFile(database, 1, 'original')).toBe(true)
    expect(removeGenerationFile(database, 1, 'original')).toBe(false)
    expect(() => putGenerationFile(database, { ...file, ...size, generation_id: 3 })).toThrow('FOREIGN KEY')
  })
})

describe('uploaded pictures', () => {
  test('are known by their content', () => {
    const database = memoryDatabase()
    const picture = { sha256: 'a'.repeat(64), width: 8, height: 8, bytes: 9, created_at: 1 }
    expect(insertUploadedPicture(database, picture)).toBe(true)
    expect(insertUploadedPicture(database, { ...picture, created_at: 2 })).toBe(false)
    expect(getUploadedPicture(database, picture.sha256)).toEqual(picture)
    expect(getUploadedPicture(database, 'b'.repeat(64))).toBeNull()
  })
})

describe('hashes of files', () => {
  test('hold as long as size and time stay the same', () => {
    const database = memoryDatabase()
    const file = { path: '/model', bytes: 10, mtime_ms: 20 }
    expect(getFileHash(database, file)).toBeNull()
    putFileHash(database, file, 'a'.repeat(64))
    expect(getFileHash(database, file)).toBe('a'.repeat(64))
    expect(getFileHash(database, { ...file, bytes: 11 })).toBeNull()
    expect(getFileHash(database, { ...file, mtime_ms: 21 })).toBeNull()
    putFileHash(database, { ...file, bytes: 11 }, 'b'.repeat(64))
    expect(getFileHash(database, file)).toBeNull()
    expect(getFileHash(database, { ...file, bytes: 11 })).toBe('b'.repeat(64))
    expect(removeFileHash(database, '/model')).toBe(true)
    expect(removeFileHash(database, '/model')).toBe(false)
  })
})

describe('browser sessions', () => {
  test('last until they expire, and longer when the browser is seen', () => {
    const database = memoryDatabase()
    insertBrowserSession(database, 'secret', { now: 1, expiresAt: 100 })
    expect(getBrowserSession(database, 'secret', 99)).toEqual({
      created_at: 1,
      last_seen_at: 1,
      expires_at: 100,
    })
    expect(getBrowserSession(database, 'secret', 100)).toBeNull()
    expect(getBrowserSession(database, 'guess', 50)).toBeNull()
    expect(touchBrowserSession(database, 'secret', { now: 50, expiresAt: 150 })).toBe(true)
    expect(getBrowserSession(database, 'secret', 149)?.last_seen_at).toBe(50)
    expect(touchBrowserSession(database, 'secret', { now: 150, expiresAt: 250 })).toBe(false)
  })

  test('end by signing out or by pruning, and keep no secret', () => {
    const database = memoryDatabase()
    insertBrowserSession(database, 'one', { now: 1, expiresAt: 100 })
    insertBrowserSession(database, 'two', { now: 1, expiresAt: 50 })
    expect(JSON.stringify(readAll(database, 'SELECT * FROM browser_sessions'))).not.toMatch(/one|two/)
    expect(pruneBrowserSessions(database, 50)).toBe(1)
    expect(deleteBrowserSession(database, 'one')).toBe(true)
    expect(deleteBrowserSession(database, 'one')).toBe(false)
  })
})
