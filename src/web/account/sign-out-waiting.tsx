/** Before signing out: answers that still wait in this browser leave first, or are left behind knowingly. */
import type { Route } from './+types/sign-out-waiting';
import { Island } from '../island.tsx';
import { requireActor } from '../request-context.ts';
import { SignOutForm } from './sign-out-form.tsx';

export const meta: Route.MetaFunction = () => [{ title: 'Se déconnecter · SENACS' }];

export const loader = ({ context, request }: Route.LoaderArgs) => ({ account: requireActor(context, request).accountId });

export default function SignOutWaiting({ loaderData }: Route.ComponentProps) {
  return <Island name="sign-out" of={SignOutForm} props={loaderData} />;
}
