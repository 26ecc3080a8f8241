/**
 * A room inside the root for every page: what goes wrong in a form is shown here, below the root, so that the root's own data (who is signed in, the way to
 * one's space, the banner of the demonstration) stand around it. React Router loads nothing for the very route that catches the fault of an action.
 */
import { Outlet } from 'react-router';

export { ErrorBoundary } from './root.tsx';

export default function Frame() {
  return <Outlet />;
}
