import pino from 'pino'
import { beforeEach, expect, test } from 'vitest'
import { storedEventSchema, type StoredEvent } from '../../../contracts/events.ts'
import { EventBus } from '../../../orchestrator/domain/event-bus.ts'
import { withRequestId } from '../../../orchestrator/foundation/request-context.ts'
import { handleOf, type WritableDatabase } from '../../../orchestrator/storage/connection.ts'
import { memoryDatabase } from '../storage/support.ts'

let database: WritableDatabase
let bus: EventBus
let heard: StoredEvent[]

beforeEach(() => {
  database = memoryDatabase()
  bus = new EventBus(database, pino({ level: 'silent' }))
  heard = []
  bus.subscribe((event) => heard.push(event))
})

const ready = (preset: string) => bus.publish({ type: 'model-ready', preset }, 'It is ready.')

test('[http-events] what is worth keeping is stored and told, with the request it belongs to', () => {
  withRequestId('request-1', () => ready('a'))
  expect(heard).toEqual(bus.since(0, 10))
  expect(storedEventSchema.parse(heard[0])).toMatchObject({
    id: 1,
    request_id: 'request-1',
    message: 'It is ready.',
    event: { preset: 'a' },
  })
})

test('[http-events] progress is told and not stored', () => {
  bus.publish({ type: 'model-preparing', preset: 'a', progress: 0.1 }, 'A tenth.')
  expect(heard).toMatchObject([{ id: null }])
  expect(bus.since(0, 10)).toEqual([])
})

test('[http-events] who does not listen any more hears nothing', () => {
  const later: StoredEvent[] = []
  const stop = bus.subscribe((event) => later.push(event))
  ready('a')
  stop()
  ready('b')
  expect(later).toHaveLength(1)
})

test('[http-events] what was missed is told from an id on, oldest first', () => {
  for (const preset of ['a', 'b', 'c', 'd']) ready(preset)
  expect(bus.since(1, 2).map(({ id }) => id)).toEqual([2, 3])
})

test('[generation-disk-full] an event that cannot be stored is told all the same', () => {
  handleOf(database).pragma('query_only = ON')
  ready('a')
  expect(heard).toMatchObject([{ id: null, event: { preset: 'a' } }])
})
