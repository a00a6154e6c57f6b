import { chromium } from 'playwright-core'
import { endProducts, startProduct } from './support/product.ts'
import { removeDataFolders } from './support/product-folder.ts'
import { writeFileSync } from 'node:fs'
const product = await startProduct()
const gens: any[] = []
for (const [seed, prompt] of ['a red boat on the sea', 'a large red heart in a snowy field', 'a green tree in a meadow', 'a yellow star in outer space'].entries()) {
  const { generations } = await product.invoke('generate', { prompt, seed, style: seed === 2 ? 'watercolor' : undefined, ...(process.env.FAST ? {steps: 6} : {}) } as any)
  const id = generations[0]!.id
  await product.finished(id)
  await product.feed.firstOf('generation-updated', id)
  gens.push(await product.invoke('get_generation', { generation: id }))
}
const analysis = await product.invoke('analyze_image', { generation: gens[1].id })
const styles = await product.invoke('get_styles', { limit: 50 })
const enhanced = await product.invoke('enhance_prompt', { user_input: 'a red boat' })
const id = '7d4f7a2e-0000-4000-8000-000000000001'
let n = 0
const meta = { created_at: '2026-03-01T10:00:00.000Z', request_id: 'r1' }
const user = (text: string) => ({ id: `u${n++}`, role: 'user', metadata: meta, parts: [{ type: 'text', text }] })
const tool = (toolName: string, input: any, output: any, extra: any = {}) => ({ type: 'dynamic-tool', toolName, toolCallId: `c${n++}`, state: 'output-available', input, output, ...extra })
const bot = (...parts: any[]) => ({ id: `a${n++}`, role: 'assistant', metadata: { ...meta, model: 'mysticanvas-chat', finish: 'done' }, parts })
const ok = (result: any) => ({ ok: true, result })
const conversations: Record<string, any[]> = {
  pictures: [user('draw a red boat on the sea'), bot(tool('generate', { prompt: 'a red boat on the sea' }, ok({ generations: [gens[0]], estimate: null })), { type: 'text', text: 'Here is your **red boat**. Shall I try it in another style?' }, { type: 'data-suggestions', data: { suggestions: [{ label: 'Make it watercolor', say: 'make it watercolor' }, { label: 'Describe it', say: 'describe it' }, { label: 'Open the gallery', say: null, href: '/gallery' }] } })],
  many: [user('draw 2 trees'), bot(tool('generate', { prompt: 'a green tree', count: 2 }, ok({ generations: [gens[2], gens[3]], estimate: null })), { type: 'text', text: 'Two pictures.' })],
  search: [user('find red'), bot(tool('search_history', { query: 'red' }, ok({ generations: gens, next_cursor: null, previous_cursor: null, did_you_mean: null })), { type: 'text', text: 'I found 4 pictures.' }), user('show me the styles'), bot(tool('get_styles', {}, ok(styles)))],
  analysis: [user('describe image 1'), bot(tool('analyze_image', { generation: gens[1].id }, ok(analysis)), { type: 'text', text: 'It is mostly white.\n\n- one\n- two `code`\n\n| a | b |\n|---|---|\n| 1 | 2 |' }), user('improve this prompt: a red boat'), bot(tool('enhance_prompt', { user_input: 'a red boat' }, ok(enhanced)))],
  errors: [user('draw a dragon in foo style'), bot(tool('generate', { prompt: 'a dragon', style: 'foo' }, { ok: false, error: { code: 'style_not_found', message: 'There is no style "foo". Choose one from get_styles.', details: {}, request_id: 'req-8f2a' } }), { type: 'data-notice', data: { level: 'warning', code: 'words_unknown', message: 'The model does not know: dragon.' } }, { type: 'text', text: 'That style does not exist.' }),
    user('again'), { ...bot({ type: 'text', text: 'I was about' }), metadata: { ...meta, finish: 'interrupted' } }, user('delete it'), bot(tool('delete_generation', { generation: '1' }, undefined, { state: 'approval-requested', output: undefined, approval: { id: 'ap1' } }))],
  making: [user('draw a castle'), { ...bot(tool('generate', { prompt: 'a castle' }, undefined, { state: 'input-available', output: undefined })), metadata: meta }],
  empty: [],
}
writeFileSync('/tmp/chatui/fixtures.json', JSON.stringify(conversations))
const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu'] })
const list = ['Red boats', 'A long title about the many green trees in a meadow', 'Styles'].map((title, i) => ({ id: i === 0 ? id : `7d4f7a2e-0000-4000-8000-00000000001${i}`, title, created_at: meta.created_at, updated_at: meta.created_at, message_count: 2, running: i === 2 }))
const wanted = process.argv.slice(2)
for (const [name, messages] of Object.entries(conversations)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue
  for (const [w, h] of [[1440, 900], [390, 844]] as const)
    for (const theme of ['dark', 'light']) {
      const context = await browser.newContext({ viewport: { width: w, height: h }, reducedMotion: 'reduce' })
      await context.addInitScript(`localStorage.setItem('mysticanvas-theme', '${theme}'); localStorage.setItem('mysticanvas-conversation', '${id}')`)
      const reply = await product.request('/api/sign-in-codes', { method: 'POST' })
      const { code } = (await reply.json()) as any
      await context.request.get(`${product.url}/login?code=${code}`)
      const page = await context.newPage()
      page.on('pageerror', (e) => console.log(name, 'pageerror', String(e)))
      page.on('console', (m) => m.type() === 'error' && console.log(name, m.text()))
      await page.route('**/api/conversations?*', (r) => r.fulfill({ json: { conversations: name === 'empty' ? [] : list, next_cursor: null } }))
      await page.route(`**/api/conversations/${id}`, (r) => r.fulfill({ json: { ...list[0], messages } }))
      await page.goto(product.url + (process.env.WHERE ?? '/'))
      if (process.env.WHERE) { await page.waitForTimeout(800); await page.keyboard.press('Control+j') }
      await page.waitForTimeout(1500)
      await page.screenshot({ path: `/tmp/chatui/${name}-${w}-${theme}${process.env.WHERE ? '-drawer' : ''}.png` })
      if (name === 'analysis' && w === 1440) { await page.getByRole('log').evaluate((e) => (e.scrollTop = 0)); await page.waitForTimeout(300); await page.screenshot({ path: `/tmp/chatui/${name}-top-${w}-${theme}.png` }) }
      await context.close()
    }
}
await browser.close()
await product.stop()
await endProducts()
removeDataFolders()
