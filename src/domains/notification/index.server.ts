export { writeLetter } from './letters.server.ts';
export { queueLetter, queueMessages } from './queue.server.ts';
export { correspondentsOver, peopleInOffice, peopleOfStructure } from './recipients.server.ts';
export { markRead, messagesOf, unreadCount } from './messages.server.ts';
export { deliverWaiting, MAX_ATTEMPTS, type Mail, type MailTransport, smtpTransport } from './delivery.server.ts';
