/**
 * A part of a page that scripts bring to life: rendered whole on the server like the rest, then again in the browser over the same elements. Its
 * properties travel beside it as JSON, so they hold no function and no date. The page around it stays plain: no router, no script of its own.
 */
import type { ComponentProps, FunctionComponent } from 'react';
import type { IslandName, islands } from './islands.ts';

type PropsOf<Name extends IslandName> = ComponentProps<Awaited<ReturnType<(typeof islands)[Name]>>>;

export function Island<Name extends IslandName>({ name, of, props }: { readonly name: Name; readonly of: FunctionComponent<PropsOf<Name>>; readonly props: PropsOf<Name> }) {
  const Part = of as FunctionComponent;
  return (
    <>
      <div className="island" data-island={name}>
        <Part {...(props as object)} />
      </div>
      <script type="application/json" dangerouslySetInnerHTML={{ __html: JSON.stringify(props).replaceAll('<', String.raw`\u003c`) }} />
    </>
  );
}
