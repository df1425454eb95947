// The page behind "Connect a real Slack and a real Gong": the four steps, with the commands. The README has the rest.
import { renderToStaticMarkup } from 'react-dom/server'
import { h, type ReactNode } from './element.ts'

const code = (words: string): ReactNode => h('code', null, words)

const steps: readonly (readonly [string, ...ReactNode[]])[] = [
  [
    'Make the Slack app',
    ' At ',
    h('a', { href: 'https://api.slack.com/apps', rel: 'noreferrer noopener', target: '_blank' }, 'api.slack.com/apps'),
    ' choose ',
    h('i', null, 'Create New App → From a manifest'),
    ' and paste ',
    code('manifest.yml'),
    '. Install it and copy the bot token. With Socket Mode nothing of yours has to be reachable from outside.',
  ],
  [
    'Make a Gong key',
    ' In Gong: ',
    h('i', null, 'Company settings → Ecosystem → API'),
    '. It only ever reads. A scope you leave out costs a part of the figures, and ',
    code('npm run doctor'),
    ' says which.',
  ],
  [
    'Say what you have',
    ' ',
    code('npm run setup'),
    ' asks for both, tries each answer at Slack and at Gong, and writes ',
    code('.env'),
    '.',
  ],
  [
    'Start',
    ' ',
    code('npm start'),
    ', or a container. ',
    code('npm run prove'),
    ' says what your Gong answers before anybody sees a figure; begin with one team as a pilot.',
  ],
]

export const connectPage = (styles: readonly string[]): string => `<!doctype html>
${renderToStaticMarkup(
  h(
    'html',
    { lang: 'en' },
    h(
      'head',
      null,
      h('meta', { charSet: 'utf-8' }),
      h('meta', { name: 'viewport', content: 'width=device-width, initial-scale=1' }),
      h('title', null, 'Connect a real Slack and a real Gong'),
      styles.map((name) => h('link', { key: name, rel: 'stylesheet', href: `/style/${name}` })),
    ),
    h(
      'body',
      { className: 'plain' },
      h(
        'main',
        { className: 'connect' },
        h('h1', null, 'Connect a real Slack and a real Gong'),
        h('p', null, 'The demo runs the real app; only Slack, Gong and the company are simulated. About half an hour to the first digest:'),
        h(
          'ol',
          null,
          steps.map(([title, ...words]) => h('li', { key: title }, h('b', null, `${title}.`), ...words)),
        ),
        h('p', null, 'Everything else, containers and Postgres included, is in ', code('README.md'), ', “For the people who run it”.'),
        h('p', null, h('a', { href: '/' }, 'Back to the demo')),
      ),
    ),
  ),
)}
`
