import { randomUUID } from 'node:crypto'
import pino from 'pino'
import { describe, expect, test } from 'vitest'
import type { ChatMessage } from '../../../contracts/entities/conversation.ts'
import type { EventType } from '../../../contracts/events.ts'
import { ConversationService } from '../../../orchestrator/domain/conversations/conversation-service.ts'
import { Transcript } from '../../../orchestrator/domain/conversations/transcript.ts'
import { EventBus } from '../../../orchestrator/domain/event-bus.ts'
import { memoryDatabase } from '../storage/support.ts'

const metadata = { created_at: new Date(0).toISOString(), request_id: null }
const said = (text: string, role: 'user' | 'assistant' = 'user'): ChatMessage => ({
  id: randomUUID(),
  role,
  metadata,
  parts: [{ type: 'text', text }],
})

function setUp() {
  const database = memoryDatabase()
  const events = new EventBus(database, pino({ level: 'silent' }))
  const told: EventType[] = []
  events.subscribe(({ event }) => told.push(event.type))
  const transcript = new Transcript({ database, events })
  const service = new ConversationService({ database, events })
  /** A conversation of some sentences, with its title. */
  const talk = (title: string, ...texts: string[]) => {
    const id = randomUUID()
    const messages = texts.map((text, index) => said(text, index % 2 === 0 ? 'user' : 'assistant'))
    transcript.append(id, messages, { title, supersededFrom: null, running: '' })
    return { id, messages }
  }
  const found = (query: string) => service.list({ query, limit: 50 }).conversations.map(({ title }) => title)
  return { transcript, service, talk, found, told }
}

describe('conversations', () => {
  test('[chat-search] are found by all words of their titles and texts, the last one also begun', () => {
    const { talk, found } = setUp()
    talk('Boats', 'draw a red boat', 'Here it is, with a Überraschung')
    talk('Houses', 'draw a red house')
    expect(found('red')).toEqual(['Houses', 'Boats'])
    expect(found('red boat')).toEqual(['Boats'])
    expect(found('boats here')).toEqual(['Boats'])
    expect(found('uberr')).toEqual(['Boats'])
    expect(found('hous')).toEqual(['Houses'])
    expect(found('red OR" castle')).toEqual([])
    expect(found('"*(')).toEqual([])
    expect(found('')).toEqual(['Houses', 'Boats'])
  })

  test('[chat-search] are listed page by page', () => {
    const { service, talk } = setUp()
    for (let number = 1; number <= 5; number += 1) talk(`Talk ${number}`, 'hello')
    const titles: string[] = []
    let cursor: string | undefined
    do {
      const page = service.list({ limit: 2, ...(cursor === undefined ? {} : { cursor }) })
      titles.push(...page.conversations.map(({ title }) => title))
      cursor = page.next_cursor ?? undefined
    } while (cursor !== undefined)
    expect(titles).toEqual(['Talk 5', 'Talk 4', 'Talk 3', 'Talk 2', 'Talk 1'])
  })

  test('[assistant-titles] keep the title a person gave', () => {
    const { service, transcript, talk, found, told } = setUp()
    const { id } = talk('Boats', 'draw a boat')
    expect(transcript.title(id, 'Ships')).toBe(true)
    service.rename({ conversation: id, title: 'My fleet' })
    expect(transcript.title(id, 'Vessels')).toBe(false)
    expect(service.get(id).title).toBe('My fleet')
    expect([found('fleet'), found('ships')]).toEqual([['My fleet'], []])
    expect(told).toEqual(['conversation-changed', 'conversation-changed', 'conversation-changed'])
  })

  test('[chat-delete] are deleted and brought back whole', () => {
    const { service, talk, found } = setUp()
    const { id } = talk('Boats', 'draw a boat', 'Here it is.')
    service.delete(id)
    expect(found('boat')).toEqual([])
    expect(() => service.get(id)).toThrow('There is no such conversation.')
    expect(() => service.delete(id)).toThrow('There is no such conversation.')
    service.restore(id)
    expect(service.get(id).messages.length).toBe(2)
    expect(found('boat')).toEqual(['Boats'])
    expect(() => service.restore(randomUUID())).toThrow('There is no such conversation.')
  })

  test('[chat-edit] keep what was superseded out of sight and search', () => {
    const { service, transcript, talk, found } = setUp()
    const { id, messages } = talk('Talk', 'a castle', 'A castle it is.', 'and a moat')
    const again = { ...said('a tower'), id: messages[0]?.id ?? '' }
    transcript.append(id, [again], { title: '', supersededFrom: again.id, running: '' })
    expect(service.get(id).messages).toEqual([again])
    expect([found('castle'), found('moat'), found('tower')]).toEqual([[], [], ['Talk']])
    expect(() =>
      transcript.append(id, [said('x')], { title: '', supersededFrom: 'nobody', running: '' }),
    ).toThrow('There is no such message')
    expect(service.get(id).messages).toEqual([again])
  })

  test('[chat-export] are exported as Markdown and JSON', () => {
    const { service, talk } = setUp()
    const { id } = talk('Boats & Häuser?', 'draw a boat\n# not a heading', 'Here it is.')
    const markdown = service.export({ conversation: id, format: 'markdown' })
    expect(markdown.filename).toBe('boats-hauser.md')
    expect(markdown.text).toContain('> draw a boat\n> # not a heading')
    const json = service.export({ conversation: id, format: 'json' })
    expect(JSON.parse(json.text)).toMatchObject({ id, messages: [{ role: 'user' }, { role: 'assistant' }] })
  })
})
