/** The page that opens without the network: the same for everyone, whatever is kept in the browser. */
import { Island } from '../island.tsx';
import { OfflinePage } from './offline-page.tsx';

export const meta = () => [{ title: 'Sans le réseau · SENACS' }];

export default function Offline() {
  return <Island name="offline" of={OfflinePage} props={{}} />;
}
