/** The cookie that carries the session's token: out of reach of scripts, sent to this site only. */
const NAME = 'senacs_session';

export const sessionCookie = (token: string, publicUrl: string): string =>
  `${NAME}=${token}; Path=/; HttpOnly; SameSite=Lax${publicUrl.startsWith('https:') ? '; Secure' : ''}${token === '' ? '; Max-Age=0' : ''}`;

/** The token in a Cookie header, or undefined. */
export function sessionToken(header: string | null | undefined): string | undefined {
  return /(?:^|;\s*)senacs_session=([A-Za-z0-9_-]{20,})/.exec(header ?? '')?.[1];
}

/** Whether the entry page of this browser has said that answers wait there. */
export const answersWaiting = (header: string | null | undefined): boolean => /(?:^|;\s*)senacs_attente=[1-9]/.exec(header ?? '') !== null;
