import { randomUUID } from 'node:crypto'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { browserPath, expectSoon, patience, scrollsSideways } from '../../support/browser.ts'
import { seriousFindings } from '../../support/browser-axe.ts'
import {
  answers,
  makes,
  promptOf,
  questions,
  sayOn,
  settled,
  startChatBench,
  type ChatBench,
} from '../../support/browser-chat.ts'

describe.skipIf(browserPath === undefined)('the shape of the chat (needs CHROMIUM_PATH)', () => {
  let bench: ChatBench

  beforeAll(async () => void (bench = await startChatBench()))
  afterAll(() => bench.close())

  test('[chat-accessible] axe finds nothing serious: empty, with pictures and styles, asking, failed, in the drawer', async () => {
    const page = await bench.open()
    await page.getByText('knows a small world').waitFor()
    expect(await seriousFindings(page)).toEqual([])
    bench.model.script([
      makes('a red boat'),
      { calls: [{ name: 'analyze_image', arguments: { generation: '1' } }] },
      { calls: [{ name: 'get_styles', arguments: {} }] },
      makes('a cat', { style: 'zzzz' }),
      { say: 'Done: **all** of [it](/styles).' },
    ])
    await sayOn(page, 'draw a red boat and more')
    await answers(page).getByText('Done: all of it.').waitFor(patience)
    await settled(page)
    expect(await seriousFindings(page)).toEqual([])
    bench.model.script([{ calls: [{ name: 'delete_generation', arguments: { generation: '1' } }] }])
    await sayOn(page, 'delete it')
    await page.getByRole('group', { name: 'The assistant asks you' }).waitFor()
    await promptOf(page).fill('/')
    await page.getByRole('listbox', { name: 'Commands' }).waitFor()
    expect(await seriousFindings(page)).toEqual([])
    await promptOf(page).fill('')
    await page.goto(`${bench.product.url}/presets`)
    await page.getByRole('button', { name: 'Chat', exact: true }).click()
    await page.getByRole('complementary', { name: 'Chat' }).getByText('delete it').first().waitFor()
    expect(await seriousFindings(page)).toEqual([])
  })

  test('[chat-narrow] a phone shows the conversation, its list and the drawer', async () => {
    bench.model.script([makes('a yellow star'), { say: 'A star.' }])
    const page = await bench.open('/', { window: 'narrow' })
    await sayOn(page, 'draw a yellow star')
    await answers(page).getByText('A star.').waitFor(patience)
    await settled(page)
    expect(await scrollsSideways(page)).toBe(false)
    expect(await log(page).evaluate((element) => element.scrollWidth > element.clientWidth)).toBe(false)
    await page.getByRole('button', { name: /^Conversations; this one is/ }).click()
    await page.getByRole('list', { name: 'Conversations' }).getByRole('listitem').first().waitFor()
    await page.getByRole('button', { name: 'New conversation' }).last().click()
    await page.getByRole('list', { name: 'Examples' }).waitFor()
    expect(await scrollsSideways(page)).toBe(false)
    await page.getByRole('link', { name: 'Gallery' }).click()
    await page.getByRole('button', { name: 'Chat', exact: true }).click()
    const drawer = page.getByRole('dialog', { name: 'Chat' })
    await drawer.getByRole('list', { name: 'Examples' }).waitFor()
    await drawer.getByRole('button', { name: 'Close the chat' }).click()
    await expectSoon(() => drawer.count()).toBe(0)
  })

  test('[chat-large] of 300 messages only what is in view is laid out, and an answer that comes changes no other', async () => {
    const conversation = randomUUID()
    bench.model.script([{ say: 'One of many answers, with some words to fill a line or two of the column.' }])
    for (let turn = 0; turn < 150; turn += 1) await bench.product.say(conversation, `question ${turn}`)
    const page = await bench.open()
    await promptOf(page).waitFor()
    await page.evaluate((id) => localStorage.setItem('mysticanvas-conversation', id), conversation)
    await page.reload()
    await questions(page).getByText('question 149', { exact: true }).waitFor()
    expect(await page.getByRole('article').count()).toBe(300)
    // The newest is in view.
    await expectSoon(() =>
      log(page).evaluate((box) => box.scrollHeight - box.scrollTop - box.clientHeight),
    ).toBeLessThan(64)
    const laidOut = await page.evaluate(
      () =>
        [...document.querySelectorAll('article[data-role]')].filter((one) =>
          one.firstElementChild?.checkVisibility({ contentVisibilityAuto: true }),
        ).length,
    )
    expect(laidOut).toBeLessThan(60)

    await page.evaluate(() => {
      const earlier = [...document.querySelectorAll('article[data-role]')].slice(0, 290)
      const seen = { changes: 0 }
      Object.assign(window, { seen })
      const observer = new MutationObserver((changes) => (seen.changes += changes.length))
      for (const one of earlier)
        observer.observe(one, { childList: true, characterData: true, subtree: true })
    })
    bench.model.script([
      { say: Array.from({ length: 20 }, (_, index) => `part${index}`).join(' '), pauseMs: 60 },
    ])
    await sayOn(page, 'one more')
    await answers(page).getByText('part19').waitFor()
    await settled(page)
    expect(await page.evaluate(() => (window as unknown as { seen: { changes: number } }).seen.changes)).toBe(
      0,
    )
  })
})

const log = (page: Page) => page.getByRole('log', { name: 'Conversation' })
