/** Signs of a password: length alone is asked, since rules of composition make people write weaker ones (NIST SP 800-63B, 3.1.1.2). */
export const SHORTEST_PASSWORD = 12;
