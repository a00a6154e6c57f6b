import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { browserPath, expectSoon } from '../../support/browser.ts'
import {
  answers,
  promptOf,
  questions,
  sayOn,
  settled,
  startChatBench,
  type ChatBench,
} from '../../support/browser-chat.ts'

describe.skipIf(browserPath === undefined)(
  'the list of conversations and the drawer (needs CHROMIUM_PATH)',
  () => {
    let bench: ChatBench

    beforeAll(async () => {
      bench = await startChatBench()
      bench.model.script([{ say: 'Noted.' }])
    })
    afterAll(() => bench.close())

    test('[chat-list] conversations are searched, renamed, exported, deleted and brought back', async () => {
      const page = await bench.open()
      const list = page.getByRole('list', { name: 'Conversations' })
      for (const text of ['tell me about volcanoes', 'tell me about penguins']) {
        await sayOn(page, text)
        await answers(page).getByText('Noted.').waitFor()
        await settled(page)
        await page.getByRole('button', { name: 'New conversation' }).click()
        await page.getByRole('list', { name: 'Examples' }).waitFor()
      }
      await expectSoon(() => list.getByRole('listitem').count()).toBe(2)
      await page.getByRole('searchbox', { name: 'Search conversations' }).fill('volcan')
      await expectSoon(() => list.getByRole('listitem').count()).toBe(1)
      await list.getByRole('button').first().click()
      await questions(page).getByText('tell me about volcanoes').waitFor()

      await list.getByRole('listitem').hover()
      const more = list.getByRole('button', { name: /^More for/ })
      await more.click()
      await page.getByRole('menuitem', { name: 'Rename' }).click()
      const dialog = page.getByRole('dialog', { name: 'Rename the conversation' })
      await dialog.getByLabel('Name').fill('Fire mountains')
      await dialog.getByRole('button', { name: 'Rename' }).click()
      await list.getByRole('button', { name: 'Fire mountains', exact: true }).waitFor()

      await list.getByRole('listitem').hover()
      await more.click()
      const download = page.waitForEvent('download')
      await page.getByRole('menuitem', { name: 'Export as Markdown' }).click()
      expect(readFileSync(await (await download).path(), 'utf8')).toContain('tell me about volcanoes')

      await list.getByRole('listitem').hover()
      await more.click()
      await page.getByRole('menuitem', { name: 'Delete' }).click()
      await page.getByText('No conversation has these words.').waitFor()
      await page.getByRole('list', { name: 'Examples' }).waitFor()
      await page.getByRole('button', { name: 'Undo' }).first().click()
      await list.getByRole('button', { name: 'Fire mountains', exact: true }).waitFor()
      await page.getByRole('searchbox').fill('walrus')
      await page.getByText('No conversation has these words.').waitFor()
    })

    test('[chat-list] a list that cannot be loaded says so and is loaded again', async () => {
      const page = await bench.open('/presets')
      await page.route('**/api/conversations?*', (route) =>
        route.fulfill({
          status: 500,
          json: { error: { code: 'internal_error', message: 'A fault.', details: {}, request_id: 'r-7' } },
        }),
      )
      await page.getByRole('link', { name: 'Chat' }).click()
      await page.getByRole('alert').getByText('A fault.').waitFor()
      await page.unroute('**/api/conversations?*')
      await page.getByRole('alert').getByRole('button', { name: 'Try again' }).click()
      await expectSoon(() => page.getByRole('alert').count()).toBe(0)
    })

    test('[chat-drawer] a key opens the same conversation beside every page, and Escape gives the focus back', async () => {
      const page = await bench.open()
      await sayOn(page, 'remember the drawer')
      await answers(page).getByText('Noted.').waitFor()
      await settled(page)
      await page.getByRole('link', { name: 'Presets' }).first().click()
      await page.getByRole('article', { name: 'MystiCanvas Sketch' }).waitFor()
      await page.getByRole('button', { name: 'Commands' }).focus()
      await page.keyboard.press('Control+j')
      const drawer = page.getByRole('complementary', { name: 'Chat' })
      await drawer.getByText('remember the drawer').first().waitFor()
      await expectSoon(() => promptOf(page).evaluate((field) => field === document.activeElement)).toBe(true)
      await sayOn(page, 'and go on')
      await expectSoon(() => answers(page).count()).toBe(2)
      await settled(page)
      // The page beside it can be used meanwhile.
      await page.getByRole('button', { name: 'Add a preset' }).isEnabled()
      await page.getByRole('link', { name: 'Styles' }).first().click()
      await page.waitForURL('**/styles')
      await drawer.getByText('and go on').first().waitFor()
      await promptOf(page).focus()
      await page.keyboard.press('Escape')
      await expectSoon(() => drawer.count()).toBe(0)
      await page.keyboard.press('Control+j')
      await drawer.waitFor()
      await page.getByRole('button', { name: 'Close the chat' }).click()
      await expectSoon(() => drawer.count()).toBe(0)
      await page.getByRole('link', { name: 'Chat' }).click()
      await expectSoon(() => questions(page).count()).toBe(2)
    })

    test('[chat-drawer] the commands begin a new chat', async () => {
      const page = await bench.open('/system')
      await page.keyboard.press('Control+k')
      await page.getByRole('combobox', { name: 'Commands' }).fill('new chat')
      await page.keyboard.press('Enter')
      await page.getByRole('list', { name: 'Examples' }).waitFor()
      await expectSoon(() => promptOf(page).evaluate((field) => field === document.activeElement)).toBe(true)
    })
  },
)
