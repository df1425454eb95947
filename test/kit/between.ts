// Stands before a simulated service and answers in its place where a test wants it to; everything else goes through and is noted.
import { createServer, request, type ServerResponse } from 'node:http'
import { listening } from './listening.ts'

/** Answers, breaks off, or leaves whoever asks without an answer. */
export type Instead = (response: ServerResponse) => void

/** `instead`: what answers a request for this path; undefined lets it through. */
export async function between(origin: string, instead: (path: string) => Instead | undefined) {
  const asked: string[] = []
  const server = createServer((incoming, response) => {
    const { method, headers, url = '/' } = incoming
    const path = url.split('?')[0] ?? ''
    asked.push(path)
    const answer = instead(path)
    if (answer) {
      incoming.resume()
      return answer(response)
    }
    const onward = request(new URL(url, origin), { ...(method !== undefined && { method }), headers }, (given) => {
      response.writeHead(given.statusCode ?? 500, given.headers)
      given.pipe(response)
    })
    onward.on('error', () => response.destroy())
    incoming.pipe(onward)
  })
  const { port, close } = await listening(server)
  return { origin: `http://127.0.0.1:${port}`, asked, close }
}

const json = (body: unknown, status = 200, headers: Readonly<Record<string, string>> = {}): Instead => {
  return (response) => void response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body))
}

const page: Instead = (response) => void response.writeHead(200, { 'content-type': 'text/html' }).end('<html>Sign in, Ana</html>')
const unavailable: Instead = (response) => void response.writeHead(503, { 'content-type': 'text/html' }).end('<html>Ana</html>')
const silence: Instead = () => undefined
const half: Instead = (response) => {
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': '1000' })
  response.write('{"ok":true,', () => response.destroy())
}

/** What comes in the place of an answer, by what an operator would call it. */
export const instead = { json, page, unavailable, silence, half }
