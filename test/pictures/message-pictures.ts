// `node test/pictures/message-pictures.ts`: a picture of every reviewed message and Home, as the demo's page draws it at 1280 and at 390
// pixels, for whoever reviews them. Names after it draw those alone. No demo runs: the messages are those whose texts are compared.
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { renderToStaticMarkup } from 'react-dom/server'
import { systemClock } from '../../src/clock.ts'
import { toSlack } from '../../src/render/blocks/blocks.ts'
import { toHomeView } from '../../src/render/home.ts'
import type { Message } from '../../src/render/message.ts'
import { drawBlocks } from '../../src/sandbox/page/drawn/blocks.ts'
import { h } from '../../src/sandbox/page/drawn/element.ts'
import { appMark } from '../../src/sandbox/page/drawn/people.ts'
import type { SimulatedSlack } from '../../src/sandbox/slack/simulated-slack.ts'
import { createWorkspace, type Json } from '../../src/sandbox/slack/workspace.ts'
import { reviewedReplies } from '../bot/commands/reviewed-replies.ts'
import { openBrowser } from '../kit/browser.ts'
import { reviewedNotices } from '../kit/reviewed-notices.ts'
import { reviewedReports } from '../kit/reviewed-reports.ts'
import { palettePng } from './palette-png.ts'

const root = path.resolve(import.meta.dirname, '../..')
const folder = path.join(root, 'test/fixtures/pictures')
/** Enough for sharp text: these are read, not shown off. */
const colours = 48
const styles = path.join(root, 'src/sandbox/page/style')
const css = readdirSync(styles)
  .filter((name) => name.endsWith('.css'))
  .toSorted()
  .map((name) => readFileSync(path.join(styles, name), 'utf8'))
  .join('\n')

const workspace = createWorkspace({
  clock: systemClock,
  teamName: 'Northwind',
  botName: 'Gong Digest',
  users: ['U100 Maria Lind', 'U101 Ana Diaz', 'U8 Omar Haddad', 'U2 Maria Lead'].map((line) => {
    const [id = '', ...name] = line.split(' ')
    return { id, name: id.toLowerCase(), realName: name.join(' '), zone: 'Europe/Berlin' }
  }),
  channels: [{ id: 'C0TEAM0', name: 'emea-mid-market', memberIds: [] }],
})
/** All that drawing asks of it. */
const slack = { workspace, botUserId: workspace.botUserId } as unknown as SimulatedSlack

function pageOf(name: string, message: Message): string {
  const isHome = name.startsWith('home-')
  const blocks = (isHome ? toHomeView(message.parts).blocks : toSlack(message).blocks) as unknown as readonly Json[]
  const drawn = drawBlocks(blocks, { slack, userId: 'U100', at: isHome ? 'home' : { channelId: 'D100', ts: '1.1' } })
  const said = blocks.length > 0 ? drawn : h('div', { className: 'block' }, toSlack(message).text)
  const inside = isHome
    ? h('div', { className: 'messages' }, said)
    : h(
        'div',
        { className: 'messages' },
        h(
          'article',
          { className: 'message' },
          appMark(),
          h(
            'div',
            { className: 'message-body' },
            h('header', null, h('b', null, 'Gong Digest'), h('span', { className: 'badge' }, 'APP')),
            said,
          ),
        ),
      )
  const body = renderToStaticMarkup(h('section', { className: isHome ? 'conversation home' : 'conversation' }, inside))
  return `<!doctype html><html lang="en" data-theme="light"><head><style>${css}</style></head><body class="plain">${body}</body></html>`
}

const wanted = new Set(process.argv.slice(2))
const all = Object.entries({ ...reviewedReports, ...reviewedReplies, ...reviewedNotices }).filter(
  ([name]) => wanted.size === 0 || wanted.has(name),
)
mkdirSync(folder, { recursive: true })
const browser = await openBrowser()
try {
  const page = await browser.browser.newPage()
  let bytes = 0
  for (const [name, make] of all) {
    await page.setViewportSize({ width: 1280, height: 800 })
    await page.setContent(pageOf(name, await make()))
    for (const width of [1280, 390]) {
      await page.setViewportSize({ width, height: 800 })
      const png = palettePng(await page.locator('.message, .home .messages > .blocks').first().screenshot(), colours)
      writeFileSync(path.join(folder, `${name}-${width}.png`), png)
      bytes += png.length
    }
  }
  console.log(`${all.length} messages at two widths, ${Math.round(bytes / 1000)} kB, in test/fixtures/pictures`)
} finally {
  await browser.close()
}
