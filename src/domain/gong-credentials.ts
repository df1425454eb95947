// How the bot authenticates to Gong: an access key, a fixed token, or OAuth that renews itself.

export type GongCredentials =
  | { readonly type: 'basic'; readonly accessKey: string; readonly accessKeySecret: string }
  | { readonly type: 'bearer'; readonly accessToken: string }
  | {
      readonly type: 'oauth'
      readonly clientId: string
      readonly clientSecret: string
      readonly refreshToken: string
      readonly tokenUrl: string
      /** The first encrypts; all decrypt, so that a key can be replaced. */
      readonly encryptionKeys: readonly string[]
    }
