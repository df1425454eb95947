// What the access log calls an act, as people read it: the log's words are written once and stay, these may change.

/** `digest team created` is `team digest created`; what is no digest stays as it is. */
export const accessDetail = (detail: string): string =>
  detail
    .replace(/^digest reminder\b/, 'coaching reminder')
    .replace(/^digest ([a-z]+)/, '$1 digest')
    .replace('next run left out', 'next run skipped')
