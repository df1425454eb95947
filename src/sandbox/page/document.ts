// The whole page as first sent: every region drawn, styles and modules linked, nothing from elsewhere.
import { readdirSync } from 'node:fs'
import path from 'node:path'
import { drawRegions, type regionNames } from './regions.ts'
import type { Seat, Stage } from './stage.ts'

export const styleFolder = path.join(import.meta.dirname, 'style')

export const styleNames = (): readonly string[] =>
  readdirSync(styleFolder)
    .filter((name) => name.endsWith('.css'))
    .toSorted()

export function document(stage: Stage, seat: Seat): string {
  const regions = drawRegions(stage, seat)
  const styles = styleNames()
  const region = (name: (typeof regionNames)[number]): string => `<div data-region="${name}">${regions[name]}</div>`
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>gong-digest demo</title>
<link rel="icon" href="/icon.svg" type="image/svg+xml">
${styles.map((name) => `<link rel="stylesheet" href="/style/${name}">`).join('\n')}
<script type="module" src="/browser/main.js"></script>
</head>
<body data-as="${seat.userId}" data-in="${seat.channelId}">
<a class="skip" href="#composer">Skip to the message field</a>
${region('top')}
<div class="layout">
${region('sidebar')}
<main>
${region('tour')}
${region('meanwhile')}
${region('main')}
</main>
${region('thread')}
${region('backstage')}
</div>
${region('modal')}
<div id="toasts" role="status" aria-live="polite"></div>
</body>
</html>
`
}

export const iconSvg =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24"><rect width="24" height="24" rx="6" fill="#0f766e"/><path d="M5 13v4M9.500 7v10M14 10v7M18.500 5v12" stroke="#fff" stroke-width="2.400" stroke-linecap="round"/></svg>'
